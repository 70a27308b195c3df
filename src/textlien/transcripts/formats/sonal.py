"""Sonal: interviews (``.sonal``) of the program for transcribing and coding by A. Alber.

A page of HTML: in ``#contenuText`` one ``<span class="lblseg">`` a segment, with ``data-deb`` and
``data-fin`` in seconds and ``data-loc``, an index into the list of speakers in ``#loc-json``; in
each segment, spans that were coded, commented or pseudonymised alike. The older ``.rtrs`` and the
corpus ``.crp`` are other formats and are not read.

References
----------
Alber, A. SonalPi, https://github.com/AlxAlbr/SonalPi: docs/FORMATS.md, domain/sonal.mjs,
domain/conversions.mjs, modules/locutarisation.js.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import etree

from textlien.errors import Problem, TextlienError
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import clean_label
from textlien.transcripts.formats.elements import parse_html, text_of
from textlien.transcripts.formats.segments import (
    LONGEST_LABEL,
    Segment,
    seconds,
    utterances_of,
    whole_characters,
)
from textlien.transcripts.model import Document, Role


def read(source: Source) -> list[Document]:
    """Read a ``.sonal``: one document, segments in the order of the page.

    A speaker whose name in Sonal has a « ? » asks: Sonal counts and shows him so. A segment
    without a speaker goes on with the one before. Of words with a pseudonym the pseudonym is
    read, as in Sonal's own exports; notes, comments and categories stay out.

    Raises
    ------
    TextlienError
        When it holds no segment of Sonal.
    """
    raw, encoding, notes = read_text(source.path, source.file)
    root = parse_html(raw, source)
    items = [item for item in root.iter("span") if "lblseg" in _classes(item)]
    if not items:
        raise TextlienError(Problem.error("transcripts.not-sonal", Location(file=source.file)))
    names = _names(root)
    segments = list(_segments(items, names))
    roles: dict[str, Role] = {
        _label(name): "interviewer"
        for name in names
        if "?" in name and any(segment.speaker == _label(name) for segment in segments)
    }
    problems = (*notes, *_pseudonyms(items, source.file))
    utterances = utterances_of(segments)
    return [Document("", {}, utterances, problems, encoding=encoding, roles=roles)]


def _classes(item: etree._Element) -> list[str]:
    """Classes of an element of HTML."""
    return item.get("class", "").split()


def _names(root: etree._Element) -> list[str]:
    """The list of speakers; Sonal writes it in braces that are not JSON, or without."""
    script = next((item for item in root.iter("script") if item.get("id") == "loc-json"), None)
    written = re.search(r"\[.*\]", script.text or "", re.DOTALL) if script is not None else None
    try:
        names = json.loads(written.group()) if written else []
    except (ValueError, RecursionError):
        names = []
    return [whole_characters(name) if isinstance(name, str) else "" for name in names]


def _label(name: str) -> str:
    """The name as Sonal shows it, without « ? »."""
    return clean_label(name.replace("?", ""))[:LONGEST_LABEL]


def _segments(items: list[etree._Element], names: list[str]) -> Iterator[Segment]:
    """Segments in order; one that names no speaker has that of the one before."""
    name_of = dict(enumerate(names))
    speaker = ""
    for number, item in enumerate(items, start=1):
        index = item.get("data-loc", "").strip()
        if re.fullmatch(r"[1-9]\d{0,3}", index):
            written = name_of.get(int(index), "") or item.get("data-nomloc", "")
            speaker = _label(written) or f"locuteur {index}"
        start, end = seconds(item.get("data-deb")), seconds(item.get("data-fin"))
        yield Segment(start, end, speaker, _words(item), Location(segment=number))


def _words(segment: etree._Element) -> str:
    """The words; of a run of fragments that has a pseudonym, that of the run's end."""
    pieces: list[str] = [segment.text or ""]
    run: list[etree._Element] = []
    for item in segment:
        classes = _classes(item)
        if "anon" in classes:
            run.append(item)
            if "finsel" in classes or "anon" not in _classes_after(item):
                pieces.append(_pseudonym(run))
                run = []
        else:
            pieces.append(text_of(item))
        pieces.append(item.tail or "")
    return " ".join("".join(pieces).split())


def _classes_after(item: etree._Element) -> list[str]:
    """Classes of the element that follows."""
    after = item.getnext()
    return _classes(after) if after is not None else []


def _pseudonym(run: list[etree._Element]) -> str:
    """The pseudonym of a run of fragments, the last that is not blank; else their text."""
    pseudonyms = [item.get("data-pseudo", "").strip() for item in reversed(run)]
    return next(filter(None, pseudonyms), "".join(map(text_of, run)))


def _pseudonyms(items: list[etree._Element], file: str) -> Iterator[Problem]:
    """A note that counts the pseudonyms read for names."""
    inner = [fragment for item in items for fragment in item]
    count = sum("anon" in _classes(item) and bool(item.get("data-pseudo")) for item in inner)
    if count:
        yield Problem.note("transcripts.sonal-pseudonyms", Location(file=file), times=count)
