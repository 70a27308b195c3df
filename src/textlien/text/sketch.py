"""Sketches of texts: few numbers that tell if two texts are the same, or how much they share."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain, compress
from typing import NamedTuple

import numpy as np

_WORD = re.compile(r"[^\W_]+")
_RUN = 4
"""Words of a run. One word corrected in twenty breaks a fifth of the runs of four, and hardly any
run of four but questions and set phrases is in two interviews."""
_MOST_HASHES = 400
"""Runs kept of a text, those of the smallest hashes: shares of them are right within 0.02."""
_GREATEST = 2**32
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, of mixed bits: that of SplitMix64


class Sketch(NamedTuple):
    """A text reduced to what comparing it takes.

    Attributes
    ----------
    words : digest of its words in order, without case and punctuation; "" where it has none.
    runs : the smallest hashes of the runs of words of its answers, ascending.
    """

    words: str = ""
    runs: tuple[int, ...] = ()


def sketch(texts: Sequence[str], are_answers: Sequence[bool]) -> Sketch:
    """The sketch of an interview.

    Parameters
    ----------
    texts : all that is said in it, in order.
    are_answers : for each of them, if it is to be compared with other interviews, which may be
        asked the same questions; where none is, all are.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents.
    """
    by_text = [_words(text) for text in texts]
    words = list(chain.from_iterable(by_text))
    if not words:
        return Sketch()
    key = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:16]
    answers = list(chain.from_iterable(compress(by_text, are_answers)))
    return Sketch(key, _smallest_runs(answers or words))


def _words(text: str) -> list[str]:
    """Words without case, ligatures and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(plain.replace("œ", "oe").replace("æ", "ae"))


def _smallest_runs(words: Sequence[str]) -> tuple[int, ...]:
    """The smallest hashes of runs of words, of 32 bits."""
    codes = {word: zlib.crc32(word.encode("utf-8", "replace")) for word in set(words)}
    numbers = np.array([codes[word] for word in words], dtype=np.uint64)
    runs = np.zeros(max(len(words) - _RUN + 1, 0), dtype=np.uint64)
    for offset in range(_RUN):
        runs = runs * _MULTIPLIER + numbers[offset : offset + len(runs)]
        runs ^= runs >> np.uint64(31)
    hashes = (runs * _MULTIPLIER) >> np.uint64(32)
    return tuple(map(int, np.unique(hashes)[:_MOST_HASHES]))


def comparable_runs(left: Sketch, right: Sketch) -> int:
    """Number of the kept runs of the shorter text the other would have kept too."""
    # Of a text with more runs than are kept, those below the largest kept are all there.
    ends = [part.runs[-1] for part in (left, right) if len(part.runs) == _MOST_HASHES]
    limit = min(ends, default=_GREATEST)
    return min(bisect_right(part.runs, limit) for part in (left, right))


def share_in_common(left: Sketch, right: Sketch) -> float:
    """The estimated share of the runs of the shorter text that the other has too, 0 to 1.

    >>> whole = sketch(["nous avons ouvert un local au printemps avec le CCAS"], [True])
    >>> share_in_common(whole, sketch(["Nous avons ouvert un local, au printemps !"], [True]))
    1.0
    """
    fewest = comparable_runs(left, right)
    return len(set(left.runs) & set(right.runs)) / fewest if fewest else 0.0
