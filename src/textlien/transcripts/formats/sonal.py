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

from textlien.errors import Problem
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.raw import raw_error, raw_problem
from textlien.text.marks import collapse_blanks, normalise_characters
from textlien.transcripts.formats.noscribe import parse_html
from textlien.transcripts.formats.segments import Segment, utterances_of
from textlien.transcripts.formats.values import seconds, whole
from textlien.transcripts.model import Document, Role

_LONGEST_LABEL = 80


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
    raw, encoding, notes = read_text(source.path, source.shown)
    root = parse_html(raw, source)
    items = [item for item in root.iter("span") if "lblseg" in _classes(item)]
    if not items:
        raise raw_error(
            f'{source.shown}: no segment of Sonal (<span class="lblseg">).',
            "In Sonal, open the interview and save it again, or export it as .txt.",
        )
    names = _names(root)
    segments = list(_segments(items, names))
    roles: dict[str, Role] = {
        _label(name): "interviewer"
        for name in names
        if "?" in name and any(segment.speaker == _label(name) for segment in segments)
    }
    problems = (*notes, *_pseudonyms(items, source.shown))
    utterances = utterances_of(segments)
    return [Document("", {}, utterances, problems, encoding=encoding, roles=roles)]


def _classes(item: etree._Element) -> list[str]:
    return item.get("class", "").split()


def _names(root: etree._Element) -> list[str]:
    """The list of speakers; Sonal writes it in braces that are no JSON, or without."""
    script = next((item for item in root.iter("script") if item.get("id") == "loc-json"), None)
    found = re.search(r"\[.*\]", script.text or "", re.DOTALL) if script is not None else None
    try:
        names = json.loads(found.group()) if found else []
    except (ValueError, RecursionError):
        names = []
    return [whole(name) if isinstance(name, str) else "" for name in names]


def _label(name: str) -> str:
    """The name as Sonal shows it, without « ? »."""
    return collapse_blanks(normalise_characters(name.replace("?", "")))[:_LONGEST_LABEL]


def _segments(items: list[etree._Element], names: list[str]) -> Iterator[Segment]:
    known = dict(enumerate(names))
    speaker = ""
    for number, item in enumerate(items, start=1):
        index = item.get("data-loc", "").strip()
        if re.fullmatch(r"[1-9]\d{0,3}", index):
            written = known.get(int(index), "") or item.get("data-nomloc", "")
            speaker = _label(written) or f"locuteur {index}"
        start, end = seconds(item.get("data-deb")), seconds(item.get("data-fin"))
        yield Segment(start, end, speaker, _said(item), Location(segment=number))


def _said(segment: etree._Element) -> str:
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
            pieces.append(_text(item))
        pieces.append(item.tail or "")
    return " ".join("".join(pieces).split())


def _classes_after(item: etree._Element) -> list[str]:
    after = item.getnext()
    return _classes(after) if after is not None else []


def _pseudonym(run: list[etree._Element]) -> str:
    given = [item.get("data-pseudo", "").strip() for item in reversed(run)]
    return next(filter(None, given), "".join(map(_text, run)))


def _text(item: etree._Element) -> str:
    return "".join(map(str, item.itertext()))


def _pseudonyms(items: list[etree._Element], shown: str) -> Iterator[Problem]:
    inner = [fragment for item in items for fragment in item]
    count = sum("anon" in _classes(item) and bool(item.get("data-pseudo")) for item in inner)
    if count:
        message = f"{count:,} times the pseudonym given in Sonal is read for the name."
        hint = "The file still holds the real names: keep it where the transcripts are kept."
        yield raw_problem(shown, message, hint, severity="note")
