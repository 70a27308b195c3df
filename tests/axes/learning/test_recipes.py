import numpy as np
import pytest

from textlien.axes.features.parts import CHARACTERS, MEANING, WORDS
from textlien.axes.learning.recipes import (
    RECIPES,
    Recipe,
    Trial,
    choose,
    clustered_error,
    summed,
    try_recipes,
)

SIMPLE = Recipe("simple", (WORDS,), 1.0)
RICH = Recipe("rich", (WORDS, MEANING), 1.0)


@pytest.mark.parametrize(("beyond", "chosen"), [(0.009, "rich"), (0.011, "simple")])
def test_the_fullest_recipe_within_one_error_of_the_best_is_chosen(beyond, chosen):
    trials = [Trial(RICH, 0.5 + beyond, beyond, 0.01), Trial(SIMPLE, 0.5, 0.0, 0.0)]
    assert choose(trials).name == chosen


def test_the_error_of_a_mean_counts_groups_and_not_rows():
    values, groups = np.array([1.0, 1.0, 3.0, 3.0]), np.array([0, 0, 1, 1])
    # Two groups of mean 1 and 3: the standard error of their mean is 1.
    assert clustered_error(values, groups) == pytest.approx(1.0)


def kernels(seed, n=80):
    """Words that tell the label, meaning that tells nothing."""
    rng = np.random.default_rng(seed)
    label = (rng.random((n, 1)) < 0.5).astype(float)
    telling = label - 0.5 + rng.normal(0, 0.2, (n, 1))
    nothing = rng.normal(size=(n, 5)) / 3
    parts = {
        WORDS: telling @ telling.T,
        CHARACTERS: telling @ telling.T,
        MEANING: nothing @ nothing.T,
    }
    return parts, label, np.arange(n) % 10, np.ones(n, dtype=bool)


def test_a_part_that_does_harm_is_not_chosen():
    parts, *rest = kernels(1, n=200)
    # Noise as strong as a hundred words.
    parts[MEANING] = 100 * parts[MEANING]
    chosen = choose(try_recipes(parts, *rest, seed=1))
    assert chosen.name == "words and characters"


def test_only_recipes_whose_parts_are_there_are_tried():
    parts, label, groups, judged = kernels(2)
    tried = {
        trial.recipe.name
        for trial in try_recipes({MEANING: parts[MEANING]}, label, groups, judged, 1)
    }
    assert tried == {"meaning"}


def test_scores_that_tell_nothing_have_an_error_of_one():
    parts, label, groups, judged = kernels(3, n=400)
    (first, _) = try_recipes({MEANING: 1e-9 * parts[MEANING]}, label, groups, judged, 1)
    assert first.error == pytest.approx(1, abs=0.05)


def test_many_passages_are_tried_on_some_groups_alone():
    parts, label, _, judged = kernels(4, n=1700)
    groups = np.arange(1700) // 100
    again = [
        try_recipes({MEANING: parts[MEANING]}, label, groups, judged, seed) for seed in (1, 1, 2)
    ]
    assert again[0] == again[1]
    assert again[0] != again[2]


def test_recipes_go_from_the_fullest_and_a_kernel_is_the_sum_of_its_parts():
    sizes = [len(recipe.parts) for recipe in RECIPES]
    assert sizes[0] == max(sizes)
    assert summed({WORDS: np.eye(2), MEANING: 2 * np.eye(2)}, RICH).tolist() == [[3, 0], [0, 3]]


def test_only_passages_that_are_judged_choose():
    parts, label, groups, _ = kernels(5)
    # Meaning has the answer of the first half, words that of the second.
    half = np.arange(80) < 40
    answer = label - 0.5
    of_first, of_second = answer * half[:, np.newaxis], answer * ~half[:, np.newaxis]
    parts = {
        WORDS: of_second @ of_second.T,
        CHARACTERS: np.zeros((80, 80)),
        MEANING: of_first @ of_first.T,
    }
    errors = [
        {trial.recipe.name: trial.error for trial in try_recipes(parts, label, groups, judged, 1)}
        for judged in (half, ~half)
    ]
    assert errors[0]["meaning"] + 0.2 < errors[0]["words and characters"]
    assert errors[1]["words and characters"] + 0.2 < errors[1]["meaning"]
