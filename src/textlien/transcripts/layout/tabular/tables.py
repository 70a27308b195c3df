"""Tables of a document as blocks of text: turns where their columns tell, else rows as written.

Tables of as many columns are judged together, for people begin a new one on every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain

from textlien.errors import Problem
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.folding import fold
from textlien.transcripts import notice
from textlien.transcripts.layout.blocks import Block, LeftOut, document_of, texts_of_row
from textlien.transcripts.layout.tabular import turns
from textlien.transcripts.layout.tabular.columns import Layout, first_header, lay_out
from textlien.transcripts.layout.tabular.grids import Grid, Item, Table, grid_of, unwrapped
from textlien.transcripts.layout.tabular.headers import role_of_name
from textlien.transcripts.model import Decision, Document, RoleReason
from textlien.transcripts.speakers.sides import ANSWER, QUESTION

# Rows of a table that describes the interview, and blocks before it.
_LONGEST_NOTICE, _MOST_BEFORE_NOTICE = 30, 12
# Rows of a table that is read as text without a word of warning: a signature, a date.
_FEW_ROWS = 2

SIDES = {
    QUESTION: Decision("interviewer", RoleReason.QUESTION_MARKS),
    ANSWER: Decision("interviewee", RoleReason.QUESTION_MARKS),
}
"""The two sides of a table whose columns have no name, one of which asks."""


@dataclass
class LaidOut:
    """Blocks of a document, and what was left out of its tables or is doubtful.

    Attributes
    ----------
    blocks : in order.
    problems : notes on columns left out, warnings on what is not clear.
    """

    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def document_with_tables(
    items: Iterable[Item],
    left_out: Mapping[LeftOut, int],
    properties: dict[str, str],
    source: Source,
) -> Document:
    """The interview in the paragraphs and tables of a document.

    Parameters
    ----------
    items : in order.
    left_out : counts of what stays out; complete once ``items`` are consumed.
    properties : of the document.
    source : the file.
    """
    pieces = list(items)
    laid_out = read_tables(pieces, source.file)
    document = document_of(laid_out.blocks, left_out, properties, source)
    labels = {block.speaker for block in laid_out.blocks}
    guesses = {label: guess for label, guess in SIDES.items() if label in labels}
    return replace(
        document,
        problems=(*laid_out.problems, *document.problems),
        guesses={**document.guesses, **guesses},
    )


def read_tables(items: Sequence[Item], file: str) -> LaidOut:
    """Paragraphs and tables of a document as blocks, each table read by its columns.

    Parameters
    ----------
    items : in order.
    file : its name in messages.
    """
    flat = chain.from_iterable(map(unwrapped, items))
    parts = [grid_of(item) if isinstance(item, Table) else item for item in flat]
    laid_out = LaidOut()
    layouts: dict[int, tuple[Layout, int]] = {}
    for group in _groups(parts):
        layout, starts = _layout_of(group)
        if layout:
            layouts |= {id(grid): (layout, at) for grid, at in zip(group, starts, strict=True)}
            laid_out.problems += turns.problems_of(layout, file)
    for part in parts:
        if isinstance(part, Block):
            laid_out.blocks.append(part)
        elif id(part) in layouts:
            layout, start = layouts[id(part)]
            laid_out.blocks += turns.blocks_of(part.slots, layout, start, part.titles)
        else:
            laid_out.problems += _as_text(part, len(laid_out.blocks), file)
            laid_out.blocks += chain.from_iterable(map(texts_of_row, part.slots))
    return laid_out


def _layout_of(group: Sequence[Grid]) -> tuple[Layout | None, list[int]]:
    """The layout of tables that are judged together, and the number of the first row of each."""
    *starts, _ = accumulate((len(grid.texts) for grid in group), initial=0)
    pairs = list(zip(group, starts, strict=True))
    rows = list(chain.from_iterable(grid.texts for grid in group))
    titles = {start + row for grid, start in pairs for row in grid.titles}
    continued = {(start + row, column) for grid, start in pairs for row, column in grid.continued}
    return lay_out(rows, titles, continued), starts


def _as_text(grid: Grid, before: int, file: str) -> Iterator[Problem]:
    """A warning on a table of several columns that is read like paragraphs, and is no notice."""
    rows = [row for row in grid.texts if sum(map(bool, row)) > 1]
    if len(rows) > _FEW_ROWS and not _is_notice(grid, before):
        example = " | ".join(filter(None, rows[0]))[:80]
        place = Location(file=file)
        yield Problem.warning("transcripts.table-as-text", place, rows=len(rows), example=example)


def _is_notice(grid: Grid, before: int) -> bool:
    """True for a table of names and values that opens a document, each name once."""
    rows = [row for row in (list(filter(None, texts)) for texts in grid.texts) if len(row) > 1]
    if before > _MOST_BEFORE_NOTICE or not 0 < len(rows) <= _LONGEST_NOTICE:
        return False
    if sum(map(bool, map(role_of_name, rows[0]))) > 1:
        return False
    lines = ["\t".join(row) for row in rows]
    if len(lines) == _FEW_ROWS and notice.columns(*lines):
        return True
    keys = list(chain.from_iterable(map(notice.pairs, lines)))
    return 2 * len(keys) >= len(rows) and len(set(keys)) == len(keys)


def _groups(parts: Sequence[Block | Grid]) -> list[list[Grid]]:
    """Tables that are judged together: of as many columns, under one header."""
    groups: dict[tuple[int, tuple[str, ...]], list[Grid]] = {}
    headers: dict[int, tuple[str, ...]] = {}  # last header of each width
    blocks = 0
    for part in parts:
        if isinstance(part, Block):
            blocks += 1
            continue
        if not part.texts or _is_notice(part, blocks):
            continue
        header = first_header(part.texts, part.titles)
        if header:
            headers[part.width] = tuple(map(fold, header))
        key = part.width, headers.get(part.width, ())
        groups.setdefault(key, []).append(part)
    return list(groups.values())
