"""Layout of word-processor pages: blocks of text, rows of tables, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from textlien.errors import Problem
from textlien.files.source import Source
from textlien.messages.message import Location, message
from textlien.text.marks import clean_label
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.utterances import Paragraph, split

# Characters of a first cell that can be a label: as many as a label in the text may have (see
# ``speakers.candidates``). What is longer in a first cell is speech or a description.
_LONGEST_CELL_LABEL = 40
_LABEL = re.compile(r"[\[( ]*([^:\t\])]+)[:\t\])]")
# A heading of more characters is speech that was given the style by mistake: two lines and a half
# of a page, while titles of sections have one. A judgement.
_LONGEST_HEADING = 200

Pieces = Sequence[tuple[str, bool]]
"""Runs of text of a paragraph, and whether each is bold."""


class Block(NamedTuple):
    """A paragraph as a document has it, before anybody knows who speaks.

    Attributes
    ----------
    text : with line feeds for soft breaks.
    bold : all its letters are bold.
    heading : it has the style or the level of a heading.
    """

    text: str
    bold: bool = False
    heading: bool = False


class LeftOut(StrEnum):
    """Parts that people add to a document beside its text, and no reader takes for speech."""

    NOTES = "notes"
    COMMENTS = "comments"
    HIDDEN = "hidden"


def block_of(pieces: Pieces, *, heading: bool = False) -> Block:
    """A paragraph of its runs; it is bold when all that have a letter or a digit are.

    >>> block_of([("Où ?", True), (" ", False)])
    Block(text='Où ? ', bold=True, heading=False)
    """
    text = "".join(piece for piece, _ in pieces)
    lettered = [is_bold for piece, is_bold in pieces if any(map(str.isalnum, piece))]
    return Block(text, bool(lettered) and all(lettered), heading)


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
    or a question too, for people mark these with heading styles. Where the interviewer has a label
    in the text, a question in a heading is the title of a section.
    """
    filled = _filled(blocks)
    asks = sum(_names_interviewer(block.text) for block in filled if not block.heading) > 1
    paragraphs: list[Paragraph] = []
    section, in_head = "", True
    for number, block in enumerate(filled, start=1):
        is_speech = not block.heading or _is_spoken(block.text, asks)
        if not is_speech:
            section = clean_label(block.text).replace("\n", " ")
        in_head = in_head and not is_speech
        if is_speech or in_head:
            place = Location(paragraph=number)
            heading = "" if in_head else section
            paragraphs.append(Paragraph(block.text, place, block.bold or block.heading, heading))
    return paragraphs


def _names_interviewer(text: str) -> bool:
    """True when a paragraph begins with a label of the interviewer."""
    label = _LABEL.match(text[:_LONGEST_CELL_LABEL])
    return label is not None and known_role(label[1]) == "interviewer"


def _is_spoken(heading: str, asks: bool) -> bool:
    """True when a heading is a speaker's label, or a question that no interviewer ``asks``."""
    title = clean_label(heading)
    if len(title) > _LONGEST_HEADING:
        return True
    label = title.partition(":")[0]
    if known_role(label) and (":" in title or label == title):
        return True
    return title.endswith(":") or (title.endswith("?") and not asks)
