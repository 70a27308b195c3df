from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import sparse

from textlien.study.options import ThemesOptions
from textlien.themes.burst import burst, salience
from textlien.themes.engines.graph.edges import term_graph
from textlien.themes.engines.graph.factors import groups
from textlien.themes.engines.graph.fit import prepare
from textlien.themes.model import Material

SUBJECTS = (
    "école classe élève cantine maître cour",
    "bus tramway métro ligne arrêt chauffeur",
    "loyer logement bailleur immeuble locataire charge",
)
TALK = "chose moment coup truc façon"


def interviews(
    n: int, subjects: Sequence[str] = SUBJECTS, *, passages: int = 8, copies: int = 0
) -> Material:
    """Interviews that speak of one subject after the other, with words of talk throughout.

    ``copies`` more interviews say letter by letter what the first has said.
    """
    generator = np.random.default_rng(4)
    terms = tuple(sorted({word for line in (*subjects, TALK) for word in line.split()}))
    column = {term: number for number, term in enumerate(terms)}
    rows: list[tuple[int, list[str]]] = []
    for interview in range(n):
        for line in subjects:
            for _ in range(passages):
                words = [*generator.choice(line.split(), 3, replace=False)]
                rows.append(
                    (interview, [*words, *generator.choice(TALK.split(), 2, replace=False)])
                )
    first = [words for interview, words in rows if interview == 0]
    rows += [(n + copy, words) for copy in range(copies) for words in first]
    counts = sparse.lil_matrix((len(rows), len(terms)))
    for number, (_, words) in enumerate(rows):
        for word in words:
            counts[number, column[word]] = 1
    return Material(
        counts.tocsr(),
        np.array([interview for interview, _ in rows], dtype="int64"),
        np.array([interview < n for interview, _ in rows]),
        terms,
        np.eye(len(terms)),
    )


def words_of(material: Material, k: int) -> set[frozenset[str]]:
    """The words of each theme that have a fifth of the weight of the first one."""
    model = prepare(material, ThemesOptions(), 1)(k)
    return {frozenset(np.array(material.terms)[row > row.max() / 5]) for row in model.weights}


def test_words_of_a_subject_come_in_clumps_and_words_of_talk_do_not():
    material = interviews(12)
    strength = dict(zip(material.terms, burst(material), strict=True))
    telling = dict(zip(material.terms, salience(material), strict=True))
    talk = TALK.split()
    others = [term for term in material.terms if term not in talk]
    assert max(strength[term] for term in talk) < 0.2
    assert min(strength[term] for term in others) > 0.5
    assert all(telling[term] < 0.2 for term in talk)
    assert np.mean([telling[term] for term in others]) > 0.7


def test_each_subject_is_a_theme_and_no_word_of_talk_is_in_one():
    assert words_of(interviews(12), 3) == {frozenset(line.split()) for line in SUBJECTS}


def test_k_is_an_upper_bound():
    assert 3 <= len(words_of(interviews(12), 12)) < 6


def test_a_pair_of_a_single_interview_is_not_believed():
    """« drone, hélice » are said by one person in three passages, often enough to be counted."""
    material = interviews(12, ("drone hélice pilote", *SUBJECTS))
    rows = (material.interviews != 0).nonzero()[0]
    counts = material.counts.tolil()
    for word in ("drone", "hélice", "pilote"):
        counts[rows, material.terms.index(word)] = 0
    material = material._replace(counts=counts.tocsr())
    assert not any({"drone", "hélice"} & words for words in words_of(material, 8))


def test_copies_of_an_interview_support_nothing():
    """Ten leaflets with the same words are one text: passages that repeat are not learnt from."""
    plain, copied = interviews(6), interviews(6, copies=10)
    one, other = term_graph(plain), term_graph(copied)
    assert (one.nodes == other.nodes).all()
    assert np.allclose(one.evidence.toarray(), other.evidence.toarray())


def test_likeness_of_meaning_counts_less_as_the_corpus_grows():
    weights = []
    for n in (6, 60):
        material = interviews(n)
        alike = np.eye(len(material.terms))
        bus, cantine = material.terms.index("bus"), material.terms.index("cantine")
        alike[bus] = alike[cantine]
        graph = term_graph(material._replace(vectors=alike))
        nodes = graph.nodes.tolist()
        edge = graph.edges[nodes.index(bus), nodes.index(cantine)]
        weights.append(edge / graph.edges.max())
    assert weights[0] > 2 * weights[1] > 0


def test_a_theme_is_made_of_seed_words_that_no_theme_has_together():
    material = interviews(12)
    seeds = ("école", "bus", "loyer")
    asked = material._replace(seed_words=(tuple(material.terms.index(word) for word in seeds),))
    model = prepare(asked, ThemesOptions(), 1)(4)
    first = [
        {material.terms[term] for term in np.argsort(-row, kind="stable")[:3]}
        for row in model.weights
    ]
    assert set(seeds) in first


def test_a_single_interview_has_to_be_believed():
    material = interviews(1, passages=30)
    model = prepare(material, ThemesOptions(), 1)(3)
    first = np.argsort(-model.weights, axis=1, kind="stable")[:, :6]
    assert {frozenset(np.array(material.terms)[words]) for words in first} == {
        frozenset(line.split()) for line in SUBJECTS
    }


@pytest.mark.parametrize("k", [1, 2, 5])
def test_twins_are_one_group(k):
    """Three blocks of terms; nothing is between them."""
    block = np.kron(np.eye(3), np.ones((5, 5))) - np.eye(15)
    rows = groups(
        sparse.csr_matrix(block), k, 200, 1, lambda found: np.ones(len(found), dtype=bool)
    )
    assert len(rows) <= min(k, 3)
    assert np.allclose(rows.sum(axis=1), 1)
    strong = [frozenset(np.flatnonzero(row > 0.1)) for row in rows]
    assert len(set(strong)) == len(rows)
