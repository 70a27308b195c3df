"""Inputs of features: words and meaning of passages, and of the answer around them.

A passage is often a piece of a longer answer, and « on l'a dissous en début d'année » speaks of
something only beside the sentence before. The question is not looked at: with other questions in
another wave, the same answers would be classified otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from textlien.annotation.encoder import encode
from textlien.arrays import Floats, Integers, unit_rows
from textlien.study.options import Encoder


@dataclass(frozen=True)
class Inputs:
    """Passages as features are made of them.

    Attributes
    ----------
    text : words of each passage.
    context : words of the rest of the answer beside it: the passage before and the one after
        within the same turn, the interviewer's words never; "" for a turn of its own.
    vectors : passages × dimension of the encoder, meaning; 0 for an empty passage.
    context_vectors : the same, mean over both neighbours; 0 where there is none.
    """

    text: list[str]
    context: list[str]
    vectors: Floats
    context_vectors: Floats

    def __len__(self) -> int:
        """Number of passages."""
        return len(self.text)

    def rows(self, rows: Integers) -> Inputs:
        """Some of the passages."""
        return Inputs(
            [self.text[row] for row in rows],
            [self.context[row] for row in rows],
            self.vectors[rows],
            self.context_vectors[rows],
        )


def inputs_of(
    passages: pd.DataFrame, vectors: Floats | None = None, encoder: Encoder = "use"
) -> Inputs:
    """Gather the inputs of passages.

    Parameters
    ----------
    passages : table ``passages``, whole interviews, in any order.
    vectors : passages × dimension, from :func:`textlien.annotation.encoder.encode`, in the order
        of the rows; encoded here where they are not given.
    encoder : to encode them with.
    """
    texts = passages["text"].astype(str).tolist()
    if vectors is None:
        vectors = encode(texts, encoder)
    vectors = np.where([[bool(text.strip())] for text in texts], vectors, 0.0)
    places = passages.reset_index(drop=True).sort_values(["interview_id", "start"])
    goes_on = (
        (places["interview_id"] == places["interview_id"].shift(-1))
        & (places["turn_last"] == places["turn_first"].shift(-1))
    ).to_numpy()
    order = places.index.to_numpy()
    context = [""] * len(texts)
    around = np.zeros(vectors.shape)
    for before, after in zip(order[:-1][goes_on[:-1]], order[1:][goes_on[:-1]], strict=True):
        # In the order of speech: the passage before is met first.
        context[after] = texts[before]
        context[before] = f"{context[before]} {texts[after]}".strip()
        around[after] += vectors[before]
        around[before] += vectors[after]
    return Inputs(texts, context, vectors, unit_rows(around))
