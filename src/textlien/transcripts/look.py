"""Looks of text: bold, italics, colour, style, indent… by which people set questions apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from textlien.text import marks


class Kind(StrEnum):
    """Kinds of traits, the most usual way of setting questions apart first."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    COLOR = "color"
    HIGHLIGHT = "highlight"
    CAPITALS = "capitals"
    STYLE = "style"
    HEADING = "heading"
    LIST = "list"
    INDENT = "indent"
    ALIGN = "align"
    FONT = "font"
    SIZE = "size"


class Trait(NamedTuple):
    """A property of text, as of a colour; ``value`` is "" where the kind says all."""

    kind: Kind
    value: str = ""


Look = frozenset[Trait]
"""All traits of a stretch of text."""

PLAIN: Look = frozenset()
BOLD: Look = frozenset({Trait(Kind.BOLD)})

Piece = tuple[str, Look]
"""A stretch of text of one look."""

MOSTLY = 0.8
"""Share of the letters and digits of a line that have its look: a word may be stressed or not."""

# Red, green and blue below this are black for the eye: Google and Word write « 222222 ».
_BLACK = 0x50
_WHITE = 0xF0
_NO_COLORS = frozenset(("", "auto", "none", "transparent", "windowtext", "black", "inherit"))


def color_of(written: str) -> str:
    """A colour in lower case, or "" for black and for what is left to the program.

    >>> color_of("#FF0000"), color_of("auto"), color_of("1F1F1F"), color_of("Blue")
    ('ff0000', '', '', 'blue')
    """
    name = written.strip().lower().removeprefix("#")
    channels = _channels(name)
    is_black = bool(channels) and all(channel < _BLACK for channel in channels)
    return "" if name in _NO_COLORS or is_black else name


def highlight_of(written: str) -> str:
    """A colour behind letters in lower case, or "" for white and for none.

    >>> highlight_of("yellow"), highlight_of("#FFFFFF"), highlight_of("none")
    ('yellow', '', '')
    """
    name = written.strip().lower().removeprefix("#")
    channels = _channels(name)
    is_white = name == "white" or (bool(channels) and all(part >= _WHITE for part in channels))
    return "" if is_white or name in _NO_COLORS - {"black"} else name


def _channels(name: str) -> list[int]:
    """Red, green and blue of six hexadecimal digits; nothing for other names."""
    digits = "".join(2 * digit for digit in name) if len(name) == 3 else name
    if len(digits) != 6 or not set(digits) <= set("0123456789abcdef"):
        return []
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]


def look_from(layers: Iterable[Mapping[Kind, str]], styles: Iterable[str]) -> Look:
    """The look that properties give, those of the first layers before those of the others.

    Parameters
    ----------
    layers : values by kind, of the text itself, its style, the style above…; "" takes one off.
    styles : names of these styles; those without a name count for nothing.
    """
    values: dict[Kind, str] = {}
    for layer in layers:
        values = {**layer, **values}
    traits = {Trait(kind, value) for kind, value in values.items() if value}
    return frozenset(traits | {Trait(Kind.STYLE, name) for name in styles if name})


def look_of(pieces: Sequence[Piece]) -> Look:
    """Traits that nearly all letters and digits of some pieces have.

    >>> sorted(look_of([("Où ?", BOLD), (" ", PLAIN)])) == sorted(BOLD)
    True
    """
    lettered = [(text, look) for text, look in pieces if any(map(str.isalnum, text))]
    looks = {look for _, look in lettered}
    if len(looks) < 2:
        return next(iter(looks), PLAIN)
    letters: Counter[Trait] = Counter()
    total = 0
    for text, look in lettered:
        size = sum(map(str.isalnum, text))
        total += size
        for trait in look:
            letters[trait] += size
    return frozenset(trait for trait, size in letters.items() if size >= MOSTLY * total)


def merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one look as one piece; blanks and signs go with what stands before them.

    >>> merged([("Où", BOLD), (" ?", PLAIN), (" Là", PLAIN), (".", PLAIN)]) == (
    ...     ("Où ?", BOLD), (" Là.", PLAIN))
    True
    """
    dressed: list[Piece] = []
    pending = ""  # signs that open the text go with its first letters
    for text, look in pieces:
        if any(map(str.isalnum, text)):
            dressed.append((pending + text, look))
            pending = ""
        elif dressed:
            dressed.append((text, dressed[-1][1]))
        else:
            pending += text
    if pending:
        dressed.append((pending, PLAIN))
    groups = groupby(dressed, key=itemgetter(1))
    return tuple(("".join(text for text, _ in group), look) for look, group in groups)


def lines_of_pieces(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces of each line of a paragraph; soft breaks end lines."""
    lines: list[list[Piece]] = [[]]
    for text, look in pieces:
        first, *others = marks.LINE_END.split(text)
        lines[-1].append((first, look))
        lines += [[(part, look)] for part in others]
    return [merged(line) for line in lines]
