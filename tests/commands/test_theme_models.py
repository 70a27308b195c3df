"""Themes kept in a folder, other studies measured on them, and two models side by side."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from tests.making import hint_of, text_of
from tests.studies import invoke
from textlien.commands.check import check_study
from textlien.commands.theme_models import compare_with, save_themes, themes_of_run
from textlien.errors import TextlienError
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load
from textlien.tables import ALL
from textlien.themes.projection.folder import load_model


@pytest.fixture(scope="module")
def study(small, tmp_path_factory):
    """A copy of the small study, whose themes are kept in ``models/themes/both``."""
    folder = tmp_path_factory.mktemp("kept") / "small"
    shutil.copytree(small.folder, folder)
    code, output = invoke("themes", folder / "small.toml", "--save", folder / "models/themes/both")
    assert code == 0
    assert 'model = "models/themes/both"' in output
    return folder / "small.toml"


def with_model(study, name, model, *, section="", keep=lambda text: text):
    """A study file beside the first one, with the same corpora and the themes of a model."""
    text = keep(study.read_text(encoding="utf-8")).replace('name = "small"', f'name = "{name}"')
    text = text.replace("[themes]\nk = 4", f'[themes]\nmodel = "{model}"\n{section}')
    file = study.with_name(f"{name}.toml")
    file.write_text(text, encoding="utf-8")
    run = study.parent / "runs" / name
    if not run.exists():
        shutil.copytree(study.parent / "runs" / "small", run)
    return file


def fault_of(call):
    with pytest.raises(TextlienError) as raised:
        call()
    (problem,) = raised.value.problems
    assert text_of(problem)
    assert hint_of(problem)
    return problem


def test_the_themes_of_a_run_are_those_that_are_kept(study):
    saved = load_model(study.parent / "models/themes/both")
    run = Run(study.parent / "runs" / "small")
    assert saved.themes.equals(run["themes"])
    weights = pd.DataFrame(
        saved.model.weights, index=saved.themes["theme"], columns=list(saved.model.terms)
    )
    terms = run["theme_terms"]
    kept = terms[terms["term"].isin(weights.columns)].copy()
    pairs = zip(kept["theme"], kept["term"], strict=True)
    kept["factor"] = [weights.loc[theme, term] for theme, term in pairs] / kept["weight"]
    spread = kept.groupby("theme")["factor"].agg(lambda factor: factor.max() / factor.min())
    assert spread.to_numpy() == pytest.approx(1)  # rows sum to 1 without terms of two interviews
    assert saved.origin.n_interviews == 12
    assert saved.origin.waves == ("2013", "2015")
    assert saved.origin.fictional


def test_the_same_run_gives_the_same_model(study, tmp_path):
    kept = save_themes(load(study), tmp_path / "again")
    assert kept.version == load_model(study.parent / "models/themes/both").version


def test_a_study_on_its_own_themes_has_the_shares_that_it_had(study):
    file = with_model(study, "own", "models/themes/both")
    code, output = invoke("run", file)
    assert "themes of model small-" in output
    assert code == 0
    own, before = Run(study.parent / "runs" / "own"), Run(study.parent / "runs" / "small")
    assert list(own["themes"]["label"]) == list(before["themes"]["label"])
    assert own["theme_fit"]["learnt"].all()
    shares = own["themes"]["share"] - before["themes"]["share"]
    assert shares.abs().max() < 0.02  # terms of two interviews are not in the model
    code, _ = invoke("run", file, "--dry-run")
    assert code == 0


def test_one_wave_on_the_themes_of_the_other(study):
    def only(wave):
        def keep(text):
            head, *corpora = text.split("[[corpus]]")
            corpora[-1], rest = corpora[-1].split("[terms]")
            (corpus,) = [part for part in corpora if f'wave = "{wave}"' in part]
            return f"{head}[[corpus]]{corpus}[terms]{rest}"

        return keep

    old = study.with_name("old.toml")
    text = only("2013")(study.read_text(encoding="utf-8"))
    old.write_text(text.replace('name = "small"', 'name = "old"'), encoding="utf-8")
    shutil.copytree(study.parent / "runs" / "small", study.parent / "runs" / "old")
    invoke("run", old)
    invoke("themes", old, "--save", study.parent / "models/themes/2013")
    new = with_model(study, "new", "models/themes/2013", section="k = 9", keep=only("2015"))
    invoke("run", new)
    run = Run(study.parent / "runs" / "new")
    problems = run.manifest.stages["themes"].problems
    places = [problem.location.option for problem in problems if problem.id == "themes.no-effect"]
    assert places == ["themes.k"]
    waves = run["theme_fit"][run["theme_fit"]["interview_id"] == ALL]
    assert set(waves["wave"]) == {"2015"}
    assert not run["theme_fit"]["learnt"].any()
    code, output = invoke("themes", new)
    assert code == 0
    assert "What the old themes do not hold" in output
    assert set(run["themes"]["theme"]) == set(Run(study.parent / "runs" / "old")["themes"]["theme"])


def test_a_model_is_compared_with_itself_and_every_theme_is_kept(study):
    table, problems = compare_with(load(study), study.parent / "models/themes/both")
    assert list(table["fate"]) == ["kept"] * len(table)
    assert table["old"].equals(table["new"])
    assert table["likeness"].to_numpy() == pytest.approx(1)
    assert not problems
    code, output = invoke("themes", study, "--compare", study.parent / "models/themes/both")
    assert code == 0
    assert "likeness" in output


def test_a_run_that_is_not_current_has_no_themes_to_keep(study, tmp_path):
    changed = study.with_name("changed.toml")
    changed.write_text(study.read_text(encoding="utf-8").replace("k = 4", "k = 5"))
    problem = fault_of(lambda: themes_of_run(load(changed)))
    assert problem.id == "commands.themes-not-current"
    assert not (tmp_path / "x").exists()


def test_nothing_is_written_among_other_files(study, tmp_path):
    (tmp_path / "notes.txt").write_text("à garder")
    problem = fault_of(lambda: save_themes(load(study), tmp_path))
    assert problem.id == "commands.not-a-model-folder"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_model_that_is_there_already_is_replaced(study, tmp_path):
    save_themes(load(study), tmp_path / "m")
    assert save_themes(load(study), tmp_path / "m").version == load_model(tmp_path / "m").version


@pytest.mark.parametrize(
    ("model", "identifier"),
    [("models/themes/bot", "commands.no-model-folder"), ("2013", "commands.no-model-folder")],
)
def test_check_names_a_folder_that_is_missing_and_the_nearest_one(study, model, identifier):
    file = with_model(study, "wrong", model)
    problems = check_study(file).problems
    (problem,) = [problem for problem in problems if problem.location.option == "themes.model"]
    assert problem.id == identifier
    assert "models/themes/both" in hint_of(problem)
    code, output = invoke("run", file)
    assert code == 2
    assert "not the folder of a model of themes" in output


def test_check_names_a_model_that_was_changed(study, tmp_path):
    damaged = shutil.copytree(study.parent / "models/themes/both", tmp_path / "damaged")
    manifest = json.loads((damaged / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["weights.npz"] = "0" * 64
    (damaged / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    problems = check_study(with_model(study, "damaged", damaged)).problems
    assert "files.other-digest" in [problem.id for problem in problems]


def test_candidates_are_a_table_like_any_other(study):
    code, _ = invoke("show", study, "theme_candidates")
    assert code == 0
    assert isinstance(Run(study.parent / "runs" / "small")["theme_candidates"], pd.DataFrame)
