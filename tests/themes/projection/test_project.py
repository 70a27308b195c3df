from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.themes.finding import themes_of
from tests.themes.projection.made_up import (
    BUS,
    HOME,
    MODEL,
    OLD,
    OPTIONS,
    SCHOOL,
    VIRUS,
    corpus,
    interviews_of,
)
from textlien import tables
from textlien.errors import TextlienError
from textlien.study.options import TermsOptions, ThemesOptions
from textlien.tables import ALL
from textlien.themes.projection.folder import load_model, save
from textlien.themes.projection.project import Projection, project
from textlien.themes.projection.reports import other_terms


def projected(terms, passage_terms, wave="2015", options=OPTIONS, model=MODEL):
    interviews = interviews_of(passage_terms, wave)
    return project(model, terms, passage_terms, interviews, options)


def dominant(passage_themes: pd.DataFrame) -> pd.Series:
    return passage_themes.sort_values("share").groupby("passage_id")["theme"].last()


def test_the_corpus_of_a_model_has_on_it_the_shares_that_its_own_run_gave():
    themes, _ = themes_of(*OLD, OPTIONS)
    result, problems = projected(*OLD, wave="2013")
    assert list(result.themes["label"]) == list(themes.themes["label"])
    merged = result.passage_themes.merge(themes.passage_themes, on=["passage_id", "theme"])
    assert len(merged) == len(themes.passage_themes)
    assert merged["share_x"].to_numpy() == pytest.approx(merged["share_y"].to_numpy(), abs=1e-9)
    assert "themes.interviews-learnt" in [problem.id for problem in problems]
    assert result.theme_fit["learnt"].all()


def test_themes_keep_their_number_and_name_and_have_the_shares_of_the_new_wave():
    terms, passage_terms = corpus(BUS, seed=5)
    result, _ = projected(terms, passage_terms)
    bus = MODEL.themes["theme"][MODEL.model.weights[:, MODEL.model.terms.index("bus")].argmax()]
    assert list(result.themes["theme"]) == [1, 2, 3]
    assert list(result.themes["label"]) == list(MODEL.themes["label"])
    shares = result.themes.set_index("theme")["share"]
    assert shares[bus] > 10 * shares.drop(bus).max()
    assert set(dominant(result.passage_themes)) == {bus}


def test_every_table_fits_its_schema():
    result, _ = projected(*corpus(SCHOOL, VIRUS, seed=7))
    for name in Projection._fields:
        tables.check(name, getattr(result, name))


def test_a_wave_that_speaks_of_the_same_is_not_far():
    result, problems = projected(*corpus(SCHOOL, BUS, HOME, seed=9))
    waves = result.theme_fit[result.theme_fit["interview_id"] == ALL].set_index("measure")
    assert waves.loc["words", "verdict"] in ("not farther", "nearer")
    assert waves.loc["unknown", "estimate"] == 0
    assert "themes.not-farther" in [problem.id for problem in problems]
    assert result.theme_candidates.empty


def test_a_theme_that_is_new_is_far_and_is_a_candidate_that_enters_no_share():
    terms, passage_terms = corpus(SCHOOL, BUS, VIRUS, seed=9)
    result, problems = projected(terms, passage_terms)
    waves = result.theme_fit[result.theme_fit["interview_id"] == ALL].set_index("measure")
    assert waves.loc["passages", "verdict"] == "farther"
    assert waves.loc["unknown", "verdict"] == "farther"
    assert waves.loc["unknown", "estimate"] == pytest.approx(1 / 3)
    table = result.theme_candidates  # the engine of these tests divides what it is left with
    fresh = table[table["verdict"] == "new"]
    words = [word for words in fresh["words"] for word in words.split(", ")]
    assert len(set(words) & set(VIRUS)) >= 10
    assert sum(word in VIRUS for word in words) >= 0.9 * len(words)
    assert (fresh["n_interviews"] == 12).all()
    assert list(result.themes["theme"]) == [1, 2, 3]
    of_virus = passage_terms[passage_terms["term"].isin(VIRUS)]["passage_id"]
    assert not result.passage_themes["passage_id"].isin(of_virus).any()
    passages = result.candidate_exemplars
    passages = passages[passages["candidate"].isin(fresh["candidate"])]
    assert passages["passage_id"].isin(of_virus).all()
    assert len(passages) == 3 * len(fresh)
    (candidates,) = [problem for problem in problems if problem.id == "themes.candidates"]
    assert candidates.message.values == {"n": len(fresh)}


def test_a_new_vocabulary_of_two_interviews_is_no_candidate():
    terms, passage_terms = corpus(SCHOOL, BUS, HOME, seed=9)
    few, few_terms = corpus(VIRUS, interviews=2, seed=3)
    few_terms["passage_id"] = "v" + few_terms["passage_id"]
    both = pd.concat([passage_terms, few_terms], ignore_index=True)
    everything = pd.concat([terms, few]).sort_values("term", ignore_index=True)
    result, _ = projected(everything, both)
    assert result.theme_candidates.empty


def test_each_interview_is_placed_among_those_held_out():
    terms, passage_terms = corpus(SCHOOL, BUS, VIRUS, seed=9)
    result, _ = projected(terms, passage_terms)
    rows = result.theme_fit[result.theme_fit["interview_id"] != ALL]
    assert len(rows) == 12 * 3
    unknown = rows[rows["measure"] == "unknown"]
    assert (unknown["exceeds"] == 1).all()
    assert (unknown["verdict"] == "farther").all()


def test_a_model_from_its_folder_measures_as_the_one_that_was_kept(tmp_path):
    save(MODEL, tmp_path / "2013")
    terms, passage_terms = corpus(SCHOOL, BUS, VIRUS, seed=9)
    here, _ = projected(terms, passage_terms)
    there, _ = projected(terms, passage_terms, model=load_model(tmp_path / "2013"))
    for name in Projection._fields:
        assert getattr(here, name).equals(getattr(there, name)), name


def test_a_corpus_without_a_term_of_the_model_is_refused():
    with pytest.raises(TextlienError) as raised:
        projected(*corpus(VIRUS))
    (problem,) = raised.value.problems
    assert (problem.id, problem.location.option) == ("themes.no-term-in-common", "themes.model")


def test_a_corpus_of_other_words_is_told():
    _, problems = projected(*corpus(SCHOOL, VIRUS, VIRUS, VIRUS))
    (problem,) = [problem for problem in problems if problem.id == "themes.few-terms-in-common"]
    assert problem.severity == "warning"
    assert problem.message.values["share"] == pytest.approx(0.25, abs=0.03)


def test_options_of_a_fit_are_without_effect_where_they_are_set():
    terms, passage_terms = corpus(SCHOOL, BUS, HOME, seed=9)
    options = ThemesOptions(k=5, engine="lda", model="x", top_terms=6)
    result, problems = projected(terms, passage_terms, options=options)
    places = [p.location.option for p in problems if p.id == "themes.no-effect"]
    assert places == ["themes.engine", "themes.k"]
    assert len(result.themes) == 3


def test_terms_that_were_made_otherwise_are_told():
    options = TermsOptions(pos=("NOUN",), min_passages=9)
    sources = {"expressions.csv": "1", "annotator": "1.0.0", "mots.csv": "2"}
    problems = list(other_terms(MODEL, options, sources))
    places = [p.location.option for p in problems if p.id == "themes.other-terms"]
    assert places == ["terms.pos", "terms.min_passages"]
    names = [p.message.values["name"] for p in problems if p.id == "themes.other-source"]
    assert names == ["expressions.csv", "mots.csv"]
    assert not list(other_terms(MODEL, TermsOptions(), MODEL.origin.sources))


def test_a_model_without_a_measured_remainder_compares_nothing():
    model = MODEL._replace(held_out=np.zeros((0, 3)))
    result, problems = projected(*corpus(SCHOOL, BUS, VIRUS, seed=9), model=model)
    assert set(result.theme_fit["verdict"]) == {"not computed"}
    assert "themes.distance-not-computed" in [problem.id for problem in problems]
