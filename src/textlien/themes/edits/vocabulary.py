"""Words as the researcher writes them → terms of the study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import pandas as pd

from textlien.errors import did_you_mean
from textlien.messages.message import Message, message
from textlien.terms.lexicon import Lexicon
from textlien.text.folding import fold


class Vocabulary:
    """The terms of a study, found by their name, any of their forms, or a name folded into them.

    Parameters
    ----------
    terms : table; a term's number is its row.

    Notes
    -----
    A word that is written exactly as a term, a form or a folded name is that term; else case,
    accents and hyphens do not count; else inflection does not (:class:`Lexicon`).
    """

    def __init__(self, terms: pd.DataFrame) -> None:
        self._numbers: dict[str, int] = {term: number for number, term in enumerate(terms["term"])}
        self._forms: list[str] = list(terms["form"])
        written = list(_written(terms))
        # Of two terms that a word is written for, the one that it names has it: named last.
        self._exact = dict(written)
        self._folded = {fold(word): term for word, term in written}
        self._written = written

    @cached_property
    def _lexicon(self) -> Lexicon:
        """Index of all words by their inflections; it takes two seconds, and few words need it."""
        return Lexicon((term, word) for word, term in self._written)

    def number(self, word: str) -> int | None:
        """Number of the term that a word stands for; None for a word that is no term."""
        term = self._exact.get(word) or self._folded.get(fold(word)) or self._lexicon.term_of(word)
        return None if term is None else self._numbers[term]

    def word(self, number: int) -> str:
        """A term in its commonest form; its name where that form stands for another term."""
        form = self._forms[number]
        return form if self.number(form) == number else list(self._numbers)[number]

    def words(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Terms in their commonest form."""
        return tuple(self._forms[number] for number in numbers)

    def nearest(self, words: Sequence[str]) -> Message:
        """Suggest a term for words that are none."""
        for word in words:
            near = did_you_mean(
                word, self._exact, key=fold, cutoff=_ALIKE, otherwise=message("themes.none-near")
            )
            if near.id != "themes.none-near":
                return near
        return message("themes.none-near")


_ALIKE = 0.75
"""Likeness from which a term is suggested: « écolle » for « école » is at 0.91, « velib » for
« vélo » at 0.67."""


def _written(terms: pd.DataFrame) -> Iterable[tuple[str, str]]:
    """Each way in which a term is written, with the term: the surest last."""
    for term, folded in zip(terms["term"], terms["folded"], strict=True):
        yield from ((name.strip(), term) for name in str(folded).split("|") if name.strip())
    yield from zip(terms["form"], terms["term"], strict=True)
    yield from zip(terms["term"], terms["term"], strict=True)
