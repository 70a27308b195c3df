"""Headers, footers and numbers of pages that a text has kept from its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location

_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page\s*|p\.\s*)?\d{1,4}(?:\s*(?:/|sur|de)\s*\d{1,4})?(?:\s*[-–—])?\s*",
    re.IGNORECASE,
)
_MARKED_NUMBER = re.compile(
    r"\s*(?:(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|sur|de)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—])\s*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
# A header stands on three pages at least, and on half of all: first pages and chapters may differ.
_LEAST_PAGES, _LEAST_SHARE_OF_PAGES = 3, 0.5
# Lines at the top and at the bottom of a page that may be header and footer: two of each, as word
# processors set them.
_LINES_AT_EDGE = 2
# Characters of a header or footer: one line of a page in small letters has no more.
_LONGEST_FURNITURE = 120


_LINES_OF_TURN = 10
"""A file of more lines per turn is not a transcript, and is refused before labels are looked for.

A judgement: ten lines of a page have 130 words, more than most turns of an interview.
"""


def refuse_books(lines: int, source: Source) -> None:
    """Refuse a text of too many lines.

    Raises
    ------
    TextlienError
        When there are more than a transcript can have.
    """
    if lines > _LINES_OF_TURN * source.limits.turns:
        raise TextlienError(
            Problem.error(
                "transcripts.too-many-lines",
                Location(file=source.file),
                lines=lines,
                lines_of_turn=_LINES_OF_TURN,
                limit=source.limits.turns,
            )
        )


def furniture(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Find the lines that are headers, footers or page numbers.

    A line is taken for one when it is among the first or last two of its page that are not blank,
    and either is a page number alone or stands there, digits aside, on three pages and on half of
    all; « Page 3 » goes wherever it is at an edge. So no answer that comes back inside a page goes.

    Parameters
    ----------
    pages : lines of each page, in order.

    Returns
    -------
    ``(page, line)`` of each, from 0.
    """
    edges = list(_edges(pages))
    keys = Counter(_key(line) for _, _, line in edges)
    least = max(_LEAST_PAGES, _LEAST_SHARE_OF_PAGES * len(pages))
    numbered = sum(bool(_NUMBER.fullmatch(line)) for _, _, line in edges) >= min(2, len(pages))
    return {
        (page, number)
        for page, number, line in edges
        if (len(line) <= _LONGEST_FURNITURE and keys[_key(line)] >= least)
        or (numbered and _NUMBER.fullmatch(line) and len(pages) > 1)
        or _MARKED_NUMBER.fullmatch(line)
    }


def _edges(pages: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """Page, number and text of the first and last lines of each page that are not blank."""
    for page, lines in enumerate(pages):
        filled = [number for number, line in enumerate(lines) if line.strip()]
        for number in dict.fromkeys((*filled[:_LINES_AT_EDGE], *filled[-_LINES_AT_EDGE:])):
            yield page, number, lines[number]


def page_numbers(lines: Sequence[str]) -> set[int]:
    """Lines of a text that are numbers of pages: « Page 3 », « - 4 - », one after another.

    >>> sorted(page_numbers(["Oui.", "Page 1", "Non.", "Page 2", "12"]))
    [1, 3]
    """
    marked = [
        (number, int(_DIGITS.findall(line)[0]))
        for number, line in enumerate(lines)
        if _MARKED_NUMBER.fullmatch(line)
    ]
    follow = all(after[1] == before[1] + 1 for before, after in pairwise(marked))
    return {number for number, _ in marked} if len(marked) > 1 and follow else set()


def _key(line: str) -> str:
    """The same for headers that differ in digits, case and blanks."""
    return " ".join(_DIGITS.sub("#", line).casefold().split())


def note(file: str, removed: Sequence[str]) -> list[Problem]:
    """A note on the lines removed, with an example."""
    if not removed:
        return []
    example = " ".join(removed[0].split())
    place = Location(file=file)
    return [Problem.note("transcripts.page-furniture", place, lines=len(removed), example=example)]
