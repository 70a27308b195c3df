"""Entries of ``themes.toml`` proposed for the themes of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from textlien.arrays import Floats
from textlien.files.toml import inline
from textlien.messages.translator import Translator
from textlien.themes.edits.anchors import telling_terms
from textlien.themes.edits.applying import claims_of
from textlien.themes.edits.reading import PlacedEntry
from textlien.themes.edits.resolving import resolve
from textlien.themes.edits.vocabulary import Vocabulary

_ANCHORS = 6
_FEWEST_ANCHORS = 3
_WORDS_IN_COMMENT = 10


def proposals(
    tables: Mapping[str, pd.DataFrame], entries: Sequence[PlacedEntry], translator: Translator
) -> list[str]:
    """An entry for each theme that no entry means, as text to paste.

    Parameters
    ----------
    tables : ``themes``, ``theme_terms`` and ``terms`` of a run.
    entries : of the researcher's file.
    translator : of the comment above each entry.

    Returns
    -------
    Entries in the order of the themes: the number, share and first words in a comment, anchor
    words, the label as name.
    """
    themes, vocabulary = tables["themes"], Vocabulary(tables["terms"])
    weights = _weights(tables)
    edits, _ = resolve(entries, vocabulary, seeds_allowed=True)
    meant = {claim.theme for claim in claims_of(weights, edits)}
    anchors = anchors_of(weights)
    texts = []
    for row, theme in enumerate(themes.to_dict("records")):
        if row in meant or theme["named"] or theme["aside"]:
            continue
        comment = translator.text(
            "themes.draft-theme",
            theme=theme["theme"],
            share=theme["share"],
            words=vocabulary.words(_by_weight(weights[row])[:_WORDS_IN_COMMENT]),
        )
        words = ", ".join(map(vocabulary.word, anchors[row]))
        lines = (f"# {comment}", "[[theme]]", f"words = {inline(words)}")
        texts.append("\n".join([*lines, f"name = {inline(theme['label'])}", ""]))
    return texts


def _by_weight(row: Floats) -> list[int]:
    """Terms of a theme, the heaviest first."""
    return [int(term) for term in np.argsort(-row, kind="stable") if row[term] > 0]


def anchors_of(weights: Floats) -> list[list[int]]:
    """Choose anchor words for each theme; more of them for one of twins, so that no two agree.

    Parameters
    ----------
    weights : themes × terms, rows sum to 1.

    Returns
    -------
    Numbers of the most telling terms of each theme, the heaviest first.
    """
    telling = telling_terms(weights)
    anchors: list[list[int]] = []
    for row, is_telling in zip(weights, telling, strict=True):
        order = _by_weight(row)
        at_home = [term for term in order if is_telling[term]]
        chosen = at_home if len(at_home) >= _FEWEST_ANCHORS else order
        n = _ANCHORS
        while n < len(chosen) and set(chosen[:n]) in map(set, anchors):
            n += 1
        anchors.append(chosen[:n])
    return anchors


def _weights(tables: Mapping[str, pd.DataFrame]) -> Floats:
    """Themes × terms, of the terms that table ``theme_terms`` has."""
    rows = pd.Index(tables["themes"]["theme"]).get_indexer(tables["theme_terms"]["theme"])
    columns = pd.Index(tables["terms"]["term"]).get_indexer(tables["theme_terms"]["term"])
    weights = np.zeros((len(tables["themes"]), len(tables["terms"])))
    weights[rows, columns] = tables["theme_terms"]["weight"]
    return weights
