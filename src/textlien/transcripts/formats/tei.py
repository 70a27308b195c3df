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

from lxml import etree

from textlien.files.containers import parse_xml
from textlien.files.source import Source
from textlien.raw import raw_error
from textlien.text import marks
from textlien.transcripts.formats.segments import Segment, utterances_of
from textlien.transcripts.formats.values import line_of, seconds
from textlien.transcripts.model import Document, Role
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.utterances import Paragraph, split

_OUT = frozenset(
    "note del ana spanGrp span interpGrp figure head fw speaker stage desc abbr sic orig "
    "teiHeader back front".split()
)
"""What an utterance may hold that nobody said; of a ``<choice>``, the version not kept."""

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
        When it is no TEI, holds no text, or is not well formed.
    """
    root = parse_xml(source.path.read_bytes(), source)
    if _name(root) not in ("TEI", "TEI.2", "teiCorpus"):
        raise raw_error(
            f"{source.shown}: XML, but not TEI; its root is <{_name(root)}>.",
            "Export it as TEI, .docx or .txt from the program that wrote it.",
        )
    body = next((item for item in root.iter() if _name(item) == "text"), root)
    found = [item for item in body.iter() if _name(item) == "u"]
    found = found or [item for item in body.iter() if _name(item) == "sp"]
    properties = _properties(root)
    if not found:
        paragraphs = _paragraphs(body)
        document = split(paragraphs, source.shown, source.declared)
        return [
            Document(
                "", document.head, document.utterances, document.problems, properties=properties
            )
        ]
    names, roles = _persons(root)
    moments = _timeline(root)
    segments = (_segment(item, names, moments) for item in found)
    utterances = utterances_of(segments)
    present = {utterance.speaker for utterance in utterances}
    stated = {label: role for label, role in roles.items() if label in present}
    return [Document("", {}, utterances, properties=properties, roles=stated)]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _attribute(element: etree._Element, *names: str) -> str:
    """The first of these attributes, of any namespace, that has a value."""
    values = {etree.QName(str(key)).localname: str(value) for key, value in element.items()}
    return next((values[name].strip() for name in names if values.get(name, "").strip()), "")


def _segment(
    item: etree._Element, names: dict[str, str], moments: dict[str, float | None]
) -> Segment:
    block = item.getparent()
    places = [item] if block is None or _name(block) != "annotationBlock" else [item, block]
    who = next((found for place in places if (found := _attribute(place, "who"))), "")
    start, end = (
        next((found for place in places if (found := _attribute(place, *keys))), "")
        for keys in (("start", "from", "time"), ("end", "to"))
    )
    code = who.split()[0].lstrip("#") if who else _speaker(item)
    return Segment(
        _moment(start, moments),
        _moment(end, moments),
        names.get(code, code),
        _said(item),
        line_of(item),
        _section(item),
    )


def _speaker(item: etree._Element) -> str:
    """The ``<speaker>`` of a ``<sp>`` without ``@who``."""
    found = next((child for child in item if _name(child) == "speaker"), None)
    return " ".join(_plain(found).split()).rstrip(" :.") if found is not None else ""


def _moment(value: str, moments: dict[str, float | None]) -> float | None:
    if value.lstrip("#") in moments:
        return moments[value.lstrip("#")]
    return marks.times_of(value)[0] if ":" in value else seconds(value.removesuffix("s"))


def _timeline(root: etree._Element) -> dict[str, float | None]:
    """Seconds of each ``<when>``: absolute, or an interval since another."""
    found: dict[str, float | None] = {}
    for timeline in (item for item in root.iter() if _name(item) == "timeline"):
        scale = 1000.0 if timeline.get("unit", "s") == "ms" else 1.0
        for when in timeline:
            name = when.get(_XML_ID, "")
            since = found.get(when.get("since", "").lstrip("#"))
            absolute, interval = when.get("absolute", ""), when.get("interval", "")
            if absolute:
                is_clock = ":" in absolute
                found[name] = marks.times_of(absolute)[0] if is_clock else seconds(absolute)
            else:
                passed = seconds(interval, per_second=scale)
                found[name] = None if passed is None else round((since or 0.0) + passed, 3)
    return found


def _persons(root: etree._Element) -> tuple[dict[str, str], dict[str, Role]]:
    """Label of each person's code, and the role of each label that is stated."""
    names: dict[str, str] = {}
    roles: dict[str, Role] = {}
    for person in (item for item in root.iter() if _name(item) in ("person", "participant")):
        code = person.get(_XML_ID, "") or person.get("id", "")
        written = next((child for child in person if _name(child) == "persName"), None)
        name = " ".join(_plain(written).split()) if written is not None else ""
        names[code] = name or code
        role = known_role(person.get("role", "")) if person.get("role") else None
        if role:
            roles[names[code]] = role
    return names, roles


def _plain(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _section(item: etree._Element) -> str:
    for above in item.iterancestors():
        if _name(above) == "div":
            head = next((child for child in above if _name(child) == "head"), None)
            title = " ".join(_plain(head).split()) if head is not None else ""
            if title:
                return title
    return ""


def _said(item: etree._Element) -> str:
    """The words and marks of an utterance; ``<w>`` are set apart as French writes them."""
    pieces = list(_pieces(item))
    text = " ".join("".join(pieces).split())
    if any(_name(child) == "w" for child in item.iter()):
        text = _NO_BLANK_BEFORE.sub("", _NO_BLANK_AFTER.sub("", text))
    return text


def _pieces(item: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(item, events=("start", "end"))
    for event, element in walk:
        name = _name(element)
        if event == "start":
            if element is not item and (name in _OUT and not _is_only_version(element)):
                walk.skip_subtree()
            elif name in _NOISES:
                described = " ".join(_plain(element).split()) or _attribute(element, "desc", "type")
                yield f" [{described}] " if described else ""
                walk.skip_subtree()
            else:
                yield _BEFORE.get(name, "") + (element.text or "")
        elif element is not item:
            yield (" " if name in ("w", "seg", "p", "l") else "") + (element.tail or "")


def _is_only_version(element: etree._Element) -> bool:
    """Whether what was said is there only as it was said: no ``<corr>`` beside ``<sic>``."""
    above = element.getparent()
    return _name(element) in ("abbr", "sic", "orig") and (above is None or len(above) == 1)


def _paragraphs(body: etree._Element) -> list[Paragraph]:
    items = [item for item in body.iter() if _name(item) in ("p", "ab", "l", "head")]
    return [
        Paragraph(text, line_of(item), section=_section(item))
        for item in items
        if (text := _said(item))
    ]


def _properties(root: etree._Element) -> dict[str, str]:
    title = next((item for item in root.iter() if _name(item) == "title"), None)
    text = " ".join(_plain(title).split()) if title is not None else ""
    return {"title": text} if text else {}
