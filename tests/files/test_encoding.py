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
