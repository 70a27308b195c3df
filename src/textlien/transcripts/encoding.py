"""From bytes to text, for the files that French offices produce."""

from __future__ import annotations

from pathlib import Path

from charset_normalizer import from_bytes

from textlien.errors import Problem, TextlienError

# Unrestricted detection takes French cp1252 for cp1250; these are what the files are in.
ENCODINGS = ("utf_8", "cp1252", "latin_1", "mac_roman", "utf_16")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_REMEDY = "Save it again as UTF-8 text."


def read_text(path: Path, shown: str) -> tuple[str, list[Problem]]:
    """Text of a file, UTF-8 first, with a note when it is in another encoding.

    Parameters
    ----------
    path : the file.
    shown : its name in messages.

    Raises
    ------
    TextlienError
        When the file is missing, empty, or in none of :data:`ENCODINGS`.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TextlienError(
            f"{shown}: cannot be opened ({error.strerror}).", "Check it."
        ) from error
    if not content.strip():
        raise TextlienError(f"{shown}: the file is empty.", "Restore it, or remove it.")
    return decode(content, shown)


def decode(content: bytes, shown: str) -> tuple[str, list[Problem]]:
    """Text of ``content``; see :func:`read_text`."""
    if content.startswith(_UTF16_MARKS):
        return _utf16(content, shown), [_note(shown, "utf_16")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return text, []
    if b"\0" in content:
        return _utf16_unmarked(content, shown)
    best = from_bytes(content, cp_isolation=list(ENCODINGS)).best()
    # Short texts of one or two accents leave the detector without an opinion; cp1252 is then
    # what Windows wrote.
    encoding = best.encoding if best else "cp1252"
    try:
        return content.decode(encoding), [_note(shown, encoding)]
    except UnicodeDecodeError as error:
        raise _undecodable(shown, error.start) from error


def _utf16(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf_16")
    except UnicodeDecodeError as error:
        raise _undecodable(shown, error.start) from error


def _utf16_unmarked(content: bytes, shown: str) -> tuple[str, list[Problem]]:
    """UTF-16 without its mark: in French every other byte is nearly always zero."""
    half = len(content) // 2
    for encoding, high in (("utf_16_le", content[1::2]), ("utf_16_be", content[::2])):
        if high.count(0) > 0.8 * half:
            try:
                return content.decode(encoding), [_note(shown, encoding)]
            except UnicodeDecodeError as error:
                raise _undecodable(shown, error.start) from error
    raise _undecodable(shown, content.index(b"\0"))


def _undecodable(shown: str, offset: int) -> TextlienError:
    return TextlienError(f"{shown}, byte {offset}: this is not text in a known encoding.", _REMEDY)


def _note(shown: str, encoding: str) -> Problem:
    name = encoding.replace("_", "-")
    return Problem(
        shown,
        f"not UTF-8; read as {name}.",
        "If accents look wrong, save it again as UTF-8.",
        severity="note",
    )
