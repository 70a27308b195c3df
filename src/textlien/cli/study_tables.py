"""A check of a study as tables for a terminal, and as JSON for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from textlien.exchange.readable import heading, value_text
from textlien.messages.translator import Translator

if TYPE_CHECKING:
    from textlien.commands.check import StudyReport

_FILE_COLUMNS = (
    "file",
    "wave",
    "city",
    "actor",
    "encoding",
    "turns",
    "words",
    "asked",
    "time",
    "speakers",
    "state",
)
_CELL_COLUMNS = (
    "wave",
    "city",
    "interviews",
    "left_out",
    "doubtful",
    "actors",
    "words",
    "asked",
    "hours",
    "formats",
)
_LABEL_COLUMNS = ("role", "speaker", "interviews", "turns", "words", "guessed")


def file_table(report: StudyReport, translator: Translator) -> pd.DataFrame:
    """One row per interview: where it belongs, how it was read, who speaks, its state."""
    rows = report.interviews
    speakers = {
        name: _speakers(group, translator)
        for name, group in report.speakers.groupby("interview_id", sort=False)
    }
    columns = [
        told_apart(list(rows["file"])),
        *(rows[name] for name in ("wave", "city", "actor", "encoding")),
        *(rows[name] for name in ("n_turns", "n_words", "n_words_interviewer")),
        [_clock(seconds) for seconds in rows["duration"]],
        [speakers.get(name, "") for name in rows["interview_id"]],
        [value_text("state", state.value, translator) for state in report.states()],
    ]
    return _table(_FILE_COLUMNS, columns, translator)


def told_apart(files: Sequence[str]) -> list[str]:
    """Names of files, numbered where several interviews are in one.

    >>> told_apart(["a.docx", "b.docx", "b.docx"])
    ['a.docx', 'b.docx (1)', 'b.docx (2)']
    """
    times, ranks = Counter(files), Counter[str]()
    names = []
    for file in files:
        ranks[file] += 1
        names.append(f"{file} ({ranks[file]})" if times[file] > 1 else file)
    return names


def cell_table(report: StudyReport, translator: Translator) -> pd.DataFrame:
    """One row per wave and city, and the whole: interviews, words, hours, formats."""
    text, cells = translator.text, report.cells()
    is_total = cells["wave"] == ""
    cities = cells["city"].where((cells["city"] != "") | is_total, text("commands.no-city"))
    columns = [
        cells["wave"].where(~is_total, text("commands.all-waves")),
        cities,
        *(cells[name] for name in ("interviews", "left_out", "doubtful", "actors")),
        *(cells[name] for name in ("words", "asked")),
        [translator.decimal(hours, 1) if hours else "" for hours in cells["hours"]],
        [", ".join(f"{name} {n}" for name, n in formats.items()) for formats in cells["formats"]],
    ]
    return _table(_CELL_COLUMNS, columns, translator)


def label_table(report: StudyReport, translator: Translator) -> pd.DataFrame:
    """One row per speaker label and role: in how many interviews, how much they say, guesses."""
    labels = report.labels()
    roles = [value_text("role", role, translator) for role in labels["role"]]
    others = [labels[name] for name in labels.columns if name != "role"]
    return _table(_LABEL_COLUMNS, [roles, *others], translator)


def _table(names: Sequence[str], columns: list[Any], translator: Translator) -> pd.DataFrame:
    """Columns below headings in the user's language."""
    headings = [heading(name, translator) for name in names]
    return pd.DataFrame(dict(zip(headings, map(list, columns), strict=True)))


def _speakers(speakers: pd.DataFrame, translator: Translator) -> str:
    """Labels by role, as « Q: Mme D.; R: M. Roux? »: a question mark for a guess."""
    parts = []
    for role in ("interviewer", "interviewee", "other"):
        rows = speakers.loc[speakers["role"] == role, ["speaker", "sure"]]
        names = [
            (label or translator.text("commands.no-label")) + ("" if sure else "?")
            for label, sure in rows.itertuples(index=False)
        ]
        if names:
            parts.append(translator.text(f"commands.speakers-{role}", labels=tuple(names)))
    return "; ".join(parts)


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds, or nothing where the file has no times."""
    if pd.isna(seconds):
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def as_plain(report: StudyReport, translator: Translator) -> dict[str, object]:
    """All of a check as lists and plain values, for JSON: interviews, speakers, problems, cells.

    A problem has its identifier, and its text in one language; one that concerns no file has "".
    Missing durations are ``None``.
    """
    states = [state.value for state in report.states()]
    return {
        "interviews": _records(report.interviews.drop(columns="problems").assign(state=states)),
        "speakers": _records(report.speakers),
        "problems": [
            {
                "id": problem.id,
                "file": problem.location.file,
                "place": translator.place(problem.location),
                "message": problem.text(translator),
                "hint": problem.hint(translator),
                "severity": problem.severity,
            }
            for problem in report.problems
        ],
        "summary": _records(report.cells()),
        "proposals": report.proposals(translator),
        "included": report.included,
        "left_out": report.left_out,
        "doubtful": sorted(report.doubtful),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as dictionaries of plain values; None for missing values."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]
