import errno

import pytest

from textlien.errors import TextlienError
from textlien.files.encoding import decode, read_text
from textlien.files.source import cannot_open
from textlien.messages.message import Location
from textlien.messages.translator import Translator

CONTROL = "\x01"


def refused(content):
    with pytest.raises(TextlienError) as raised:
        decode(content, "a.txt")
    (problem,) = raised.value.problems
    return problem


@pytest.mark.parametrize(("length", "odd"), [(100, 5), (10, 3)])
def test_a_text_may_hold_some_odd_characters_and_not_one_more(length, odd):
    """At most 5 % of them, and three in a short text."""
    fits = (CONTROL * odd).ljust(length, "a").encode()
    assert decode(fits, "a.txt").encoding == "utf_8"
    problem = refused((CONTROL * (odd + 1)).ljust(length, "a").encode())
    assert problem.id == "files.not-text"
    assert problem.message.values["share"] == (odd + 1) / length


def test_letters_of_other_alphabets_are_odd_in_windows_text_only():
    content = "þðþð".encode("cp1252") + b"aaaa"
    assert refused(content).id == "files.not-text"
    assert decode("þðþðaaaa".encode(), "a.txt").notes == []


def test_lines_of_another_encoding_are_listed_five_at_most():
    lines = ["été".encode(), *["été".encode("cp1252")] * 7]
    decoded = decode(b"\n".join(lines), "a.txt")
    assert decoded.text == "\n".join(["été"] * 8)
    (warning,) = decoded.notes
    assert (warning.id, warning.location) == (
        "files.two-encodings",
        Location(file="a.txt", line=2),
    )
    assert "lines 2, 3, 4, 5, 6 and 2 more" in str(warning)


def test_a_byte_of_no_encoding_is_located():
    problem = refused(b"\x89PNG\r\n\x00\x01")
    assert (problem.id, problem.location) == (
        "files.unknown-encoding",
        Location(file="a.txt", byte=6),
    )


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path):
    with pytest.raises(TextlienError) as raised:
        read_text(tmp_path, "t")
    assert [problem.id for problem in raised.value.problems] == ["files.cannot-open"]


def test_the_reason_of_the_system_is_in_the_language_of_the_user():
    problem = cannot_open(OSError(errno.EISDIR, "Is a directory", "t"), "t")
    assert "c’est un dossier" in problem.text(Translator("fr"))
    assert "it is a folder" in problem.text(Translator("en"))
    assert "No medium found" in str(cannot_open(OSError(errno.ENOMEDIUM, "No medium found"), "t"))


FRENCH = """Enquêtrice : Où ça, à votre âge ? Ça vous a plu, dès le début ?
M. Noël : Très tôt, j'étais à l'école, et le maître était sévère. Là-bas, c'était la fête.
Enquêtrice : Même après ? M. Noël : Évidemment, ça dépend des années."""


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850", "cp437", "iso8859_15"])
@pytest.mark.parametrize("length", [8, 40, 400])
def test_french_of_any_office_is_read_with_its_letters(encoding, length):
    """Of DOS, Windows and Macintosh, whatever the length."""
    text = FRENCH[:length].replace("É", "é" if encoding == "cp437" else "É")
    decoded = decode(text.encode(encoding), "a.txt")
    assert decoded.text == text
    assert [note.id for note in decoded.notes] == ["files.not-utf8"]


def test_latin_9_is_told_by_its_oe_and_euro():
    text = "La sœur du maire, au cœur de la ville, pour dix €."
    assert decode(text.encode("iso8859_15"), "a.txt").text == text


def test_an_encoding_that_two_readings_leave_open_is_doubtful_with_the_words():
    (warning,) = decode("SUPPLÉANT".encode("cp850"), "a.txt").notes
    assert (warning.id, warning.severity) == ("files.doubtful-encoding", "warning")
    values = warning.message.values
    assert "SUPPLÉANT" in (*values["words"], *values["other_words"])


@pytest.mark.parametrize("cell", ["Élu", "ÉLECTRICE", "École", "Évry"])
def test_a_french_word_decides_where_its_accent_is_the_only_letter_of_a_table(cell):
    decoded = decode(f"fichier;acteur\na.txt;{cell}\n".encode("cp1252"), "a.csv")
    assert decoded.text.endswith(f"{cell}\n")
    assert [note.id for note in decoded.notes] == ["files.not-utf8"]


def test_an_ellipsis_of_a_macintosh_before_another_word_stays_doubtful():
    (warning,) = decode("R : …mais pas tous.\nE : …Evry ?".encode("mac_roman"), "a.txt").notes
    assert warning.id == "files.doubtful-encoding"


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("mac_roman", "cp1252", "mac_roman+cp1252"),
        ("cp850", "cp1252", "cp850+cp1252"),
        ("cp1252", "mac_roman", "cp1252+mac_roman"),
    ],
)
def test_a_part_pasted_in_another_encoding_is_read_in_its_own_and_told(first, second, name):
    lines = FRENCH.split("\n")
    content = b"\n".join([*(line.encode(first) for line in lines * 2), lines[1].encode(second)])
    decoded = decode(content, "a.txt")
    assert decoded.text == "\n".join([*lines * 2, lines[1]])
    assert decoded.encoding == name
    (warning,) = decoded.notes
    assert (warning.id, warning.location.line) == ("files.two-encodings", 7)


def test_letters_of_utf_8_pasted_into_a_line_of_windows_are_read():
    content = "Où ça ? ".encode("cp1252") + "Très tôt.".encode() + b"\n" + "Été.".encode()
    decoded = decode(content, "a.txt")
    assert decoded.text == "Où ça ? Très tôt.\nÉté."
    assert [note.id for note in decoded.notes] == ["files.two-encodings"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_that_ends_within_a_character_is_told(encoding):
    decoded = decode("Où ça ?\nLà".encode(encoding)[:-1], "a.txt")
    assert decoded.text == "Où ça ?\nL"
    assert (decoded.notes[0].id, decoded.notes[0].location.line) == ("files.cut-character", 2)


def test_a_text_that_ends_in_an_accent_of_windows_is_not_cut():
    assert decode("Il est fatigué".encode("cp1252"), "a.txt").text == "Il est fatigué"
