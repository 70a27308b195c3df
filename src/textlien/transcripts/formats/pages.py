"""Headers, footers and numbers of pages that a text has kept from its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from textlien.errors import Problem
from textlien.raw import raw_problem

_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page\s*|p\.\s*)?\d{1,4}(?:\s*(?:/|sur|de)\s*\d{1,4})?(?:\s*[-–—])?\s*",
    re.IGNORECASE,
)
_MARKED_NUMBER = re.compile(
    r"\s*(?:(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|sur|de)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—])\s*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_LEAST_PAGES = 3
_EDGE = 2
_LONGEST = 120


def furniture(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Which lines are headers, footers or page numbers.

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
    edges: list[tuple[int, int, str]] = []
    for page, lines in enumerate(pages):
        filled = [number for number, line in enumerate(lines) if line.strip()]
        for place in (filled[:_EDGE], filled[-_EDGE:]):
            edges += [(page, number, lines[number]) for number in place]
    edges = list(dict.fromkeys(edges))
    keys = Counter(_key(line) for _, _, line in edges)
    least = max(_LEAST_PAGES, len(pages) / 2)
    numbered = sum(bool(_NUMBER.fullmatch(line)) for _, _, line in edges) >= min(2, len(pages))
    return {
        (page, number)
        for page, number, line in edges
        if (len(line) <= _LONGEST and keys[_key(line)] >= least)
        or (numbered and _NUMBER.fullmatch(line) and len(pages) > 1)
        or _MARKED_NUMBER.fullmatch(line)
    }


def page_numbers(lines: Sequence[str]) -> set[int]:
    """Which lines of a text are numbers of pages: « Page 3 », « - 4 - », one after another.

    >>> sorted(page_numbers(["Oui.", "Page 1", "Non.", "Page 2", "12"]))
    [1, 3]
    """
    found = [
        (number, int(_DIGITS.findall(line)[0]))
        for number, line in enumerate(lines)
        if _MARKED_NUMBER.fullmatch(line)
    ]
    follow = all(after[1] == before[1] + 1 for before, after in pairwise(found))
    return {number for number, _ in found} if len(found) > 1 and follow else set()


def _key(line: str) -> str:
    return " ".join(_DIGITS.sub("#", line).casefold().split())


def note(shown: str, removed: Sequence[str]) -> list[Problem]:
    """What was taken out, said once with an example."""
    if not removed:
        return []
    example = " ".join(removed[0].split())
    message = f"{len(removed):,} headers, footers and page numbers were left out, as « {example} »."
    hint = "If this was speech, move it away from the edge of its page."
    return [raw_problem(shown, message, hint, severity="note")]
