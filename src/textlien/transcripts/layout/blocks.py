"""Layout of word-processor pages: blocks of text, rows of tables, headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from textlien.errors import Problem
from textlien.files.source import Source
from textlien.messages.message import Location, message
from textlien.text.marks import clean_label
from textlien.transcripts import notice
from textlien.transcripts.layout.headings import (
    Short,
    Use,
    behind,
    has_labels,
    label_of,
    names_in_front,
    uses,
)
from textlien.transcripts.look import PLAIN, Kind, Look, Piece, Trait, look_of, merged
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import Paragraph, split

# Characters of a first cell that can be a label: as many as a label in the text may have (see
# ``speakers.openings.candidates``). What is longer in a first cell is speech or a description.
_LONGEST_CELL_LABEL = 40


class Block(NamedTuple):
    """A paragraph as a document has it, before anybody knows who speaks.

    Attributes
    ----------
    text : with line feeds for soft breaks.
    look : of nearly all its letters.
    level : of the heading that it is, from 1; 0 is no heading.
    pieces : its text by look, where it has several; else empty.
    place : where it is in the file, where paragraphs are not counted; else None.
    speaker, time, section : in columns beside it; a speaker "" goes on with a turn, and None has to
        be looked for in the text; a section is None without a column.
    label : name of who speaks from here on, where only its look showed it; else "".
    """

    text: str
    look: Look = PLAIN
    level: int = 0
    pieces: tuple[Piece, ...] = ()
    place: Location | None = None
    speaker: str | None = None
    time: str = ""
    section: str | None = None
    label: str = ""


class LeftOut(StrEnum):
    """Parts that people add to a document beside its text, and no reader takes for speech."""

    NOTES = "notes"
    COMMENTS = "comments"
    HIDDEN = "hidden"


def block_of(pieces: Sequence[Piece], traits: Look = PLAIN, *, level: int = 0) -> Block:
    """A paragraph of its runs of text, each of which has one look.

    Parameters
    ----------
    pieces : text and look of each run.
    traits : of the whole paragraph, as its style or indent.
    level : of the heading that it is, from 1; 0 is no heading.

    >>> bold = frozenset({Trait(Kind.BOLD)})
    >>> block_of([("Où ?", bold), (" ", PLAIN)]).look == bold
    True
    """
    if level:
        traits |= {Trait(Kind.HEADING)}
    text = "".join(piece for piece, _ in pieces)
    parts = merged((piece, look | traits) for piece, look in pieces)
    return Block(text, look_of(parts), level, parts if len(parts) > 1 else ())


def document_of(
    blocks: Iterable[Block],
    left_out: Mapping[LeftOut, int],
    properties: dict[str, str],
    source: Source,
) -> Document:
    """The interview in the blocks of a document, its speakers found by their labels.

    Parameters
    ----------
    blocks : paragraphs and rows of tables, in order.
    left_out : counts of what stays out; complete once ``blocks`` are consumed.
    properties : of the document.
    source : the file.
    """
    document = split(paragraphs_of(blocks), source.file, source.declared)
    notes = _left_out_note(left_out, source.file)
    return replace(document, problems=(*notes, *document.problems), properties=properties)


def _left_out_note(counts: Mapping[LeftOut, int], file: str) -> list[Problem]:
    """A note that counts what stays out, so that the reader knows that something is missing."""
    kinds = [kind for kind in LeftOut if kind in counts]
    parts = tuple(message(f"transcripts.left-out-{kind}", n=counts[kind]) for kind in kinds)
    if not parts:
        return []
    return [Problem.note("transcripts.left-out", Location(file=file), parts=parts)]


def texts_of_row(cells: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """Paragraphs of a table row: a short first cell is the label of the others.

    « R | Oui. » reads like « R<TAB>Oui. », « 00:12 | R | Oui. » too.
    """
    filled = list(filter(None, map(_filled, cells)))
    if len(filled) > 1 and len(filled[0]) == 1 and len(filled[0][0].text) <= _LONGEST_CELL_LABEL:
        yield Block("\t".join(cell[0].text.strip() for cell in filled))
        filled = [cell[1:] for cell in filled[1:]]
    yield from chain.from_iterable(filled)


def _filled(blocks: Iterable[Block]) -> list[Block]:
    """Blocks that are not blank."""
    return [block for block in blocks if block.text.strip()]


def paragraphs_of(blocks: Iterable[Block]) -> list[Paragraph]:
    """Blocks that are not blank, numbered; headings become the section of what follows.

    A heading that opens the document is kept, for it may be a notice; one that is a speaker's label
    or a question too (:mod:`textlien.transcripts.layout.headings`), for people mark these with
    heading styles.
    """
    filled = _filled(blocks)
    paragraphs: list[Paragraph] = []
    section, in_head = "", True
    kinds = uses([Short(block.text, block.level, block.look) for block in filled])
    filled = _with_names_in_front(filled, kinds)
    for number, (block, use) in enumerate(zip(filled, kinds, strict=True), start=1):
        if use is Use.SECTION:
            section = clean_label(block.text).replace("\n", " ")
        in_head = in_head and use is Use.SECTION and _is_of_head(block, filled[0].level)
        if use is not Use.SECTION or in_head:
            place = block.place or Location(paragraph=number)
            paragraphs.append(_paragraph(block, use, place, "" if in_head else section))
    return paragraphs


def _with_names_in_front(blocks: list[Block], kinds: Sequence[Use]) -> list[Block]:
    """Blocks of a document without other labels, the names that only their look shows taken off."""
    texts = (block.text for block in blocks if not block.level)
    is_labelled = any(block.speaker is not None for block in blocks) or has_labels(texts)
    if is_labelled or Use.LABEL in kinds:
        return blocks
    names = names_in_front([() if block.level else block.pieces for block in blocks])
    return [
        _behind(block, names[index].name) if index in names else block
        for index, block in enumerate(blocks)
    ]


def _behind(block: Block, name: str) -> Block:
    """A block without the name in front of it, which becomes its label."""
    rest = block_of(behind(block.pieces))
    return block._replace(text=rest.text, look=rest.look, pieces=rest.pieces, label=name)


def _is_of_head(heading: Block, level: int) -> bool:
    """True for a title of the document, not for the first section below a title of ``level``."""
    return heading.level <= level or bool(notice.pairs(heading.text))


def _paragraph(block: Block, use: Use, place: Location, section: str) -> Paragraph:
    """A block as a paragraph of text, or as the name of who speaks below it."""
    label = label_of(block.text) if use is Use.LABEL else None
    if label:
        time = f"[{label.time}]" if label.time else ""
        return Paragraph(time, place, block.look, section, label=label.name)
    section = section if block.section is None else clean_label(block.section)
    return Paragraph(
        block.text,
        place,
        block.look,
        section,
        block.pieces,
        label=block.label,
        speaker=block.speaker,
        time=block.time,
    )
