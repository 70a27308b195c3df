"""Stage ``terms``: tokens → the terms of a study and their counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import TermsOptions
from textlien.terms.collocations import Shards, find_collocations, unelided
from textlien.terms.counts import count_terms, frequent, term_tables
from textlien.terms.items import ItemReader
from textlien.terms.loading import StudyLexicon

REVISION = 4
"""Raised when the same input gives other terms or counts."""

NO_TERMS: Mapping[str, str] = MappingProxyType({})


def build_terms(
    shards: Shards,
    options: TermsOptions,
    lexicon: StudyLexicon,
    expected: Mapping[str, str] = NO_TERMS,
) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Choose the terms of a study and count them in each passage.

    Parameters
    ----------
    shards : gives the tables ``tokens``, one interview at a time, whenever it is called: once
        for collocations, once for counts. Only counts are kept in memory.
    options : which words are content, how frequent a term must be.
    lexicon : expressions, folds and stop words
        (:func:`textlien.terms.loading.load_lexicon`).
    expected : kind of terms by name, those of a model of themes: they are terms here too, however
        rare or common.

    Returns
    -------
    Table ``terms`` by term, table ``passage_terms`` by passage and term, and problems: no term
    left, a fold that does not occur. ``terms.folded`` names what is counted under another name,
    separated by « | ».

    Notes
    -----
    Expressions of the lexicon come first, the longest that fits, and replace the words that
    they are made of. Collocations are two nouns or adjectives, with ``CONNECTORS`` between them
    or not, whose normalised pointwise mutual information reaches ``options.collocation_npmi``.
    ``options.max_share`` leaves out single words only: an expression says something however
    common it is.
    """
    reader = ItemReader(lexicon.expressions, frozenset(options.pos), lexicon.stop_words)
    collocations: frozenset[str] = frozenset()
    if options.collocations:
        collocations = find_collocations(shards, reader, options)
    collocations |= unelided(name for name, kind in expected.items() if kind == "collocation")
    counts = count_terms(shards, reader, collocations, lexicon.folds)
    numbers = frequent(counts, options, lexicon.stop_words, expected)
    problems: list[Problem] = []
    if not numbers:
        location = Location(option="terms")
        problems.append(Problem.error("terms.no-frequent-term", location, n=len(counts.names)))
    problems += [
        Problem.note("terms.fold-does-not-occur", Location(option="terms.fold"), name=name)
        for name in lexicon.folds
        if name not in counts.folded_names
    ]
    return (*term_tables(counts, numbers), problems)
