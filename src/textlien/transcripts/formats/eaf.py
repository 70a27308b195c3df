"""ELAN files: one tier per speaker, times in milliseconds.

A reader of our own: pympi-ling prints to the terminal, ends in bare KeyErrors on a damaged file,
and does not say which tiers hold speech.

References
----------
Wittenburg, P., Brugman, H., Russel, A., Klassmann, A., Sloetjes, H. (2006). ELAN: a professional
framework for multimodality research. *LREC 2006*. ELAN Annotation Format, schema 3.0.
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
from textlien.transcripts.formats.elements import text_of
from textlien.transcripts.formats.segments import (
    Segment,
    in_order_of_time,
    seconds,
    utterances_of,
)
from textlien.transcripts.formats.tiers import Tier, choose
from textlien.transcripts.model import Document

_REFERENCE = re.compile(r"\S*\d\S*")
# A tier whose annotations are references (« entretien_0012 ») to this share holds no speech: all of
# them are, but for slips of the keyboard. A judgement, not measured.
_MOSTLY_REFERENCES = 0.9
_WORDS_TIER = re.compile(r"(?:tx|txt|text|texte|transcription|trans|utt|utterance|orth\w*)(?:@.*)?")
# Annotations that refer to each other; more is a circle, in a damaged file.
_MOST_STEPS = 20


def read(source: Source) -> list[Document]:
    """Read an ``.eaf``: one document, annotations of all speakers in order of time.

    A speaker is a tier of speech (:mod:`tiers`) without a parent; its participant is the label,
    else its name. Where such
    a tier holds only references (« entretien_0012 »), the words are those of the tier below it
    that is named or typed as a transcription. Translations, glosses and the like stay out, with a
    note that names them. Paths of recordings are not kept.

    Raises
    ------
    TextlienError
        When it is not an ELAN file or is not well formed.
    """
    root = parse_xml(source.path.read_bytes(), source)
    if root.tag != "ANNOTATION_DOCUMENT":
        raise TextlienError(Problem.error("transcripts.not-eaf", Location(file=source.file)))
    slots = {
        slot.get("TIME_SLOT_ID", ""): seconds(slot.get("TIME_VALUE"), per_second=1000)
        for slot in root.iter("TIME_SLOT")
    }
    annotations = _Annotations(root, slots)
    types = {item.get("LINGUISTIC_TYPE_ID", ""): item for item in root.iter("LINGUISTIC_TYPE")}
    tiers = [tier for tier in root.iter("TIER") if tier.find("ANNOTATION") is not None]
    spoken = _independent(tiers, annotations)
    chosen = choose(
        [_tier(tier, types, annotations) for tier in spoken], source.declared, source.file
    )
    kept = {tier.get("TIER_ID") for tier in spoken}
    dependent = [tier.get("TIER_ID", "") for tier in tiers if tier.get("TIER_ID") not in kept]
    problems = (*chosen.problems, *_notes(dependent, source.file))
    return [Document("", {}, utterances_of(in_order_of_time(chosen.segments)), problems)]


class _Annotations:
    """The annotations of each tier; those without times take those of their reference."""

    def __init__(self, root: etree._Element, slots: dict[str, float | None]) -> None:
        """Index the annotations of all tiers by their identifier."""
        self._slots = slots
        self._by_id = {
            item.get("ANNOTATION_ID", ""): item
            for tag in ("ALIGNABLE_ANNOTATION", "REF_ANNOTATION")
            for item in root.iter(tag)
        }

    def of(self, tier: etree._Element) -> Iterator[Segment]:
        """Annotations of a tier that are not blank, their speaker left open."""
        name = tier.get("TIER_ID", "")
        for number, item in enumerate(tier.iterfind("ANNOTATION/*"), start=1):
            value = item.find("ANNOTATION_VALUE")
            text = " ".join(text_of(value).split())
            if text:
                timed = self._timed(item)
                start = self._slots.get(timed.get("TIME_SLOT_REF1", ""))
                end = self._slots.get(timed.get("TIME_SLOT_REF2", ""))
                yield Segment(start, end, "", text, Location(tier=name, annotation=number))

    def _timed(self, item: etree._Element) -> etree._Element:
        """The annotation that has the times: itself, or the one that it refers to."""
        for _ in range(_MOST_STEPS):  # a damaged file may refer in a circle
            above = self._by_id.get(item.get("ANNOTATION_REF", ""))
            if above is None:
                break
            item = above
        return item


def _independent(tiers: list[etree._Element], annotations: _Annotations) -> list[etree._Element]:
    """The tiers that depend on no other; for one that holds references only, one below it."""
    below: dict[str | None, list[etree._Element]] = {}
    for tier in tiers:
        below.setdefault(tier.get("PARENT_REF"), []).append(tier)
    spoken = []
    for tier in tiers:
        if tier.get("PARENT_REF"):
            continue
        texts = [annotation.text for annotation in annotations.of(tier)]
        references = sum(bool(_REFERENCE.fullmatch(text)) for text in texts)
        words = [other for other in below.get(tier.get("TIER_ID"), []) if _holds_words(other)]
        spoken.append(words[0] if words and references >= _MOSTLY_REFERENCES * len(texts) else tier)
    return spoken


def _tier(
    tier: etree._Element, types: dict[str, etree._Element], annotations: _Annotations
) -> Tier:
    """A tier with what the file says of it."""
    kind = tier.get("LINGUISTIC_TYPE_REF", "")
    closed = kind in types and bool(types[kind].get("CONTROLLED_VOCABULARY_REF"))
    segments = tuple(annotations.of(tier))
    return Tier(tier.get("TIER_ID", ""), _label(tier), kind, closed, segments)


def _holds_words(tier: etree._Element) -> bool:
    """True when a tier is named or typed as a transcription."""
    names = (tier.get("LINGUISTIC_TYPE_REF", ""), tier.get("TIER_ID", ""))
    return any(_WORDS_TIER.fullmatch(name.lower()) for name in names)


def _label(tier: etree._Element) -> str:
    """The participant of a tier, else its name without « tx@ » and the like."""
    name = tier.get("PARTICIPANT", "").strip() or tier.get("TIER_ID", "").rpartition("@")[2]
    return clean_label(name)


def _notes(tiers: list[str], file: str) -> tuple[Problem, ...]:
    """A note that names the tiers left out."""
    if not tiers:
        return ()
    return (Problem.note("transcripts.tiers-left-out", Location(file=file), tiers=tuple(tiers)),)
