"""Opening archives and XML that may have been made to do harm.

Everything is looked at before it is unpacked or expanded: how large an archive says that it is,
where its names lead, whether XML declares entities. A transcript needs none of these.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from textlien.files.source import Source
from textlien.raw import raw_error

_MEGABYTE = 2**20
# Text packs at 1:20 at best; nothing that people write packs at 1:200.
_HIGHEST_RATIO = 200
_SMALL = _MEGABYTE
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError),
    UnicodeDecodeError,  # a name that says that it is UTF-8 and is not
)


@contextmanager
def opened_archive(source: Source, kind: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive whose size, names and encryption have been looked at.

    Parameters
    ----------
    source : the file.
    kind : what it should be, in messages: "a Word document (.docx)".

    Raises
    ------
    TextlienError
        When it is no archive, is damaged or protected by a password, unpacks to more than
        ``limits.unpacked_mb`` or to more than 200 times its size, or names files outside itself.
    """
    remedy = "Open it in Word or LibreOffice, let it repair the file, and save it again."
    try:
        with zipfile.ZipFile(source.path) as archive:
            _look_at(archive, source)
            yield archive
    except _DAMAGED as error:
        raise raw_error(f"{source.shown}: not {kind}, or a damaged one.", remedy) from error


def _look_at(archive: zipfile.ZipFile, source: Source) -> None:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    limit = source.limits.unpacked_mb
    if size > limit * _MEGABYTE:
        raise raw_error(
            f"{source.shown}: unpacks to {size // _MEGABYTE:,} MB; the limit is {limit:,} MB.",
            "If it is a real transcript, take its pictures out, or raise [limits] unpacked_mb.",
        )
    if size > _SMALL and size > _HIGHEST_RATIO * max(1, packed):
        raise raw_error(
            f"{source.shown}: unpacks to {size // max(1, packed):,} times its size; no text does.",
            "It may have been made to fill the memory. Ask where it comes from.",
        )
    for part in parts:
        name = part.filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name[:3]:
            raise raw_error(
                f"{source.shown}: holds a file whose name leads out of it ({name[:80]!r}).",
                "No word processor writes this. Ask where the file comes from.",
            )
        if part.flag_bits & 1:
            raise raw_error(f"{source.shown}: protected by a password.", "Save it without one.")


def parse_xml(content: bytes, source: Source, part: str = "") -> etree._Element:
    """Parse XML without entities, DTDs or anything from elsewhere.

    Parameters
    ----------
    content : the bytes of the XML.
    source : the file, for messages.
    part : name of the part of an archive, or "".

    Returns
    -------
    The root element.

    Raises
    ------
    TextlienError
        When it declares entities, or is not well formed: with its line.
    """
    place = f"{source.shown}, {part}" if part else source.shown
    if _ENTITY.search(content) or _ENTITY.search(content.replace(b"\0", b"")):
        raise raw_error(
            f"{place}: declares XML entities, which a transcript does not need.",
            "They can be made to fill the memory or to read other files. Remove the <!ENTITY … >.",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise raw_error(
            f"{place}, line {line}: not well-formed XML ({error.msg}).",
            "Open it in the program that wrote it and save it again, or restore it.",
        ) from error
    return root
