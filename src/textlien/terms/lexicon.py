"""A lexicon of expressions, found in words whatever their inflection, case and accents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import simplemma

from textlien.text.folding import without_accents
from textlien.text.phrase_index import PhraseIndex

_WORDS = re.compile(r"[^\s'’-]+['’]?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
_EXACT = "="

Keys = frozenset[str]
"""What one word may be matched by: its form and lemma, without case and accents, and for a word
in capitals the word itself behind an equals sign."""


class Match(NamedTuple):
    """An expression at a place of a sequence of words, and its number of words."""

    term: str
    length: int


class Lexicon:
    """Expressions that are one term each, with all their variants.

    A variant in capitals (``PRE``) matches that acronym only, with or without full stops. In any
    other variant each word matches a form or a lemma, whatever the case and accents:
    « travailleur social » finds « Travailleurs sociaux ».

    Parameters
    ----------
    entries : term and variant, as many times as there are variants. Of two terms that share a
        variant, the later one has it.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """Index every variant by the keys of its words."""
        terms: dict[tuple[Keys, ...], str] = {}
        for term, variant in entries:
            words = tuple(_variant_keys(word) for word in _WORDS.findall(variant))
            if words:
                terms[words] = term
        # Of two as long, the order of their keys decides, the same every time.
        ordered = sorted(terms.items(), key=lambda entry: [sorted(word) for word in entry[0]])
        self._index = PhraseIndex(ordered, keys_of=lambda keys: keys)
        self.names = frozenset(terms.values())

    def __len__(self) -> int:
        """Number of variants."""
        return len(self._index)

    def term_of(self, text: str) -> str | None:
        """The term that ``text`` as a whole is a variant of."""
        words = [word_keys(word, _looked_up(word)) for word in _WORDS.findall(text)]
        match = self.longest(words, 0) if words else None
        return match.term if match and match.length == len(words) else None

    def longest(self, words: Sequence[Keys], start: int) -> Match | None:
        """The longest expression that begins at ``words[start]``.

        Parameters
        ----------
        words : keys of each word (:func:`word_keys`); an empty set matches nothing.
        """
        match = self._index.longest(words, start)
        return Match(match.value, match.length) if match else None


@lru_cache(maxsize=200_000)
def word_keys(form: str, lemma: str) -> Keys:
    """Keys that one word of a text is matched by."""
    plain = form.replace(".", "") if _DOTTED.fullmatch(form) else form
    keys = {_fold(plain), _fold(lemma)}
    if len(plain) > 1 and plain.isupper():
        keys.add(_EXACT + plain)
    return frozenset(keys)


def _variant_keys(word: str) -> Keys:
    """Keys that one word of a variant matches; an acronym matches itself alone."""
    if len(word) > 1 and word.isupper():
        return frozenset({_EXACT + word})
    return frozenset({_fold(word), _fold(_looked_up(word))})


def _looked_up(word: str) -> str:
    """Lemma of a word by itself, whatever its part of speech."""
    return str(simplemma.lemmatize(word.lower(), lang="fr"))


@lru_cache(maxsize=200_000)
def _fold(word: str) -> str:
    """Without case and accents: « Etat » and « État » are one word."""
    return without_accents(word.lower().replace("’", "'").replace("œ", "oe"))
