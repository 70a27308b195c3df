"""Invented interviews with their names marked: « {person:p1|Karim} ».

Half a is what the suggestions were developed on, half b was written before and held out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien import tables

FOLDER = Path(__file__).parent / "interviews"
KEPT = {"a": ("Roubaix", "Le Havre"), "b": ("Mulhouse", "Saint-Aubry")}
"""Cities of the study that each half is."""

KINDS = ("person", "place", "organisation", "contact", "other")
_MARKED = re.compile(r"\{(?P<kind>[a-z]+):(?P<entity>[a-z]\d+)\|(?P<form>[^{}|]+)\}|[{}]")


class Mention(NamedTuple):
    """A name in a text, and whom it names."""

    start: int
    end: int
    kind: str
    entity: str


class Interview(NamedTuple):
    """One interview: ``mentions`` are those of each of its turns."""

    name: str
    head: dict[str, str]
    turns: pd.DataFrame
    mentions: list[list[Mention]]


def parse(marked: str) -> tuple[str, list[Mention]]:
    """The text without marks, and where the names are.

    Raises
    ------
    ValueError
        When a bracket has no partner, or a mark is none that is known.
    """
    parts: list[str] = []
    mentions: list[Mention] = []
    size = last = 0
    for match in _MARKED.finditer(marked):
        if match["form"] is None or match["kind"] not in KINDS:
            raise ValueError(f"broken mark: {marked[match.start() :][:40]!r}")
        before = marked[last : match.start()]
        size += len(before)
        mentions.append(Mention(size, size + len(match["form"]), match["kind"], match["entity"]))
        parts += [before, match["form"]]
        size, last = size + len(match["form"]), match.end()
    return "".join([*parts, marked[last:]]), mentions


def read(path: Path) -> Interview:
    """Read one interview of the gold."""
    head: dict[str, str] = {}
    rows: list[dict[str, object]] = []
    mentions: list[list[Mention]] = []
    start = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            key, _, value = line.lstrip("# ").partition(": ")
            head[key] = value
            continue
        label, _, speech = line.partition(" : ")
        text, found = parse(speech)
        rows.append(_row(path.stem, len(rows), label.strip("[]"), text, start))
        mentions.append(found)
        start += len(text) + 1
    interviewer = rows[0]["speaker"]
    for row in rows:
        row["role"] = "interviewer" if row["speaker"] == interviewer else "interviewee"
    return Interview(path.stem, head, tables.make("turns", rows), mentions)


def half(letter: str) -> list[Interview]:
    """The interviews of a half, "a" or "b"."""
    return [read(path) for path in sorted(FOLDER.glob(f"{letter}*.txt"))]


def corpus(interviews: list[Interview]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``turns`` and ``interviews`` of some interviews."""
    turns = pd.concat([interview.turns for interview in interviews], ignore_index=True)
    return turns, tables.make("interviews", [_listed(interview) for interview in interviews])


def _row(name: str, turn: int, speaker: str, text: str, start: int) -> dict[str, object]:
    return {
        "interview_id": name,
        "turn": turn,
        "speaker": speaker,
        "role": "other",
        "time_start": None,
        "time_end": None,
        "start": start,
        "end": start + len(text),
        "section": "",
        "place": "",
        "text": text,
        "original": text,
    }


def _listed(interview: Interview) -> dict[str, object]:
    text = "interview_id file format encoding sha256 wave city actor person date problems"
    row: dict[str, object] = dict.fromkeys(text.split(), "")
    numbers = dict.fromkeys(("n_turns", "n_words", "n_words_interviewer"), 0)
    head = interview.head
    return {
        **row,
        **numbers,
        "interview_id": interview.name,
        "wave": head["vague"],
        "city": head["ville"],
        "person": head["personne"],
        "fictional": True,
        "included": True,
        "duration": None,
    }
