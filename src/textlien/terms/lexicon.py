"""Lexicons of expressions and stop words: read, compiled, and found in tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import simplemma

from textlien.errors import Problem, TextlienError
from textlien.files.csvfile import read_csv
from textlien.files.shipped import folder as resource_folder
from textlien.raw import raw_error, raw_hint, raw_problem, raw_text
from textlien.text.accents import without_accents
from textlien.text.phrase_index import PhraseIndex

_WORDS = re.compile(r"[^\s'’-]+['’]?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
_EXACT = "="

Keys = frozenset[str]
"""What one word may be matched by: its form and lemma, without case and accents, and for a word
in capitals the word itself behind an equals sign."""


class Found(NamedTuple):
    """An expression found in a sequence of words: ``length`` words of it."""

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
        return len(self._index)

    def term_of(self, text: str) -> str | None:
        """The term that ``text`` as a whole is a variant of."""
        words = [word_keys(word, _looked_up(word)) for word in _WORDS.findall(text)]
        found = self.longest(words, 0) if words else None
        return found.term if found and found.length == len(words) else None

    def longest(self, words: Sequence[Keys], start: int) -> Found | None:
        """The longest expression that begins at ``words[start]``.

        Parameters
        ----------
        words : keys of each word (:func:`word_keys`); an empty set matches nothing.
        """
        match = self._index.longest(words, start)
        return Found(match.value, match.length) if match else None


@lru_cache(maxsize=200_000)
def word_keys(form: str, lemma: str) -> Keys:
    """Keys that one word of a text is matched by."""
    plain = form.replace(".", "") if _DOTTED.fullmatch(form) else form
    keys = {_fold(plain), _fold(lemma)}
    if len(plain) > 1 and plain.isupper():
        keys.add(_EXACT + plain)
    return frozenset(keys)


def _variant_keys(word: str) -> Keys:
    if len(word) > 1 and word.isupper():
        return frozenset({_EXACT + word})
    return frozenset({_fold(word), _fold(_looked_up(word))})


def _looked_up(word: str) -> str:
    return str(simplemma.lemmatize(word.lower(), lang="fr"))


@lru_cache(maxsize=200_000)
def _fold(word: str) -> str:
    """Without case and accents: « Etat » and « État » are one word."""
    return without_accents(word.lower().replace("’", "'").replace("œ", "oe"))


def read_expressions(path: Path, shown: str) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Read a lexicon of expressions.

    Parameters
    ----------
    path : a CSV file with the columns ``term`` and ``variants`` (separated by « | »; by default
        the term itself) and, for the reader, ``kind``.
    shown : its name in messages.

    Returns
    -------
    Term and variant of every entry that can be used, and what is wrong with the others.
    """
    try:
        table = read_csv(path, shown)
    except TextlienError as error:
        return [], [raw_problem(shown, raw_text(error), raw_hint(error), "[terms.expressions]")]
    header, rows = table.header, table.rows
    if "term" not in header:
        message = f"no column « term »; found: {', '.join(header) or 'nothing'}."
        hint = "The first line must be: term,variants,kind (variants separated by « | »)."
        return [], [raw_problem(shown, message, hint, "line 1")]
    entries: list[tuple[str, str]] = []
    problems: list[Problem] = []
    owner: dict[str, tuple[str, int]] = {}
    for line, row in rows:
        term = row["term"]
        if not term:
            hint = "Name the term in the first column, or take the line out."
            problems.append(raw_problem(shown, "a line without a term.", hint, f"line {line}"))
            continue
        for variant in filter(None, map(str.strip, (row.get("variants") or term).split("|"))):
            other, first_line = owner.setdefault(variant, (term, line))
            if other != term:
                message = f'"{variant}" is a variant of "{other}" (line {first_line}) too.'
                hint = f'Take it out of one of them; here it is counted as "{other}".'
                problems.append(raw_problem(shown, message, hint, f"line {line}", "warning"))
                continue
            entries.append((term, variant))
    return entries, problems


def default_expressions() -> list[tuple[str, str]]:
    """Term and variant of the expressions that come with textlien."""
    path = resource_folder("configs") / "fr" / "expressions.csv"
    entries, problems = read_expressions(path, path.name)
    if problems:
        raise raw_error(str(problems[0]), "Install textlien again.")
    return entries


def default_stop_words() -> frozenset[str]:
    """Lemmas that come with textlien as saying nothing of a subject, in lower case."""
    path = resource_folder("configs") / "fr" / "stop_words.txt"
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return frozenset(line.lower() for line in lines if line)
