"""Tables in sheets as people make them: titles, two header rows, remarks, totals, merged cells."""

import openpyxl
import pytest

from textlien.files.csvfile import read_csv
from textlien.files.spreadsheet import read_sheet
from textlien.text.folding import fold

WANTED = ("fichier", "texte")


def csv_of(folder, content, encoding="utf-8"):
    path = folder / "table.csv"
    path.write_bytes(content.encode(encoding))
    return read_csv(path, path.name, fold, WANTED)


def workbook_of(folder, rows, merged=(), edit=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    if edit:
        edit(book)
    path = folder / "table.xlsx"
    book.save(path)
    return read_sheet(path, path.name, fold, wanted=WANTED)


def values(sheet):
    return [tuple(row.values()) for _, row in sheet.rows]


def ids(sheet):
    return [problem.id for problem in sheet.notes]


@pytest.mark.parametrize(
    ("first", "separator"),
    [("sep=;", ";"), ("sep=,", ","), ('"sep=;"', ";"), ("SEP=\t", "\t"), ("sep=|;;", "|")],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_first_line_may_name_the_separator(tmp_path, first, separator, encoding):
    rows = [["Fichier", "Ville"], ["élu.txt", "Creil"]]
    sheet = csv_of(tmp_path, "\r\n".join([first, *map(separator.join, rows)]), encoding)
    assert sheet.header == ("fichier", "ville")
    assert sheet.rows == ((3, {"fichier": "élu.txt", "ville": "Creil"}),)


def test_titles_above_the_header_are_noted(tmp_path):
    content = "Entretiens, vague 2013, Oise;;\n\nVille;Fichier;Date\nCreil;a.txt;2013\n"
    sheet = csv_of(tmp_path, content)
    assert (sheet.header, sheet.rows[0][0]) == (("ville", "fichier", "date"), 4)
    assert [(p.id, p.location.line) for p in sheet.notes] == [("files.rows-above", 1)]


def test_titles_above_a_header_of_unknown_names(tmp_path):
    rows = [["Liste des personnes"], [], ["Nom", "Âge"], ["Léa", 41], ["Ali", 38], ["Eve", 27]]
    sheet = workbook_of(tmp_path, rows)
    assert (sheet.header, sheet.rows[0][0]) == (("nom", "age"), 4)


def test_a_second_row_of_names_stands_for_the_first_where_it_is_filled(tmp_path):
    rows = [["Texte", "Temps", None], [None, "début", "fin"], ["Oui.", 1, 2]]
    sheet = workbook_of(tmp_path, rows, ["A1:A2", "B1:C1"])
    assert (sheet.header, values(sheet)) == (("texte", "debut", "fin"), [("Oui.", "1", "2")])


def test_a_remark_beside_the_table_is_told_by_its_cell(tmp_path):
    rows = [["fichier", "ville"], ["a.txt", "Creil"], ["b.txt", "Sens", None, "à vérifier"]]
    sheet = workbook_of(tmp_path, rows)
    (problem,) = sheet.notes
    assert (problem.id, problem.severity) == ("files.cells-beside", "warning")
    assert problem.message.values["cell"] == "D3"


def test_a_remark_beside_a_csv_table_is_no_separator_without_quotes(tmp_path):
    sheet = csv_of(tmp_path, "fichier;ville;;\na.txt;Creil;;\nb.txt;Sens;;à vérifier\n")
    assert ids(sheet) == ["files.cells-beside"]


def test_a_running_number_without_a_name_is_no_remark(tmp_path):
    assert ids(csv_of(tmp_path, ",fichier,ville\n0,a.txt,Creil\n1,b.txt,Sens\n")) == []


def test_a_remark_and_a_total_below_the_table_are_left_out(tmp_path):
    rows = [["fichier", "mots"], ["a.txt", 1], ["b.txt", 2], ["c.txt", 3], ["Total", 6]]
    sheet = workbook_of(tmp_path, [*rows, [], ["Source : nos comptages"]])
    assert (len(sheet.rows), ids(sheet)) == (3, ["files.rows-below"])


def test_cells_merged_downwards_count_for_each_row(tmp_path):
    rows = [["fichier", "ville"], ["a.txt", "Creil"], ["b.txt", None], ["c.txt", "Sens"]]
    sheet = workbook_of(tmp_path, rows, ["B2:B3"])
    assert [row["ville"] for _, row in sheet.rows] == ["Creil", "Creil", "Sens"]


def test_formulas_without_a_result_are_told(tmp_path):
    sheet = workbook_of(
        tmp_path, [["fichier", "ville"], ["a.txt", '="Cre"&"il"'], ["b.txt", "=B2"]]
    )
    (problem,) = sheet.notes
    assert (problem.id, problem.location.cell) == ("files.formulas-without-result", "B2")
    assert problem.message.values["cells"] == 2


def test_hidden_rows_are_noted_and_hidden_sheets_come_last(tmp_path):
    def hide(book):
        book.active.row_dimensions[3].hidden = True
        old = book.create_sheet("ancienne", 0)
        old.append(["fichier"])
        old.sheet_state = "hidden"
        book.active = 1

    sheet = workbook_of(
        tmp_path, [["fichier", "ville"], ["a.txt", "Creil"], ["b.txt", "X"]], (), hide
    )
    assert len(sheet.rows) == 2
    assert ids(sheet) == ["files.other-sheets", "files.hidden-rows"]
