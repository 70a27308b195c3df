from __future__ import annotations

import tomllib

import pandas as pd
import pytest

from tests.studies import invoke
from textlien.commands.themes import _joined
from textlien.pipeline.run_folder import Run
from textlien.tables import ALL, OUTSIDE


def test_themes_are_listed_and_named_in_a_file_that_is_never_overwritten(small, tmp_path):
    study = small.copy(tmp_path)
    code, listed = invoke("themes", study.file)
    themes = Run(study.run)["themes"]
    assert code == 0
    assert all(label in listed for label in themes["label"])

    code, output = invoke("themes", study.file, "--write")
    file = study.folder / "themes.toml"
    assert code == 0
    assert 'add file = "themes.toml" below [themes]' in output
    written = tomllib.loads(file.read_text("utf-8"))["theme"]
    assert [entry["name"] for entry in written] == list(themes["label"])

    first = file.read_text("utf-8").replace(f'"{themes["label"][0]}"', '"Mon thème"')
    start = first.rindex("# Theme ")
    file.write_text(first[:start], "utf-8")
    study.file.write_text(
        study.file.read_text("utf-8").replace("[themes]", '[themes]\nfile = "themes.toml"'), "utf-8"
    )
    code, output = invoke("themes", study.file, "--write")
    assert code == 0
    assert file.read_text("utf-8") == first[:start]
    assert first[start:].splitlines()[2] in output

    code, output = invoke("run", study.file, "--only", "themes")
    assert code == 0, output
    after = Run(study.run)["themes"]
    assert "Mon thème" in set(after["label"])
    assert after["named"].sum() == len(written) - 1


def test_a_theme_that_is_set_aside_is_in_no_profile_but_in_what_is_outside(small, tmp_path):
    study = small.copy(tmp_path)
    before = Run(study.run)
    (words,) = (
        ", ".join(rows.sort_values("rank").term[:6])
        for theme, rows in before["theme_terms"].groupby("theme")
        if theme == 1
    )
    (study.folder / "themes.toml").write_text(
        f'[[theme]]\nwords = "{words}"\naside = true\n', "utf-8"
    )
    shares = share_of_all(before)
    study.file.write_text(
        study.file.read_text("utf-8").replace("[themes]", '[themes]\nfile = "themes.toml"'), "utf-8"
    )
    code, output = invoke("run", study.file)
    assert code == 0, output
    after = Run(study.run)
    themes = after["themes"]
    assert list(themes["aside"]) == [False] * (len(themes) - 1) + [True]
    assert str(len(themes)) not in set(after["profiles"]["item"])
    now = share_of_all(after)
    assert now[OUTSIDE] == pytest.approx(shares[OUTSIDE] + shares["1"])
    assert now["1"] == pytest.approx(shares["2"])
    _, listed = invoke("themes", study.file)
    assert "set aside" in listed.splitlines()[0]


def test_a_list_of_words_that_is_too_long_loses_whole_words():
    long = "présidentielle"
    assert _joined(pd.Series([long] * 6)) == ", ".join([long] * 4)
    assert _joined(pd.Series(["x" * 80, "court"])) == "x" * 80


def share_of_all(run: Run) -> pd.Series:
    """Share of each theme in the first wave, all cities and actors together."""
    profiles = run["profiles"]
    whole = profiles[
        (profiles["measure"] == "theme")
        & (profiles["city"] == ALL)
        & (profiles["actor"] == ALL)
        & (profiles["wave"] == "2013")
        & (profiles["weight"] == "words")
    ]
    return whole.set_index("item")["estimate"]


def test_a_damaged_file_of_themes_is_an_error_and_themes_are_found_without_it(small, tmp_path):
    study = small.copy(tmp_path)
    (study.folder / "themes.toml").write_text("[[theme]]\nwords = ville\n", "utf-8")
    study.file.write_text(
        study.file.read_text("utf-8").replace("[themes]", '[themes]\nfile = "themes.toml"'), "utf-8"
    )
    code, output = invoke("run", study.file, "--only", "themes")
    assert code == 1
    assert "themes.toml, line 2" in output
    assert len(Run(study.run)["themes"]) == len(Run(small.run)["themes"])
    code, output = invoke("check", study.file)
    assert "themes.toml, line 2" in output
