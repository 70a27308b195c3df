from __future__ import annotations

import numpy as np

from tests.themes.projection.made_up import MODEL, terms_of
from textlien.tables import make
from textlien.terms.counts import matrix
from textlien.themes.projection.alignment import align


def aligned(*passages: str, times: int = 1, model=MODEL):
    """Each passage in as many interviews as ``times``."""
    rows = [
        {"passage_id": f"n{interview:02d}#{number:04d}", "term": term, "count": 1}
        for interview in range(times)
        for number, passage in enumerate(passages)
        for term in sorted(passage.split(", "))
    ]
    passage_terms = make("passage_terms", rows)
    terms = terms_of(passage_terms)
    counts, _ = matrix(passage_terms, terms)
    return align(model, terms, counts, times)


def test_terms_are_found_by_name_whatever_their_order():
    result = aligned("vélo, bus, école")
    names = [MODEL.model.terms[column] for column in result.counts.tocoo().col]
    assert sorted(names) == ["bus", "vélo", "école"]
    assert result.coverage == 1
    assert result.strange == ()


def test_unknown_terms_are_ignored_and_counted_the_most_frequent_first():
    result = aligned("bus, virus, masque", "virus, vélo", times=9)
    assert result.strange == ("virus", "masque")
    assert list(result.unknown[:2]) == [2, 1]
    assert result.coverage == 18 / (18 + 27)
    assert result.counts.sum() == 18


def test_a_rare_unknown_term_is_not_missed():
    result = aligned("bus, vélo, virus", times=1)._replace(counts=None)
    assert result.strange == ("virus",)  # in all passages of one interview: frequent
    many = aligned("bus, virus", *["bus, vélo"] * 60, times=2)
    assert many.strange == ()
    assert many.coverage == 1


def test_a_collocation_is_counted_by_its_words_that_the_model_knows():
    result = aligned("ligne de métro, bus")
    names = [MODEL.model.terms[column] for column in result.counts.tocoo().col]
    assert sorted(names) == ["bus", "ligne", "métro"]
    assert result.unknown.sum() == 0


def test_words_too_common_for_the_model_are_neither_known_nor_unknown():
    result = aligned("bus, ville", times=9, model=MODEL._replace(common=frozenset({"ville"})))
    assert result.strange == ()
    assert result.unknown.sum() == 0
    assert result.coverage == 1


def test_nothing_in_common_is_told_by_the_counts():
    result = aligned("virus, masque", times=9)
    assert result.counts.nnz == 0
    assert result.coverage == 0
    assert np.array_equal(result.unknown, [2] * 9)
