"""Interviews that are in a study twice. All are invented."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from tests.transcripts.making import par, reading_of, run
from textlien.commands.check import StudyReport, check_study
from textlien.corpus.discovery import Transcript
from textlien.corpus.records import InterviewRecord, SpeakerRecord
from textlien.corpus.twins import find_twins
from textlien.text.sketch import sketch
from textlien.transcripts.model import RoleReason

NOUNS = "ville quartier école voisin projet bailleur réunion marché local budget élu agent".split()
VERBS = "voit porte ouvre ferme demande attend refuse prépare soutient connaît invite".split()


def answers(seed: int, number: int = 14) -> list[str]:
    """Answers that no two seeds share."""
    dice = random.Random(seed)
    return [
        " ".join(
            f"le {dice.choice(NOUNS)} {dice.choice(VERBS)} la {dice.choice(NOUNS)}"
            for _ in range(4)
        ).capitalize()
        + "."
        for _ in range(number)
    ]


def dialogue(lines: list[str], colon: str = " :") -> list[str]:
    """A question on the weather before each answer, under labels."""
    return [
        turn
        for number, line in enumerate(lines, start=1)
        for turn in (
            f"Enquêtrice{colon} Et la question numéro {number} ?",
            f"M. Roux{colon} {line}",
        )
    ]


def write_text(path: Path, turns: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(turns), encoding="utf-8")


def write_word(path: Path, turns: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    reading_of(path.parent, *(par(run(turn)) for turn in turns))
    (path.parent / "entretien.docx").rename(path)


def check(folder: Path, *waves: str, extra: str = "") -> StudyReport:
    corpora = [f'[[corpus]]\nwave = "{wave}"\npath = "{wave}"\n{extra}' for wave in waves]
    (folder / "study.toml").write_text("\n".join(corpora), encoding="utf-8")
    return check_study(folder / "study.toml")


def included(report: StudyReport) -> dict[str, bool]:
    return dict(zip(report.interviews["file"], report.interviews["included"], strict=True))


def twins_of(report: StudyReport) -> list[tuple[str, str]]:
    return [
        (problem.id.removeprefix("corpus."), problem.location.file)
        for problem in report.problems
        if problem.id in ("corpus.same-words", "corpus.version", "corpus.twin")
    ]


def test_a_saved_copy_and_a_text_of_it_are_one_interview_in_three_files(tmp_path):
    turns = dialogue(answers(1))
    write_word(tmp_path / "2013" / "maire.docx", turns)
    write_word(tmp_path / "2013" / "maire - Copie.docx", dialogue(answers(1), "\u00a0:"))
    write_text(tmp_path / "2013" / "maire.txt", [turn.replace(" :", " : ") for turn in turns])
    write_text(tmp_path / "2013" / "élu.txt", dialogue(answers(2)))
    report = check(tmp_path, "2013")
    assert included(report) == {
        "2013/maire - Copie.docx": False,
        "2013/maire.docx": True,
        "2013/maire.txt": False,
        "2013/élu.txt": True,
    }
    (first, _) = [problem for problem in report.problems if problem.id == "corpus.same-words"]
    assert first.message.values["twin"].file == "2013/maire.docx"


def test_of_the_same_bytes_the_original_is_kept(tmp_path):
    for name in ("Copie de Maire.txt", "maire (copie).txt", "maire.txt", "maire v2.txt"):
        write_text(tmp_path / "2013" / name, dialogue(answers(1)))
    assert [file for file, used in included(check(tmp_path, "2013")).items() if used] == [
        "2013/maire.txt"
    ]


def test_one_interview_in_two_waves_counts_in_the_first(tmp_path):
    write_text(tmp_path / "2013" / "adjointe aux solidarités.txt", dialogue(answers(1)))
    write_text(tmp_path / "2015" / "x.txt", [*dialogue(answers(1)), ""])
    report = check(tmp_path, "2013", "2015")
    assert twins_of(report) == [("same-words", "2015/x.txt")]


def test_the_same_text_twice_in_a_corpus_of_iramuteq_counts_once(tmp_path):
    texts = [
        f"**** *ville_creil *n_{n}\n" + "\n".join(answers(seed)) for n, seed in enumerate((1, 2, 1))
    ]
    write_text(tmp_path / "2013" / "corpus.txt", texts)
    report = check(tmp_path, "2013")
    assert list(report.interviews["included"]) == [True, True, False]
    (problem,) = [problem for problem in report.problems if problem.id == "corpus.same-words"]
    assert problem.message.values["twin"].file == ""
    assert problem.message.values["twin"].interview


@pytest.mark.parametrize("change", ["the end is missing", "a word in twelve is corrected"])
def test_a_version_is_told_and_both_are_counted(tmp_path, change):
    lines = answers(1, 30)
    if change == "the end is missing":
        other = lines[:18]
    else:
        words = [line.split() for line in lines]
        for number, line in enumerate(words):
            line[number % 12] = "euh"
        other = [" ".join(line) for line in words]
    write_text(tmp_path / "2013" / "brouillon.txt", dialogue(other))
    write_text(
        tmp_path / "2013" / "version finale.txt", [*dialogue(lines), "M. Roux : Merci à vous."]
    )
    report = check(tmp_path, "2013")
    assert twins_of(report) == [("version", "2013/brouillon.txt")]
    assert all(included(report).values())


def test_the_same_questions_make_no_twins(tmp_path):
    for seed in range(4):
        write_text(tmp_path / "2013" / f"{seed}.txt", dialogue(answers(seed)))
    assert twins_of(check(tmp_path, "2013")) == []


def test_short_answers_that_are_the_same_make_no_twins(tmp_path):
    for name in "ab":
        write_text(tmp_path / "2013" / f"{name}.txt", ["Q : Un ?", "R : Oui.", *["\n"] * ord(name)])
    assert twins_of(check(tmp_path, "2013")) == []


@pytest.mark.parametrize("row", ["maire (copie).txt", "maire.txt", "maire"])
def test_a_row_of_either_file_describes_the_one_that_is_kept(tmp_path, row):
    write_text(tmp_path / "2013" / "maire (copie).txt", [*dialogue(answers(1)), ""])
    write_text(tmp_path / "2013" / "maire.txt", dialogue(answers(1)))
    (tmp_path / "m.csv").write_text(f"fichier;ville\n{row};Creil\n", encoding="utf-8")
    report = check(tmp_path, "2013", extra='metadata = "m.csv"\ncities = ["Creil"]\n')
    assert [problem.id for problem in report.problems if problem.id.startswith("corpus.")] == [
        "corpus.same-words"
    ]
    cities = report.interviews.set_index("file")["city"]
    assert cities["2013/maire.txt"] == "Creil"


def test_a_file_that_is_left_out_is_not_blamed_for_its_city(tmp_path):
    write_text(tmp_path / "2013" / "vide.txt", [""])
    write_text(tmp_path / "2013" / "a.txt", ["Ville : Creil", *dialogue(answers(1))])
    shutil.copy(tmp_path / "2013" / "a.txt", tmp_path / "2013" / "ab.txt")
    report = check(tmp_path, "2013", extra='cities = ["Creil"]\n')
    assert "corpus.no-city" not in [problem.id for problem in report.problems]


def test_many_long_interviews_are_compared_within_a_second():
    words = [f"{noun}{verb}" for noun in NOUNS for verb in VERBS]
    records = {}
    for seed in range(120):
        text = [" ".join(random.Random(seed).choices(words, k=3000))]
        speaker = SpeakerRecord("R", "interviewee", RoleReason.REMAINING, True, 1, 3000)
        part = Transcript(0, Path(f"/t/{seed}.txt"), f"t/{seed}.txt", str(seed), str(seed))
        records[part] = (
            InterviewRecord(str(seed), speakers=(speaker,), sketch=sketch(text, [True])),
        )
    before = time.process_time()
    assert find_twins(list(records), records, {}).problems == {}
    assert time.process_time() - before < 1


@pytest.mark.parametrize(
    ("label", "ids"), [("Enquêtrice : Et ici ?\nR : ", "same-words"), ("", "same-words-elsewhere")]
)
def test_a_text_that_a_table_gives_to_two_towns_counts_in_both_unless_somebody_asks(
    tmp_path, label, ids
):
    text = " ".join(answers(1))
    write_text(tmp_path / "2013" / "a.txt", [label + text])
    write_text(tmp_path / "2013" / "b.txt", [label + text, ""])
    (tmp_path / "m.csv").write_text("fichier;ville\na;Creil\nb;Lens\n", encoding="utf-8")
    report = check(tmp_path, "2013", extra='metadata = "m.csv"\n')
    twins = [problem for problem in report.problems if "same-words" in problem.id]
    assert [problem.id for problem in twins] == [f"corpus.{ids}"]
    assert included(report)["2013/b.txt"] == (ids == "same-words-elsewhere")
