"""From bytes to text, for the files that French offices produce.

UTF-8 is tried first, and cannot be mistaken. A file that was put together from several, some lines
of UTF-8 among others, is read line by line and says so. Between Windows, old Macintosh, DOS and
Latin-9, French letters decide (:mod:`textlien.text.code_pages`); where two are nearly as likely,
that is told with the words that they read differently.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.source import cannot_open
from textlien.messages.message import Location, message
from textlien.text import code_pages


class Decoded(NamedTuple):
    """Text of a file, its encoding (a Python codec), and a note when that is not UTF-8.

    ``encoding`` is « utf_8+cp1252 » where lines of both are mixed.
    """

    text: str
    encoding: str
    notes: list[Problem]


_FRENCH = frozenset("éèêëàâäçùûüîïôöœæÿÉÈÊËÀÂÄÇÙÛÜÎÏÔÖŒÆ’‘“”«»…–—€°•²\u00a0")
# Letters, quotes and dashes of French in UTF-8; no text of another encoding has such bytes.
_UTF8_LETTER = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xc5[\x92\x93]|\xe2\x80[\x93-\xaf]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Fewer zero bytes than this are accidents, to be dropped with the other controls.
_STRAY_NULS = 0.01
# Share of zero bytes at every other place from which a text is UTF-16: French has few letters
# beyond U+00FF, but quotes, dashes and « œ » are among them.
_UTF16_ZEROS = 0.8
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# A text may have some characters that are wrong; bytes of an image or a program have one in four.
_ODD_SHARE, _FEW_ODD = 0.05, 3
# A short text whose only letter beyond ASCII is its last may end in the « é » of Windows.
_SHORTEST = 1000
# Lines that a message lists by number.
_MOST_LINES = 5


def read_text(path: Path, file: str) -> Decoded:
    """Text of a file, UTF-8 first, with a note when it is in another encoding.

    Parameters
    ----------
    path : the file.
    file : its name in messages.

    Raises
    ------
    TextlienError
        When the file is missing, empty, in another encoding than UTF-8, UTF-16, cp1252 (latin_1 is
        read as such), mac_roman, cp850 and iso8859_15, or no text: more than one character in
        twenty is a control, or a letter that French does not use.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TextlienError(cannot_open(error, file)) from error
    if not content.strip():
        raise TextlienError(Problem.error("files.empty", Location(file=file)))
    return decode(content, file)


def decode(content: bytes, file: str) -> Decoded:
    """Text of ``content``; see :func:`read_text`."""
    text, encoding, notes = _decoded(content, file)
    # UTF-8 cannot be mistaken, so that letters of any language are right there.
    odd = len(_CONTROLS.findall(text)) + (
        _count_foreign_letters(text) if encoding != "utf_8" else 0
    )
    if odd > max(_FEW_ODD, _ODD_SHARE * len(text)):
        share = odd / len(text)
        raise TextlienError(Problem.error("files.not-text", Location(file=file), share=share))
    return Decoded(text, encoding, notes)


def _decoded(content: bytes, file: str) -> Decoded:
    """Text and encoding, by the mark, the zero bytes or the letters of the content."""
    if content.startswith(_UTF16_MARKS):
        text = _utf16(content[: len(content) & ~1], file)
        cut = [_cut(text, file)] if len(content) % 2 else []
        return Decoded(text, "utf_16", [*cut, _note(file, "utf_16")])
    if content.count(0) > _STRAY_NULS * len(content):
        text, encoding = _utf16_unmarked(content, file)
        return Decoded(text, encoding, [_note(file, encoding)])
    try:
        return Decoded(content.decode("utf-8-sig"), "utf_8", [])
    except UnicodeDecodeError:
        return _cut_utf8(content, file) or _line_by_line(content, file)


def _cut_utf8(content: bytes, file: str) -> Decoded | None:
    """Text of UTF-8 that ends within a character; None of anything else."""
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(content)
    except UnicodeDecodeError:
        return None
    is_utf8 = not text.isascii() or len(content) > _SHORTEST
    return Decoded(text, "utf_8", [_cut(text, file)]) if is_utf8 else None


def _cut(text: str, file: str) -> Problem:
    """The warning of a file that ends within a character."""
    return Problem.warning("files.cut-character", Location(file=file, line=text.count("\n") + 1))


def _is_utf8(line: bytes) -> bool:
    """True for a line that has letters beyond ASCII, and has them in UTF-8."""
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line_by_line(content: bytes, file: str) -> Decoded:
    """Text of a file with lines that are not UTF-8; others may be."""
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    guessed, encodings = _encodings_of(lines)
    pieces, offset = [], len(content) - sum(map(len, lines))
    for number, line in enumerate(lines):
        pieces.append(_line(line, encodings.get(number, "utf_8"), offset, file))
        offset += len(line)
    main = "utf_8" if any(map(_is_utf8, lines)) else guessed.encoding
    others = {number: other for number, other in encodings.items() if other != main}
    name = "+".join(dict.fromkeys((main, *others.values())))
    notes = [_mixed(main, others, file)] if others else []
    doubt = _doubt(guessed, file)
    if doubt:
        notes.append(doubt)
    return Decoded("".join(pieces), name, notes or [_note(file, main)])


def _encodings_of(lines: list[bytes]) -> tuple[code_pages.Guess, dict[int, str]]:
    """The guess of the encoding of lines that are not UTF-8, and that of each, from 0."""
    apart = [n for n, line in enumerate(lines) if not line.isascii() and not _is_utf8(line)]
    guessed = code_pages.guess([_UTF8_LETTER.sub(b"", lines[number]) for number in apart])
    encodings = dict.fromkeys(apart, guessed.encoding)
    return guessed, encodings | {apart[n]: encoding for n, encoding in guessed.lines.items()}


def _line(line: bytes, encoding: str, offset: int, file: str) -> str:
    """Text of one line, with letters of UTF-8 that were pasted into it."""
    pieces = []
    last = 0
    try:
        for match in _UTF8_LETTER.finditer(line) if encoding != "utf_8" else ():
            pieces += [line[last : match.start()].decode(encoding), match.group().decode()]
            last = match.end()
        return "".join([*pieces, line[last:].decode(encoding)])
    except UnicodeDecodeError as error:
        raise _undecodable(file, offset + last + error.start) from error


def _mixed(main: str, others: dict[int, str], file: str) -> Problem:
    """A warning that lists the first lines, from 0, that are not in the main encoding."""
    numbers = [number + 1 for number in others]
    listed = tuple(str(number) for number in numbers[:_MOST_LINES])
    lines_of_other = message("files.lines", lines=listed)
    if len(numbers) > _MOST_LINES:
        more = len(numbers) - _MOST_LINES
        lines_of_other = message("files.lines-and-more", lines=listed, more=more)
    return Problem.warning(
        "files.two-encodings",
        Location(file=file, line=numbers[0]),
        main=_display(main),
        encoding=tuple(map(_display, dict.fromkeys(others.values()))),
        lines=lines_of_other,
    )


def _doubt(guessed: code_pages.Guess, file: str) -> Problem | None:
    """A warning where another encoding is nearly as likely, with words that show it."""
    if not guessed.other:
        return None
    return Problem.warning(
        "files.doubtful-encoding",
        Location(file=file),
        encoding=_display(guessed.encoding),
        other=_display(guessed.other),
        words=tuple(word for word, _ in guessed.words),
        other_words=tuple(word for _, word in guessed.words),
    )


def _display(encoding: str) -> str:
    """Name of an encoding as programs list it."""
    return encoding.upper().replace("_", "-") if encoding == "utf_8" else encoding.replace("_", "-")


def _count_foreign_letters(text: str) -> int:
    """Letters that French does not use: a sign of an encoding that was guessed wrong."""
    counts = Counter(text)
    foreign = (char for char in counts if char.isalpha() and char not in _FRENCH)
    return sum(counts[char] for char in foreign if not char.isascii())


def _utf16(content: bytes, file: str) -> str:
    """Text of UTF-16 with its mark."""
    try:
        return content.decode("utf_16")
    except UnicodeDecodeError as error:
        raise _undecodable(file, error.start) from error


def _utf16_unmarked(content: bytes, file: str) -> tuple[str, str]:
    """UTF-16 without its mark: in French every other byte is nearly always zero."""
    half = len(content) // 2
    for encoding, high in (("utf_16_le", content[1::2]), ("utf_16_be", content[::2])):
        if high.count(0) > _UTF16_ZEROS * half:
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _undecodable(file, error.start) from error
    raise _undecodable(file, content.index(b"\0"))


def _undecodable(file: str, offset: int) -> TextlienError:
    """The error of a byte that belongs to no encoding known here."""
    location = Location(file=file, byte=offset)
    return TextlienError(Problem.error("files.unknown-encoding", location))


def _note(file: str, encoding: str) -> Problem:
    """Note that a text is not UTF-8, and was read in another encoding."""
    return Problem.note("files.not-utf8", Location(file=file), encoding=_display(encoding))
