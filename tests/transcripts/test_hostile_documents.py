"""Documents and texts that were cut, mixed or blown up."""

import pytest

from tests.making import text_of
from tests.transcripts.fuzzing import GOLDEN
from tests.transcripts.making import PART, WORD, cut_short, encrypted_pdf, packed, refusal
from textlien.study.options import LabelsOptions
from textlien.transcripts import read

FILES = {
    ".docx": GOLDEN / "docx" / "revisions_word.docx",
    ".odt": GOLDEN / "odt" / "revisions_et_cadres.odt",
    ".pdf": GOLDEN / "pdf" / "cesures_et_pages.pdf",
}


@pytest.mark.parametrize("suffix", FILES)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_document_that_was_cut(tmp_path, suffix, share):
    assert "damaged" in refusal(cut_short(FILES[suffix], tmp_path, share))


def test_a_pdf_with_a_password_is_not_taken_for_a_damaged_one(tmp_path):
    path = tmp_path / "entretien.pdf"
    path.write_bytes(encrypted_pdf())
    assert "protected by a password" in refusal(path)


@pytest.mark.parametrize("suffix", FILES)
def test_a_document_that_is_another_thing(tmp_path, suffix):
    path = tmp_path / f"entretien{suffix}"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    assert "not a" in refusal(path)


def test_a_rtf_that_was_cut_is_read_as_far_as_it_goes_with_a_warning(tmp_path):
    content = (GOLDEN / "rtf" / "word_revisions.rtf").read_bytes()
    path = tmp_path / "entretien.rtf"
    path.write_bytes(content[: len(content) * 9 // 10])
    (reading,) = read(path, path.name, LabelsOptions())
    assert reading.turns.text[0] == "Bonjour. Votre métier, c’est quoi ?"
    assert any("it was cut" in text_of(p) and p.severity == "warning" for p in reading.problems)
    path.write_bytes(content)
    (reading,) = read(path, path.name, LabelsOptions())
    assert not any("it was cut" in text_of(problem) for problem in reading.problems)


def test_zeros_marks_of_direction_and_bytes_of_two_encodings_in_rtf(tmp_path):
    path = tmp_path / "entretien.rtf"
    turns = b"Q : Et l'\\'e9t\\'e9\x00 ?\\par R : Oui\\u8238 ? \xe9t\xe9.\\par "
    path.write_bytes(b"{\\rtf1\\ansi\\ansicpg1252 " + turns * 3 + b"}")
    (reading,) = read(path, path.name, LabelsOptions())
    assert list(reading.turns.text) == ["Et l'été ?", "Oui été."] * 3


@pytest.mark.parametrize("mark", ["\u202e", "\u200f", "\u2067", "\ufeff"])
def test_marks_of_direction_in_a_word_document_do_not_hide_a_label(tmp_path, mark):
    said = [f"Enquê{mark}teur : Et lui ?", f"{mark}M. Roux : O{mark}ui."] * 3
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in said)
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    path = packed(tmp_path / "entretien.docx", {PART[".docx"]: document})
    (reading,) = read(path, path.name, LabelsOptions())
    assert list(reading.turns.speaker) == ["Enquêteur", "M. Roux"] * 3
    assert list(reading.turns.text) == ["Et lui ?", "Oui."] * 3


def test_tables_in_tables_to_any_depth(tmp_path):
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    content = opened * 60 + "<w:p><w:r><w:t>Oui.</w:t></w:r></w:p>" + closed * 60
    document = f'<w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'
    path = packed(tmp_path / "entretien.docx", {PART[".docx"]: document})
    (reading,) = read(path, path.name, LabelsOptions())
    assert list(reading.turns.text) == ["Oui."]
    document = document.replace(content, opened * 5000 + closed * 5000)
    path = packed(tmp_path / "entretien.docx", {PART[".docx"]: document})
    assert "not well-formed XML" in refusal(path)


def test_a_million_texts_of_a_corpus_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text("**** *n_1\nOui.\n" * 1_000_000, encoding="utf-8")
    assert "1,000,000 texts; the limit is 100,000 turns" in refusal(path)


@pytest.mark.parametrize("suffix", [".docx", ".rtf", ".html"])
def test_more_turns_than_the_limit_in_a_document(tmp_path, suffix):
    lines = ["Q : Et lui ?", "R : Oui."] * 60
    path = tmp_path / f"entretien{suffix}"
    if suffix == ".docx":
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        packed(path, {PART[suffix]: document})
    elif suffix == ".rtf":
        path.write_text("{\\rtf1 " + "".join(f"{line}\\par " for line in lines) + "}")
    else:
        path.write_text("".join(f"<p>{line}</p>" for line in lines))
    assert "120 turns; the limit is 100" in refusal(path, turns=100)
