import numpy as np
import pytest

from tests.making import hint_of, text_of
from textlien.errors import TextlienError
from textlien.study.options import SpeakersOptions
from textlien.transcripts import read

SPEECH = "Enquêteur : Qu'est-ce que le vivre ensemble ?\nR : C'est l'été à l’école, « où » ça va."


def reading_of(tmp_path, content, name="entretien.txt"):
    file = tmp_path / name
    file.write_bytes(content)
    (reading,) = read(file, name, SpeakersOptions())
    return reading


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_french_encoding_gives_the_same_words(tmp_path, encoding):
    reading = reading_of(tmp_path, SPEECH.encode(encoding))
    assert list(reading.turns.text) == [
        "Qu'est-ce que le vivre ensemble ?",
        "C'est l'été à l’école, « où » ça va.",
    ]
    noted = [text_of(problem) for problem in reading.problems if problem.severity == "note"]
    assert noted == [] if encoding.startswith("utf-8") else "read as" in noted[0]


def test_a_short_text_of_one_accent_is_read_as_windows_wrote_it(tmp_path):
    assert reading_of(tmp_path, "Q : Été ?\nR : Oui.\n".encode("cp1252")).turns.text[0] == "Été ?"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "entretien.txt: the file is empty."),
        (b" \n\n", "entretien.txt: the file is empty."),
        (b"\x89PMG\r\n\x00\x01\x02\xff\xfe", "entretien.txt, byte 6: this is not text"),
    ],
)
def test_what_is_no_text_is_named(tmp_path, content, said):
    with pytest.raises(TextlienError) as raised:
        reading_of(tmp_path, content)
    assert text_of(raised.value).startswith(said)
    assert hint_of(raised.value)


def test_a_text_of_marks_only_has_no_text(tmp_path):
    reading = reading_of(tmp_path, b"[00:12:33]\n\n(0:01)")
    assert [(problem.severity, text_of(problem)) for problem in reading.problems] == [
        ("error", "no text.")
    ]
    assert len(reading.turns) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_stray_nul_is_dropped(tmp_path, encoding):
    content = ("Q : Où ça ?\nR : " + "Là-bas, à l'école. " * 10).encode(encoding) + b"\0 Oui."
    assert reading_of(tmp_path, content).turns.text[1].endswith("l'école. Oui.")


@pytest.mark.parametrize("size", [40, 300, 3000])
@pytest.mark.parametrize("seed", range(5))
def test_bytes_drawn_at_random_are_no_text(tmp_path, size, seed):
    content = np.random.default_rng(seed).bytes(size)
    with pytest.raises(TextlienError, match=r"not a text file|not text in a known encoding"):
        reading_of(tmp_path, content)


def test_the_bytes_of_a_program_in_ascii_are_no_text(tmp_path):
    with pytest.raises(TextlienError, match="not a text file") as raised:
        reading_of(tmp_path, b"\x02ab\x1b\x07c\x10" * 50)
    assert "move it out" in hint_of(raised.value)


@pytest.mark.parametrize("content", [b"R : Oui\x1b.", "R : Señor.".encode("cp1252")])
def test_a_short_text_with_one_odd_character_is_read(tmp_path, content):
    assert len(reading_of(tmp_path, content).turns) == 1


def test_speech_of_another_alphabet_is_read_in_utf_8(tmp_path):
    assert reading_of(tmp_path, "Здравствуйте, как дела?".encode()).turns.text[0].endswith("дела?")
