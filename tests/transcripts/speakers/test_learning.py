"""Each threshold of the labels that name no role, on either side."""

import pytest

from textlien.messages.message import Location
from textlien.transcripts.speakers.learning import learn
from textlien.transcripts.speakers.openings.candidates import Paragraph, lines_of

SPEECH = "et puis la ville a changé, voilà ce que nous en disons entre voisins."


def labels_of(lines):
    """Labels of a file of these lines, in the order in which they first occur."""
    paragraphs = [Paragraph(line, Location(line=number)) for number, line in enumerate(lines, 1)]
    learnt = learn(list(lines_of(paragraphs)), set())
    return list(dict.fromkeys(line.name for line in learnt if line.key))


def file_of(turns, lines):
    """So many turns of JD and ML by turns, in a file of so many lines."""
    openings = [f"{('JD', 'ML')[number % 2]} : {SPEECH}" for number in range(turns)]
    return [*openings, *[SPEECH] * (lines - turns)]


@pytest.mark.parametrize(("turns", "labels"), [(6, ["JD", "ML"]), (5, [])])
def test_labels_that_name_no_role_come_six_times(turns, labels):
    assert labels_of(file_of(turns, 20)) == labels


@pytest.mark.parametrize(("lines", "labels"), [(60, ["JD", "ML"]), (61, [])])
def test_labels_that_name_no_role_open_a_tenth_of_the_lines(lines, labels):
    assert labels_of(file_of(6, lines)) == labels


@pytest.mark.parametrize(("lines", "labels"), [(10, ["JD", "ML"]), (11, [])])
def test_fewer_labels_are_enough_on_half_of_the_lines(lines, labels):
    assert labels_of(file_of(5, lines)) == labels


def names_alone(times, between):
    """Two names in capitals, each so many times, with so many lines of speech below each."""
    return ["CAMILLE", *[SPEECH] * between, "MONIQUE", *[SPEECH] * between] * times


@pytest.mark.parametrize(("times", "labels"), [(3, ["CAMILLE", "MONIQUE"]), (2, [])])
def test_names_alone_on_their_lines_come_back_three_times(times, labels):
    assert labels_of(names_alone(times, 2)) == labels


@pytest.mark.parametrize(("between", "labels"), [(4, ["CAMILLE", "MONIQUE"]), (5, [])])
def test_names_alone_on_their_lines_are_a_fifth_of_them(between, labels):
    assert labels_of(names_alone(3, between)) == labels
