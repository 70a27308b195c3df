import numpy as np
import pytest
from scipy.stats import t

from textlien.annotation.encoder import DIMENSION
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.reference import Reference, fit_reference

CHALK = ["la craie du tableau", "le tableau de craie", "la craie au tableau"]


def meaning(*directions):
    """Unit vectors along some of the encoder's directions."""
    vectors = np.zeros((len(directions), DIMENSION))
    vectors[np.arange(len(directions)), list(directions)] = 1.0
    return vectors


def inputs(texts, vectors):
    return Inputs(list(texts), [""] * len(texts), vectors, np.zeros_like(vectors))


def reference(held_out=((0.1, 0.5), (0.3, 0.3)), landmarks=(0, 1)):
    return Reference(
        {"maire": 2.0, "ville": 1.0},
        3.0,
        np.zeros(DIMENSION),
        meaning(*landmarks),
        np.array(held_out, dtype=float).reshape(-1, 2),
    )


def test_unknown_words_count_by_how_rare_they_are():
    summary = reference().measures(["Le maire, la ville, un poney."], meaning(0)).summary([0])
    # « le », « la », « un » have two letters: 3 for « poney » of 2 + 1 + 3.
    assert summary[0] == pytest.approx(3 / 6)


def test_nearness_is_the_mean_cosine_to_the_nearest_landmarks_weighted_by_words():
    texts = ["ville", "maire poney"]
    half = (meaning(0) + meaning(1)) / 2**0.5
    measures = reference().measures(texts, np.vstack([meaning(2), half]))
    assert measures.nearness == pytest.approx([0, 2**-0.5])
    # « ville » weighs 1, « maire poney » 2 + 3.
    assert measures.summary([0, 1])[1] == pytest.approx(5 / 6 * 2**-0.5)


def test_only_the_five_nearest_landmarks_count():
    eight = reference(landmarks=range(8))
    assert eight.measures(["ville"], meaning(3)).nearness == pytest.approx([1 / 5])


def test_passages_without_words_or_meaning_have_no_distance():
    far = reference()
    measures = far.measures(["", "..."], np.zeros((2, DIMENSION)))
    assert np.isnan(far.distance(measures.summary([0, 1])))


def test_distance_is_in_standard_deviations_of_persons_held_out():
    far = reference([(0.1, 0.5), (0.2, 0.4), (0.3, 0.3)])
    assert far.distance(np.array([0.2, 0.4])) == pytest.approx(0)
    assert far.distance(np.array([0.3, 0.3])) == pytest.approx(1)
    assert far.distance(np.array([0.4, 0.4])) == pytest.approx(1)


def test_the_bound_is_that_of_a_prediction_interval():
    persons = np.random.default_rng(0).normal([0.2, 0.4], [0.05, 0.05], (12, 2))
    far = reference(persons)
    z = (persons - persons.mean(axis=0)) / persons.std(axis=0, ddof=1)
    distances = (z[:, 0] - z[:, 1]) / 2
    expected = t.ppf(0.99, 11) * distances.std(ddof=1) * np.sqrt(1 + 1 / 12)
    assert far.bound == pytest.approx(expected)


def test_an_interview_like_the_others_is_beyond_the_bound_in_one_case_of_a_hundred():
    random, beyond = np.random.default_rng(1), 0
    for _ in range(3000):
        persons = random.normal([0.2, 0.4], [0.03, 0.02], (9, 2))
        far = reference(persons[:8])
        beyond += far.distance(persons[8]) > far.bound
    assert 0.003 < beyond / 3000 < 0.03


def test_one_person_gives_no_bound():
    far = reference([(0.1, 0.5)])
    assert np.isnan(far.bound)
    assert np.isnan(far.distance(np.array([0.9, 0.1])))


def test_persons_who_say_the_same_do_not_make_others_infinitely_far():
    far = reference([(0.1, 0.5)] * 4)
    assert far.distance(np.array([0.11, 0.5])) == pytest.approx(0.5)


def test_persons_are_measured_by_the_passages_of_the_others():
    texts = [*CHALK, *CHALK, "le poney du pré", "un pré, un poney"]
    persons = np.array([*"aaabbb", *"cc"])
    vectors = meaning(*([0, 1, 2] * 2), 8, 9)
    everything = np.ones(8, dtype=bool)
    fitted = fit_reference(inputs(texts, vectors), np.arange(8), persons, everything, 1)
    unknown = fitted.held_out[:, 0]
    # The chalk of each is known by the other; nobody but the third speaks of ponies.
    assert sorted(unknown) == pytest.approx([0, 0, 1])
    assert "poney" in fitted.idf
    assert fitted.idf["craie"] == pytest.approx(np.log(9 / 7) + 1)


def test_words_of_a_single_passage_are_not_kept():
    texts = [*CHALK, "Madame Dupont"]
    persons = np.array(["a", "a", "b", "b"])
    fitted = fit_reference(
        inputs(texts, meaning(0, 1, 2, 3)), np.arange(4), persons, np.ones(4, dtype=bool), 1
    )
    assert set(fitted.idf) == {"craie", "tableau"}


def test_only_persons_of_the_campaign_are_measured():
    texts = [*CHALK, *CHALK]
    persons = np.array(["a", "a", "b", "b", "alone", "alone"])
    campaign = persons != "alone"
    fitted = fit_reference(
        inputs(texts, meaning(0, 1, 2, 0, 1, 2)), np.arange(6), persons, campaign, 1
    )
    assert len(fitted.held_out) == 2
