"""Looks of text in Rich Text Format: control words, and the tables of styles and colours.

References
----------
Microsoft, Rich Text Format Specification, version 1.9.1, 2008.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from textlien.transcripts.look import Kind, Look, Trait, color_of, highlight_of

_NAME = rb"(?:[^\\{};]|\\'[0-9A-Fa-f]{2}|\\u-?\d{1,6} ?\??){1,80}"
_STYLE = re.compile(rb"\{\\s(\d{1,4})\\(?:[^{}]|\{[^{}]{0,80}\}){0,600}?\s(" + _NAME + rb");\}")
_HEADING = re.compile(r"(?:heading|titre) ?([1-9])", re.IGNORECASE)
_COLORS = re.compile(rb"\{\\colortbl([^{}]{0,20000})\}")
_CHANNEL = re.compile(rb"\\(red|green|blue)(\d{1,3})")
_UNICODE = re.compile(r"\\u(-?\d{1,6}) ?(?:\\'[0-9A-Fa-f]{2}|\?)?")
_HEX = re.compile(r"\\'([0-9A-Fa-f]{2})")
# Bytes in which the tables are looked for: they stand before the body, and searching all of a
# large file for them would take long.
_LONGEST_TABLES = 200_000
_PLAIN_STYLES = frozenset(("normal", "default", "standard", "text body", "default style"))
_SWITCHES = {"b": Kind.BOLD, "i": Kind.ITALIC, "caps": Kind.CAPITALS, "scaps": Kind.CAPITALS}
_UNDERLINES = frozenset(
    "ul uld uldb uldash uldashd uldashdd ulth ulw ulwave ulhwave ulldash ulthd".split()
)
_ALIGN = frozenset(("qc", "qr", "qj", "ql"))


class Tables(NamedTuple):
    """Styles of paragraphs by number, levels of those that are headings, and colours."""

    names: dict[int, str]
    levels: dict[int, int]
    colors: list[str]


def tables_of(content: bytes) -> Tables:
    """Read the tables that stand before the text."""
    start = content[:_LONGEST_TABLES]
    names = {int(match[1]): _decoded(match[2]) for match in _STYLE.finditer(start)}
    headings = {number: _HEADING.fullmatch(name) for number, name in names.items()}
    levels = {number: int(match[1]) for number, match in headings.items() if match}
    table = _COLORS.search(start)
    return Tables(names, levels, [_color(entry) for entry in table[1].split(b";")] if table else [])


def _decoded(name: bytes) -> str:
    """Name of a style, its letters beyond ASCII decoded."""
    text = name.decode("cp1252", "replace")
    text = _UNICODE.sub(lambda match: chr(int(match[1]) % 65536), text)
    return _HEX.sub(lambda match: bytes.fromhex(match[1]).decode("cp1252", "replace"), text).strip()


def _color(entry: bytes) -> str:
    """A colour as six hexadecimal digits, or "" for that of the program."""
    channels = {name: min(255, int(value)) for name, value in _CHANNEL.findall(entry)}
    if not channels:
        return ""
    return "".join(f"{channels.get(name, 0):02x}" for name in (b"red", b"green", b"blue"))


def dressed(look: Look, word: str, number: int | None, tables: Tables) -> Look | None:
    """The look of text after a control word; None for a word that says nothing of it."""
    if word in _SWITCHES:
        return _set(look, Trait(_SWITCHES[word]), is_on=number != 0)
    if word in _UNDERLINES or word == "ulnone":
        return _set(look, Trait(Kind.UNDERLINE), is_on=word != "ulnone" and number != 0)
    if word == "fs":
        return _set(look, Trait(Kind.SIZE, str(number)))
    if word in ("cf", "highlight", "cb", "chcbpat"):
        index = number or 0
        written = tables.colors[index] if 0 <= index < len(tables.colors) else ""
        if word == "cf":
            return _set(look, Trait(Kind.COLOR, color_of(written)))
        return _set(look, Trait(Kind.HIGHLIGHT, highlight_of(written)), is_on=index != 0)
    return None


def _set(look: Look, trait: Trait, *, is_on: bool = True) -> Look:
    """A look with a trait in place of others of its kind."""
    others = frozenset(part for part in look if part.kind is not trait.kind)
    has_value = bool(trait.value) or trait.kind not in (Kind.COLOR, Kind.HIGHLIGHT)
    return others | {trait} if is_on and has_value else others


def trait_of_paragraph(word: str, number: int | None, tables: Tables) -> Trait | None:
    """The trait that a control word gives to its whole paragraph, or None."""
    if word == "s":
        name = tables.names.get(number or 0, "")
        return Trait(Kind.STYLE, name) if name and name.lower() not in _PLAIN_STYLES else None
    if word in _ALIGN:
        return Trait(Kind.ALIGN, word)
    if word in ("li", "fi", "lin") and number:
        return Trait(Kind.INDENT, f"{word.removesuffix('n')}{number}")
    return Trait(Kind.LIST) if word == "ls" and number else None
