"""All the words of any file that textlien writes, and of those that people put beside them."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

_MEGABYTE = 2**20
_LARGEST_MEMBER = 400 * _MEGABYTE
_DEEPEST = 3
_MARKUP = (".html", ".htm", ".xml", ".svg", ".rels", ".xhtml", ".tei", ".eaf", ".trs")
_TABLES = (".csv", ".tsv")
_ZIP, _PDF, _NPY, _PARQUET = b"PK\x03\x04", b"%PDF", b"\x93NUMPY", b"PAR1"

_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_RTF_ESCAPE = re.compile(r"\\'([0-9a-fA-F]{2})")
_PRINTABLE = re.compile(rb"[\x20-\x7e\x80-\xf4]{4,}")


class Piece(NamedTuple):
    """Some text of a file, and where it is: "line 3", "column text, row 12"."""

    place: str
    text: str
    is_binary: bool = False


class UnreadableError(Exception):
    """The file could not be looked into; says why."""


def pieces(content: bytes, name: str, *, depth: int = 0) -> Iterator[Piece]:
    """Texts in a file: cells, lines, attributes, properties, members of archives.

    Parameters
    ----------
    content : the file.
    name : of the file, for its suffix.
    depth : how many archives it is in.

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


def _decoded(content: bytes) -> str | None:
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
    for number, line in enumerate(text.splitlines(), start=1):
        yield Piece(f"line {number}", _plain(line))


def _markup(text: str) -> Iterator[Piece]:
    """Lines with their tags, for attributes and scripts; then the text that a reader sees."""
    yield from _lines(text)
    # A word may be cut by tags, « <w:t>Be</w:t><w:t>nali</w:t> », or be parted by them only.
    for between in ("", " "):
        yield Piece("text", _plain(_TAG.sub(between, text)))


def _cells(text: str) -> Iterator[Piece]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        header = next(reader, [])
        yield Piece("line 1", " | ".join(header))
        for row in reader:
            for index, cell in enumerate(row):
                column = header[index] if index < len(header) else str(index + 1)
                yield Piece(f"column {column}, line {reader.line_num}", _plain(cell))
    except csv.Error:
        yield from _lines(text)


def _parquet(content: bytes) -> Iterator[Piece]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except pa.ArrowException as error:
        raise UnreadableError(str(error)) from error
    yield Piece("names of columns", " | ".join(table.column_names))
    for key, value in (table.schema.metadata or {}).items():
        yield Piece(f"metadata {key.decode(errors='replace')}", value.decode(errors="replace"))
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            continue
        # Forms and lemmas repeat by the hundred thousand.
        first: dict[str, int] = {}
        for row, value in enumerate(column.to_pylist()):
            if value is not None and not isinstance(value, bool):
                first.setdefault(str(value), row)
        for text, row in first.items():
            yield Piece(f"column {name}, row {row}", text)


def _archive(content: bytes, depth: int) -> Iterator[Piece]:
    if depth >= _DEEPEST:
        raise UnreadableError("archives inside archives")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield Piece("comment", archive.comment.decode("utf-8", "replace"))
            for part in archive.infolist():
                yield Piece("names of members", part.filename)
                if part.file_size > _LARGEST_MEMBER:
                    raise UnreadableError(f"a member of {part.file_size // _MEGABYTE:,} MB")
                inside = archive.read(part)
                for piece in pieces(inside, part.filename, depth=depth + 1):
                    yield piece._replace(place=f"{part.filename}, {piece.place}")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(str(error)) from error


def _pdf(content: bytes) -> Iterator[Piece]:
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            for key, value in (document.metadata or {}).items():
                yield Piece(f"property {key}", str(value))
            for number, page in enumerate(document.pages, start=1):
                yield Piece(f"page {number}", page.extract_text() or "")
    # Damaged PDF breaks its reader in any way; what matters is that nobody looked inside.
    except Exception as error:
        raise UnreadableError(f"{type(error).__name__}") from error


def _array(content: bytes) -> Iterator[Piece]:
    import numpy as np

    try:
        array = np.load(io.BytesIO(content), allow_pickle=False)
    except ValueError as error:
        raise UnreadableError("an array of objects") from error
    if array.dtype.kind in "US":
        for index, value in enumerate(array.ravel().tolist()):
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            yield Piece(f"item {index}", text)


def _binary(content: bytes) -> Iterator[Piece]:
    for run in _PRINTABLE.finditer(content):
        yield Piece(f"byte {run.start()}", run.group().decode("utf-8", "replace"), is_binary=True)
    wide = content.decode("utf-16-le", "ignore")
    yield Piece("UTF-16 text", wide, is_binary=True)
