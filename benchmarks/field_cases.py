"""Situations from the field: read right, read with a word said, or wrong in silence.

Usage: python benchmarks/field_cases.py FOLDER [CASE…]

FOLDER holds a folder a case. A case of transcripts has ``expected.csv`` (role;speaker;text): each
file there is read, and its turns are compared with it, role by role and word by word
(``expected_e7.csv`` is that of ``e7_….docx``). A case with ``study.toml`` is a study: what is
compared is written beside its name in :data:`STUDIES`. « Exact »: the right value. « Told »: not
exact, and an error, a warning or a role that is not sure says so. « Silent »: neither.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.commands.check import State, StudyReport, check_study
from textlien.commands.pseudonymise import suggest_names
from textlien.errors import TextlienError
from textlien.pipeline.reading import read_corpus
from textlien.pipeline.run_folder import Run, run_folder
from textlien.pipeline.texts import Texts
from textlien.pseudonyms.review.sheet import read_names
from textlien.study.loading import load
from textlien.study.options import LabelsOptions
from textlien.text.normalise import normalise
from textlien.transcripts import read
from textlien.transcripts.model import Reading

Turn = tuple[str, str]
"""Role and text."""


class Verdict(NamedTuple):
    """A row of the table."""

    name: str
    result: str
    detail: str


def verdict(name: str, exact: bool, told: bool, detail: str) -> Verdict:
    """Exact, told or silent."""
    return Verdict(name, "exact" if exact else "told" if told else "silent", detail)


# Transcripts


def transcripts(case: Path) -> Iterator[Verdict]:
    """Verdict on each transcript of a case."""
    for file in sorted(case.iterdir()):
        if file.suffix == ".md" or file.stem.startswith("expected"):
            continue
        name = f"{case.name}/{file.name}"
        try:
            readings = read(file, file.name, LabelsOptions())
        except TextlienError as error:
            yield verdict(name, False, True, f"refused: {error.problems[0].message.id}")
            continue
        exact, detail = compared(case, file, readings)
        yield verdict(name, exact, any(map(is_told, readings)), detail)


def is_told(reading: Reading) -> bool:
    """True where ``check`` would not say « ok » of a reading."""
    severe = any(problem.severity != "note" for problem in reading.problems)
    return severe or not all(decision.sure for decision in reading.roles.values())


def compared(case: Path, file: Path, readings: list[Reading]) -> tuple[bool, str]:
    """True if the turns are those that a reader would see, and counts of both."""
    if case.name.startswith("25-iramuteq"):
        return corpus_is_right(file, readings)
    expected = expected_turns(case, file)
    turns = [turn for reading in readings for turn in turns_of(reading)]
    same = Counter(turns) & Counter(expected)
    detail = f"{len(turns)} turns, {same.total()} of {len(expected)} right"
    if case.name.startswith("16-"):
        detail += f", {len(readings)} interviews"
    # Some files have the questions and answers of their table in another order.
    return Counter(turns) == Counter(expected), detail


def turns_of(reading: Reading) -> list[Turn]:
    """Role and text of each turn."""
    turns = reading.turns
    return [
        (role, " ".join(text.split()))
        for role, text in zip(turns["role"], turns["text"], strict=True)
    ]


def expected_turns(case: Path, file: Path) -> list[Turn]:
    """Turns that a reader would see in a file."""
    if case.name.startswith("23-jefferson"):
        return numbered_turns(file)
    own = case / f"expected_{file.stem.split('_')[0]}.csv"
    with (own if own.exists() else case / "expected.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter=";"))
    return [(row["role"], " ".join(normalise(row["text"]).split())) for row in rows]


def numbered_turns(file: Path) -> list[Turn]:
    """Turns of a transcript whose lines are a number, « ENQ: » or « LAM: », and words."""
    roles = {"ENQ": "interviewer", "LAM": "interviewee"}
    lines = file.read_text(encoding="utf-8").splitlines()
    parts = [re.fullmatch(r"\d+ +(\w+): +(.*)", line) for line in lines]
    turns = [(roles[part[1]], " ".join(normalise(part[2]).split())) for part in parts if part]
    # Nothing but marks is no turn.
    return [turn for turn in turns if turn[1]]


def corpus_is_right(file: Path, readings: list[Reading]) -> tuple[bool, str]:
    """True if a corpus of IRaMuTeQ has the texts and variables of its lines of stars."""
    lines = file.read_text(encoding="utf-8").splitlines()
    starred = [line.split()[1:] for line in lines if line.strip().startswith("****")]
    spoken = [normalise(line) for line in lines if not line.strip().startswith("****")]
    variables = [
        [f"*{name}_{value}" for name, value in reading.document.variables] for reading in readings
    ]
    texts = [text for reading in readings for text in reading.turns["text"]]
    same_text = " ".join(" ".join(texts).split()) == " ".join(" ".join(spoken).split())
    detail = f"{len(readings)} of {len(starred)} texts"
    return variables == starred and same_text, detail


# Studies


class Checked(NamedTuple):
    """A copy of a case that is a study, and what ``check`` says of it."""

    case: Path
    report: StudyReport


def described(checked: Checked) -> tuple[bool, str]:
    """Every interview has the city that the table of metadata gives."""
    cities = checked.report.interviews["city"]
    return bool((cities != "").all()), f"{(cities != '').sum()} of {len(cities)} described"


def values(checked: Checked) -> tuple[bool, str]:
    """Yes and no are read in all their forms, what is neither is named by its line."""
    yes, no = {"oui", "x", "vrai", "1", "1,0"}, {"non", "faux", "0", "0,0"}
    with (checked.case / "coding" / "a.csv").open(encoding="cp1252") as table:
        rows = list(csv.reader(table, delimiter=";"))
    expected: dict[str, float] = {}
    unclear = set()
    for line, row in enumerate(rows[1:], 2):
        for axis, cell in zip(rows[0][3:], row[3:], strict=True):
            value = cell.strip().lower()
            if value in yes | no:
                expected[f"coding/a.csv:{line}:{axis}"] = float(value in yes)
            elif value not in ("", "-"):
                unclear.add(line)
    codings = codings_of(checked.case)
    values = dict(zip(codings["coding_id"], codings["value"], strict=True))
    named = lines_of_errors(checked.report)
    detail = f"{len(values)} of {len(expected)} values, {len(named & unclear)} unclear lines named"
    return values == expected and unclear <= named, detail


def quotes(checked: Checked) -> tuple[bool, str]:
    """Each quote has its place, but for those with a real cut, which are named."""
    with (checked.case / "coding" / "a.csv").open(encoding="utf-8-sig") as table:
        reader = csv.DictReader(table, delimiter=";")
        cut, whole = set(), set()
        before = 1
        for row in reader:
            (cut if "[...]" in row["citation"] or "[…]" in row["citation"] else whole).add(
                before + 1
            )
            before = reader.line_num
    codings = codings_of(checked.case)
    anchored = {int(name.split(":")[1]) for name in codings["coding_id"]}
    named = lines_of_errors(checked.report)
    detail = f"{len(anchored & whole)} of {len(whole)} quotes, {len(cut & named)} of {len(cut)} cut"
    return whole <= anchored and cut <= named | anchored, detail


def coders(checked: Checked) -> tuple[bool, str]:
    """Coders without a column are told apart by their files."""
    names = sorted(set(codings_of(checked.case)["coder"]))
    return names == sorted(
        file.stem for file in (checked.case / "coding").iterdir()
    ), f"coders {names}"


def twins(checked: Checked) -> tuple[bool, str]:
    """The interview counts once, and what a folder holds beside interviews is no error."""
    used = checked.report.interviews[checked.report.interviews["included"]]
    times = int((used["n_turns"] == 30).sum())
    litter = ("Thumbs.db", "desktop.ini", ".tmp", ".DS_Store", "~$", "._")
    errors = [
        problem
        for problem in checked.report.problems
        if problem.severity == "error" and any(part in problem.location.file for part in litter)
    ]
    others = [state.name for state in checked.report.states() if state is State.OK]
    detail = f"counted {times} times, {len(errors)} errors of litter, {len(others)} files « ok »"
    return times == 1 and not errors and len(others) <= 1, detail


def persons(checked: Checked) -> tuple[bool, str]:
    """« Jean Luc » and « Jean-Luc » are one person."""
    path = checked.case / "proposals.xlsx"
    suggest_names(
        checked.case / "study.toml", path, key=None, ask=lambda _: "", workers=1, language="fr"
    )
    rows, _ = read_names(path, path.name)
    forms = {row.name.form: row.name.entity for row in rows}
    same = {forms.get("Jean-Luc"), forms.get("Jean Luc")}
    return len(same) == 1 and None not in same, f"Jean-Luc {same}"


STUDIES: dict[str, tuple[Callable[[Checked], tuple[bool, str]], str]] = {
    "35-meta-nfd": (described, "corpus."),
    "43-meta-sep-only": (described, "corpus."),
    "51-coding-values": (values, "coding."),
    "55-quotes": (quotes, "coding."),
    "59-agreement": (coders, "coding."),
    "71-litter": (twins, "corpus."),
    "72-pseudo": (persons, "pseudonyms."),
}
"""The comparison of each study, and the room whose messages would tell of a fault."""


def codings_of(case: Path) -> pd.DataFrame:
    """Table ``codings`` of a study."""
    study = load(case / "study.toml")
    run = Run(run_folder(study))
    corpus = read_corpus(study, run)
    files, _ = coding_files(study)
    texts = Texts(run, corpus.turns)
    codings, _ = read_codings(
        files, study.display_path, corpus.interviews, texts, codebook_of(study)
    )
    return codings


def lines_of_errors(report: StudyReport) -> set[int]:
    """Lines of files of codings that an error names."""
    return {p.location.line for p in report.problems if p.severity == "error" and p.location.line}


def study(case: Path) -> Verdict:
    """Verdict on a case that is a study; a copy is checked."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / case.name
        shutil.copytree(case, copy, copy_function=shutil.copyfile)
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        report = check_study(copy / "study.toml")
        compare, room = STUDIES[case.name]
        exact, detail = compare(Checked(copy, report))
    told = any(
        problem.severity != "note" and problem.message.id.startswith(room)
        for problem in report.problems
    )
    return verdict(case.name, exact, told, detail)


def verdicts(folder: Path, names: list[str]) -> Iterator[Verdict]:
    """Verdicts on all cases, or on those whose name begins with one of some."""
    for case in sorted(folder.iterdir()):
        if not case.is_dir() or (names and not case.name.startswith(tuple(names))):
            continue
        if case.name in STUDIES:
            yield study(case)
        else:
            yield from transcripts(case)


if __name__ == "__main__":
    counts: Counter[str] = Counter()
    print("| case | result | what was read |\n|---|---|---|")
    for row in verdicts(Path(sys.argv[1]), sys.argv[2:]):
        print(f"| `{row.name}` | {row.result} | {row.detail} |", flush=True)
        counts[row.result] += 1
    results = ", ".join(f"{counts[name]} {name}" for name in ("exact", "told", "silent"))
    print(f"\n{results}, of {counts.total()}")
