import zipfile

import pytest

from tests.making import hint_of, text_of
from tests.transcripts.making import par, reading_of, row, run
from textlien.errors import TextlienError
from textlien.study.options import SpeakersOptions
from textlien.transcripts import read


def test_paragraphs_become_turns(tmp_path):
    reading = reading_of(
        tmp_path,
        par(run("Ville : Creil")),
        par(run("Enquêteur\u00a0: Et "), run("le CCAS ?")),
        par(),
        par(run("R : Il fait ce qu'il peut.")),
        par(run("Vraiment.")),
    )
    assert reading.document.head == {"ville": "Creil"}
    assert list(reading.turns.text) == ["Et le CCAS ?", "Il fait ce qu'il peut.\nVraiment."]
    assert list(reading.turns.role) == ["interviewer", "interviewee"]


def test_tracked_insertions_count_and_deletions_do_not(tmp_path):
    inserted = f'<w:ins w:id="1" w:author="A">{run(" beaucoup")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText> trop</w:delText></w:r></w:del>'
    reading = reading_of(
        tmp_path, par(run("Q : Un ?")), par(run("R : Il fait"), inserted, deleted, run("."))
    )
    assert reading.turns.text[1] == "Il fait beaucoup."


def test_a_soft_break_may_part_two_speakers(tmp_path):
    reading = reading_of(
        tmp_path, par(run("Q : Un ?"), "<w:r><w:br/></w:r>", run("R : Oui.")), par(run("Et deux."))
    )
    assert list(reading.turns.text) == ["Un ?", "Oui.\nEt deux."]


def test_a_table_of_speakers_and_words(tmp_path):
    rows = row("Q", "Un ?") + row("R", "Oui.") + row("Q", "Deux ?") + row("R", "Non.")
    reading = reading_of(tmp_path, f"<w:tbl>{rows}</w:tbl>")
    assert list(reading.turns.speaker) == ["Q", "R", "Q", "R"]
    assert list(reading.turns.text) == ["Un ?", "Oui.", "Deux ?", "Non."]


def test_headers_and_comments_stay_out(tmp_path):
    reading = reading_of(tmp_path, par(run("Q : Un ?")), par(run("R : Oui.")))
    assert " ".join(reading.turns.text) == "Un ? Oui."


def test_links_notes_and_list_numbers_leave_words_only(tmp_path):
    link = f'<w:hyperlink r:id="rId9">{run("leur site")}</w:hyperlink>'
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    reading = reading_of(
        tmp_path,
        par(numbered, run("Q : Un ?")),
        par(run("R : Voyez "), link, run(", oui"), note, run(".")),
    )
    assert list(reading.turns.text) == ["Un ?", "Voyez leur site, oui."]


def test_angle_brackets_and_ampersands_are_kept_as_written(tmp_path):
    reading = reading_of(tmp_path, par(run("Q : Un ?")), par(run("R : A &amp; B &lt; C.")))
    assert reading.turns.text[1] == "A & B < C."


@pytest.mark.parametrize("content", [b"Bonjour\x01\x02", b"PK\x03\x04 coup\xe9"])
def test_what_is_no_word_document_is_refused_with_a_remedy(tmp_path, content):
    file = tmp_path / "entretien.docx"
    file.write_bytes(content)
    with pytest.raises(TextlienError) as raised:
        read(file, "entretien.docx", SpeakersOptions())
    assert text_of(raised.value).startswith("entretien.docx: not a Word document")
    assert "save it again" in hint_of(raised.value)


def test_a_zip_without_a_document_is_refused(tmp_path):
    file = tmp_path / "entretien.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "b")
    with pytest.raises(TextlienError, match="the content is a compressed archive"):
        read(file, "entretien.docx", SpeakersOptions())


def test_a_document_whose_text_is_cut_is_refused(tmp_path):
    with pytest.raises(TextlienError) as raised:
        reading_of(tmp_path, "<w:p><w:r><w:t>Q : Un ?")
    assert text_of(raised.value).startswith(
        "entretien.docx, word/document.xml, line 1: not well-formed XML"
    )
    assert "save it again" in hint_of(raised.value)
