from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import sparse

from tests.making import interviews_of, passages_of
from textlien.study.options import ThemesOptions
from textlien.themes.fitting import StudyFit
from textlien.themes.model import Material, ThemeModel
from textlien.themes.refits.draws import draw, refit
from textlien.themes.refits.speech import Speech, count_persons, speech_of


def material(interviews: list[int], counts: list[list[float]]) -> Material:
    """Passages of these interviews with these counts of « bus, métro, école, classe »."""
    return Material(
        sparse.csr_matrix(np.array(counts, dtype=float)),
        np.array(interviews, dtype=np.int64),
        np.ones(len(interviews), dtype=bool),
        ("bus", "métro", "école", "classe"),
        np.zeros((4, 1)),
    )


def fixed(material: Material, k: int, seed: int) -> ThemeModel:  # noqa: ARG001 - those of a fit
    """Two themes, whatever is drawn."""
    weights = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])
    return ThemeModel(material.terms, weights, np.ones(4), np.full(4, 1e-9))


class Fixed:
    """A fit whose themes are always those."""

    def __call__(self, material: Material, k: int, seed: int) -> ThemeModel:
        return fixed(material, k, seed)

    def of_any_k(self, material: Material, seed: int) -> Callable[[int], ThemeModel]:
        return lambda k: fixed(material, k, seed)


@pytest.mark.parametrize("persons", [5, 10, 69])
def test_a_draw_keeps_eighty_percent_of_the_persons(persons):
    drawn = draw(np.arange(persons), np.random.default_rng(1))
    assert drawn.sum() == round(0.8 * persons) < persons


def test_somebody_interviewed_twice_is_drawn_with_both_or_not_at_all():
    persons = np.array([0, 1, 2, 3, 4, 0, 1])
    for seed in range(20):
        drawn = draw(persons, np.random.default_rng(seed))
        assert drawn[0] == drawn[5]
        assert drawn[1] == drawn[6]
        assert len(set(persons[drawn])) == 4


def test_interviews_that_were_not_drawn_are_measured_too():
    corpus = material([0, 1, 2, 3, 4], [[6, 6, 0, 0]] * 4 + [[0, 0, 6, 6]])
    speech = Speech(
        tuple("abcde"), np.arange(5), np.full(5, 12.0), np.full(5, 12.0), np.ones(5), np.arange(5)
    )
    result = refit(corpus, speech, Fixed(), 2, seed=1, number=0)
    assert result.by_passages.shape == (5, 2)
    assert (result.by_passages[:4, 0] > 0.8).all()
    assert result.by_passages[4, 1] > 0.8
    assert result.by_words == pytest.approx(result.by_passages)


def test_speech_without_terms_counts_in_the_share_of_an_interview():
    """Of 40 words, 10 speak of transport, 10 of school; 20 are in passages without terms."""
    corpus = material([0] * 4, [[60, 60, 0, 0], [0, 0, 60, 60]] * 2)
    speech = Speech(
        ("a",),
        np.zeros(4, dtype=np.int64),
        np.full(4, 5.0),
        np.array([40.0]),
        np.array([6.0]),
        np.array([0]),
    )
    result = refit(corpus, speech, Fixed(), 2, seed=1, number=0)
    assert result.by_words[0] == pytest.approx([0.25, 0.25], abs=0.01)
    assert result.by_passages[0] == pytest.approx([1 / 3, 1 / 3], abs=0.01)


def test_a_refit_depends_on_the_seed_and_its_number_alone():
    generator = np.random.default_rng(4)
    corpus = material([n // 10 for n in range(100)], generator.poisson(1, (100, 4)) + 1)
    speech = Speech(
        tuple("abcdefghij"),
        corpus.interviews,
        np.ones(100),
        np.full(10, 10.0),
        np.full(10, 10.0),
        np.arange(10),
    )
    fit = StudyFit(ThemesOptions(engine="nmf", k=2))
    first, again, other = (refit(corpus, speech, fit, 2, 7, number) for number in (3, 3, 4))
    assert np.array_equal(first.weights, again.weights)
    assert np.array_equal(first.by_words, again.by_words)
    assert not np.array_equal(first.weights, other.weights)


def test_a_draw_too_small_for_two_themes_has_none():
    corpus = material([0, 1], [[1, 1, 0, 0], [0, 0, 1, 1]])
    speech = Speech(
        ("a", "b"), np.array([0, 1]), np.ones(2), np.ones(2), np.ones(2), np.array([0, 1])
    )
    result = refit(corpus, speech, Fixed(), 2, seed=1, number=0)
    assert result.weights.shape == (0, 4)
    assert result.by_words.shape == (2, 0)


def test_a_corpus_without_a_term_has_nobody_to_draw_and_no_themes():
    corpus = material([0, 1], [[1, 1, 0, 0], [0, 0, 1, 1]]).of_interviews(np.zeros(2, dtype=bool))
    nobody = np.zeros(0, dtype=np.int64)
    speech = Speech((), nobody, np.zeros(0), np.zeros(0), np.zeros(0), nobody)
    assert refit(corpus, speech, Fixed(), 2, seed=1, number=0).weights.shape == (0, 4)


def test_speech_is_put_beside_the_passages_of_the_material():
    interviews = interviews_of([("2013", "Lyon", "")] * 3, persons=["Ana", "", "Ana"])
    passages = passages_of({"i000": [5, 7], "i001": [3], "i002": [9]})
    ids = list(passages["passage_id"])
    speech = speech_of([ids[1], ids[2], ids[3]], passages, interviews)
    assert speech.interviews == ("i000", "i001", "i002")
    assert speech.of_passage.tolist() == [0, 1, 2]
    assert speech.words.tolist() == [7, 3, 9]
    assert speech.n_words.tolist() == [12, 3, 9]
    assert speech.n_passages.tolist() == [2, 1, 1]
    assert speech.persons.tolist() == [0, 1, 0]
    assert count_persons(interviews) == 2


def test_an_interview_without_terms_has_speech_and_no_person_to_draw():
    interviews = interviews_of([("2013", "Lyon", "")] * 2)
    passages = passages_of({"i000": [5], "i001": [3]})
    speech = speech_of(list(passages["passage_id"][1:]), passages, interviews)
    assert speech.interviews == ("i000", "i001")
    assert speech.of_passage.tolist() == [1]
    assert speech.persons.tolist() == [0]
