"""TEI transcripts: ``<u>`` of a speaker, as teicorpo, TXM and editors write them.

References
----------
TEI Consortium, *TEI P5 Guidelines*, chapter 8, Transcriptions of Speech. ISO 24624:2016.
Parisse, C., Etienne, C., Liégeois, L. (2020). TEICORPO: a conversion tool for spoken language
transcription with a pivot file in TEI. *Journal of the TEI* 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from textlien.errors import Problem, TextlienError
from textlien.files.containers import parse_xml
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text import marks
from textlien.transcripts.formats.elements import (
    attribute,
    child_of,
    line_of,
    local_name,
    text_of,
)
from textlien.transcripts.formats.segments import Segment, seconds, utterances_of
from textlien.transcripts.model import Document, Role
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.utterances import Paragraph, split

_OUT = frozenset(
    "note del ana spanGrp span interpGrp figure head fw speaker stage desc abbr sic orig "
    "teiHeader back front".split()
)
"""Parts of an utterance that nobody said; of a ``<choice>``, the version not kept."""

_NOISES = frozenset("vocal incident kinesic event".split())
_BEFORE = {"pause": " (...) ", "gap": " [inaudible] ", "w": " ", "lb": " ", "pb": " "}
"""What stands for an element, or sets it apart from what is before it."""
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NO_BLANK_AFTER = re.compile(r"(?<=['’(«]) (?=\S)")
_NO_BLANK_BEFORE = re.compile(r" (?=[,.)…]|-[a-zà-ÿ])")


def read(source: Source) -> list[Document]:
    """Read TEI: one document; labels are the names in its list of persons, else their codes.

    Utterances are ``<u>``, else ``<sp>``; a text of paragraphs is read like a Word file, by its
    labels. Pauses, noises and gaps are kept as marks; notes, annotations and deletions stay out;
    a heading of a ``<div>`` is a section.

    Raises
    ------
    TextlienError
        When it is not TEI, holds no text, or is not well formed.
    """
    root = parse_xml(source.path.read_bytes(), source)
    if local_name(root) not in ("TEI", "TEI.2", "teiCorpus"):
        place = Location(file=source.file)
        raise TextlienError(Problem.error("transcripts.not-tei", place, root=local_name(root)))
    body = next((item for item in root.iter() if local_name(item) == "text"), root)
    utterances = [item for item in body.iter() if local_name(item) == "u"]
    utterances = utterances or [item for item in body.iter() if local_name(item) == "sp"]
    if utterances:
        document = _spoken(root, utterances)
    else:
        document = split(_paragraphs(body), source.file, source.declared)
    return [replace(document, properties=_properties(root))]


def _spoken(root: etree._Element, elements: list[etree._Element]) -> Document:
    """The interview of elements ``<u>`` or ``<sp>``."""
    names, roles = _persons(root)
    moments = _timeline(root)
    segments = (_segment(item, names, moments) for item in elements)
    utterances = utterances_of(segments)
    present = {utterance.speaker for utterance in utterances}
    stated = {label: role for label, role in roles.items() if label in present}
    return Document("", {}, utterances, roles=stated)


def _segment(
    item: etree._Element, names: dict[str, str], moments: dict[str, float | None]
) -> Segment:
    """An utterance; what it does not state itself, the block that it stands in may."""
    block = item.getparent()
    stated = [item] if block is None or local_name(block) != "annotationBlock" else [item, block]
    who, start, end = (
        next((value for element in stated if (value := attribute(element, *keys))), "")
        for keys in (("who",), ("start", "from", "time"), ("end", "to"))
    )
    code = who.split()[0].lstrip("#") if who else _speaker(item)
    return Segment(
        _moment(start, moments),
        _moment(end, moments),
        names.get(code, code),
        _words(item),
        line_of(item),
        _section(item),
    )


def _speaker(item: etree._Element) -> str:
    """The ``<speaker>`` of a ``<sp>`` without ``@who``."""
    return " ".join(text_of(child_of(item, "speaker")).split()).rstrip(" :.")


def _moment(value: str, moments: dict[str, float | None]) -> float | None:
    """Seconds of a moment: a reference to the timeline, a clock or a number."""
    if value.lstrip("#") in moments:
        return moments[value.lstrip("#")]
    return marks.times_of(value)[0] if ":" in value else seconds(value.removesuffix("s"))


def _timeline(root: etree._Element) -> dict[str, float | None]:
    """Seconds of each ``<when>``: absolute, or an interval since another."""
    moments: dict[str, float | None] = {}
    for timeline in (item for item in root.iter() if local_name(item) == "timeline"):
        scale = 1000.0 if timeline.get("unit", "s") == "ms" else 1.0
        for when in timeline:
            name = when.get(_XML_ID, "")
            since = moments.get(when.get("since", "").lstrip("#"))
            absolute, interval = when.get("absolute", ""), when.get("interval", "")
            if absolute:
                is_clock = ":" in absolute
                moments[name] = marks.times_of(absolute)[0] if is_clock else seconds(absolute)
            else:
                passed = seconds(interval, per_second=scale)
                moments[name] = None if passed is None else round((since or 0.0) + passed, 3)
    return moments


def _persons(root: etree._Element) -> tuple[dict[str, str], dict[str, Role]]:
    """Label of each person's code, and the role of each label that is stated."""
    names: dict[str, str] = {}
    roles: dict[str, Role] = {}
    for person in (item for item in root.iter() if local_name(item) in ("person", "participant")):
        code = person.get(_XML_ID, "") or person.get("id", "")
        name = " ".join(text_of(child_of(person, "persName")).split())
        names[code] = name or code
        role = known_role(person.get("role", "")) if person.get("role") else None
        if role:
            roles[names[code]] = role
    return names, roles


def _section(item: etree._Element) -> str:
    """The heading of the nearest ``<div>`` around that has one."""
    for above in item.iterancestors():
        if local_name(above) == "div":
            title = " ".join(text_of(child_of(above, "head")).split())
            if title:
                return title
    return ""


def _words(item: etree._Element) -> str:
    """The words and marks of an utterance; ``<w>`` are set apart as French writes them."""
    pieces = list(_pieces(item))
    text = " ".join("".join(pieces).split())
    if any(local_name(child) == "w" for child in item.iter()):
        text = _NO_BLANK_BEFORE.sub("", _NO_BLANK_AFTER.sub("", text))
    return text


def _pieces(item: etree._Element) -> Iterator[str]:
    """Words, and marks for noises, pauses and gaps, in order."""
    walk = etree.iterwalk(item, events=("start", "end"))
    for event, element in walk:
        name = local_name(element)
        if event == "start":
            if element is not item and (name in _OUT and not _is_only_version(element)):
                walk.skip_subtree()
            elif name in _NOISES:
                yield _mark_of(element)
                walk.skip_subtree()
            else:
                yield _BEFORE.get(name, "") + (element.text or "")
        elif element is not item:
            yield (" " if name in ("w", "seg", "p", "l") else "") + (element.tail or "")


def _mark_of(noise: etree._Element) -> str:
    """The mark of a noise: as it is described, in brackets."""
    described = " ".join(text_of(noise).split()) or attribute(noise, "desc", "type")
    return f" [{described}] " if described else ""


def _is_only_version(element: etree._Element) -> bool:
    """True for words that stand only as spoken: no ``<corr>`` beside ``<sic>``."""
    above = element.getparent()
    return local_name(element) in ("abbr", "sic", "orig") and (above is None or len(above) == 1)


def _paragraphs(body: etree._Element) -> list[Paragraph]:
    """Paragraphs, lines and headings of a text without utterances."""
    items = [item for item in body.iter() if local_name(item) in ("p", "ab", "l", "head")]
    return [
        Paragraph(text, line_of(item), section=_section(item))
        for item in items
        if (text := _words(item))
    ]


def _properties(root: etree._Element) -> dict[str, str]:
    """The first title of the document."""
    title = next((item for item in root.iter() if local_name(item) == "title"), None)
    text = " ".join(text_of(title).split())
    return {"title": text} if text else {}
