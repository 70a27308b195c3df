"""Rich Text Format: Word, LibreOffice, TextEdit, Sonal exports.

A tokenizer of our own: striprtf ends in an exception on Macintosh code pages, gives headers, notes
and tracked deletions as text, and does not tell what is bold.

References
----------
Microsoft, Rich Text Format Specification, version 1.9.1, 2008.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from textlien.errors import Problem
from textlien.files.source import Source
from textlien.raw import raw_error, raw_problem
from textlien.transcripts.formats.layout import Block, paragraphs_of, texts_of_row
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import split

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|(?P<symbol>[^A-Za-z]))|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
# Groups that hold no text of the body; those that begin with \* and are not known are skipped too.
_DESTINATIONS = frozenset(
    "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator xmlnstbl themedata "
    "colorschememapping datastore latentstyles pict object objdata fldinst bkmkstart bkmkend "
    "header headerl headerr headerf footer footerl footerr footerf footnote annotation atnid "
    "atnauthor atrfstart atrfend atndate atnicn atnref author operator company manager "
    "revtim printim buptim doccomm hlinkbase userprops filetbl revtbl pntext pntxta pntxtb "
    "listtext shppict nonshppict xe tc rxe ftnsep ftnsepc aftnsep aftnsepc template passwordhash "
    "mmathPr falt panose".split()
)
_KEPT = frozenset("shptxt fldrslt shpinst shp ud dptxbxtext".split())
_PROPERTIES = {"title": "title", "subject": "subject", "keywords": "keywords"}
_COUNTED = {"footnote": "notes", "annotation": "comments"}
_CHARACTERS = {
    "line": "\n",
    "lbr": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARSETS = {
    0: "",
    1: "",
    2: "",
    77: "mac_roman",
    128: "cp932",
    134: "gbk",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
}
_ENCODINGS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_HEADING = re.compile(
    rb"\{\\s(\d{1,4})\\(?:[^{}]|\{[^{}]{0,80}\}){0,600}?\s(?:heading|titre) ?[1-9] ?;",
    re.IGNORECASE,
)
_ENDS = ("par", "sect", "page")
_LONGEST_STYLES = 200_000
_LONGEST_HEADING_LEVEL = 9


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    skipped: bool = False
    property: str = ""
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = 0
    after_u: int = 1


@dataclass(slots=True)
class _State:
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    headings: set[int] = field(default_factory=set)
    left_out: dict[str, int] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    row: list[list[Block]] = field(default_factory=list)
    in_table: bool = False
    heading: bool = False
    high: int = 0
    cut: bool = False


def read(source: Source) -> list[Document]:
    """Read a ``.rtf``: one document, its speakers found by their labels.

    Headers, footers, notes, comments, hidden text and tracked deletions stay out, with a note
    that counts those that people write. Cells of a table row are read as in Word files. Title,
    subject, keywords and date of creation are properties; names of authors are never read.

    Raises
    ------
    TextlienError
        When it is no RTF.
    """
    content = source.path.read_bytes()
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise raw_error(
            f"{source.shown}: not a Rich Text Format document (.rtf).",
            "Open it in Word or LibreOffice and save it again as .rtf or .docx.",
        )
    state = _read(content)
    document = split(paragraphs_of(state.blocks), source.shown, source.declared)
    problems = list(_notes(state, source.shown))
    if {"yr", "mo", "dy"} <= state.created.keys() and all(state.created.values()):
        year, month, day = (state.created[key] for key in ("yr", "mo", "dy"))
        state.properties["created"] = f"{year:04d}-{month:02d}-{day:02d}"
    return [
        replace(
            document,
            problems=(*problems, *document.problems),
            properties=state.properties,
            encoding=state.encoding,
        )
    ]


def _notes(state: _State, shown: str) -> Iterator[Problem]:
    if state.cut:
        hint = "Compare the last turn with the original, and copy the file again."
        yield raw_problem(
            shown, "the file ends before its last bracket: it was cut.", hint, "", "warning"
        )
    if state.left_out:
        parts = ", ".join(f"{name} ({count})" for name, count in sorted(state.left_out.items()))
        hint = "Move them into the text if they are speech."
        yield raw_problem(shown, f"left out: {parts}.", hint, severity="note")


def _read(content: bytes) -> _State:
    """Go through the tokens; braces open and close groups on a stack."""
    styles = {int(match[1]) for match in _HEADING.finditer(content[:_LONGEST_STYLES])}
    state, groups = _State(headings=styles), [_Group()]
    starred = False
    skip = 0
    position = 0
    while position < len(content):
        match = _TOKEN.match(content, position)
        if match is None:
            break  # a backslash at the very end
        position = match.end()
        group = groups[-1]
        word = (match["word"] or b"").decode("ascii")
        if match["brace"] == b"{":
            groups.append(replace(group))
        elif match["brace"] == b"}":
            if len(groups) > 1:
                groups.pop()
        elif word == "bin":
            position += max(0, int(match["number"] or 0))
        elif match["symbol"] == b"*":
            starred = True
            continue
        elif word:
            number = int(match["number"]) if match["number"] else None
            if word == "u" and number is not None:
                skip = group.after_u
                _unicode(number, group, state)
            else:
                _control(word, number, group, state, starred=starred)
        elif match["hex"] or match["text"] or match["symbol"]:
            skip = _text(match, group, state, skip)
        starred = False
    state.cut = len(groups) > 1
    _end_paragraph(state)
    _end_row(state)
    return state


def _text(match: re.Match[bytes], group: _Group, state: _State, skip: int) -> int:
    """Add what a token says; the characters behind a Unicode one repeat it and are skipped."""
    if match["symbol"]:
        if match["symbol"] in b"\r\n":
            _control("par", None, group, state, starred=False)
        elif skip:
            return skip - 1
        else:
            _say(_SYMBOLS.get(match["symbol"], ""), group, state)
        return 0
    raw = bytes.fromhex(match["hex"].decode("ascii")) if match["hex"] else match["text"]
    said = raw[skip:]
    encoding = state.fonts.get(group.font) or state.encoding
    _say(said.decode(encoding, "replace"), group, state)
    return max(0, skip - len(raw))


def _unicode(number: int, group: _Group, state: _State) -> None:
    """One UTF-16 unit, signed; two halves of a pair make one character."""
    code = number % 65536
    if 0xD800 <= code < 0xDC00:
        state.high = code
        return
    if 0xDC00 <= code < 0xE000:
        code = 0x10000 + ((state.high - 0xD800) << 10) + (code - 0xDC00) if state.high else 0xFFFD
    state.high = 0
    _say(chr(code), group, state)


def _say(text: str, group: _Group, state: _State) -> None:
    if not text:
        return
    if group.property:
        known = state.properties.get(group.property, "")
        state.properties[group.property] = (known + text).strip()
    elif group.hidden and not group.skipped:
        state.left_out["hidden text"] = state.left_out.get("hidden text", 0) + 1
    elif not (group.skipped or group.deleted):
        state.pieces.append((text, group.bold))


def _control(word: str, number: int | None, group: _Group, state: _State, *, starred: bool) -> None:
    if word in _COUNTED and not group.skipped:
        state.left_out[_COUNTED[word]] = state.left_out.get(_COUNTED[word], 0) + 1
    if word in _DESTINATIONS or word == "info" or (starred and word not in _KEPT):
        group.skipped = True
    elif word in _PROPERTIES:
        group.property = _PROPERTIES[word]
    elif _coded(word, number, group, state) or _styled(word, number, group):
        return
    elif not (group.skipped or (group.deleted and word in _ENDS)):
        _layout(word, number, group, state)


def _coded(word: str, number: int | None, group: _Group, state: _State) -> bool:
    """Encodings, fonts that have their own, and the date of creation."""
    if word in _ENCODINGS:
        state.encoding = _ENCODINGS[word]
    elif word == "ansicpg":
        state.encoding = _code_page(number, state.encoding)
    elif word == "f":
        group.font = number or 0
    elif word == "fcharset" and group.skipped:
        state.fonts[group.font] = _CHARSETS.get(number or 0, "")
    elif word == "uc":
        group.after_u = max(0, min(number if number is not None else 1, 8))
    elif word in ("yr", "mo", "dy") and group.skipped and number is not None:
        state.created.setdefault(word, min(abs(number), 9999))
    else:
        return False
    return True


def _styled(word: str, number: int | None, group: _Group) -> bool:
    on = number != 0
    if word == "b":
        group.bold = on
    elif word == "plain":
        group.bold = group.hidden = False
    elif word == "v":
        group.hidden = on
    elif word == "deleted":
        group.deleted = on
    else:
        return False
    return True


def _code_page(number: int | None, fallback: str) -> str:
    name = {10000: "mac_roman", 65001: "utf_8"}.get(number or 0, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return fallback
    return name


def _layout(word: str, number: int | None, group: _Group, state: _State) -> None:
    """Ends of lines, paragraphs, cells and rows, and what paragraphs are."""
    if word in _ENDS:
        _end_paragraph(state)
    elif word in ("cell", "nestcell"):
        _end_paragraph(state)
        state.row.append(state.cell)
        state.cell = []
    elif word in ("row", "nestrow"):
        _end_row(state)
    elif word == "pard":
        state.in_table = state.heading = False
    elif word == "intbl":
        state.in_table = True
    elif word == "s":
        state.heading = number in state.headings
    elif word == "outlinelevel":
        state.heading = number is not None and 0 <= number < _LONGEST_HEADING_LEVEL
    elif word in _CHARACTERS:
        _say(_CHARACTERS[word], group, state)


def _end_paragraph(state: _State) -> None:
    text = "".join(piece for piece, _ in state.pieces)
    lettered = [bold for piece, bold in state.pieces if any(map(str.isalnum, piece))]
    block = Block(text, bool(lettered) and all(lettered), state.heading)
    state.pieces = []
    if state.in_table:
        state.cell.append(block)
    else:
        _end_row(state)
        if text:
            state.blocks.append(block)


def _end_row(state: _State) -> None:
    """Give the cells of a row as blocks; a table that is cut has a last one too."""
    cells = [*state.row, state.cell] if state.cell else state.row
    if cells:
        state.blocks += texts_of_row(cells)
        state.row, state.cell = [], []
