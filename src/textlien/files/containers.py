"""Opening of archives and XML that may be malicious.

Checked before anything is unpacked or expanded: the size that an archive declares, where its names
lead, entities in XML. A transcript needs none of these.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lxml import etree

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location, Message

_MEGABYTE = 2**20
# Text packs at 1:20 at best; nothing that people write packs at 1:200.
_HIGHEST_RATIO = 200
# Below a megabyte no ratio does harm: a short document of one style packs well.
_SMALL = _MEGABYTE
# Also in UTF-16, whose zero bytes are dropped before it is looked for.
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError),
    UnicodeDecodeError,  # a name that says that it is UTF-8 and is not
)


@contextmanager
def opened_archive(source: Source, kind: Message) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive after a look at its size, names and encryption.

    Parameters
    ----------
    source : the file.
    kind : expected kind, such as ``files.word-document``.

    Raises
    ------
    TextlienError
        When it is not an archive, is damaged or protected by a password, unpacks to more than
        ``limits.unpacked_mb`` or to more than 200 times its size, or names files outside itself.
    """
    try:
        with zipfile.ZipFile(source.path) as archive:
            _refuse_harmful(archive, source)
            yield archive
    except _DAMAGED as error:
        location = Location(file=source.file)
        raise TextlienError(Problem.error("files.not-archive", location, kind=kind)) from error


def _refuse_harmful(archive: zipfile.ZipFile, source: Source) -> None:
    """Refuse an archive that is too large, packs too well, or has unsafe names."""
    parts = archive.infolist()
    location = Location(file=source.file)
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    limit = source.limits.unpacked_mb
    if size > limit * _MEGABYTE:
        megabytes = size // _MEGABYTE
        raise TextlienError(
            Problem.error("files.unpacks-too-large", location, size=megabytes, limit=limit)
        )
    if size > _SMALL and size > _HIGHEST_RATIO * max(1, packed):
        ratio = size // max(1, packed)
        raise TextlienError(Problem.error("files.packed-too-well", location, ratio=ratio))
    for part in parts:
        name = part.filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name[:3]:
            raise TextlienError(Problem.error("files.name-leads-out", location, name=name[:80]))
        if part.flag_bits & 1:
            raise TextlienError(Problem.error("files.password", location))


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
    location = Location(file=source.file, part=part)
    if _ENTITY.search(content) or _ENTITY.search(content.replace(b"\0", b"")):
        raise TextlienError(Problem.error("files.xml-entities", location))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        location = replace(location, line=error.lineno or 1)
        raise TextlienError(Problem.error("files.not-xml", location)) from error
    return root
