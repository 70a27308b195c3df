"""All the words of a file, of any format that textlien writes or that people put beside it.

Formats that ``transcripts`` reads are read again here, for another purpose: all that is inside
counts, markup, hidden text and properties too, and nothing has to be understood.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from textlien.messages.message import Message, Value, message

_MEGABYTE = 2**20
_LARGEST_MEMBER = 400 * _MEGABYTE
"""Size of a member of an archive that is still unpacked into memory."""

_DEEPEST = 3
"""Archives inside archives that are opened: a workbook in a zip is two."""

_MARKUP = (".html", ".htm", ".xml", ".svg", ".rels", ".xhtml", ".tei", ".eaf", ".trs")
_TABLES = (".csv", ".tsv")
_ZIP, _PDF, _NPY, _PARQUET = b"PK\x03\x04", b"%PDF", b"\x93NUMPY", b"PAR1"

_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_RTF_ESCAPE = re.compile(r"\\'([0-9a-fA-F]{2})")
_PRINTABLE = re.compile(rb"[\x20-\x7e\x80-\xf4]{4,}")


class Part(StrEnum):
    """A part of a file. The value is the end of an identifier: ``pseudonyms.part-line``."""

    KEY = "key"
    FILE_NAME = "file-name"
    LINE = "line"
    COLUMN_LINE = "column-line"
    COLUMN_ROW = "column-row"
    COLUMN_NAMES = "column-names"
    TEXT = "text"
    METADATA = "metadata"
    PROPERTY = "property"
    PAGE = "page"
    COMMENT = "comment"
    MEMBER_NAMES = "member-names"
    ITEM = "item"
    BYTE = "byte"
    WIDE_TEXT = "wide-text"


class Place(NamedTuple):
    """Where some text is in a file.

    Attributes
    ----------
    part : of the file.
    name : of a column, a property or an entry of the metadata.
    number : of a line, row, page, item or byte.
    members : of archives, from the outermost.
    """

    part: Part
    name: str = ""
    number: int = 0
    members: tuple[str, ...] = ()

    def message(self) -> Message:
        """The place in words."""
        words: Value = message(f"pseudonyms.part-{self.part}", name=self.name, number=self.number)
        if not self.members:
            return message("pseudonyms.place", place=words)
        return message("pseudonyms.member-place", members=self.members, place=words)


class Piece(NamedTuple):
    """Some text of a file, and where it is."""

    place: Place
    text: str
    is_binary: bool = False


class UnreadableError(Exception):
    """The file could not be looked into; ``reason`` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def pieces(content: bytes, name: str, *, depth: int = 0) -> Iterator[Piece]:
    """Texts in a file: cells, lines, attributes, properties, members of archives.

    Parameters
    ----------
    content : the file.
    name : of the file, for its suffix.
    depth : number of archives it is in.

    Raises
    ------
    UnreadableError
        When what is inside cannot be seen: a damaged archive, a password.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if content.startswith(_ZIP) or (suffix == ".zip" and content):
        yield from _archive(content, depth)
    elif content.startswith(_PARQUET):
        yield from _parquet(content)
    elif content.startswith(_PDF):
        yield from _pdf(content)
    elif content.startswith(_NPY):
        yield from _array(content)
    else:
        text = _decoded(content)
        if text is None:
            yield from _binary(content)
        elif suffix in _TABLES:
            yield from _cells(text)
        elif suffix in _MARKUP or text.lstrip()[:1] == "<":
            yield from _markup(text)
        else:
            yield from _lines(text)


def _damaged(error: Exception) -> UnreadableError:
    """The error for a file that its reader cannot open."""
    reason = str(error) or type(error).__name__
    return UnreadableError(message("pseudonyms.closed-damaged", reason=reason))


def _decoded(content: bytes) -> str | None:
    """The text of a file in one of the usual encodings, or None for a binary one."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace") if b"\n" in content else None


def _plain(text: str) -> str:
    """``text`` without the escapes of HTML, JSON, RTF and addresses."""
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        text = _RTF_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]).decode("cp1252"), text)
        text = text.replace("\\n", " ").replace("\\t", " ")
    return unquote(text) if "%" in text else text


def _lines(text: str) -> Iterator[Piece]:
    """The lines of a text."""
    for number, line in enumerate(text.splitlines(), start=1):
        yield Piece(Place(Part.LINE, number=number), _plain(line))


def _markup(text: str) -> Iterator[Piece]:
    """Lines with their tags, for attributes and scripts; then the text that a reader sees."""
    yield from _lines(text)
    # A word may be cut by tags, « <w:t>Be</w:t><w:t>nali</w:t> », or be parted by them only.
    for between in ("", " "):
        yield Piece(Place(Part.TEXT), _plain(_TAG.sub(between, text)))


def _cells(text: str) -> Iterator[Piece]:
    """The cells of a CSV; its lines where it is broken."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        header = next(reader, [])
        yield Piece(Place(Part.LINE, number=1), " | ".join(header))
        for row in reader:
            for index, cell in enumerate(row):
                column = header[index] if index < len(header) else str(index + 1)
                place = Place(Part.COLUMN_LINE, column, reader.line_num)
                yield Piece(place, _plain(cell))
    except csv.Error:
        yield from _lines(text)


def _parquet(content: bytes) -> Iterator[Piece]:
    """Names of columns, metadata and texts of a Parquet table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except pa.ArrowException as error:
        raise _damaged(error) from error
    yield Piece(Place(Part.COLUMN_NAMES), " | ".join(table.column_names))
    for key, value in (table.schema.metadata or {}).items():
        place = Place(Part.METADATA, key.decode(errors="replace"))
        yield Piece(place, value.decode(errors="replace"))
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            continue
        # Forms and lemmas repeat by the hundred thousand.
        first: dict[str, int] = {}
        for row, value in enumerate(column.to_pylist()):
            if value is not None and not isinstance(value, bool):
                first.setdefault(str(value), row)
        for text, row in first.items():
            yield Piece(Place(Part.COLUMN_ROW, name, row), text)


def _archive(content: bytes, depth: int) -> Iterator[Piece]:
    """Names and contents of the members of an archive."""
    if depth >= _DEEPEST:
        raise UnreadableError(message("pseudonyms.closed-nested"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield Piece(Place(Part.COMMENT), archive.comment.decode("utf-8", "replace"))
            for part in archive.infolist():
                yield Piece(Place(Part.MEMBER_NAMES), part.filename)
                if part.file_size > _LARGEST_MEMBER:
                    size = part.file_size // _MEGABYTE
                    raise UnreadableError(message("pseudonyms.closed-large", megabytes=size))
                inside = archive.read(part)
                for piece in pieces(inside, part.filename, depth=depth + 1):
                    members = (part.filename, *piece.place.members)
                    yield piece._replace(place=piece.place._replace(members=members))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(error) from error


def _pdf(content: bytes) -> Iterator[Piece]:
    """Properties and pages of a PDF."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            for key, value in (document.metadata or {}).items():
                yield Piece(Place(Part.PROPERTY, key), str(value))
            for number, page in enumerate(document.pages, start=1):
                yield Piece(Place(Part.PAGE, number=number), page.extract_text() or "")
    # A damaged PDF breaks its reader in any way; what matters is that its content was not seen.
    except Exception as error:
        raise _damaged(error) from error


def _array(content: bytes) -> Iterator[Piece]:
    """Texts of a NumPy array."""
    import numpy as np

    try:
        array = np.load(io.BytesIO(content), allow_pickle=False)
    except ValueError as error:
        raise UnreadableError(message("pseudonyms.closed-objects")) from error
    if array.dtype.kind in "US":
        for index, value in enumerate(array.ravel().tolist()):
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            yield Piece(Place(Part.ITEM, number=index), text)


def _binary(content: bytes) -> Iterator[Piece]:
    """Runs of letters of a file of an unknown format, in one byte or two a letter."""
    for run in _PRINTABLE.finditer(content):
        place = Place(Part.BYTE, number=run.start())
        yield Piece(place, run.group().decode("utf-8", "replace"), is_binary=True)
    wide = content.decode("utf-16-le", "ignore")
    yield Piece(Place(Part.WIDE_TEXT), wide, is_binary=True)
