"""Transcriber files: turns of one or several speakers, cut at times.

References
----------
Barras, C., Geoffrois, E., Wu, Z., Liberman, M. (2001). Transcriber: Development and use of a tool
for assisting speech corpora production. *Speech Communication* 33.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from textlien.errors import Problem, TextlienError
from textlien.files.containers import parse_xml
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import clean_label
from textlien.transcripts.formats.elements import line_of, local_name
from textlien.transcripts.formats.segments import (
    Segment,
    is_silence,
    seconds,
    utterances_of,
)
from textlien.transcripts.model import Document

_UNSPOKEN = frozenset({"pronounce", "lexical", "language", "entities"})


def read(source: Source) -> list[Document]:
    """Read a ``.trs``: one document; labels are the names in its table of speakers.

    Where several speak at once, each has what stands behind his ``Who``. Noises are kept as marks,
    ``[rire]``; pronunciations and comments stay out; a turn without a speaker that has text is
    nobody's ("inconnu"). A turn that is only a length of silence (« 1.044 ») is not speech.

    Raises
    ------
    TextlienError
        When it is not a Transcriber file, is not well formed, or none of its turns names a speaker.
    """
    root = parse_xml(source.path.read_bytes(), source)
    if root.tag != "Trans":
        place = Location(file=source.file)
        raise TextlienError(Problem.error("transcripts.not-trs", place, root=local_name(root)))
    names = {item.get("id", ""): _name(item) for item in root.iter("Speaker")}
    topics = {item.get("id", ""): item.get("desc", "").strip() for item in root.iter("Topic")}
    if not any(turn.get("speaker", "").strip() for turn in root.iter("Turn")):
        place = Location(file=source.file)
        raise TextlienError(Problem.error("transcripts.trs-without-speakers", place))
    segments = [
        segment
        for section in root.iter("Section")
        for turn in section.iter("Turn")
        for segment in _segments(turn, names, topics.get(section.get("topic", ""), ""))
    ]
    return [Document("", {}, utterances_of(segments), encoding="")]


def _name(speaker: etree._Element) -> str:
    """The name of a speaker in the table, else the code."""
    name = speaker.get("name", "").strip() or speaker.get("id", "")
    return clean_label(name)


def _segments(turn: etree._Element, names: dict[str, str], section: str) -> Iterator[Segment]:
    """The stretches of a turn in which something is said."""
    stretches = _stretches(turn, names)
    ends = _ends([start for start, _, _ in stretches], seconds(turn.get("endTime")))
    for (start, speaker, pieces), end in zip(stretches, ends, strict=True):
        text = " ".join(" ".join(pieces).split())
        if text and not is_silence(text):
            yield Segment(start, end, speaker, text, line_of(turn), section)


_Stretch = tuple[float | None, str, list[str]]
"""Start, speaker and pieces of text."""


def _stretches(turn: etree._Element, names: dict[str, str]) -> list[_Stretch]:
    """The stretches of a turn: a new one at each time and at each change of speaker."""
    speakers = [names.get(name, name) for name in turn.get("speaker", "").split()] or ["inconnu"]
    now = seconds(turn.get("startTime"))
    speaker = speakers[0]
    stretches: list[_Stretch] = [(now, speaker, [turn.text or ""])]
    for item in turn:
        if item.tag == "Sync":
            now = seconds(item.get("time")) if item.get("time") else now
            stretches.append((now, speaker, []))
        elif item.tag == "Who":
            speaker = _who(item, speakers)
            stretches.append((now, speaker, []))
        elif item.tag == "Event" and item.get("type", "noise") not in _UNSPOKEN:
            stretches[-1][2].append(_event(item))
        stretches[-1][2].append(item.tail or "")
    return stretches


def _ends(starts: list[float | None], end: float | None) -> list[float | None]:
    """The next time after each start: those who speak at once end together, at the next Sync."""
    ends: list[float | None] = []
    here = later = end
    for start in reversed(starts):
        if start is not None and start != here:
            here, later = start, here if here is not None and here > start else end
        ends.append(later)
    return ends[::-1]


def _who(item: etree._Element, speakers: list[str]) -> str:
    """Speaker after a ``<Who>``, which numbers the speakers of its turn from 1."""
    number = item.get("nb", "")
    index = int(number) - 1 if re.fullmatch(r"[1-9]\d{0,3}", number) else 0
    return speakers[index] if index < len(speakers) else "inconnu"


def _event(item: etree._Element) -> str:
    """A noise where it is heard; of a stretch, where it begins."""
    if item.get("extent") == "end":
        return ""
    return f"[{item.get('desc', '').strip(' []')}]" if item.get("desc", "").strip(" []") else ""
