"""Tables of documents as grids: merged cells, tables in tables, rows of several turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from textlien.text.folding import fold
from textlien.transcripts.layout.blocks import Block

# Columns of a table of Word (63) and more; a number in a damaged file must not fill the memory.
_MOST_COLUMNS = 100
# Rows of a table that is there for a frame, and cells of a row that are too few to be of turns.
_FEW = 2
# Characters of a name among several in one cell.
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    items : its paragraphs, and tables that stand in it.
    columns, rows : that it spans.
    continued : it goes on with the cell above, where the format says so in the cell below.
    """

    items: tuple[Block | Table, ...] = ()
    columns: int = 1
    rows: int = 1
    continued: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a document, row by row."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass
class Grid:
    """A table with a slot for each column of each row.

    Attributes
    ----------
    slots : blocks of each cell by row and column; a cell that spans several is in the first.
    texts : the same as texts.
    titles : rows of one cell that spans all columns.
    continued : slots that are merged with the one above.
    """

    slots: list[list[list[Block]]] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    titles: set[int] = field(default_factory=set)
    continued: set[tuple[int, int]] = field(default_factory=set)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.texts[0]) if self.texts else 0


Item = Block | Table

DEEPEST = 3
"""Tables in tables to that depth are read as tables; deeper ones as paragraphs of their cell."""


def unwrapped(item: Item, depth: int = 0) -> Iterator[Item]:
    """A table whose cells hold tables as what they hold; others as they are."""
    if isinstance(item, Block):
        yield item
        return
    contents = [part for row in item.rows for cell in row for part in cell.items]
    inner = [part for part in contents if isinstance(part, Table)]
    if depth < DEEPEST and any(map(_is_wide, inner)):
        for part in contents:
            yield from unwrapped(part, depth + 1)
    else:
        yield Table(tuple(tuple(map(_flat, row)) for row in item.rows)) if inner else item


def _is_wide(table: Table) -> bool:
    """True for a table of several rows, some of several cells: it is not there for a frame."""
    return len(table.rows) > _FEW and any(len(row) > 1 for row in table.rows)


def _flat(cell: Cell) -> Cell:
    """A cell whose blocks are its own and those of the tables in it, in order."""
    blocks: list[Block] = []
    stack = [iter(cell.items)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, Block):
            blocks.append(item)
        else:
            stack.append(chain.from_iterable(part.items for row in item.rows for part in row))
    return replace(cell, items=tuple(blocks))


def _parted(table: Table) -> Table:
    """A table whose rows of several turns are one each: a name for each paragraph beside it."""
    if any(cell.rows > 1 for row in table.rows for cell in row):
        return table
    return Table(tuple(chain.from_iterable(map(_parts_of_row, table.rows))))


def _parts_of_row(row: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """Rows of one paragraph a cell, where all cells have as many and one repeats names."""
    blocks = [_filled(cell.items) for cell in row]
    lengths = {len(cell) for cell in blocks if cell}
    if len(lengths) != 1 or sum(map(bool, blocks)) < _FEW or not any(map(_repeats, blocks)):
        return [row]
    pairs = list(zip(row, blocks, strict=True))
    return [
        tuple(replace(cell, items=tuple(part[at : at + 1])) for cell, part in pairs)
        for at in range(lengths.pop())
    ]


def _repeats(blocks: Sequence[Block]) -> bool:
    """True if paragraphs of a cell are names, and one comes back."""
    names = [fold(block.text) for block in blocks]
    return len(set(names)) < len(names) and all(len(name) <= _LONGEST_NAME for name in names)


def grid_of(table: Table) -> Grid:
    """The slots of a table, merged cells where they begin."""
    above: dict[int, int] = {}  # rows for which cells above still go on, by column
    rows: list[dict[int, Cell]] = []
    grid = Grid()
    for number, row in enumerate(_parted(table).rows):
        slots, spanned = _slots_of(row, above)
        merged = (column for column, cell in slots.items() if cell.continued)
        grid.continued |= {(number, column) for column in (*above, *merged)}
        grid.titles |= {number} if len(row) == 1 > len(above) else set()
        above = {column: left - 1 for column, left in {**above, **spanned}.items() if left > 1}
        rows.append(slots)
    width = 1 + max(chain.from_iterable(rows), default=0)
    grid.slots = [_row_of(slots, width) for slots in rows]
    grid.texts = [[text_of(slot) for slot in row] for row in grid.slots]
    grid.titles = grid.titles if width > 1 else set()
    return grid


def _row_of(slots: Mapping[int, Cell], width: int) -> list[list[Block]]:
    """Blocks of each slot of a row."""
    return [_filled(slots[at].items) if at in slots else [] for at in range(width)]


def text_of(slot: Sequence[Block]) -> str:
    """Text of the blocks of a cell."""
    return "\n".join(block.text.strip() for block in slot)


def _filled(items: Sequence[Item]) -> list[Block]:
    """Blocks that are not blank."""
    return [item for item in items if isinstance(item, Block) and item.text.strip()]


def _slots_of(
    row: Sequence[Cell], above: Mapping[int, int]
) -> tuple[dict[int, Cell], dict[int, int]]:
    """Cells of a row by column, and the rows that columns are taken for.

    Columns ``above`` are taken by cells of rows before. Cells beyond the last column allowed are
    joined with it.
    """
    slots: dict[int, Cell] = {}
    spanned: dict[int, int] = {}
    column = 0
    for cell in row:
        column = next(at for at in count(column) if at not in above)
        at = min(column, _MOST_COLUMNS - 1)
        before = slots[at].items if at in slots else ()
        slots[at] = replace(cell, items=(*before, *cell.items)) if before else cell
        end = min(column + max(1, cell.columns), _MOST_COLUMNS)
        spanned |= dict.fromkeys(range(column, end), cell.rows)
        column = max(end, column + 1)
    return slots, spanned
