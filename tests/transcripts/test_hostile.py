"""Files made to do harm, or that an accident made so: refused with a reason, at no cost."""

import io
import tracemalloc

import pytest

from tests.making import place_of, text_of
from tests.transcripts.making import BOMB, PART, WORD, packed, refusal
from textlien.study.options import LabelsOptions
from textlien.transcripts import read

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
DOCUMENT = {
    ".docx": f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{{}}</w:t></w:r></w:p>'
    "</w:body></w:document>",
    ".odt": f'<office:document-content xmlns:office="{OFFICE}"><office:body><office:text>{{}}'
    "</office:text></office:body></office:document-content>",
}
XML = {
    ".eaf": "<ANNOTATION_DOCUMENT>{}</ANNOTATION_DOCUMENT>",
    ".trs": "<Trans>{}</Trans>",
    ".xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>{}</text></TEI>',
}


@pytest.mark.parametrize("suffix", DOCUMENT)
def test_an_archive_that_unpacks_to_far_more_than_it_weighs(tmp_path, suffix):
    bomb = {PART[suffix]: b" " * 60_000_000}
    tracemalloc.start()
    message = refusal(packed(tmp_path / f"entretien{suffix}", bomb))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "times its size" in message
    assert peak < 20_000_000


@pytest.mark.parametrize("suffix", DOCUMENT)
def test_an_archive_larger_than_the_limit(tmp_path, suffix):
    noise = io.BytesIO(b"".join(i.to_bytes(4, "big") for i in range(600_000))).getvalue()
    path = packed(tmp_path / f"entretien{suffix}", {PART[suffix]: noise})
    assert "unpacks to 2 MB; the limit is 1 MB" in refusal(path, unpacked_mb=1)


@pytest.mark.parametrize("suffix", DOCUMENT)
@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\a.xml", "a/..\\b"])
def test_an_archive_whose_names_lead_out_of_it(tmp_path, suffix, name):
    parts = {PART[suffix]: DOCUMENT[suffix].format("Oui."), name: "x"}
    assert "leads out of it" in refusal(packed(tmp_path / f"entretien{suffix}", parts))


@pytest.mark.parametrize("suffix", DOCUMENT)
def test_entities_in_a_document(tmp_path, suffix):
    content = BOMB + DOCUMENT[suffix].format("&l9;")
    path = packed(tmp_path / f"entretien{suffix}", {PART[suffix]: content})
    assert "entities" in refusal(path)


@pytest.mark.parametrize("suffix", XML)
def test_entities_that_multiply(tmp_path, suffix):
    path = tmp_path / f"entretien{suffix}"
    path.write_text(BOMB + XML[suffix].format("&l9;"), encoding="utf-8")
    assert "entities" in refusal(path)


@pytest.mark.parametrize("suffix", XML)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_read_another_file(tmp_path, suffix, encoding):
    secret = tmp_path / "secret.txt"
    secret.write_text("Marie Durand", encoding="utf-8")
    path = tmp_path / f"entretien{suffix}"
    doctype = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    path.write_text(doctype + XML[suffix].format("&e;"), encoding=encoding)
    assert "entities" in refusal(path)


def test_a_file_larger_than_the_limit_is_not_opened(tmp_path):
    path = tmp_path / "entretien.txt"
    with path.open("wb") as file:
        file.truncate(2 * 2**30)
    assert "2,048 MB; the limit is 100 MB" in refusal(path)


def test_a_million_turns(tmp_path):
    path = tmp_path / "entretien.txt"
    path.write_text("Enquêteur : Oui ?\nR : Oui.\n" * 500_000, encoding="utf-8")
    assert "1,000,001 lines; the limit is 10 a turn, and 100,000 turns" in refusal(path)


@pytest.mark.slow
def test_more_turns_than_the_limit(tmp_path):
    path = tmp_path / "entretien.txt"
    path.write_text("Enquêteur : Oui ?\nR : Oui.\n" * 50_001, encoding="utf-8")
    assert "100,002 turns; the limit is 100,000" in refusal(path)


def test_zeros_bidi_marks_and_controls_do_not_reach_the_turns(tmp_path):
    path = tmp_path / "entretien.txt"
    turns = ["Enquê\u200bteur : Et\x00 l’\u202eété ?\u2067", "R : Oui\x07.", "R : " + "bon " * 50]
    path.write_bytes("\n".join(turns).encode())
    (reading,) = read(path, path.name, LabelsOptions())
    assert list(reading.turns.text[:2]) == ["Et l’été ?", "Oui."]
    assert list(reading.turns.speaker[:2]) == ["Enquêteur", "R"]
    assert "\u202e" in reading.turns.original[0]


def test_two_encodings_in_one_file_are_read_each_in_its_own(tmp_path):
    path = tmp_path / "entretien.txt"
    lines = ["Enquêteur : Et l'été ?".encode(), "Enquêté : À côté, déjà.".encode("cp1252")]
    path.write_bytes(b"\n".join(lines * 3))
    (reading,) = read(path, path.name, LabelsOptions())
    assert list(reading.turns.text) == ["Et l'été ?", "À côté, déjà."] * 3
    (warning,) = [problem for problem in reading.problems if place_of(problem)]
    assert (place_of(warning), "cp1252 in lines 2, 4, 6" in text_of(warning)) == ("line 2", True)
    assert reading.document.encoding == "utf_8+cp1252"
