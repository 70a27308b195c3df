"""The place of a coding in its transcript, by offsets and by quote.

With offsets alone, a corrected typo moves every coding below it; quotes alone are ambiguous.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from textlien.coding.row_problems import RowProblems
from textlien.files.formula_guard import unguarded
from textlien.text.normalise import normalise

_QUOTATION = '"«»“”„'
_ALIKE = ("'’‘ʼ`", _QUOTATION, "-‐‑–—")
_CLASS = {mark: f"[{re.escape(marks)}]" for marks in _ALIKE for mark in marks}
_SPACED = re.compile(rf"(?<=[{_QUOTATION}])\s+|\s+(?=[{_QUOTATION}?!;:])")
_OUTER = " \t\n\u00a0\u202f'‘’….,;:!?()[]*-–—" + _QUOTATION
"""What people put around a quote, or copy with it."""
_LABEL = re.compile(r"^[\s–—-]{0,3}[^\W_][\w.'’ -]{0,39}?\s?:\s", re.MULTILINE)
_CUT = re.compile(r"[\[(]\s?(?:\.{2,}|…)\s?[\])]|\.{3}|…")
_SHORTEST_BARE = 5
"""Characters from which a quote is looked for without what came with it, and in any case.

« R : » is a letter of many words. A judgement.
"""
_LONGEST_QUOTE = 60
"""Characters of a quote in a message: about one line of a terminal beside file and line."""

_FEWEST_PIECES = 2
_LINES_BETWEEN = 6
"""Lines of others that may stand between two pieces of one answer.

The text of a passage leaves out what listeners throw in (« mm », « d'accord ») and the lines of a
third person: a few short lines, never an exchange of its own.
"""


class Span(NamedTuple):
    """A place in a normalised text.

    Attributes
    ----------
    start, end : offsets in characters.
    quote : the text there.
    anchor : "kept" where the coding's own offsets, if it has any, are ``start`` and ``end``.
    """

    start: int
    end: int
    quote: str
    anchor: Literal["kept", "moved"]


def anchor(text: str, cells: Mapping[str, str], report: RowProblems) -> Span | None:
    """Find the place of a coding.

    Parameters
    ----------
    text : normalised text of the interview.
    cells : cells ``quote``, ``start`` and ``end`` of the coding; absent or empty where unknown.
    report : receives the reason where there is no place, or a doubtful one.

    Returns
    -------
    The place, or None when there is none.
    """
    quote = unicodedata.normalize("NFC", cells.get("quote", "").strip())
    # Our own CSV puts an apostrophe before what a spreadsheet would take for a formula.
    quote = unguarded(quote)
    start, end = cells.get("start", ""), cells.get("end", "")
    for name, cell in (("start", start), ("end", end)):
        if cell and not cell.isdecimal():
            report.error("coding.offset-not-number", column=name, value=cell)
            return None
    if start and end and (not quote or _same(text[int(start) : int(end)], quote)):
        return _by_offsets(text, int(start), int(end), report)
    if not quote:
        report.error("coding.no-quote-no-offsets")
        return None
    return _by_quote(text, quote, int(start) if start else None, report)


def _by_offsets(text: str, start: int, end: int, report: RowProblems) -> Span | None:
    """Take the offsets of a coding as they are."""
    if not start < end <= len(text):
        report.error("coding.offsets-outside", start=start, end=end, length=len(text))
        return None
    return Span(start, end, text[start:end], "kept")


def _same(passage: str, quote: str) -> bool:
    """True where a passage is a quote, or the pieces of one that others interrupted."""
    # Spreadsheets drop the blanks around a cell.
    if passage.strip() == quote:
        return True
    # The text of a passage leaves out a listener's « mm »: one line per piece.
    pieces = _pattern_of_pieces(quote)
    return pieces is not None and re.fullmatch(pieces, passage.strip()) is not None


def _pattern_of_pieces(quote: str) -> str | None:
    """Pattern of the lines of a quote with a few lines of others in between, if it has several."""
    lines = [line for line in quote.splitlines() if line.strip()]
    if len(lines) < _FEWEST_PIECES:
        return None
    return rf"\n(?:[^\n]*\n){{0,{_LINES_BETWEEN}}}?".join(map(_folded, lines))


def _by_quote(text: str, quote: str, start: int | None, report: RowProblems) -> Span | None:
    """Search the quote of a coding, nearest to its offset."""
    spans = _occurrences(text, quote)
    if not spans:
        if _is_cut(text, quote):
            report.error("coding.quote-cut", quote=_shorten(quote))
        else:
            report.error("coding.quote-absent", quote=_shorten(quote))
        return None
    if start is None and len(spans) > 1:
        report.warning("coding.quote-repeated", quote=_shorten(quote), n=len(spans))
    left, right = min(spans, key=lambda span: abs(span[0] - (start or 0)))
    # The pattern of a quotation mark takes the blanks around it.
    left, right = right - len(text[left:right].lstrip()), left + len(text[left:right].rstrip())
    return Span(left, right, text[left:right], "kept" if start in (None, left) else "moved")


def _occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    """Places of a quote: as it is, whatever its typography, in pieces; then bare, in any case."""
    for pattern, flags in _patterns(quote):
        spans = [match.span() for match in re.finditer(pattern, text, flags)]
        if spans:
            return spans
    return []


def _patterns(quote: str) -> Iterator[tuple[str, re.RegexFlag]]:
    """Patterns of a quote with their flags, the strictest first."""
    exact = re.NOFLAG
    yield re.escape(quote), exact
    yield _folded(quote), exact
    pieces = _pattern_of_pieces(quote)
    if pieces:
        yield pieces, exact
    bare = _bare(quote)
    if len(bare) < _SHORTEST_BARE:
        return
    for flags in (exact, re.IGNORECASE):  # « Franchement… » may be quoted as « franchement… »
        yield _folded(bare), flags
        pieces = _pattern_of_pieces(bare)
        if pieces:
            yield pieces, flags


def _bare(quote: str) -> str:
    """The words of a quote copied from a page: no time marks, labels, outer marks.

    >>> _bare("« R : Oui [00:12:33] voilà… »")
    'Oui voilà'
    """
    return _LABEL.sub("", normalise(quote).strip(_OUTER)).strip(_OUTER)


def _is_cut(text: str, quote: str) -> bool:
    """True where a quote leaves words out, « […] », and its pieces are all in the text."""
    pieces = [_bare(piece) for piece in _CUT.split(quote)]
    pieces = [piece for piece in pieces if piece]
    return len(pieces) >= _FEWEST_PIECES and all(_occurrences(text, piece) for piece in pieces)


def _folded(quote: str) -> str:
    """Pattern of ``quote`` whatever its blanks, apostrophes, quotation marks and dashes."""
    words = _SPACED.sub("", quote).replace("...", "…").split()
    return r"\s+".join("".join(_letter(char) for char in word) for word in words)


def _letter(char: str) -> str:
    """Pattern of one character and of those that are written for it."""
    if char in _QUOTATION or char in "?!;:":
        return rf"\s*{_CLASS.get(char, re.escape(char))}\s*"
    if char == "…":
        return r"(?:…|\.\.\.)"
    return _CLASS.get(char, re.escape(char))


def _shorten(quote: str) -> str:
    """Beginning of a quote, for a message."""
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[: _LONGEST_QUOTE - 1]}…"
