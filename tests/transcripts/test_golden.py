"""Each file of ``golden/`` against the turns that a person read in another program."""

import csv
import math

import pytest

from tests.transcripts.fuzzing import GOLDEN
from textlien.study.options import LabelsOptions
from textlien.transcripts import FORMATS, read

EXPECTED = sorted(GOLDEN.rglob("*.turns.csv"))
COLUMNS = ["interview", "speaker", "role", "time_start", "time_end", "section", "text"]


def transcript_of(expected):
    """The file beside it of the same name."""
    stem = expected.name.removesuffix(".turns.csv")
    (file,) = [
        file
        for file in expected.parent.iterdir()
        if file.stem == stem and file.suffix.lower() in FORMATS
    ]
    return file


def seconds(value):
    return "" if math.isnan(value) else f"{value:.3f}"


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda file: str(file.relative_to(GOLDEN)))
def test_the_turns_are_those_that_a_person_read(expected):
    file = transcript_of(expected)
    with expected.open(encoding="utf-8", newline="") as stream:
        wanted = list(csv.DictReader(stream))
    assert list(wanted[0]) == COLUMNS
    found = [
        dict(
            zip(
                COLUMNS,
                [
                    reading.document.name,
                    turn["speaker"],
                    turn["role"],
                    seconds(turn["time_start"]),
                    seconds(turn["time_end"]),
                    turn["section"],
                    turn["text"],
                ],
                strict=True,
            )
        )
        for reading in read(file, file.name, LabelsOptions())
        for turn in reading.turns.to_dict("records")
    ]
    assert found == wanted
