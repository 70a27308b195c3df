from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.studies import invoke
from textlien.commands.sample import sample
from textlien.errors import TextlienError
from textlien.messages.translator import Translator
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load

FRENCH = Translator("fr")


def sheet(path) -> pd.DataFrame:
    return pd.read_csv(path, sep=";", decimal=",", encoding="utf-8-sig")


def test_passages_are_drawn_for_a_spreadsheet_and_an_earlier_draw_is_never_touched(small, tmp_path):
    study = small.copy(tmp_path)
    code, output = invoke("sample", study.file, "-n", "4")
    assert code == 0
    assert "4 expected in each" in output
    first = study.folder / "coding" / "draw-1.csv"
    content = first.read_bytes()
    code, output = invoke("sample", study.file, "-n", "4")
    assert code == 0
    assert "draw-2.csv" in output
    assert first.read_bytes() == content
    assert (study.folder / "coding" / "draw-2.csv").read_bytes() != content


def test_passages_are_drawn_as_often_as_their_probability_says(small, tmp_path):
    study = load(small.copy(tmp_path).file)
    draws = [sheet(sample(study, 3, FRENCH).path) for _ in range(150)]
    every = pd.concat(draws)
    passages = Run(small.run)["passages"]
    times = every.groupby(["entretien", "début"]).size()
    probability = every.groupby(["entretien", "début"])["probabilité de tirage"].first()
    assert len(times) > 0.9 * len(passages)
    deviations = (times - 150 * probability) / np.sqrt(150 * probability * (1 - probability))
    assert abs(deviations.mean()) < 4 / np.sqrt(len(deviations))
    assert deviations.std() == pytest.approx(1, abs=0.25)
    # Three expected in each of the cells; interviews are drawn from independently of each other.
    cells = Run(small.run)["interviews"].groupby(["wave", "city"]).ngroups
    assert np.mean([len(draw) for draw in draws]) == pytest.approx(3 * cells, rel=0.1)


def test_a_draw_that_was_coded_corrects_the_shares(small, tmp_path):
    study = small.copy(tmp_path)
    drawn = sample(load(study.file), 25, FRENCH)
    table = sheet(drawn.path)
    axes = list(table.columns[table.columns.get_loc("codeur") + 1 :])
    generator = np.random.default_rng(1)
    coded = table.assign(
        codeur="Léa", **{axis: generator.integers(0, 2, len(table)) for axis in axes}
    )
    coded.to_csv(drawn.path, sep=";", decimal=",", index=False, encoding="utf-8-sig")
    text = study.file.read_text().replace(
        'codings = ["codings.csv"]', 'codings = ["coding/tirage-1.csv"]'
    )
    study.file.write_text(text)
    code, output = invoke("run", study.file)
    assert code == 0, output
    draws = Run(study.run)["label_draws"]
    assert draws["passage_id"].nunique() == len(table)
    assert set(draws["origin"]) == {"tirage-1"}
    expected = set(table["probabilité de tirage"].round(6))
    assert set(draws["probability_of_selection"].round(6)) == expected
    shares = Run(study.run)["profiles"].query("measure == 'axis' and city == '*' and actor == '*'")
    assert set(shares["basis"]) <= {"corrected", "coded"}
    assert shares["low"].notna().all()


def test_a_study_that_was_not_run_has_nothing_to_draw_from(small, tmp_path):
    study = small.copy(tmp_path)
    (study.run / "manifest.json").unlink()
    with pytest.raises(TextlienError):
        sample(load(study.file), 5, FRENCH)
