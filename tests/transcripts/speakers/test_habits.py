"""Each threshold of the habits, on either side. docs/methods.md prints them."""

from dataclasses import replace

import pytest

from textlien.transcripts.speakers.habits import Habits, askers

ANSWERS = Habits(turns=10, words=400, questions=0, length=40, pronouns=0, address=0)
ASKS = replace(ANSWERS, words=100, questions=0.9, length=10)


def asking(*speakers):
    """Numbers of the speakers who are taken for interviewers."""
    result = askers({str(number): habits for number, habits in enumerate(speakers)}, [])
    return [int(label) for label in result.labels] if result else []


@pytest.mark.parametrize(("share", "labels"), [(0.3, [0]), (0.29, [])])
def test_who_asks_does_so_in_30_per_cent_of_the_turns(share, labels):
    assert asking(replace(ASKS, questions=share), ANSWERS) == labels


@pytest.mark.parametrize(("share", "labels"), [(0.75, [0]), (0.74, [])])
def test_who_asks_does_so_1_5_times_as_often_as_every_other(share, labels):
    assert asking(replace(ASKS, questions=share), replace(ANSWERS, questions=0.5)) == labels


@pytest.mark.parametrize(("share", "labels"), [(0.6, [0]), (0.59, [])])
def test_turns_longer_than_all_others_need_60_per_cent_that_ask(share, labels):
    assert asking(replace(ASKS, questions=share, length=41), ANSWERS) == labels
    assert asking(replace(ASKS, questions=share, length=40), ANSWERS) == [0]


@pytest.mark.parametrize(("share", "labels"), [(0.4, [0, 1]), (0.39, [])])
def test_each_of_two_who_ask_does_so_in_40_per_cent_of_the_turns(share, labels):
    both = replace(ASKS, questions=share)
    assert asking(both, both, ANSWERS) == labels


@pytest.mark.parametrize(("share", "labels"), [(0.5, [0, 1]), (0.49, [])])
def test_each_of_two_who_ask_does_so_twice_as_often_as_every_other(share, labels):
    both = replace(ASKS, questions=share)
    assert asking(both, both, replace(ANSWERS, questions=0.25)) == labels


def test_two_who_ask_in_longer_turns_than_all_others_are_none():
    both = replace(ASKS, length=41)
    assert asking(both, both, ANSWERS) == []


SAYS_VOUS = replace(ASKS, questions=0, pronouns=20, address=0.9)
SAYS_JE = replace(ANSWERS, pronouns=20, address=0)


@pytest.mark.parametrize(("share", "labels"), [(0.5, [0]), (0.49, [])])
def test_without_question_marks_who_asks_says_vous_half_the_time(share, labels):
    assert asking(replace(SAYS_VOUS, address=share), SAYS_JE) == labels


@pytest.mark.parametrize(("share", "labels"), [(0.8, [0]), (0.79, [])])
def test_who_asks_says_vous_twice_as_often_as_the_others(share, labels):
    assert asking(replace(SAYS_VOUS, address=share), replace(SAYS_JE, address=0.4)) == labels


@pytest.mark.parametrize(("pronouns", "labels"), [(8, [0]), (7, [])])
def test_fewer_than_8_pronouns_tell_nothing(pronouns, labels):
    assert asking(replace(SAYS_VOUS, pronouns=pronouns), SAYS_JE) == labels
    assert asking(SAYS_VOUS, replace(SAYS_JE, pronouns=pronouns)) == labels


@pytest.mark.parametrize(("words", "labels"), [(399, [0]), (400, [])])
def test_who_says_vous_and_asks_says_less_than_the_others(words, labels):
    assert asking(replace(SAYS_VOUS, words=words), SAYS_JE) == labels
