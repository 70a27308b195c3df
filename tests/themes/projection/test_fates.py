from __future__ import annotations

import numpy as np
import pandas as pd

from tests.themes.projection.made_up import BUS, MODEL, SCHOOL, VIRUS, corpus, saved
from textlien.themes.model import ThemeModel
from textlien.themes.projection.fates import fates


def model(*themes: str, lowest: tuple[float, ...]):
    """Themes of words of equal weight, and their lowest likeness in refits."""
    words = [theme.split(", ") for theme in themes]
    terms = tuple(sorted({word for theme in words for word in theme}))
    weights = np.array([[float(term in theme) for term in terms] for theme in words])
    weights /= weights.sum(axis=1, keepdims=True)
    n = len(terms)
    labels = pd.DataFrame({"theme": range(1, len(themes) + 1), "label": themes})
    return MODEL._replace(
        model=ThemeModel(terms, weights, np.ones(n), np.full(n, 1 / n)),
        themes=labels,
        refits=np.array([lowest, np.ones(len(lowest))]),
    )


def rows(old, new):
    table = fates(old, new)
    return [
        (None if pd.isna(row.old) else row.old, None if pd.isna(row.new) else row.new, row.fate)
        for row in table.itertuples()
    ]


def test_each_theme_is_kept_changed_vanished_or_appeared():
    old = model("bus, métro", "école, prof", "loyer, bail", lowest=(0.5, 0.9, 0.8))
    new = model("prof, élève", "métro, bus", "virus, masque", lowest=(0.9, 0.9, 0.9))
    assert rows(old, new) == [
        (1, 2, "kept"),
        (2, 1, "changed"),  # half of its words, where its own refits keep nine in ten
        (3, None, "vanished"),
        (None, 3, "appeared"),
    ]


def test_a_theme_that_its_own_refits_miss_is_not_said_to_vanish_or_appear():
    old = model("bus, métro", "loyer, bail", lowest=(0.5, 0.0))
    new = model("bus, métro", "virus, masque", lowest=(0.9, 0.0))
    assert rows(old, new) == [
        (1, 1, "kept"),
        (2, None, "uncertain"),
        (None, 2, "uncertain"),
    ]


def test_a_theme_alone_shows_the_likeness_to_the_most_similar_one():
    old = model("bus, métro, tram, vélo", lowest=(0.9,))
    new = model("vélo, sport, foot, piscine", lowest=(0.9,))
    assert list(fates(old, new)["likeness"]) == [0.25, 0.25]


def test_a_theme_in_two_parts_is_split_and_the_other_way_round_merged():
    whole = model("bus, métro, tram, vélo", lowest=(0.9,))
    parts = model("bus, métro", "tram, vélo", lowest=(0.9, 0.9))
    assert rows(whole, parts) == [(1, 1, "split"), (1, 2, "split")]
    assert rows(parts, whole) == [(1, 1, "merged"), (2, 1, "merged")]


def test_without_refits_nothing_is_uncertain_or_changed():
    old = model("bus, métro", "loyer, bail", lowest=(0.9, 0.0))._replace(refits=np.zeros((0, 2)))
    assert [row[2] for row in rows(old, model("bus, métro", lowest=(0.9,)))] == ["kept", "vanished"]


def test_a_theme_is_found_again_in_fits_without_a_fifth_of_the_interviews():
    model = saved(*corpus(SCHOOL, BUS, VIRUS))
    assert model.refits.shape == (5, 3)
    assert (model.refits > 0.7).all()
