from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.themes.matching import likeness, match
from textlien.themes.model import ThemeModel


def model(*themes: str) -> ThemeModel:
    """A model of themes such as « bus 3, métro 1 »: words with their weights, 1 if none is said."""
    weights = []
    for theme in themes:
        words = [part.split() for part in theme.split(", ")]
        weights.append({word: float(number[0]) if number else 1.0 for word, *number in words})
    terms = tuple(dict.fromkeys(word for theme in weights for word in theme))
    rows = np.array([[theme.get(term, 0.0) for term in terms] for theme in weights])
    rows = rows.reshape(len(themes), len(terms))
    n = len(terms)
    return ThemeModel(
        terms, rows / rows.sum(axis=1, keepdims=True), np.ones(n), np.full(n, 1 / max(n, 1))
    )


def drawn(seed: int, n_themes: int, n_terms: int = 12) -> ThemeModel:
    """A model of themes with a few heavy words each."""
    weights = np.random.default_rng(seed).dirichlet(np.full(n_terms, 0.2), size=n_themes)
    return ThemeModel(
        tuple(f"mot{number}" for number in range(n_terms)),
        weights,
        np.ones(n_terms),
        np.full(n_terms, 1 / n_terms),
    )


def permuted(themes: ThemeModel, order: np.ndarray) -> ThemeModel:
    """The same themes in another order."""
    return themes._replace(weights=themes.weights[order])


def test_likeness_is_the_weight_of_words_in_common():
    alike = likeness(model("bus 3, métro 1"), model("bus 1, métro 1, vélo 2", "école"))
    # min(.75, .25) + min(.25, .25) + 0
    assert alike == pytest.approx(np.array([[0.5, 0.0]]))


def test_terms_are_compared_by_name_and_not_by_column():
    alike = likeness(model("bus, métro", "école"), model("école", "métro, bus"))
    assert alike == pytest.approx(np.array([[0.0, 1.0], [1.0, 0.0]]))


def test_a_theme_without_counterpart_is_not_paired_with_what_remains():
    result = match(model("bus, métro", "chien, chat"), model("vote, loi", "métro, bus, vélo"))
    assert result.matched == ((0, 1),)
    assert (result.vanished, result.appeared) == ((1,), (0,))
    assert result.split == result.merged == ()


def test_pairs_below_the_threshold_do_not_displace_those_above():
    # Without the threshold, 0–1 and 1–0 have the greater sum: .55 + .55 > .99.
    old = model("a 100, b 45", "b 10, c 90")
    new = model("a 55, d 45", "b 10, c 1")
    assert match(old, new, least=0.5).matched == ((0, 0),)


def test_a_theme_that_became_two_is_split():
    old = model("bus, métro, école, classe", "vote")
    new = model("école, classe", "vote", "bus, métro")
    result = match(old, new)
    assert result.split == ((0, (0, 2)),)
    assert result.matched == ((1, 1),)
    assert result.appeared == result.vanished == result.merged == ()


def test_a_split_in_three_is_seen_although_no_part_is_a_counterpart():
    old = model("bus, métro, école, classe, chien, chat")
    new = model("bus, métro", "école, classe", "chien, chat")
    assert match(old, new).split == ((0, (0, 1, 2)),)


def test_two_themes_that_became_one_are_merged():
    result = match(model("école, classe", "bus, métro"), model("bus, métro, école, classe"))
    assert result.merged == (((0, 1), 0),)
    assert result.matched == result.split == ()


def test_a_new_theme_with_a_few_words_of_a_matched_one_is_no_part_of_it():
    old = model("bus 4, métro 4, vélo 2")
    result = match(old, model("bus 4, métro 4", "vélo 1, chien 9"))
    assert result.matched == ((0, 0),)
    assert result.appeared == (1,)


def test_models_without_a_theme_have_nothing_to_match():
    none, single = drawn(1, 0), drawn(1, 1)
    assert match(none, none)[1:] == ((), (), (), (), ())
    assert match(none, single)[1:] == ((), (), (0,), (), ())
    assert match(single, none)[1:] == ((), (0,), (), (), ())


models = st.builds(drawn, st.integers(0, 10**6), st.integers(1, 6))


@given(models)
def test_a_model_matches_itself(themes):
    result = match(themes, themes)
    assert result.matched == tuple((i, i) for i in range(len(themes.weights)))
    assert np.diag(result.likeness) == pytest.approx(1.0)


@given(models, models)
def test_looked_at_from_the_other_side_a_split_is_a_merge(old, new):
    there, back = match(old, new), match(new, old)
    assert there.likeness == pytest.approx(back.likeness.T)
    assert set(there.matched) == {(i, j) for j, i in back.matched}
    assert (there.vanished, there.appeared) == (back.appeared, back.vanished)
    assert set(there.split) == {(whole, parts) for parts, whole in back.merged}


@given(models, models, st.randoms(use_true_random=False))
def test_the_order_of_themes_does_not_matter(old, new, random):
    order = list(range(len(new.weights)))
    random.shuffle(order)
    plain, shuffled = match(old, new), match(old, permuted(new, np.array(order)))
    assert set(plain.matched) == {(i, order[j]) for i, j in shuffled.matched}
    assert set(plain.appeared) == {order[j] for j in shuffled.appeared}
    assert plain.vanished == shuffled.vanished


@given(models, models, st.floats(0.05, 0.95))
def test_every_theme_is_in_one_list_and_every_pair_has_the_likeness_asked_for(old, new, least):
    result = match(old, new, least)
    olds = [i for i, _ in result.matched] + [i for i, _ in result.split] + list(result.vanished)
    olds += [i for parts, _ in result.merged for i in parts]
    assert sorted(olds) == list(range(len(old.weights)))
    news = [j for _, j in result.matched] + [j for _, j in result.merged] + list(result.appeared)
    news += [j for _, parts in result.split for j in parts]
    assert sorted(news) == list(range(len(new.weights)))
    assert all(result.likeness[pair] >= least for pair in result.matched)
