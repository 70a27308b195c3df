from __future__ import annotations

import datetime

import pytest
from openpyxl import Workbook

from tests.making import ENGLISH
from textlien.errors import TextlienError
from textlien.files.spreadsheet import read_sheet
from textlien.messages.message import Location
from textlien.messages.translator import Translator


def saved(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_the_sheet_that_has_a_wanted_column_is_read_and_the_others_are_named(tmp_path):
    path = saved(tmp_path / "a.xlsx", notes=[["x"], ["y"]], codings=[["quote"], ["oui"]], more=[])
    sheet = read_sheet(path, "a.xlsx", wanted=["quote"])
    assert [row for _, row in sheet.rows] == [{"quote": "oui"}]
    (note,) = sheet.notes
    assert (note.id, note.severity) == ("files.other-sheets", "note")
    assert note.text(ENGLISH) == 'only the sheet "codings" was read; the file also has "notes".'


def test_cells_are_read_as_a_person_sees_them(tmp_path):
    day = datetime.datetime(2013, 5, 2)
    path = saved(tmp_path / "a.xlsx", a=[["v", "d", "n"], [2013.0, day, 0.5], [True, "", None]])
    sheet = read_sheet(path, "a.xlsx")
    assert [list(row.values()) for _, row in sheet.rows] == [
        ["2013", "2013-05-02", "0.5"],
        ["1", "", ""],
    ]


def test_a_row_is_located_by_its_number_in_the_spreadsheet_or_its_line_in_the_csv(tmp_path):
    path = saved(tmp_path / "a.xlsx", a=[[None], ["v"], ["1"]])
    sheet = read_sheet(path, "a.xlsx")
    assert [sheet.location("a.xlsx", n) for n, _ in sheet.rows] == [Location(file="a.xlsx", row=3)]
    (tmp_path / "a.csv").write_text("\nv\n1\n")
    table = read_sheet(tmp_path / "a.csv", "a.csv")
    assert [table.location("a.csv", n) for n, _ in table.rows] == [Location(file="a.csv", line=3)]


def test_a_column_that_is_there_twice_is_refused_with_its_sheet_and_row(tmp_path):
    path = saved(tmp_path / "a.xlsx", Tours=[[None], ["v", "v"]])
    with pytest.raises(TextlienError) as raised:
        read_sheet(path, "a.xlsx")
    (problem,) = raised.value.problems
    assert problem.location == Location(file="a.xlsx", sheet="Tours", row=2)
    french = problem.render(Translator("fr")).replace("\u00a0", " ").replace("\u202f", " ")
    assert french == (
        "a.xlsx, feuille « Tours », ligne 2 : la colonne « v » figure deux fois.\n"
        "  Renommez ou supprimez l’une des deux."
    )


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods"])
def test_a_file_that_is_not_there_is_told(tmp_path, name):
    with pytest.raises(TextlienError) as raised:
        read_sheet(tmp_path / name, name)
    assert [problem.id for problem in raised.value.problems] == ["files.missing"]
