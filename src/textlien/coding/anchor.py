"""Where in a transcript a coding is: by offsets and by quote.

Offsets alone move every coding when a typo is mended above it; quotes alone are ambiguous.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

from textlien.files.formula_guard import unguarded

_QUOTATION = '"«»“”„'
_ALIKE = ("'’‘ʼ`", _QUOTATION, "-‐‑–—")
_CLASS = {mark: f"[{re.escape(marks)}]" for marks in _ALIKE for mark in marks}
_SPACED = re.compile(rf"(?<=[{_QUOTATION}])\s+|\s+(?=[{_QUOTATION}?!;:])")
_SHOWN = 60
_FEWEST_PIECES = 2
_LINES_BETWEEN = 6


class Span(NamedTuple):
    """A place in a normalised text, the text there, and whether it is where it was said to be."""

    start: int
    end: int
    quote: str
    anchor: Literal["kept", "moved"]


class Complaints(Protocol):
    """Takes the problems of one row."""

    def add(self, message: str, hint: str) -> None:
        """The row is left out."""

    def warn(self, message: str, hint: str) -> None:
        """The row is used, but may be read wrongly."""


def anchor(text: str, row: Mapping[str, str], problem: Complaints) -> Span | None:
    """Find the place of a coding.

    Parameters
    ----------
    text : normalised text of the interview.
    row : cells ``quote``, ``start`` and ``end``; absent or empty where not known.
    problem : told why there is no place, or why it is doubtful.

    Returns
    -------
    The place, or None when there is none.
    """
    quote = unicodedata.normalize("NFC", row.get("quote", "").strip())
    # Our own CSV puts an apostrophe before what a spreadsheet would take for a formula.
    quote = unguarded(quote)
    start, end = row.get("start", ""), row.get("end", "")
    for name, cell in (("start", start), ("end", end)):
        if cell and not cell.isdecimal():
            problem.add(f'{name} "{cell}" is not a number of characters.', "Correct it.")
            return None
    if start and end and (not quote or _same(text[int(start) : int(end)], quote)):
        return _by_offsets(text, int(start), int(end), problem)
    if not quote:
        hint = "Give the quote, or both start and end."
        problem.add("the coding has no quote and no complete offsets.", hint)
        return None
    return _by_quote(text, quote, int(start) if start else None, problem)


def _by_offsets(text: str, start: int, end: int, problem: Complaints) -> Span | None:
    if not start < end <= len(text):
        message = f"start {start} and end {end} are not a place in this interview"
        problem.add(
            f"{message}, which has {len(text)} characters.", "Correct them, or give the quote."
        )
        return None
    return Span(start, end, text[start:end], "kept")


def _same(found: str, quote: str) -> bool:
    """Whether a place holds a quote, or the pieces of one that others interrupted."""
    # Spreadsheets drop the blanks around a cell.
    if found.strip() == quote:
        return True
    # The text of a passage leaves out a listener's « mm »: one line a piece.
    pieces = _pattern_of_pieces(quote)
    return pieces is not None and re.fullmatch(pieces, found.strip()) is not None


def _pattern_of_pieces(quote: str) -> str | None:
    """Pattern of the lines of a quote with a few lines of others in between, if it has several."""
    lines = [line for line in quote.splitlines() if line.strip()]
    if len(lines) < _FEWEST_PIECES:
        return None
    return rf"\n(?:[^\n]*\n){{0,{_LINES_BETWEEN}}}?".join(map(_folded, lines))


def _by_quote(text: str, quote: str, start: int | None, problem: Complaints) -> Span | None:
    found = [match.span() for match in re.finditer(re.escape(quote), text)]
    found = found or [match.span() for match in re.finditer(_folded(quote), text)]
    pieces = _pattern_of_pieces(quote)
    if not found and pieces is not None:
        found = [match.span() for match in re.finditer(pieces, text)]
    if not found:
        problem.add(
            f'the quote "{_shorten(quote)}" is not in this interview any more, or never was.',
            "Copy it again from the transcript.",
        )
        return None
    if start is None and len(found) > 1:
        problem.warn(
            f'the quote "{_shorten(quote)}" is there {len(found)} times; the first is taken.',
            "Give start, or a longer quote.",
        )
    left, right = min(found, key=lambda span: abs(span[0] - (start or 0)))
    # The pattern of a quotation mark takes the blanks around it.
    left, right = right - len(text[left:right].lstrip()), left + len(text[left:right].rstrip())
    return Span(left, right, text[left:right], "kept" if start in (None, left) else "moved")


def _folded(quote: str) -> str:
    """Pattern of ``quote`` whatever its blanks, apostrophes, quotation marks and dashes."""
    words = _SPACED.sub("", quote).split()
    return r"\s+".join("".join(_letter(char) for char in word) for word in words)


def _letter(char: str) -> str:
    if char in _QUOTATION or char in "?!;:":
        return rf"\s*{_CLASS.get(char, re.escape(char))}\s*"
    if char == "…":
        return r"(?:…|\.\.\.)"
    return _CLASS.get(char, re.escape(char))


def _shorten(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[: _SHOWN - 1]}…"
