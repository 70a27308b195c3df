"""Spreadsheets and tables made to do harm, or that an accident made so."""

import csv
import zipfile

import pytest

from tests.making import text_of
from tests.transcripts.fuzzing import GOLDEN
from tests.transcripts.making import BOMB, cut_short, packed, refusal
from textlien.files.sheet_extent import extents
from textlien.study.options import LabelsOptions
from textlien.transcripts import FORMATS, read

GOOD = {".xlsx": GOLDEN / "xlsx" / "tours.xlsx", ".ods": GOLDEN / "ods" / "tours.ods"}
PART = {".xlsx": "xl/worksheets/sheet2.xml", ".ods": "content.xml"}
CELL = '<table:table-cell office:value-type="string" {}><text:p>Oui</text:p></table:table-cell>'


def changed(folder, suffix, change, **others):
    """The golden spreadsheet with another content of its sheet, and parts beside it."""
    with zipfile.ZipFile(GOOD[suffix]) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[PART[suffix]]
    parts[PART[suffix]] = change(before)
    return packed(folder / f"entretien{suffix}", parts | others)


@pytest.mark.parametrize("suffix", GOOD)
def test_a_sheet_that_unpacks_to_far_more_than_it_weighs(tmp_path, suffix):
    path = changed(tmp_path, suffix, lambda sheet: sheet + b" " * 60_000_000)
    assert "times its size" in refusal(path)


@pytest.mark.parametrize("suffix", GOOD)
def test_a_spreadsheet_whose_names_lead_out_of_it(tmp_path, suffix):
    path = changed(tmp_path, suffix, lambda sheet: sheet, **{"../../etc/passwd": b"x"})
    assert "leads out of it" in refusal(path)


@pytest.mark.parametrize("suffix", GOOD)
def test_entities_in_a_sheet(tmp_path, suffix):
    def with_entities(sheet):
        start = sheet.index(b"?>") + 2
        content = sheet[start:].replace(b"<v>", b"<v>&l9;").replace(b"Merci.", b"&l9;")
        return sheet[:start] + BOMB.encode() + content

    assert "damaged spreadsheet" in refusal(changed(tmp_path, suffix, with_entities))


@pytest.mark.parametrize("suffix", GOOD)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_spreadsheet_that_was_cut(tmp_path, suffix, share):
    assert "damaged" in refusal(cut_short(GOOD[suffix], tmp_path, share))


def test_one_cell_at_the_end_of_an_endless_sheet(tmp_path):
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = changed(tmp_path, ".xlsx", lambda sheet: sheet.replace(b"</sheetData>", row))
    assert "1,048,576 rows and 16,384 columns" in refusal(path)


def test_a_cell_that_is_repeated_millions_of_times(tmp_path):
    many = CELL.format('table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="3000">{many}</table:table-row>'
    path = changed(
        tmp_path,
        ".ods",
        lambda sheet: sheet.replace(b"</table:table>", row.encode() + b"</table:table>"),
    )
    assert "rows and 16,384 columns" in refusal(path)


def test_formats_of_cells_that_are_empty_do_not_count(tmp_path):
    styled = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    path = changed(tmp_path, ".xlsx", lambda sheet: sheet.replace(b"</sheetData>", styled))
    with zipfile.ZipFile(path) as archive:
        assert list(extents(archive)) == [(1, 1), (10, 7)]
    (reading,) = read(path, path.name, LabelsOptions())
    assert len(reading.turns) == 8


@pytest.mark.parametrize("suffix", GOOD)
def test_formulas_are_read_as_they_were_last_computed(suffix):
    (reading,) = read(GOOD[suffix], "tours", LabelsOptions())
    assert "Depuis 2008." in list(reading.turns.text)
    assert not reading.turns.text.str.contains("CONCATENATE").any()


def test_text_that_begins_like_a_formula_is_speech_and_nothing_is_executed(tmp_path):
    said = ["=1+1", "+ et puis ?", "@SUM(A1)", "-2+3", '=cmd|" /C calc"!A0']
    path = tmp_path / "entretien.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("qui", "texte"), *(("R", t) for t in said)])
    (reading,) = read(path, path.name, LabelsOptions())
    assert list(reading.turns.text) == said


def test_a_table_of_a_million_turns(tmp_path):
    path = tmp_path / "entretien.csv"
    path.write_text("qui;texte\n" + "R;Oui.\n" * 1_000_000, encoding="utf-8")
    assert "1,000,000 rows; the limit is 100,000 turns" in refusal(path)


def test_zeros_marks_of_direction_and_two_encodings_in_a_table(tmp_path):
    path = tmp_path / "entretien.csv"
    rows = [b"locuteur;texte", "Enquêteur;Et l\u202eété\u2069 ?".encode()]
    rows += ["Enquêté;À côté.".encode("cp1252"), b"Enqu\xc3\xaateur;Bon\x00 ?"]
    rows += [b"R;" + b"bon " * 30]
    path.write_bytes(b"\r\n".join(rows))
    (reading,) = read(path, path.name, LabelsOptions())
    assert list(reading.turns.text[:3]) == ["Et lété ?", "À côté.", "Bon ?"]
    assert list(reading.turns.speaker[:3]) == ["Enquêteur", "Enquêté", "Enquêteur"]
    assert any("two encodings" in text_of(problem) for problem in reading.problems)


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line(tmp_path):
    path = tmp_path / "entretien.csv"
    path.write_text('qui;texte\nR;Oui.\nR;"Non.\nR;Si.\n', encoding="utf-8")
    assert "line 3" in refusal(path)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_sparse_file_of_two_gigabytes_is_not_opened(tmp_path, suffix):
    path = tmp_path / f"entretien{suffix}"
    with path.open("wb") as file:
        file.truncate(2 * 2**30)
    assert "2,048 MB; the limit is 100 MB" in refusal(path)
