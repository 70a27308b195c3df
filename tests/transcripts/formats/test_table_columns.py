"""Sheets of turns as people make them: unnamed columns, merged cells, several sheets, surveys."""

import datetime

import openpyxl
import pytest

from tests.transcripts.layout.tabular.making import EXPECTED, TURNS, spoken, told
from textlien.errors import TextlienError
from textlien.study.options import LabelsOptions
from textlien.transcripts import read

SPEAKERS = [speaker for speaker, _ in TURNS]
TEXTS = [text for _, text in TURNS]


def sheet_of(book, rows, merged=(), title=""):
    sheet = book.create_sheet(title or f"Feuil{len(book.sheetnames) + 1}")
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)


def readings_of(folder, *sheets, merged=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet_of(book, rows, merged)
    book.save(folder / "tours.xlsx")
    return read(folder / "tours.xlsx", "tours.xlsx", LabelsOptions())


def reading_of(folder, rows, merged=()):
    (reading,) = readings_of(folder, rows, merged=merged)
    return reading


def csv_reading(folder, content):
    (folder / "tours.csv").write_text(content, encoding="utf-8")
    (reading,) = read(folder / "tours.csv", "tours.csv", LabelsOptions())
    return reading


@pytest.mark.parametrize(
    "header",
    [("Sprecher", "Inhalt"), ("Personne", "Verbatim"), ("Hablante", "Texto"), ("Qui", "Dit")],
)
def test_names_of_columns_in_other_words(tmp_path, header):
    assert spoken(reading_of(tmp_path, [header, *TURNS])) == EXPECTED


def test_a_title_and_a_notice_above_the_header(tmp_path):
    rows = [["Entretien avec l'épicier"], ["Ville", "Creil"], [], ["Locuteur", "Texte"], *TURNS]
    reading = reading_of(tmp_path, rows)
    assert spoken(reading) == EXPECTED
    assert reading.document.head["ville"] == "Creil"
    assert reading.turns.place[0] == "row=5"


def test_a_speaker_merged_over_two_rows_goes_on(tmp_path):
    rows, merged = [("n°", "Texte", "Locuteur")], []
    for number, (speaker, text) in enumerate(TURNS):
        words = text.split()
        rows += [
            (2 * number + 1, " ".join(words[:3]), speaker),
            (2 * number + 2, " ".join(words[3:])),
        ]
        merged.append(f"C{2 * number + 2}:C{2 * number + 3}")
    reading = reading_of(tmp_path, rows, merged)
    assert (spoken(reading), told(reading)) == (EXPECTED, [])


def test_rows_without_a_speaker_that_ask_are_told(tmp_path):
    speakers = ["Enquêtrice", "M. Ferrand", "", "M. Ferrand", *[""] * 5, "M. Ferrand"]
    rows = [("locuteur", "texte"), *zip(speakers, TEXTS, strict=True)]
    assert "transcripts.rows-without-speaker" in told(reading_of(tmp_path, rows))


def test_rows_without_a_speaker_are_the_interviewer_s_where_they_alone_ask(tmp_path):
    speakers = ["" if speaker == "Enquêtrice" else speaker for speaker in SPEAKERS]
    rows = [("locuteur", "texte"), *zip(speakers, TEXTS, strict=True)]
    assert spoken(reading_of(tmp_path, rows)) == EXPECTED


def test_times_of_excel_with_and_without_their_format(tmp_path):
    moments = [datetime.time(0, number, 30) for number in range(10)]
    rows = [("Début", *TURNS[0]), *zip(moments, SPEAKERS, TEXTS, strict=True)]
    rows[0] = ("Début", "Locuteur", "Texte")
    assert list(reading_of(tmp_path, rows).turns.time_start[:2]) == [30.0, 90.0]
    days = [(60 * number + 30) / 86400 for number in range(10)]
    rows = [rows[0], *zip(days, SPEAKERS, TEXTS, strict=True)]
    assert list(reading_of(tmp_path, rows).turns.time_start[:2]) == [30.0, 90.0]


def test_questions_beside_answers(tmp_path):
    rows = [("Question", "Réponse", "Codes"), *zip(TEXTS[::2], TEXTS[1::2], "ababa", strict=True)]
    reading = reading_of(tmp_path, rows)
    assert (spoken(reading), told(reading)) == (EXPECTED, [])


def test_codes_and_numbers_are_no_variables_of_the_interview(tmp_path):
    rows = [("N°", "Locuteur", "Texte", "Codes", "Ville")]
    rows += [(at, *turn, f"c{at % 4}", "Creil") for at, turn in enumerate(TURNS)]
    reading = reading_of(tmp_path, rows)
    assert (spoken(reading), told(reading)) == (EXPECTED, [])
    assert reading.document.variables == (("ville", "Creil"),)


def test_two_sheets_are_two_interviews_and_told(tmp_path):
    rows = [("Locuteur", "Texte"), *TURNS]
    readings = readings_of(tmp_path, rows, [["Code", "Sens"], ["a", "b"]], rows)
    assert [spoken(reading) for reading in readings] == [EXPECTED, EXPECTED]
    assert [reading.document.name for reading in readings] == ["Feuil1", "Feuil3"]
    assert "transcripts.sheet-an-interview" in told(readings[0])


def test_a_sheet_that_names_no_columns(tmp_path):
    reading = reading_of(tmp_path, TURNS)
    assert spoken(reading) == EXPECTED


def test_a_survey_with_open_questions_is_refused_and_explained(tmp_path):
    rows = [
        ["id", "Que pensez-vous de votre rue ?", "Et si vous partiez, où iriez-vous ?"],
        *[[number, "Elle est calme, on y dort.", "À la mer, sans hésiter."] for number in range(9)],
    ]
    with pytest.raises(TextlienError) as raised:
        readings_of(tmp_path, rows)
    assert [problem.id for problem in raised.value.problems] == ["transcripts.open-survey"]


def test_a_table_of_excel_with_its_separator_in_the_first_line(tmp_path):
    lines = "".join(f"{number};{a};{b}\r\n" for number, (a, b) in enumerate(TURNS, start=1))
    reading = csv_reading(tmp_path, f"\ufeffsep=;\r\nN°;Locuteur;Texte\r\n{lines}")
    assert (spoken(reading), told(reading)) == (EXPECTED, [])
    assert reading.turns.place[0] == "line=3"


def test_columns_of_speakers_and_roles_are_what_they_are_called(tmp_path):
    rows = ["speaker;role;text"]
    rows += [
        f"{who};{role};{text} {number}."
        for number in range(6)
        for who, role, text in (
            ("Claire", "interviewer", "Et la place du marché, dites-moi"),
            ("Mme Roy", "interviewee", "On y va le dimanche, avec les voisins, depuis"),
        )
    ]
    path = tmp_path / "entretien.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    (reading,) = read(path, path.name, LabelsOptions())
    assert {name: part.role for name, part in reading.roles.items()} == {
        "Claire": "interviewer",
        "Mme Roy": "interviewee",
    }
    assert not [p for p in reading.problems if p.message.id.startswith("transcripts.unclear")]
