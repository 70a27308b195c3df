"""Hand codings: read from spreadsheets, anchored in the transcripts, given to passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd

from textlien import tables
from textlien.coding.anchor import anchor
from textlien.coding.codebook import Axis
from textlien.errors import Problem, TextlienError
from textlien.files.csvfile import Row
from textlien.files.spreadsheet import read_sheet
from textlien.raw import raw_hint, raw_problem, raw_text
from textlien.study.options import Study
from textlien.text.folding import fold

REVISION = 1
"""Raised when the same input gives other codings or labels."""

Texts = Mapping[str, str] | Callable[[str], str]

COLUMNS = {
    "interview": ("interview", "interview_id", "entretien", "fichier", "file", "document"),
    "start": ("start", "debut"),
    "end": ("end", "fin"),
    "quote": ("quote", "citation", "extrait", "verbatim", "texte", "text"),
    "axis": ("axis", "axe"),
    "value": ("value", "valeur"),
    "coder": ("coder", "codeur", "codeuse"),
    "when": ("when", "date", "quand"),
    "origin": ("origin", "origine"),
    "probability_of_selection": ("probability_of_selection", "probabilite de tirage"),
}
"""Names of the columns of a file of codings, by field."""

_VALUES = {"0": 0.0, "1": 1.0, "0.0": 0.0, "1.0": 1.0, "0,0": 0.0, "1,0": 1.0}
_HALF = 0.5
_NEAR_AXIS = 0.75


def read_codings(
    paths: Sequence[Path],
    study: Study,
    interviews: pd.DataFrame,
    texts: Texts,
    axes: Sequence[Axis],
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read files of codings and find the place of each in its transcript.

    A file is *long*, with the columns ``interview``, ``axis``, ``value`` (1 if empty or absent)
    and one coding a row, or *wide*, with one column an axis, named by its key or French label,
    that holds 1, 0 or nothing (not coded). Both have ``quote``, or ``start`` and ``end``, or all
    three, and may have ``coder``, ``when``, ``origin`` and ``probability_of_selection``. Columns
    may have French names (``entretien``, ``citation``, ``axe``, ``codeur``…).

    Parameters
    ----------
    paths : CSV files.
    study : to name files as the user knows them.
    interviews : table ``interviews``. A row names one by its identifier or by its file, with or
        without folder and extension.
    texts : normalised text by identifier of interview.
    axes : the codebook.

    Returns
    -------
    Table ``codings``, and problems, each with file and line. What has a problem of severity
    ``error`` is left out. The identifier of a coding is its file, line and axis.

    Notes
    -----
    Where the text between the offsets is the quote, the coding is « kept ». Else the quote is
    looked for, first as it is, then whatever its blanks, apostrophes and quotation marks; of
    several occurrences the nearest to ``start`` is taken, and the coding is « moved ».
    """
    reader = _Reader(_names(interviews), texts, axes)
    rows: list[dict[str, object]] = []
    for path in paths:
        shown = study.shown(path)
        before = len(rows)
        rows += reader.read(path, shown)
        if len(rows) == before:
            message = "this codings file points to no passage: none of its rows could be used."
            hint = "See the problems of its rows, or take it out of [axes] codings."
            reader.problems.append(raw_problem(shown, message, hint))
    return tables.make("codings", rows), reader.problems


def _names(interviews: pd.DataFrame) -> dict[str, list[str]]:
    """Identifiers of the interviews that each name stands for."""
    names: dict[str, list[str]] = {}
    included = interviews[interviews["included"]]
    for interview, file in zip(included["interview_id"], included["file"], strict=True):
        path = PurePosixPath(file)
        for name in {interview, file, path.name, path.stem, str(path.with_suffix(""))}:
            names.setdefault(name, []).append(interview)
    # An identifier stands for itself, even where some file has the same name.
    names.update({interview: [interview] for interview in included["interview_id"]})
    return names


class _Reader:
    """Reads codings row by row, and keeps the problems that it meets."""

    def __init__(self, names: dict[str, list[str]], texts: Texts, axes: Sequence[Axis]) -> None:
        self.problems: list[Problem] = []
        self._names = names
        self._texts = texts
        self._loaded: dict[str, str] = {}
        self._axes = {fold(name): axis.key for axis in axes for name in (axis.key, axis.label)}
        self._keys = [axis.key for axis in axes]

    def read(self, path: Path, shown: str) -> list[dict[str, object]]:
        """Rows of table ``codings`` of one file."""
        try:
            table = read_sheet(path, shown, wanted=COLUMNS["interview"])
        except TextlienError as error:
            self.problems.append(raw_problem(shown, raw_text(error), raw_hint(error)))
            return []
        header, lines = list(table.header), table.rows
        columns = columns_of(header)
        wide = {name: self._axes[fold(name)] for name in header if fold(name) in self._axes}
        if "axis" not in columns:
            self._warn_of_near_axes(shown, set(header) - set(columns.values()) - set(wide))
        if not self._usable(shown, columns, wide, header):
            return []
        found = []
        for line, row in lines:
            known = {field: row[name] for field, name in columns.items()}
            answers = {axis: row[name] for name, axis in wide.items() if row[name]}
            if "axis" in columns:
                answers = {known["axis"]: known.get("value") or "1"}
            found += self._row(shown, f"{table.unit} {line}", known, answers)
        return found

    def _warn_of_near_axes(self, shown: str, unknown: Set[str]) -> None:
        """Report columns that look like an axis; others, as a memo, are the coder's own."""
        for name in sorted(unknown):
            near = get_close_matches(fold(name), self._axes, n=1, cutoff=_NEAR_AXIS)
            if near:
                message = f'column "{name}" is no axis of the codebook, and was not read.'
                hint = f'Did you mean "{self._axes[near[0]]}"?'
                self.problems.append(raw_problem(shown, message, hint, "line 1", "warning"))

    def _usable(
        self, shown: str, columns: Mapping[str, str], wide: Mapping[str, str], header: list[str]
    ) -> bool:
        needed = []
        if "interview" not in columns:
            needed.append('"interview"')
        if "axis" not in columns and not wide:
            needed.append(f'"axis", or one column an axis ({", ".join(self._keys)})')
        if "quote" not in columns and not {"start", "end"} <= set(columns):
            needed.append('"quote", or "start" and "end"')
        if needed:
            message = f"no column {'; no column '.join(needed)}."
            hint = f"Its columns are: {', '.join(header) or 'none'}."
            self.problems.append(raw_problem(shown, message, hint, "line 1"))
        return not needed

    def _row(
        self, shown: str, place: str, known: Row, answers: Mapping[str, str]
    ) -> list[dict[str, object]]:
        """Codings of one row: one an axis that it answers."""
        problem = _Place(shown, place, self.problems)
        number = place.rpartition(" ")[2]
        if not answers:
            return []
        interview = self._interview(known["interview"], problem)
        if interview is None:
            return []
        span = anchor(self._text(interview), known, problem)
        share = _selection(known.get("probability_of_selection", ""), problem)
        if span is None or share is None:
            return []
        found = []
        for name, answer in answers.items():
            axis, value = self._axis(name, problem), _VALUES.get(answer)
            if value is None:
                problem.add(f'value "{answer}" is neither 1 nor 0.', "Write 1, 0 or nothing.")
            if axis is None or value is None:
                continue
            found.append(
                {
                    "coding_id": f"{shown}:{number}:{axis}",
                    "interview_id": interview,
                    "start": span.start,
                    "end": span.end,
                    "quote": span.quote,
                    "axis": axis,
                    "value": value,
                    "coder": known.get("coder", ""),
                    "when": known.get("when", ""),
                    "origin": known.get("origin", ""),
                    "probability_of_selection": share,
                    "anchor": span.anchor,
                }
            )
        return found

    def _interview(self, name: str, problem: _Place) -> str | None:
        found = self._names.get(name, [])
        if len(found) == 1:
            return found[0]
        if found:
            hint = f"Write one of: {', '.join(found[:5])}."
            problem.add(f'"{name}" is the name of {len(found)} interviews.', hint)
        elif not name:
            problem.add("no interview is named.", "Give its identifier or its file name.")
        else:
            near = get_close_matches(name, self._names, n=1)
            hint = f'Did you mean "{near[0]}"?' if near else "textlien check lists them."
            problem.add(f'interview "{name}" is not in the study, or was left out.', hint)
        return None

    def _axis(self, name: str, problem: _Place) -> str | None:
        axis = self._axes.get(fold(name))
        if axis is None:
            near = get_close_matches(fold(name), self._axes, n=1)
            known = f"The axes are: {', '.join(self._keys)}."
            hint = f'Did you mean "{self._axes[near[0]]}"?' if near else known
            problem.add(f'axis "{name}" is not in the codebook.', hint)
        return axis

    def _text(self, interview: str) -> str:
        if interview not in self._loaded:
            texts = self._texts
            found = texts(interview) if callable(texts) else texts.get(interview, "")
            self._loaded[interview] = found
        return self._loaded[interview]


class _Place:
    """One line or row of one file, to which problems are pinned."""

    def __init__(self, shown: str, place: str, problems: list[Problem]) -> None:
        self._shown, self._place, self._problems = shown, place, problems

    def add(self, message: str, hint: str) -> None:
        """Report what leaves out the row, or one answer of it."""
        self._problems.append(raw_problem(self._shown, message, hint, self._place))

    def warn(self, message: str, hint: str) -> None:
        """Report what makes a row doubtful that is used all the same."""
        self._problems.append(raw_problem(self._shown, message, hint, self._place, "warning"))


def columns_of(header: Sequence[str]) -> dict[str, str]:
    """Name in a file of codings of each field that its header names."""
    folded = {fold(name): name for name in reversed(header)}
    found = {}
    for field, aliases in COLUMNS.items():
        name = next((folded[fold(alias)] for alias in aliases if fold(alias) in folded), None)
        if name is not None:
            found[field] = name
    return found


def _selection(cell: str, problem: _Place) -> float | None:
    """Probability of selection, NaN where it is not known, None where it is wrong."""
    if not cell:
        return float("nan")
    try:
        share = float(cell.replace(",", "."))
    except ValueError:
        share = float("nan")
    if 0 < share <= 1:
        return share
    problem.add(
        f'probability_of_selection "{cell}" is not above 0 and at most 1.',
        "Leave it empty for a passage that was not drawn at random.",
    )
    return None


def label_passages(codings: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Values that codings give to passages.

    A coding applies to a passage when it covers at least half of it, or when at least half of
    the coding lies in it: a long coding labels the passages it fills, a short one the passage it
    is in. What a coder says of a passage is the greatest of the values that apply; the value of
    the passage is the mean of its coders'. A passage that was coded on some axis only has a label
    on that axis only.

    Parameters
    ----------
    codings : table ``codings``.
    passages : table ``passages``.

    Returns
    -------
    Table ``labels``, in order of passages and axes.
    """
    said = said_of_passages(codings, passages)
    if said.empty:
        return tables.make("labels", [])
    labels = said.groupby(["passage_id", "axis"], as_index=False).agg(
        value=("value", "mean"), n_coders=("value", "size")
    )
    return tables.make("labels", labels)


def said_of_passages(codings: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """What each coder says of each passage that a coding of theirs applies to.

    Parameters
    ----------
    codings, passages : these tables; see :func:`label_passages` for what applies to what.

    Returns
    -------
    Columns ``passage_id``, ``axis``, ``coder``, ``value``: one row a passage, axis and coder.
    """
    by_interview = {str(name): rows for name, rows in passages.groupby("interview_id")}
    found = [
        _applied(coded, by_interview[str(interview)])
        for interview, coded in codings.groupby("interview_id")
        if str(interview) in by_interview
    ]
    if not found:
        return pd.DataFrame(columns=["passage_id", "axis", "coder", "value"])
    keys = ["passage_id", "axis", "coder"]
    return pd.concat(found).groupby(keys, as_index=False)[["value"]].max()


def _applied(coded: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Pairs of coding and passage, of one interview, where the one applies to the other."""
    starts, ends = passages["start"].to_numpy(), passages["end"].to_numpy()
    left, right = coded["start"].to_numpy()[:, None], coded["end"].to_numpy()[:, None]
    shared = np.minimum(right, ends) - np.maximum(left, starts)
    applies = (shared >= _HALF * (ends - starts)) | (shared >= _HALF * (right - left))
    which, where = np.nonzero(applies & (shared > 0))
    pairs = coded.iloc[which][["axis", "coder", "value"]].reset_index(drop=True)
    return pairs.assign(passage_id=passages["passage_id"].to_numpy()[where])
