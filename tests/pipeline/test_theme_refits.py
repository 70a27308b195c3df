"""Refits as jobs of the stage ``themes``, on a corpus whose terms are its long words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.making import text_of
from textlien import tables
from textlien.files.digests import digest
from textlien.messages.message import message
from textlien.pipeline.catalogue import STAGES
from textlien.pipeline.parallel import Processes
from textlien.pipeline.run import execute
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Inputs, Result, Stage
from textlien.pipeline.stages import themes
from textlien.study.loading import load

SUBJECTS = (
    "guichet secours accueil dossier allocation",
    "musique voisin fanfare quartier banquet",
    "budget dotation dépense emprunt subvention",
)


def long_words(inputs: Inputs) -> Result:
    """Tables of terms without an annotator."""
    passages = inputs.run["passages"]
    rows = [
        {"passage_id": passage, "term": word, "count": 1}
        for passage, text in zip(passages["passage_id"], passages["text"], strict=True)
        for word in sorted({word for word in text.lower().split() if len(word) > 5})
    ]
    counts = pd.Series([row["term"] for row in rows]).value_counts().sort_index()
    terms = [
        {
            "term": term,
            "kind": "lemma",
            "form": term,
            "folded": "",
            "count": n,
            "n_passages": n,
            "n_interviews": n,
        }
        for term, n in counts.items()
    ]
    return Result(
        message("pipeline.summary-segment", rows=len(rows)),
        {"terms": tables.make("terms", terms), "passage_terms": tables.make("passage_terms", rows)},
    )


TERMS = Stage("terms", lambda inputs: digest(inputs.shards("passages")), (), long_words)
FOUR = (*STAGES[:2], TERMS, next(stage for stage in STAGES if stage.name == "themes"))


def study_of(folder: Path, interviews: int = 6, options: str = "refits = 3") -> Path:
    """A study of people who speak of three subjects."""
    generator = np.random.default_rng(3)
    (folder / "t").mkdir(parents=True)
    for number in range(interviews):
        lines = ["Ville : Creil"]
        for turn in range(12):
            words = generator.permutation(SUBJECTS[turn % 3].split())[:4]
            lines += [f"Enquêteur : Et {turn} ?", f"R : C'est {' et '.join(words)}, et voilà."]
        (folder / "t" / f"{number}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    file = folder / "s.toml"
    file.write_text(
        f'[[corpus]]\nwave = "2013"\npath = "t"\n[themes]\nengine = "nmf"\nk = 3\n{options}\n',
        encoding="utf-8",
    )
    return file


def go(file: Path, workers: int = 1) -> tuple[Run, list[str]]:
    """Run the four stages; the run, and its problems about stability."""
    run, problems = execute(FOUR, load(file), executor=Processes(workers))
    asked = ("themes.no-refits", "themes.too-few-to-refit", "themes.fragile")
    return run, [problem.id for problem in problems if problem.id in asked]


def files(run: Run) -> dict[str, int]:
    """When each refit that is kept was written."""
    return {path.name: path.stat().st_mtime_ns for path in (run.folder / "refits").glob("*")}


def test_subjects_of_all_interviews_come_back_in_every_refit(tmp_path):
    run, problems = go(study_of(tmp_path))
    assert problems == []
    assert list(run["themes"]["returns"]) == [1, 1, 1]
    assert (run["themes"]["stability"] > 0.8).all()
    refits = run["theme_refits"]
    assert len(refits) == 3 * 3 * 6
    own = run["passage_themes"].merge(run["passages"], on="passage_id")
    shares = own.groupby(["interview_id", "theme"])["share"].sum() / 12
    again = refits.groupby(["interview_id", "theme"])["mean_share"].mean()
    assert (shares - again).abs().max() < 0.1


def test_a_refit_that_was_kept_is_not_made_again(tmp_path):
    file = study_of(tmp_path)
    run, _ = go(file)
    before = files(run)
    assert len(before) == 3
    lost = sorted(before)[1]
    (run.folder / "refits" / lost).write_bytes(b"half of")
    file.write_text(file.read_text() + "exemplars = 2\n")
    run, _ = go(file)
    after = files(run)
    assert [name for name in after if after[name] != before[name]] == [lost]
    assert list(run["themes"]["returns"]) == [1, 1, 1]


def test_refits_of_another_fit_are_deleted_and_more_of_the_same_are_added(tmp_path):
    file = study_of(tmp_path)
    before = files(go(file)[0])
    file.write_text(file.read_text().replace("refits = 3", "refits = 4"))
    more = files(go(file)[0])
    assert len(more) == 4
    assert before.items() <= more.items()
    file.write_text(file.read_text().replace("k = 3", "k = 2"))
    others = files(go(file)[0])
    assert len(others) == 4
    assert not set(more) & set(others)


@pytest.mark.slow
def test_two_processes_give_the_bytes_of_one(tmp_path, monkeypatch):
    monkeypatch.setattr(themes, "_COUNTS_A_PROCESS", 1)
    contents = []
    for workers in (1, 2):
        run, _ = go(study_of(tmp_path / str(workers)), workers)
        paths = [*(run.folder / "refits").iterdir(), *run.folder.glob("tables/theme*.parquet")]
        contents.append({path.name: path.read_bytes() for path in paths})
    assert len(contents[0]) > 3
    assert contents[0] == contents[1]


def test_without_refits_stability_is_missing_and_it_is_said(tmp_path):
    run, problems = go(study_of(tmp_path, options="refits = 0"))
    assert problems == ["themes.no-refits"]
    assert run["themes"]["stability"].isna().all()
    assert run["theme_refits"].empty
    assert files(run) == {}


def test_four_persons_are_too_few_for_stability_and_have_their_themes(tmp_path):
    file = study_of(tmp_path, interviews=4)
    run, problems = execute(FOUR, load(file))
    (said,) = [problem for problem in problems if problem.id == "themes.too-few-to-refit"]
    assert "4 persons: too few" in text_of(said)
    assert len(run["themes"]) == 3
    assert run["themes"]["stability"].isna().all()
    assert not run["themes"]["fragile"].any()


def test_persons_that_are_named_while_a_process_lasts_are_drawn_together(tmp_path):
    def named(folder: Path) -> Path:
        rows = ["file,person", "0.txt,A", "1.txt,A"]
        (folder / "m.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        file = folder / "s.toml"
        file.write_text(file.read_text().replace('path = "t"', 'path = "t"\nmetadata = "m.csv"'))
        return file

    corrected = study_of(tmp_path / "corrected")
    go(corrected)
    run, _ = go(named(corrected.parent))
    fresh, _ = go(named(study_of(tmp_path / "fresh").parent))
    assert (run["interviews"]["person"] == "A").sum() == 2
    for path in (fresh.folder / "refits").iterdir():
        assert path.read_bytes() == (run.folder / "refits" / path.name).read_bytes()
