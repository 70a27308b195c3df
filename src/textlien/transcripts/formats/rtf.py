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
from collections import Counter
from dataclasses import dataclass, field, replace

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.transcripts.formats.rtf_looks import Tables, dressed, tables_of, trait_of_paragraph
from textlien.transcripts.layout.blocks import Block, LeftOut, block_of
from textlien.transcripts.layout.tabular.grids import Cell, Item, Table
from textlien.transcripts.layout.tabular.tables import document_with_tables
from textlien.transcripts.look import PLAIN, Look, Piece
from textlien.transcripts.model import Document

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
    "mmathPr falt panose info".split()
)
_KEPT = frozenset("shptxt fldrslt shpinst shp ud dptxbxtext".split())
_PROPERTIES = {"title": "title", "subject": "subject", "keywords": "keywords"}
_COUNTED = {"footnote": LeftOut.NOTES, "annotation": LeftOut.COMMENTS}
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
_DATE = ("yr", "mo", "dy")
_ENDS = ("par", "sect", "page")
_WITH_ABOVE, _WITH_LEFT = _MERGED = ("clvmrg", "clmrg")
# Characters that repeat a Unicode one for programs without Unicode: one or two in files of Word; a
# number that says more is damage, and must not swallow speech.
_MOST_AFTER_UNICODE = 8
_BODY_LEVEL = 9
"""Outline level of text that is not a heading (RTF 1.9.1, « outlinelevel »)."""


@dataclass(slots=True)
class _Group:
    """Properties in force inside a pair of braces."""

    skipped: bool = False
    property: str = ""
    look: Look = PLAIN
    hidden: bool = False
    deleted: bool = False
    font: int = 0
    after_u: int = 1


@dataclass(slots=True)
class _State:
    """State after the tokens read so far.

    Attributes
    ----------
    encoding : of text in fonts that have none of their own, which ``fonts`` holds by number.
    tables : styles and colours that the file declares.
    left_out : how many notes, comments and hidden texts there were.
    created : year, month and day of creation, by their control word.
    pieces : of the paragraph that is open; ``traits`` and ``level`` (of a heading) are of it.
    items, table, row, cell : what is closed of the body and of what is open in it.
    merged : word that merges each cell that the row defines; ``merge`` of the one being defined.
    high : first half of a pair of UTF-16 units, or 0.
    cut : the file ends before its last bracket.
    """

    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    tables: Tables = field(default_factory=lambda: Tables({}, {}, []))
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    properties: dict[str, str] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    table: list[tuple[Cell, ...]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    merge: str = ""
    cell: list[Block] = field(default_factory=list)
    row: list[list[Block]] = field(default_factory=list)
    in_table: bool = False
    traits: Look = PLAIN
    level: int = 0
    high: int = 0
    cut: bool = False


def read(source: Source) -> list[Document]:
    """Read a ``.rtf``: one document, its speakers found by their labels.

    Headers, footers, notes, comments, hidden text and tracked deletions stay out, with a note that
    counts those that people write. Tables are read as in Word files, and properties too.

    Raises
    ------
    TextlienError
        When it is not RTF.
    """
    content = source.path.read_bytes()
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise TextlienError(Problem.error("transcripts.not-rtf", Location(file=source.file)))
    state = _Parser(tables_of(content)).read(content)
    if set(_DATE) <= state.created.keys() and all(state.created.values()):
        year, month, day = (state.created[key] for key in _DATE)
        state.properties["created"] = f"{year:04d}-{month:02d}-{day:02d}"
    document = document_with_tables(state.items, state.left_out, state.properties, source)
    place = Location(file=source.file)
    cut = [Problem.warning("transcripts.rtf-cut", place)] if state.cut else []
    return [replace(document, problems=(*cut, *document.problems), encoding=state.encoding)]


class _Parser:
    """Goes through the tokens; braces open and close groups on a stack.

    Parameters
    ----------
    tables : styles and colours that the file declares.
    """

    def __init__(self, tables: Tables) -> None:
        self._state = _State(tables=tables)
        self._groups = [_Group()]
        self._is_starred = False
        self._to_skip = 0

    def read(self, content: bytes) -> _State:
        """Read the tokens of a document, as far as they go."""
        position = 0
        while match := _TOKEN.match(content, position):  # none for a backslash at the very end
            position = match.end() + self._token(match)
        self._state.cut = len(self._groups) > 1
        _end_paragraph(self._state)
        _end_table(self._state)
        return self._state

    def _token(self, match: re.Match[bytes]) -> int:
        """Obey a token; the number of bytes of binary data that follow it."""
        is_starred, self._is_starred = self._is_starred, False
        if match["brace"] == b"{":
            self._groups.append(replace(self._groups[-1]))
        elif match["brace"]:
            self._groups = self._groups[:-1] or self._groups
        elif match["symbol"] == b"*":
            self._is_starred = True
        elif match["word"]:
            return self._word(match, starred=is_starred)
        elif match["hex"] or match["text"] or match["symbol"]:
            self._to_skip = _text(match, self._groups[-1], self._state, self._to_skip)
        return 0

    def _word(self, match: re.Match[bytes], *, starred: bool) -> int:
        """Obey a control word; the number of bytes of binary data that follow it."""
        group = self._groups[-1]
        word = match["word"].decode("ascii")
        number = int(match["number"]) if match["number"] else None
        if word == "bin":
            return max(0, number or 0)
        if word == "u" and number is not None:
            self._to_skip = group.after_u
            _unicode(number, group, self._state)
        else:
            _control(word, number, group, self._state, starred=starred)
        return 0


def _text(match: re.Match[bytes], group: _Group, state: _State, skip: int) -> int:
    """Add what a token says; the characters behind a Unicode one repeat it and are skipped."""
    if match["symbol"]:
        if match["symbol"] in b"\r\n":
            _control("par", None, group, state, starred=False)
        elif skip:
            return skip - 1
        else:
            _write(_SYMBOLS.get(match["symbol"], ""), group, state)
        return 0
    raw = bytes.fromhex(match["hex"].decode("ascii")) if match["hex"] else match["text"]
    encoding = state.fonts.get(group.font) or state.encoding
    _write(raw[skip:].decode(encoding, "replace"), group, state)
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
    _write(chr(code), group, state)


def _write(text: str, group: _Group, state: _State) -> None:
    """Add text to where its group belongs: a property, the paragraph, or nowhere."""
    if not text:
        return
    if group.property:
        before = state.properties.get(group.property, "")
        state.properties[group.property] = (before + text).strip()
    elif group.hidden and not group.skipped:
        state.left_out[LeftOut.HIDDEN] += 1
    elif not (group.skipped or group.deleted):
        state.pieces.append((text, group.look))


def _control(word: str, number: int | None, group: _Group, state: _State, *, starred: bool) -> None:
    """Obey a control word: of a group, of its style, or of the layout."""
    if _destined(word, group, state, starred=starred):
        return
    if _coded(word, number, group, state) or _styled(word, number, group, state):
        return
    if group.skipped:
        return
    if word == "s":
        state.level = state.tables.levels.get(number or 0, 0)
    if trait := trait_of_paragraph(word, number, state.tables):
        state.traits |= {trait}
    elif not (group.deleted and word in _ENDS):
        _layout(word, number, group, state)


def _destined(word: str, group: _Group, state: _State, *, starred: bool) -> bool:
    """Destination of the text of a group: none, counted if people write it, or a property."""
    if word in _COUNTED and not group.skipped:
        state.left_out[_COUNTED[word]] += 1
    if word in _DESTINATIONS or (starred and word not in _KEPT):
        group.skipped = True
        return True
    if word in _PROPERTIES:
        group.property = _PROPERTIES[word]
        return True
    return False


def _coded(word: str, number: int | None, group: _Group, state: _State) -> bool:
    """Encodings, fonts that have their own, and the date of creation."""
    if word in _DATE and group.skipped and number is not None:
        state.created.setdefault(word, min(abs(number), 9999))
        return True
    if word in _ENCODINGS:
        state.encoding = _ENCODINGS[word]
    elif word == "ansicpg":
        state.encoding = _code_page(number, state.encoding)
    elif word == "f":
        group.font = number or 0
    elif word == "fcharset" and group.skipped:
        state.fonts[group.font] = _CHARSETS.get(number or 0, "")
    else:
        return False
    return True


def _styled(word: str, number: int | None, group: _Group, state: _State) -> bool:
    """Looks, hidden and deleted text; how many characters repeat a Unicode one."""
    on = number != 0
    look = dressed(group.look, word, number, state.tables)
    if look is not None:
        group.look = look
    elif word == "plain":
        group.look, group.hidden = PLAIN, False
    elif word == "v":
        group.hidden = on
    elif word == "deleted":
        group.deleted = on
    elif word == "uc":
        group.after_u = 1 if number is None else max(0, min(number, _MOST_AFTER_UNICODE))
    else:
        return False
    return True


def _code_page(number: int | None, fallback: str) -> str:
    """The Python codec of a code page, where there is one."""
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
        state.in_table, state.traits, state.level = False, PLAIN, 0
    elif word == "intbl":
        state.in_table = True
    elif word == "outlinelevel":
        state.level = number + 1 if number is not None and 0 <= number < _BODY_LEVEL else 0
    elif word in _CHARACTERS:
        _write(_CHARACTERS[word], group, state)
    else:
        _merging(word, state)


def _merging(word: str, state: _State) -> None:
    """Definitions of the cells of a row: which one goes on with one above or before it."""
    if word == "trowd":
        state.merged, state.merge = [], ""
    elif word in _MERGED:
        state.merge = word
    elif word == "cellx":
        state.merged.append(state.merge)
        state.merge = ""


def _end_paragraph(state: _State) -> None:
    """Give the pieces of a paragraph as a block, of the body or of a cell."""
    block = block_of(state.pieces, state.traits, level=state.level)
    state.pieces = []
    if state.in_table:
        state.cell.append(block)
    else:
        _end_table(state)
        if block.text:
            state.items.append(block)


def _end_row(state: _State) -> None:
    """Add the cells of a row to its table; a table that is cut has a last row too."""
    blocks = [*state.row, state.cell] if state.cell else state.row
    cells: list[Cell] = []
    for number, part in enumerate(blocks):
        merged = state.merged[number] if number < len(state.merged) else ""
        if merged == _WITH_LEFT and cells:
            before = cells[-1]
            cells[-1] = replace(before, items=(*before.items, *part), columns=before.columns + 1)
        else:
            cells.append(Cell(tuple(part), continued=merged == _WITH_ABOVE))
    if cells:
        state.table.append(tuple(cells))
        state.row, state.cell = [], []


def _end_table(state: _State) -> None:
    """Give the rows of a table, the last one included."""
    _end_row(state)
    if state.table:
        state.items.append(Table(tuple(state.table)))
        state.table = []
