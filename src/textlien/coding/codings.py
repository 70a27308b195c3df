"""Hand codings: read from spreadsheets and anchored in the transcripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path, PurePosixPath

import pandas as pd

from textlien import tables
from textlien.coding.anchor import anchor
from textlien.coding.codebook import Axis
from textlien.coding.coders import name_coders, without_contradictions
from textlien.coding.row_problems import RowProblems
from textlien.errors import Problem, TextlienError, did_you_mean
from textlien.files.csvfile import Row
from textlien.files.spreadsheet import read_sheet
from textlien.messages.message import Location, Message, message
from textlien.text.folding import fold
from textlien.text.names import FileNames, comparable
from textlien.text.yes_no import is_blank, yes_or_no

REVISION = 3
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

_NEAR_AXIS = 0.75
"""Likeness from which the name of a column is taken for a misspelt axis: « gouvernence_interne »
is at .95; columns of a coder's own are below (« commentaire » .40, « note_interne » .65, and
« gouvernance », which could be either of two axes, .73)."""

_FEWEST_CROSSES = 5
"""Passages from which a sheet of crosses alone is noticed. Of four axes a passage of the studies'
coders carries one or two, so that five passages without a single no are no accident: a judgement.
"""

_MOST_NAMES = 5
"""Identifiers listed for a name that several interviews have."""


def read_codings(
    paths: Sequence[Path],
    display_path: Callable[[Path], str],
    interviews: pd.DataFrame,
    texts: Texts,
    axes: Sequence[Axis],
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read files of codings and find the place of each in its transcript.

    A file is *long*, with the columns ``interview``, ``axis``, ``value`` (yes if empty or absent)
    and one coding per row, or *wide*, with one column per axis, named by its key or French label,
    that holds yes, no, or nothing (not coded): 1 and 0, « oui » and « non »… as people write them.
    Both have ``quote``, or ``start`` and ``end``, or all three, and may have ``coder``, ``when``,
    ``origin`` and ``probability_of_selection``. Columns may have French names (``entretien``,
    ``citation``, ``axe``, ``codeur``…). Of several files, one that names no coder is that of a
    coder of its own.

    Parameters
    ----------
    paths : CSV files.
    display_path : gives the path of a file as the user knows it.
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
    looked for, first as it is, then whatever its blanks, apostrophes and quotation marks, then
    without what is copied with it (labels, time marks, marks around it), in any case; of several
    occurrences the nearest to ``start`` is taken, and the coding is « moved ».
    """
    reader = _Reader(_Interviews(interviews), texts, axes)
    by_file: dict[str, list[dict[str, object]]] = {}
    for path in paths:
        file = display_path(path)
        by_file[file] = reader.read(path, file)
        if not by_file[file]:
            reader.problems.append(Problem.error("coding.no-usable-row", Location(file=file)))
    unnamed = name_coders(by_file)
    codings = tables.make("codings", [row for rows in by_file.values() for row in rows])
    kept, contradictions = without_contradictions(codings, reader.places)
    return kept, [*reader.problems, *unnamed, *contradictions]


class _Interviews:
    """Interviews looked up by the names that coders give them: identifier, file, end of its path.

    An identifier stands for itself, even where some file has the same name.
    """

    def __init__(self, interviews: pd.DataFrame) -> None:
        """Prepare the look-up of interviews that were not left out."""
        included = interviews[interviews["included"]]
        files = list(zip(included["file"], included["interview_id"], strict=True))
        self._identifiers = {comparable(identifier): identifier for _, identifier in files}
        self._files = FileNames((file, 0, identifier) for file, identifier in files)
        paths = [PurePosixPath(file) for file, _ in files]
        self._spellings = [*self._identifiers.values(), *(path.name for path in paths)]

    def of(self, name: str) -> list[str]:
        """Identifiers that a name stands for."""
        identifier = self._identifiers.get(comparable(name))
        return [identifier] if identifier else self._files.find(name)

    def suggestion(self, name: str) -> Message:
        """The nearest name, if any; a study has hundreds of interviews, too many to list."""
        suggestion = did_you_mean(name, self._spellings)
        if suggestion.id == "common.did-you-mean":
            return suggestion
        return message("coding.check-lists-interviews")


class _Reader:
    """Reads codings row by row, and keeps the problems that it meets."""

    def __init__(self, interviews: _Interviews, texts: Texts, axes: Sequence[Axis]) -> None:
        """Prepare the look-up of interviews and axes; texts are loaded when a coding needs them."""
        self.problems: list[Problem] = []
        self.places: dict[str, Location] = {}
        self._interviews = interviews
        self._texts = texts
        self._loaded: dict[str, str] = {}
        self._axes = {fold(name): axis.key for axis in axes for name in (axis.key, axis.label)}
        self._keys = tuple(axis.key for axis in axes)

    def read(self, path: Path, file: str) -> list[dict[str, object]]:
        """Rows of table ``codings`` of one file."""
        try:
            table = read_sheet(path, file, wanted=COLUMNS["interview"])
        except TextlienError as error:
            self.problems += error.problems
            return []
        header = list(table.header)
        columns = columns_of(header)
        wide = {name: self._axes[fold(name)] for name in header if fold(name) in self._axes}
        head = Location(file=file, line=1)
        if "axis" not in columns:
            self._warn_of_near_axes(head, set(header) - set(columns.values()) - set(wide))
        missing = self._missing_columns(head, columns, wide, header)
        self.problems += missing
        if missing:
            return []
        rows = []
        for number, row in table.rows:
            cells = {field: row[name] for field, name in columns.items()}
            where = _row_location(file, table.unit, number)
            rows += self._row(f"{file}:{number}", where, cells, _answers(row, cells, wide))
        if _may_mean_no_by_blanks(rows, len(wide)):
            self.problems.append(Problem.warning("coding.no-zero", Location(file=file)))
        return rows

    def _warn_of_near_axes(self, head: Location, unknown: Set[str]) -> None:
        """Report columns that look like an axis; others, such as memos, are the coder's own."""
        for name in sorted(unknown):
            axis = self._nearest_axis(name, _NEAR_AXIS)
            if axis is not None:
                suggestion = message("common.did-you-mean", nearest=axis)
                self.problems.append(
                    Problem.warning(
                        "coding.column-near-axis", head, column=name, suggestion=suggestion
                    )
                )

    def _missing_columns(
        self,
        head: Location,
        columns: Mapping[str, str],
        wide: Mapping[str, str],
        header: Sequence[str],
    ) -> list[Problem]:
        """Problems of a file that lacks columns: all of them at once."""
        problems = []
        names = tuple(header)
        if "interview" not in columns:
            problems.append(Problem.error("coding.no-interview-column", head, columns=names))
        if "axis" not in columns and not wide:
            problems.append(
                Problem.error("coding.no-axis-column", head, axes=self._keys, columns=names)
            )
        if "quote" not in columns and not {"start", "end"} <= set(columns):
            problems.append(Problem.error("coding.no-quote-column", head, columns=names))
        return problems

    def _row(
        self, name: str, where: Location, cells: Row, answers: Mapping[str, str]
    ) -> list[dict[str, object]]:
        """Codings of one row: one per axis that it answers."""
        if not answers:
            return []
        report = RowProblems(where, self.problems)
        interview = self._interview(cells["interview"], report)
        if interview is None:
            return []
        span = anchor(self._text(interview), cells, report)
        selection = _selection(cells.get("probability_of_selection", ""), report)
        if span is None or selection is None:
            return []
        codings: list[dict[str, object]] = []
        for axis_name, answer in answers.items():
            axis, value = self._axis(axis_name, report), yes_or_no(answer)
            if value is None:
                report.error("coding.value-not-binary", value=answer)
            if axis is None or value is None:
                continue
            identifier = f"{name}:{axis}"
            self.places[identifier] = where
            codings.append(
                {
                    "coding_id": identifier,
                    "interview_id": interview,
                    "axis": axis,
                    "value": float(value),
                    "coder": cells.get("coder", ""),
                    "when": cells.get("when", ""),
                    "origin": cells.get("origin", ""),
                    "probability_of_selection": selection,
                    **span._asdict(),
                }
            )
        return codings

    def _interview(self, name: str, report: RowProblems) -> str | None:
        """Identifier of the interview that a row names."""
        interviews = self._interviews.of(name)
        if len(interviews) == 1:
            return interviews[0]
        if interviews:
            report.error(
                "coding.ambiguous-interview",
                name=name,
                n=len(interviews),
                interviews=tuple(interviews[:_MOST_NAMES]),
            )
        elif not name:
            report.error("coding.no-interview-name")
        else:
            suggestion = self._interviews.suggestion(name)
            report.error("coding.unknown-interview", name=name, suggestion=suggestion)
        return None

    def _axis(self, name: str, report: RowProblems) -> str | None:
        """Key of the axis that a row names."""
        axis = self._axes.get(fold(name))
        if axis is None:
            nearest = self._nearest_axis(name)
            suggestion = (
                message("common.possible-values", choices=self._keys)
                if nearest is None
                else message("common.did-you-mean", nearest=nearest)
            )
            report.error("coding.unknown-axis", name=name, suggestion=suggestion)
        return axis

    def _nearest_axis(self, name: str, cutoff: float = 0.6) -> str | None:
        """Key of the axis whose key or label a name resembles."""
        suggestion = did_you_mean(fold(name), self._axes, cutoff=cutoff)
        return self._axes.get(str(suggestion.values.get("nearest", "")))

    def _text(self, interview: str) -> str:
        """Normalised text of an interview, loaded once."""
        if interview not in self._loaded:
            texts = self._texts
            text = texts(interview) if callable(texts) else texts.get(interview, "")
            self._loaded[interview] = text
        return self._loaded[interview]


def _row_location(file: str, unit: str, number: int) -> Location:
    """Place of a row of a spreadsheet, or of a line of a CSV file."""
    if unit == "row":
        return Location(file=file, row=number)
    return Location(file=file, line=number)


def columns_of(header: Sequence[str]) -> dict[str, str]:
    """Name in a file of codings of each field that its header names."""
    folded = {fold(name): name for name in reversed(header)}
    columns = {}
    for field, aliases in COLUMNS.items():
        name = next((folded[fold(alias)] for alias in aliases if fold(alias) in folded), None)
        if name is not None:
            columns[field] = name
    return columns


def _answers(row: Row, cells: Row, wide: Mapping[str, str]) -> Mapping[str, str]:
    """Answers of a row by axis: that of a long file, or those of the columns of a wide one."""
    if "axis" in cells:
        return {cells["axis"]: cells.get("value") or "1"}
    return {axis: row[name] for name, axis in wide.items() if not is_blank(row[name])}


def _may_mean_no_by_blanks(rows: Sequence[Mapping[str, object]], axes: int) -> bool:
    """True if every answer of a wide file is yes, and passages lack answers on some axes."""
    passages = {(row["interview_id"], row["start"], row["end"]) for row in rows}
    return (
        len(passages) >= _FEWEST_CROSSES
        and len(rows) < len(passages) * axes
        and all(row["value"] for row in rows)
    )


def _selection(cell: str, report: RowProblems) -> float | None:
    """Probability of selection, NaN where it is empty, None where it is wrong."""
    if not cell:
        return float("nan")
    try:
        probability = float(cell.replace(",", "."))
    except ValueError:
        probability = float("nan")
    if 0 < probability <= 1:
        return probability
    report.error("coding.selection-not-probability", value=cell)
    return None
