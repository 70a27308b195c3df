"""Tables that lines draw on a page: cells by where they stand, those that are merged among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from textlien.messages.message import Location
from textlien.transcripts.layout.blocks import Block
from textlien.transcripts.layout.tabular.columns import lay_out
from textlien.transcripts.layout.tabular.grids import Cell, Table

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class RuledTable(NamedTuple):
    """A table of a page.

    Attributes
    ----------
    page : from 1.
    top, bottom : where it stands.
    boxes : of the cells of each row; None where a cell beside or above goes on.
    texts : the same, as text.
    """

    page: int
    top: float
    bottom: float
    boxes: Sequence[Sequence[Box | None]]
    texts: Sequence[Sequence[str | None]]

    def holds(self, page: int, top: float) -> bool:
        """True for a line of its page that stands in it."""
        return page == self.page and self.top - 1 <= top <= self.bottom


def tables_of_turns(tables: Sequence[RuledTable]) -> list[RuledTable]:
    """Tables that have columns of turns: frames, underlined words and figures have none.

    Tables of as many columns are judged together, since each page has its own.
    """
    groups: dict[int, list[RuledTable]] = {}
    for table in tables:
        width = max(map(len, table.texts), default=0)
        if width > 1 and all(len(row) == width for row in table.texts):
            groups.setdefault(width, []).append(table)
    kept = [group for group in groups.values() if lay_out(list(_rows(group)))]
    return sorted(chain.from_iterable(kept), key=lambda table: (table.page, table.top))


def _rows(tables: Sequence[RuledTable]) -> Iterator[list[str]]:
    """Cells of all rows, on one line each."""
    for row in chain.from_iterable(table.texts for table in tables):
        yield [" ".join((cell or "").split()) for cell in row]


def as_table(ruled: RuledTable, join: Callable[[str, str], str]) -> Table:
    """A table as those of documents are.

    Parameters
    ----------
    ruled : as it stands on its page.
    join : two lines of a cell as one.
    """
    rows = []
    ends: list[float] = []  # where the cell above ends, by column
    for boxes, texts in zip(ruled.boxes, ruled.texts, strict=True):
        top = min((box[1] for box in boxes if box), default=0.0)
        cells: list[Cell] = []
        ends = ends or [top] * len(boxes)
        for column, (box, text) in enumerate(zip(boxes, texts, strict=True)):
            ends[column] = box[3] if box else ends[column]
            blocks = tuple(_blocks(text or "", ruled.page, join))
            cells.append(Cell(blocks, continued=box is None and ends[column] > top + 1))
        rows.append(tuple(cells))
    return Table(tuple(rows))


def _blocks(text: str, page: int, join: Callable[[str, str], str]) -> Iterator[Block]:
    """The paragraph of a cell: its lines do not say where one ends."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines:
        whole = lines[0]
        for line in lines[1:]:
            whole = join(whole, line)
        yield Block(whole, place=Location(page=page))
