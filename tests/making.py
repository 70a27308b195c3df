"""Small tables written as a person would: a dialogue in a few lines."""

from __future__ import annotations

import pandas as pd

from textlien import tables
from textlien.errors import Problem, TextlienError
from textlien.messages.translator import Translator

ENGLISH = Translator("en")

ROLES = {"E": "interviewer", "R": "interviewee", "S": "interviewee", "X": "other"}


def turns_of(dialogue: str, interview: str = "entretien") -> pd.DataFrame:
    """Table ``turns`` of lines such as « E: Et le CCAS ? »; R and S answer, X is anybody else."""
    rows = []
    start = 0
    for line in filter(None, (line.strip() for line in dialogue.splitlines())):
        speaker, _, text = line.partition(": ")
        rows.append(
            {
                "interview_id": interview,
                "turn": len(rows),
                "speaker": speaker,
                "role": ROLES[speaker],
                "time_start": float("nan"),
                "time_end": float("nan"),
                "start": start,
                "end": start + len(text),
                "section": "",
                "place": f"line={len(rows) + 1}",
                "text": text,
                "original": text,
            }
        )
        start += len(text) + 1
    return tables.make("turns", rows)


def interviews_of(
    cells: list[tuple[str, str, str]], *, persons: list[str] | None = None
) -> pd.DataFrame:
    """Table ``interviews`` with one row a (wave, city, actor)."""
    rows = [
        {
            "interview_id": f"i{number:03d}",
            "file": f"i{number:03d}.txt",
            "format": "txt",
            "encoding": "utf_8",
            "sha256": "0",
            "wave": wave,
            "city": city,
            "actor": actor,
            "person": persons[number] if persons else "",
            "date": "",
            "fictional": True,
            "included": True,
            "n_turns": 2,
            "n_words": 100,
            "n_words_interviewer": 10,
            "duration": float("nan"),
            "problems": "",
        }
        for number, (wave, city, actor) in enumerate(cells)
    ]
    return tables.make("interviews", rows)


def passages_of(sizes: dict[str, list[int]]) -> pd.DataFrame:
    """Table ``passages`` of interviews whose passages have these numbers of words."""
    rows = [
        {
            "passage_id": f"{interview}#{number:04d}",
            "interview_id": interview,
            "turn_first": 0,
            "turn_last": 0,
            "start": number * 1000,
            "end": number * 1000 + 10,
            "speaker": "R",
            "question": "",
            "text": "mot " * words,
            "n_words": words,
        }
        for interview, words_of_passages in sizes.items()
        for number, words in enumerate(words_of_passages, start=1)
    ]
    return tables.make("passages", rows)


def text_of(problem: Problem | TextlienError) -> str:
    """Text of a problem in English; of an error, all its problems with their places."""
    if isinstance(problem, TextlienError):
        if len(problem.problems) > 1:
            return problem.render(ENGLISH)
        (first,) = problem.problems
        place = ENGLISH.location(first.location)
        return f"{place}: {first.text(ENGLISH)}" if place else first.text(ENGLISH)
    return problem.text(ENGLISH)


def hint_of(problem: Problem | TextlienError) -> str:
    """Hint on what to do, in English."""
    first = problem.problems[0] if isinstance(problem, TextlienError) else problem
    return first.hint(ENGLISH)


def place_of(problem: Problem) -> str:
    """The place in the file, in English."""
    return ENGLISH.place(problem.location)
