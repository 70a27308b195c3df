import io

import pandas as pd
import pytest

from tests.studies import invoke
from tests.transcripts.making import par, reading_of, run
from textlien.commands.originals import originals
from textlien.messages.message import Location
from textlien.segmentation.passages import segment
from textlien.study.options import LabelsOptions, SegmentOptions
from textlien.transcripts import read


@pytest.fixture
def turns(tmp_path):
    file = tmp_path / "entretien.txt"
    file.write_text(
        "Entretien fictif\n\nEnquêteur\u00a0: Et le CCAS\u202f?\n"
        "R\u00a0: Il fait   ce qu'il peut [00:01:02] avec\u00a0ça.\nE\u0301tonnant, non\u202f?\n",
        encoding="utf-8",
    )
    (reading,) = read(file, file.name, LabelsOptions())
    return reading.turns


def found(turns, words):
    text = "\n".join(turns.text)
    start = text.index(words)
    return originals(turns, start, start + len(words))


def test_words_on_both_sides_of_a_time_mark_are_found_with_it(turns):
    (piece,) = found(turns, "ce qu'il peut avec ça")
    assert piece.text == "ce qu'il peut [00:01:02] avec\u00a0ça"
    assert (piece.turn, piece.place) == (1, Location(line=4))


def test_an_accent_typed_apart_is_part_of_its_word(turns):
    (piece,) = found(turns, "Étonnant")
    assert piece.text == "E\u0301tonnant"
    assert turns.original[1][piece.start : piece.end] == piece.text


def test_a_span_over_two_turns_has_a_piece_of_each(turns):
    pieces = found(turns, "CCAS ?\nIl fait")
    assert [(piece.place, piece.text) for piece in pieces] == [
        (Location(line=3), "CCAS\u202f?"),
        (Location(line=4), "Il fait"),
    ]


def test_every_passage_of_a_word_file_is_found_in_it(tmp_path):
    reading = reading_of(
        tmp_path,
        par(run("Q\u00a0: Et après\u202f?")),
        par(run("R : Après,\u00a0rien. (0:12) On attend.")),
        par(run("On attend encore.")),
        par(run("Q\u00a0: Et\u00a0puis\u202f?")),
        par(run("R : Et puis voilà.")),
    )
    turns = reading.turns.assign(interview_id="i")
    for passage in segment(turns, SegmentOptions()).itertuples():
        pieces = originals(turns, passage.start, passage.end)
        text = "\n".join(piece.text for piece in pieces)
        assert text.replace("(0:12) ", "").replace("\u00a0", " ").split() == passage.text.split()


def test_a_table_of_passages_is_shown_with_the_words_of_the_files(demo):
    code, output = invoke("show", demo.file, "passages", "--original", "--csv")
    assert code == 0
    rows = pd.read_csv(io.StringIO(output))
    assert len(rows) == 1256
    assert rows["original"].notna().all()
    assert rows["place"].str.contains("paragraph|line|row|interval|cue|segment").all()


def test_a_table_without_spans_has_no_originals(demo):
    code, output = invoke("show", demo.file, "themes", "--original")
    assert code == 2
    assert "no spans" in output
