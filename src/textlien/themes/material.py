"""Tables of terms → the material that engines learn from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlien.annotation.encoder import encode
from textlien.segmentation.passages import interview_of
from textlien.terms.counts import matrix
from textlien.themes.model import Material
from textlien.themes.repeated import repeats


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
            encode(list(terms["form"])),
            (terms["kind"] == "verb").to_numpy(dtype=bool),
        ),
        list(passages),
    )
