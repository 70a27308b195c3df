"""Paragraphs of word processors that are not what they seem."""

from tests.transcripts.making import par, reading_of, run
from textlien.study.options import LabelsOptions
from textlien.transcripts import read

DELETED = '<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'
MOVED = '<w:pPr><w:rPr><w:moveFrom w:id="1" w:author="A"/></w:rPr></w:pPr>'
TABLE = f"<w:tbl><w:tr><w:tc>{par(run('R'))}</w:tc><w:tc>{{}}</w:tc></w:tr></w:tbl>"


def heading(text):
    return par('<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', run(text))


def texts_of(file):
    (reading,) = read(file, file.name, LabelsOptions())
    return [(turn.speaker, turn.text) for turn in reading.turns.itertuples()]


def turns_of(reading):
    return [(turn.speaker, turn.section, turn.text) for turn in reading.turns.itertuples()]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path):
    reading = reading_of(
        tmp_path,
        par(run("Q : Et lui ?")),
        par(DELETED, run("R : Il est venu inter")),
        par(run("roger le maire.")),
        par(MOVED, '<w:moveFrom w:id="2" w:author="A">', run("Ailleurs."), "</w:moveFrom>"),
        par(run("Voilà.")),
    )
    assert list(reading.turns.text) == ["Et lui ?", "Il est venu interroger le maire.\nVoilà."]


def test_what_has_no_next_paragraph_is_not_lost(tmp_path):
    reading = reading_of(
        tmp_path,
        par(run("Q : Et lui ?")),
        par(DELETED, run("R : Oui.")),
        TABLE.format(par(run("Un.")) + par(DELETED, run("Deux."))),
        par(run("Q : Et après ?")),
        par(DELETED, run("R : Trois.")),
    )
    assert list(reading.turns.text) == ["Et lui ?", "Oui.", "Un.\nDeux.", "Et après ?", "Trois."]


def test_a_question_in_a_heading_is_a_section_where_the_interviewer_has_a_label(tmp_path):
    reading = reading_of(
        tmp_path,
        par(run("ENQ : Un ?")),
        par(run("Mme V. : Oui.")),
        heading("Que faire ?"),
        par(run("ENQ : Deux ?")),
        par(run("Mme V. : Non.")),
    )
    assert turns_of(reading) == [
        ("ENQ", "", "Un ?"),
        ("Mme V.", "", "Oui."),
        ("ENQ", "Que faire ?", "Deux ?"),
        ("Mme V.", "Que faire ?", "Non."),
    ]


def test_questions_in_headings_are_questions_where_nobody_else_asks(tmp_path):
    body = []
    for number in range(4):
        body += [heading(f"Et le point {number} ?"), par(run("C’est une chose que je sais."))]
    reading = reading_of(tmp_path, *body)
    assert set(reading.turns.role) == {"interviewer", "interviewee"}
    assert list(reading.turns.section.unique()) == [""]


def test_a_deleted_end_of_paragraph_in_rtf_ends_nothing(tmp_path):
    # LibreOffice keeps the end; the specification gives \deleted to all characters of its group.
    file = tmp_path / "entretien.rtf"
    file.write_bytes(
        rb"{\rtf1\ansi Q : Et lui ?\par R : Il est venu {\deleted deux fois\par }seul.\par }"
    )
    assert texts_of(file) == [("Q", "Et lui ?"), ("R", "Il est venu seul.")]


def test_notes_and_footers_of_a_page_that_word_saved_are_no_speech(tmp_path):
    file = tmp_path / "entretien.html"
    file.write_text(
        "<p>Q : Et lui<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>[1]</a> ?</p>"
        "<p>R : Il est<del> parti</del> venu<a href='#_msocom_1'>[CR1]</a>.</p>"
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>"
        "<p><a href='#_ftnref1'>[1]</a> Le maire.</p></div></div>"
        "<div style='mso-element:comment-list'><p>À vérifier.</p></div>",
        encoding="utf-8",
    )
    assert texts_of(file) == [("Q", "Et lui ?"), ("R", "Il est venu.")]


def test_paragraphs_of_one_cell_of_a_page_are_not_glued(tmp_path):
    file = tmp_path / "entretien.html"
    rows = "<tr><td>Q</td><td>Et<br>lui ?</td></tr><tr><td>R</td><td><p>Un.</p><p>Deux.</p></td>"
    file.write_text(f"<table>{rows}</tr></table>", encoding="utf-8")
    assert texts_of(file) == [("Q", "Et\nlui ?"), ("R", "Un.\nDeux.")]


def test_a_time_behind_a_name_and_three_blanks_is_its_time(tmp_path):
    file = tmp_path / "entretien.txt"
    file.write_text("Voix 1   00:03\nOui ?\n\nVoix 2   00:07\nOui.\n" * 3, encoding="utf-8")
    (reading,) = read(file, file.name, LabelsOptions())
    assert list(reading.turns.time_start) == [3.0, 7.0] * 3
