"""Warnings about a corpus as a whole."""

import pandas as pd
import pytest

from tests.making import interviews_of, text_of
from textlien.pipeline.warnings import corpus_warnings

CELLS = [("2013", "Dole", "")] * 3 + [("2013", "Lure", "")] * 2


def speakers_of(interviews, unsure=()):
    identifiers = interviews["interview_id"]
    return pd.DataFrame(
        {"interview_id": identifiers, "sure": [number not in unsure for number in range(5)]}
    )


def warnings_of(words, *, persons=None, unsure=()):
    interviews = interviews_of(CELLS, persons=persons).assign(n_words=words)
    return corpus_warnings(interviews, speakers_of(interviews, unsure), "etude.toml")


def test_an_interview_that_is_most_of_its_cell_is_told_with_its_share():
    (problem,) = warnings_of([4000, 1500, 1000, 900, 800])
    assert (problem.id, problem.location.file) == ("corpus.most-of-a-cell", "i000.txt")
    assert "61.5% of the words of Dole, 2013 (3 interviews)" in text_of(problem)


def test_two_interviews_of_one_person_count_together():
    persons = ["Mme R.", "Mme R.", "M. L.", "", ""]
    (problem,) = warnings_of([2000, 1900, 1000, 900, 800], persons=persons)
    assert problem.location.file == "i000.txt"
    assert warnings_of([2000, 1900, 1000, 900, 800]) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [([1000, 1000, 1000, 1200, 900], False), ([1000, 1000, 1000, 4000, 900], True)],
)
def test_of_two_interviews_one_may_be_longer_but_not_three_times(words, told):
    assert bool(warnings_of(words)) == told


def test_interviews_to_check_are_told_once_with_the_command():
    (problem,) = warnings_of([1000] * 5, unsure=(1, 4))
    assert problem.id == "corpus.roles-to-check"
    assert text_of(problem).endswith("since who speaks is not certain: i001.txt, i004.txt.")


def test_an_interview_that_is_left_out_weighs_nothing():
    interviews = interviews_of(CELLS).assign(n_words=[9000, 800, 900, 900, 800])
    interviews.loc[0, "included"] = False
    speakers = speakers_of(interviews, unsure=(0,))
    assert corpus_warnings(interviews, speakers, "etude.toml") == []
