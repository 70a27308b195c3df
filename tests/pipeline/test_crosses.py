from __future__ import annotations

from pathlib import Path

from textlien.pipeline.stages.crosses import read_guide, unmatched
from textlien.study.options import Study
from textlien.tables import make


def study_with(folder: Path, guide: str) -> Study:
    return Study(
        file=folder / "study.toml",
        corpus=[{"wave": "2013", "path": "2013"}],
        themes={"guide": guide},
    )


def test_a_guide_is_a_question_a_line(tmp_path):
    text = "Votre parcours ?\n\n  Et le CCAS ?  \nVotre parcours ?\n"
    (tmp_path / "guide.txt").write_text(text, encoding="utf-8")
    lines, problems = read_guide(study_with(tmp_path, "guide.txt"))
    assert lines == ["Votre parcours ?", "Et le CCAS ?"]
    assert problems == []


def test_a_guide_that_is_not_there_is_said_and_stops_nothing(tmp_path):
    lines, problems = read_guide(study_with(tmp_path, "guide.txt"))
    assert lines == []
    assert [problem.id for problem in problems] == ["files.missing", "pipeline.no-guide"]
    assert problems[0].location.file == "guide.txt"
    assert problems[1].location.option == "themes.guide"


def test_a_study_without_guide_has_nothing_to_read(tmp_path):
    assert read_guide(study_with(tmp_path, "")) == ([], [])


def test_a_question_of_the_guide_that_nobody_was_asked_is_named(tmp_path):
    study = study_with(tmp_path, "guide.txt")
    rows = [{"passage_id": "a#0001", "question": "Et le CCAS ?", "likeness": 0.8}]
    asked = make("passage_questions", rows)
    assert unmatched(["Et le CCAS ?"], asked, study) == []
    (problem,) = unmatched(["Votre parcours ?", "Et le CCAS ?"], asked, study)
    assert problem.id == "pipeline.guide-unmatched"
    assert problem.message.values == {"n": 1, "lines": 2, "first": ("Votre parcours ?",)}
