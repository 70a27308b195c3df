from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.making import text_of
from tests.themes.finding import themes_of
from textlien.study.options import ThemesOptions
from textlien.tables import make

VOCABULARIES = (
    "ccas accueil secours guichet travailleur social",
    "fête quartier habitant place voisin musique",
    "budget dotation département financement convention baisse",
)


def corpus(
    n_passages: int = 90, vocabularies: tuple[str, ...] = VOCABULARIES
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``terms`` and ``passage_terms`` of passages that each draw on one vocabulary."""
    generator = np.random.default_rng(11)
    rows = []
    for number in range(n_passages):
        words = vocabularies[number % len(vocabularies)].split()
        for term in sorted(generator.choice(words, 4, replace=False)):
            passage = f"i{number % 6}#{number:04d}"
            rows.append({"passage_id": passage, "term": term, "count": 1})
    passage_terms = make("passage_terms", rows)
    counts = passage_terms.groupby("term").size()
    terms = make(
        "terms",
        [
            {
                "term": term,
                "kind": "lemma",
                "form": term.upper(),
                "folded": "",
                "count": n,
                "n_passages": n,
                "n_interviews": 6,
            }
            for term, n in counts.items()
        ],
    )
    return terms, passage_terms


@pytest.mark.parametrize("engine", ["graph", "nmf", "lda"])
def test_three_vocabularies_are_three_themes(engine):
    options = ThemesOptions(engine=engine, k=3, top_terms=6, lda_passes=30)
    themes, problems = themes_of(*corpus(), options)
    sets = {frozenset(own.term) for _, own in themes.theme_terms.groupby("theme")}
    assert sets == {frozenset(words.split()) for words in VOCABULARIES}
    assert problems == []
    assert (themes.themes.npmi > 0).all()


@pytest.mark.parametrize("engine", ["graph", "nmf", "lda"])
def test_shares_of_a_passage_sum_to_one_at_most(engine):
    themes, _ = themes_of(*corpus(), ThemesOptions(engine=engine, k=4))
    sums = themes.passage_themes.groupby("passage_id").share.sum()
    assert len(sums) == 90
    assert sums.between(0.5, 1).all()
    assert themes.themes.share.sum() == pytest.approx(sums.mean())
    assert themes.themes.share.is_monotonic_decreasing


@pytest.mark.parametrize("engine", ["graph", "nmf", "lda"])
def test_same_seed_same_themes(engine):
    options = ThemesOptions(engine=engine, k=4)
    first, second = (themes_of(*corpus(), options, seed=5)[0] for _ in range(2))
    for table, again in zip(first, second, strict=True):
        pd.testing.assert_frame_equal(table, again)


def test_labels_are_written_in_the_commonest_form():
    themes, _ = themes_of(*corpus(), ThemesOptions(k=3))
    assert all(label == label.upper() for label in themes.themes.label)


def test_more_themes_than_the_corpus_can_hold_are_refused_with_a_warning():
    themes, problems = themes_of(*corpus(12), ThemesOptions(k=20))
    assert 1 <= len(themes.themes) <= 6
    assert "k = 20 is too many for 12 passages" in text_of(problems[0])


def test_too_small_a_corpus_has_no_theme_and_says_so():
    themes, problems = themes_of(*corpus(3), ThemesOptions(k=20))
    assert themes.themes.empty
    assert "too few to find themes" in text_of(problems[0])


def test_a_corpus_whose_words_are_strewn_at_random_has_no_theme_and_says_so():
    themes, problems = themes_of(*corpus(90, (" ".join(VOCABULARIES),)), ThemesOptions(k=5))
    assert themes.themes.empty
    assert themes.themes.dtypes.equals(make("themes", []).dtypes)
    assert [problem.id for problem in problems] == ["themes.none-together"]
    assert "no theme was found in 90 passages" in text_of(problems[0])
