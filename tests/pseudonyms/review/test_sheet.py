"""The sheet of names; every name is invented."""

import zipfile

import openpyxl
import pytest

from tests.making import text_of
from textlien.errors import TextlienError
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.reasons import Evidence, Reason
from textlien.pseudonyms.review.faults import faults_of
from textlien.pseudonyms.review.merging import merge
from textlien.pseudonyms.review.sheet import SheetRow, read_names, write_names

AMIR = Name(
    "Amir",
    "person",
    "p1",
    "Samir",
    "replace",
    ("2013-creil", "2015-creil"),
    12,
    2,
    (Evidence(Reason.AS_WRITTEN, ("prénom",)), Evidence(Reason.AS_WRITTEN, ("entité PER",))),
    ("la mère d'Amir habite", "Amir dit oui"),
)
PHONE = Name("+33 1 02 03 04 05", "contact", "c1", "[téléphone]", "ask")
FORMULA = Name('=HYPERLINK("x")', "other", "a1", "@moi", "keep", contexts=("=1+1", "-2"))


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_sheet_is_read_back_as_it_was_written(tmp_path, suffix):
    path = tmp_path / f"noms{suffix}"
    rows = [(AMIR, ""), (PHONE, "new"), (FORMULA, "gone")]
    write_names(path, rows)
    read, problems = read_names(path, "noms")
    assert problems == []
    assert [(row.name, row.remark) for row in read] == rows
    assert [row.number for row in read] == [2, 3, 4]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    path = tmp_path / "noms.xlsx"
    write_names(path, [(FORMULA, ""), (PHONE, "")])
    sheet = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert sheet["A2"].value == '=HYPERLINK("x")'
    assert sheet["A2"].quotePrefix
    assert sheet["A3"].number_format == "@"


def test_no_cell_of_a_csv_is_a_formula(tmp_path):
    write_names(tmp_path / "noms.csv", [(FORMULA, ""), (PHONE, "")])
    text = (tmp_path / "noms.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in text
    assert ";'@moi;" in text
    assert "\n'+33" in text


def test_a_workbook_helps_to_review(tmp_path):
    write_names(tmp_path / "noms.xlsx", [(AMIR, "")])
    sheet = openpyxl.load_workbook(tmp_path / "noms.xlsx").active
    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet[1]][:6] == [
        "forme",
        "type",
        "entité",
        "pseudonyme",
        "action",
        "entretiens",
    ]
    lists = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert lists['"remplacer,garder,à décider"'].startswith("E2:E")
    assert '"personne,lieu,organisation,service,contact,autre"' in lists
    assert len(sheet.conditional_formatting) == 1
    assert len(next(iter(sheet.conditional_formatting)).rules) == 3
    assert sheet.column_dimensions["I"].width > 20


def test_english_headers_and_values_are_understood(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("form,kind,entity,pseudonym,action\nAmir,person,p1,Samir,Replace\n")
    (row,), problems = read_names(path, "names.csv")
    assert problems == []
    assert (row.name.form, row.name.kind, row.name.action) == ("Amir", "person", "replace")


def test_a_sheet_that_excel_saved_in_its_own_encoding_is_read(tmp_path):
    path = tmp_path / "noms.csv"
    text = "forme;type;pseudonyme;action\r\nInès;personne;Zoé;À DÉCIDER\r\n"
    path.write_bytes(text.encode("cp1252"))
    (row,), _ = read_names(path, "noms.csv")
    assert (row.name.form, row.name.action) == ("Inès", "ask")


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="noms">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3"
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""


def test_an_opendocument_sheet_is_read(tmp_path):
    cells = [["forme", "type", "pseudonyme", "action"], ["Amir", "personne", "Samir", "garder"]]
    made = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(map(made.format, row))}</table:table-row>" for row in cells
    )
    with zipfile.ZipFile(tmp_path / "noms.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(rows=rows))
    (row,), _ = read_names(tmp_path / "noms.ods", "noms.ods")
    assert (row.number, row.name.form, row.name.action) == (2, "Amir", "keep")


def test_unknown_values_are_told_with_their_rows(tmp_path):
    path = tmp_path / "noms.csv"
    path.write_text("forme;type;pseudonyme;action\nAmir;humain;Samir;oui\n")
    _, problems = read_names(path, "noms.csv")
    assert [(p.id, p.location.row, p.message.values["value"]) for p in problems] == [
        ("pseudonyms.unknown-kind", 2, "humain"),
        ("pseudonyms.unknown-action", 2, "oui"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("noms.xlsx", b"not a workbook"),
        ("noms.csv", b"a;b\n1;2\n"),
        ("noms.csv", b'forme;pseudonyme;action\n"Amir;x'),
        ("noms.csv", b""),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TextlienError, match=rf"^{name}"):
        read_names(tmp_path / name, name)


def test_a_sheet_of_another_kind_is_not_written(tmp_path):
    with pytest.raises(TextlienError, match=r"\.txt"):
        write_names(tmp_path / "noms.txt", [])


def row(number, form, pseudonym="", *, action="replace", entity="p1", kind="person", files=()):
    return SheetRow(number, Name(form, kind, entity, pseudonym, action, files))


def test_merging_keeps_what_was_decided_and_adds_what_is_new():
    rows = [
        row(2, "Amir", "Farid", action="keep"),
        row(3, "Zelda", "Rita", entity="p2"),
        row(4, "Omar", "Ali", entity="p3"),
    ]
    suggested = [
        Name("Amir", "place", "p9", "Samir", "replace", (), 5, 2, (), ("un contexte",)),
        Name("AMIR", "person", "p9", "Samir", "replace", (), 1, 1),
        Name("Inès", "person", "p1", "Zoé", "replace", (), 3, 1),
        Name("Nour", "person", "p4", "Rita", "replace", (), 3, 1),
    ]
    merged = merge(rows, suggested, {"Amir": (6, 3), "Omar": (1, 1)})
    assert [(n.form, n.entity, n.pseudonym, n.action, remark) for n, remark in merged] == [
        ("Amir", "p1", "Farid", "keep", ""),
        ("Zelda", "p2", "Rita", "replace", "gone"),
        ("Omar", "p3", "Ali", "replace", ""),
        ("AMIR", "p1", "Farid", "replace", "new"),
        ("Inès", "p4", "Zoé", "replace", "new"),
        ("Nour", "p5", "", "ask", "new"),
    ]
    assert merged[0][0].count == 6
    assert merged[0][0].contexts == ("un contexte",)


def test_merging_twice_changes_nothing():
    suggested = [Name("Amir", "person", "p1", "Samir", "replace", (), 5, 2)]
    first = merge([], suggested, {})
    rows = [SheetRow(number, *pair) for number, pair in enumerate(first, start=2)]
    assert [name for name, _ in merge(rows, suggested, {"Amir": (5, 2)})] == suggested


def faults(rows, where=None, interviews=("a", "b")):
    return [
        (problem.id.partition(".")[2], problem.location.row, text_of(problem))
        for problem in faults_of(rows, "noms.xlsx", where or {}, interviews)
    ]


def test_a_good_sheet_has_no_faults():
    rows = [
        row(2, "Amir Benali", "Samir Haddad"),
        row(3, "Amir", "Samir"),
        row(4, "M. Benali", "M. Haddad"),
        row(5, "Inès", "Zoé", entity="p2", files=("a",)),
        row(6, "Inès", "Rita", entity="p3", files=("b",)),
        row(7, "Creil", action="keep", kind="place", entity="l1"),
        row(8, "01 02 03 04 05", "[téléphone]", kind="contact", entity="c1"),
        row(9, "01 02 03 04 06", "[téléphone]", kind="contact", entity="c2"),
    ]
    assert faults(rows, {"Inès": {"a", "b"}}) == []


def test_all_faults_are_told_at_once_with_their_rows():
    rows = [
        row(2, "Amir", "Samir"),
        row(3, "Amir", "Karim", entity="p2"),
        row(4, "Inès", "", entity="p3"),
        row(5, "Nour", "AMIR", entity="p4"),
        row(6, "Omar", "Ali", entity="p1"),
        row(7, "Lina", "Samir", entity="p5"),
        row(8, "Zelda", "Rita", action="ask", entity="p6"),
        row(9, "Hedi", "Max", entity="p7", files=("c",)),
        row(10, "", "Léon", entity="p8"),
        row(11, "Sofia", "Eva\x07", entity="p9"),
        SheetRow(12, row(12, "Gone", "", action="ask").name, "gone"),
    ]
    assert faults(rows, {"Hedi": {"a"}}) == [
        ("undecided", 8, "1 row is still to be decided: 8."),
        ("no-pseudonym", 4, "there is no pseudonym."),
        ("no-such-interview", 9, 'there is no interview "c".'),
        ("no-form", 10, "column forme is empty."),
        ("odd-pseudonym", 11, 'the pseudonym "Eva\x07" has unexpected characters.'),
        ("duplicate-form", 3, "the same form as row 2, for the same interview."),
        ("form-elsewhere", 9, '"Hedi" also occurs in 1 interview that no row is for: a.'),
        ("real-name", 5, 'the pseudonym "AMIR" is a real name of the corpus (row 3).'),
        (
            "entity-with-two-pseudonyms",
            6,
            'entity "p1" has another pseudonym, "Samir", in row 2 (rows that disagree: 6).',
        ),
        (
            "pseudonym-of-two",
            2,
            '"Samir" is the pseudonym of several persons: p1, p5 (rows 2, 7).',
        ),
    ]


def test_of_many_rows_the_first_are_listed():
    rows = [row(n, f"Nom {n}", "Rita", action="ask", entity=f"p{n}") for n in range(2, 27)]
    (fault,) = faults(rows)
    assert fault[2].startswith("25 rows are still to be decided: 2, 3, 4,")
    assert fault[2].endswith(", 21, and 5 more.")
