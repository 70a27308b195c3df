"""Words of single passages that speak for an axis and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien.arrays import Floats
from textlien.axes.words.content import Words
from textlien.axes.words.contributions import Contributions

_MOST_FOR, _MOST_AGAINST = 5, 3
"""Words of a passage, as many as are read beside it."""

_LEAST = 0.1
"""Log-odds from which a word is named: they multiply the odds by 1.1."""

SEPARATOR = ", "
"""Stands between the words of a passage in the table."""

# What may stand between two words of an expression: « lien social », « contrat de ville ».
_BETWEEN = re.compile(
    r"[\s-]+(?:(?:(?:de|du|des|la|le|les|et|à|au|aux|en)\s+|[dl]['’]\s*)){0,2}", re.I
)


class _Use(NamedTuple):
    """A word of content in a passage: place, lemma, and log-odds of the lemma there."""

    start: int
    end: int
    lemma: str
    added: float


def passage_rows(
    passages: pd.DataFrame,
    scores: pd.DataFrame,
    words: Words,
    apart: Contributions,
    parts: Floats,
    axes: Sequence[str],
) -> Iterator[dict[str, object]]:
    """Rows of table ``passage_words`` of one interview: passages decided yes or review.

    Parameters
    ----------
    passages, scores : tables ``passages`` and ``passage_axes``.
    words, apart : of these passages.
    parts : (passages, parts, axes), see :class:`textlien.axes.words.corpus.Counted`.
    axes : of the model, in order.
    """
    texts = passages["text"].astype(str).tolist()
    row_of = {passage: row for row, passage in enumerate(passages["passage_id"])}
    column_of = {axis: column for column, axis in enumerate(axes)}
    bounds = np.searchsorted(apart.passages, np.arange(len(texts) + 1))
    chosen = scores[(scores["decision"] != "no") & scores["axis"].isin(column_of)]
    for passage, axis in zip(chosen["passage_id"], chosen["axis"], strict=True):
        row, column = row_of[passage], column_of[axis]
        uses = list(_uses(words, apart, slice(bounds[row], bounds[row + 1]), column))
        content, tool, meaning, context = parts[row, :, column].tolist()
        yield {
            "passage_id": passage,
            "axis": axis,
            "words_for": SEPARATOR.join(_named(texts[row], uses, 1, _MOST_FOR)),
            "words_against": SEPARATOR.join(_named(texts[row], uses, -1, _MOST_AGAINST)),
            "score_words": content + tool,
            "score_meaning": meaning,
            "score_context": context,
        }


def _uses(words: Words, apart: Contributions, place: slice, axis: int) -> Iterator[_Use]:
    """Words of content of a passage, in order."""
    content = np.flatnonzero(~words.tool[place]) + place.start
    lemmas, number = np.unique(words.lemmas[content], return_inverse=True)
    added = np.bincount(number, apart.words[content, axis], minlength=len(lemmas))
    for word, of_lemma in zip(content.tolist(), number.tolist(), strict=True):
        start, end = int(apart.starts[word]), int(apart.ends[word])
        yield _Use(start, end, str(lemmas[of_lemma]), float(added[of_lemma]))


def _named(text: str, uses: Sequence[_Use], sign: int, most: int) -> list[str]:
    """The words that add most in one direction, neighbours as one expression, as written."""
    weight = {use.lemma: sign * use.added for use in uses if sign * use.added >= _LEAST}
    first = sorted(weight, key=lambda lemma: -weight[lemma])[:most]
    expressions = [
        (group, dict.fromkeys(use.lemma for use in group))
        for group in _neighbours(text, [use for use in uses if use.lemma in first])
    ]
    expressions.sort(key=lambda pair: -sum(weight[lemma] for lemma in pair[1]))
    named: list[str] = []
    covered: set[str] = set()
    for group, lemmas in expressions:
        if not lemmas.keys() <= covered:
            named.append(text[group[0].start : group[-1].end])
            covered.update(lemmas)
    return named


def _neighbours(text: str, uses: Sequence[_Use]) -> list[list[_Use]]:
    """Words that stand together, in groups."""
    groups: list[list[_Use]] = []
    for use in uses:
        if groups and _BETWEEN.fullmatch(text[groups[-1][-1].end : use.start]):
            groups[-1].append(use)
        else:
            groups.append([use])
    return groups
