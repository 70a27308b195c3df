"""Collocations: pairs of nouns or adjectives that occur together more than by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from textlien.study.options import TermsOptions
from textlien.terms.items import BREAK, CONNECTORS, Item, ItemReader, Kind

Shards = Callable[[], Iterator[pd.DataFrame]]
"""Gives the tables ``tokens``, one interview at a time, whenever it is called."""

# Beyond this many distinct pairs gensim drops the rarest, so that memory stays flat.
# The 63 interviews of the demonstration have 3,250 words and pairs.
_MOST_PAIRS = 4_000_000


class Occurrence(NamedTuple):
    """One occurrence of a term; ``kind`` as in table ``terms``.

    A word that is neither noun, adjective nor name counts as a verb.
    """

    term: str
    kind: str
    form: str


def find_collocations(shards: Shards, reader: ItemReader, options: TermsOptions) -> frozenset[str]:
    """Find the pairs whose mutual information reaches ``options.collocation_npmi``.

    Returns
    -------
    Lemmas of each pair and of the connectors between them, separated by blanks.

    References
    ----------
    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
    *Proceedings of GSCL*, 31-40. As computed by gensim's ``Phrases``.
    """
    from gensim.models.phrases import Phrases

    model = Phrases(
        _runs(shards, reader),
        min_count=options.collocation_min_count,
        threshold=options.collocation_npmi,
        max_vocab_size=_MOST_PAIRS,
        delimiter=" ",
        scoring="npmi",
        connector_words=CONNECTORS,
    )
    return frozenset(model.export_phrases())


def occurrences(items: Sequence[Item], collocations: frozenset[str]) -> Iterator[Occurrence]:
    """Yield every term of a passage, pairs joined from left to right."""
    index = 0
    while index < len(items):
        item = items[index]
        end = _end_of_pair(items, index, collocations)
        if end:
            pair = items[index:end]
            text = " ".join(item.text for item in pair)
            form = " ".join(item.form for item in pair)
            yield Occurrence(_elided(text), "collocation", _elided(form))
        elif item.kind is Kind.EXPRESSION:
            yield Occurrence(item.text, "expression", item.form)
        elif item.kind is Kind.CONTENT:
            yield Occurrence(item.text, "lemma" if item.joins else "verb", item.form)
        index = end or index + 1


def _end_of_pair(items: Sequence[Item], start: int, collocations: frozenset[str]) -> int:
    """Index behind the collocation that begins at an item; 0 where none does."""
    if not (collocations and items[start].joins):
        return 0
    end = start + 1
    while end < len(items) and items[end].kind is Kind.CONNECTOR:
        end += 1
    if end == len(items) or not items[end].joins:
        return 0
    text = " ".join(item.text for item in items[start : end + 1])
    return end + 1 if text in collocations else 0


def _elided(text: str) -> str:
    """« droit à l' oubli » → « droit à l'oubli »."""
    return text.replace("' ", "'")


def unelided(names: Iterable[str]) -> frozenset[str]:
    """Names of collocations as :func:`find_collocations` has them, with a blank after « ' »."""
    return frozenset(text for name in names for text in (name, name.replace("'", "' ")))


def _runs(shards: Shards, reader: ItemReader) -> Iterator[list[str]]:
    """Stretches of nouns, adjectives and connectors that nothing else interrupts."""
    for tokens in shards():
        for _, items in reader.passages(tokens):
            run: list[str] = []
            for item in [*items, BREAK]:
                if item.joins or item.kind is Kind.CONNECTOR:
                    run.append(item.text)
                    continue
                if len(run) > 1:
                    yield run
                run = []
