"""Numbers of lines in the margins of pages, left or right of all text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from textlien.transcripts import rising


class Edge(NamedTuple):
    """A number at one end of a line of a page.

    Attributes
    ----------
    number : as written.
    near : where it ends, towards the text, in points from the left of the page.
    inner : where the text of the line begins, or ends; None where the number stands alone.
    """

    number: str
    near: float
    inner: float | None


class Row(NamedTuple):
    """A line of a page: where its letters begin and end, and numbers at its ends."""

    left: float
    right: float
    head: Edge | None = None
    tail: Edge | None = None


class Margins(NamedTuple):
    """Thresholds from which numbers are of lines.

    Attributes
    ----------
    least : of them in a document.
    rising : share of them that must rise, page by page or through the document.
    regular : share of the steps that must be alike: of one, or of five.
    inside : share of the lines that may begin further out: headers, remarks in a margin.
    column : points from number to number across: those of five digits aligned at the other end.
    gap : points between numbers and all text; a blank has three.
    """

    least: int = 4
    rising: float = 0.8
    regular: float = 0.6
    inside: float = 0.05
    column: float = 30.0
    gap: float = 3.0


MARGINS = Margins()


def line_numbers(rows: Sequence[Row]) -> tuple[set[int], set[int]]:
    """Rows that have the number of a line in the left margin, and those that have it in the right.

    Parameters
    ----------
    rows : lines of all pages of a document, in order.
    """
    heads = {place: row.head for place, row in enumerate(rows) if row.head}
    tails = {place: row.tail for place, row in enumerate(rows) if row.tail and row.tail.inner}
    mirrored = {place: _mirrored(edge) for place, edge in tails.items()}
    return (
        _outside(heads, [row.left for row in rows]),
        _outside(mirrored, [-row.right for row in rows]),
    )


def _mirrored(edge: Edge) -> Edge:
    """A number at the right as though it stood at the left."""
    return Edge(edge.number, -edge.near, None if edge.inner is None else -edge.inner)


def _outside(edges: Mapping[int, Edge], lefts: Sequence[float]) -> set[int]:
    """Rows with a number left of all text, where these numbers rise in equal steps."""
    begins = [left for place, left in enumerate(lefts) if place not in edges]
    begins += [edge.inner for edge in edges.values() if edge.inner is not None]
    text = sorted(begins)[int(MARGINS.inside * len(begins))] if begins else -math.inf
    places = _in_a_column({p: e.near for p, e in edges.items() if e.near < text - MARGINS.gap})
    chain = rising.chain([float(edges[place].number) for place in places], strict=True)
    numbers = [places[number] for number in chain]
    are_many = len(numbers) >= max(MARGINS.least, MARGINS.rising * len(places))
    return set(numbers) if are_many and _is_regular(edges, numbers) else set()


def _in_a_column(near: Mapping[int, float]) -> list[int]:
    """Rows whose numbers stand below each other; a word may be a number at the end of a line."""
    middle = median(near.values()) if near else 0.0
    return [place for place, where in near.items() if abs(where - middle) <= MARGINS.column]


def _is_regular(edges: Mapping[int, Edge], places: Sequence[int]) -> bool:
    """True if numbers rise in steps that are mostly alike."""
    _, share = rising.step([float(edges[place].number) for place in places])
    return share >= MARGINS.regular
