"""Tokens → terms: content lemmas, expressions of a lexicon, collocations; and their counts."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from textlien import tables
from textlien.errors import Problem
from textlien.raw import raw_problem
from textlien.study.options import TermsOptions
from textlien.terms.lexicon import (
    Keys,
    Lexicon,
    default_expressions,
    default_stop_words,
    read_expressions,
    word_keys,
)

REVISION = 2
"""Raised when the same input gives other terms or counts."""

CONNECTORS = frozenset("de d' du des à au aux en la le les l'".split())
"""What may stand between two words of a collocation: « mise en place », « droit à l'oubli »."""

_LETTERS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# A body or a benefit (« la DGA », « le PRE ») that a pipeline takes for a name at times. Names of
# persons and towns are in capitals too, but have no article.
_ACRONYM = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,6}")
_CONTRACTED = frozenset({"du", "des", "au", "aux"})
_HYPHENS = re.compile(r"[-‑]")
# Fillers, marks and cut words do not part an expression: « le conseil euh général » is one.
_TRANSPARENT = frozenset({"X", "INTJ"})
# Beyond this many distinct pairs gensim drops the rarest, so that memory stays flat.
_MOST_PAIRS = 4_000_000

Shards = Callable[[], Iterator[pd.DataFrame]]


class _Token(NamedTuple):
    form: str
    lemma: str
    pos: str
    start: int
    end: int


class _Item(NamedTuple):
    """One word or expression of a passage; ``text`` is empty where a run of words ends."""

    text: str
    kind: str  # "content", "connector", "expression" or "break"
    form: str
    joins: bool  # whether it may begin or end a collocation


_BREAK = _Item("", "break", "", False)


def build_terms(
    shards: Shards, options: TermsOptions, folder: Path
) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Choose the terms of a study and count them in each passage.

    Parameters
    ----------
    shards : gives the tables ``tokens``, one interview at a time, whenever it is called: once
        for collocations, once for counts. Only counts are kept in memory.
    options : which words are content, what is added, folded, left out.
    folder : that the lexicons of ``options.expressions`` are relative to.

    Returns
    -------
    Table ``terms`` by term, table ``passage_terms`` by passage and term, and what is wrong with
    the lexicons or folds. ``terms.folded`` names what is counted under another name, separated
    by « | ».

    Notes
    -----
    Expressions of the lexicons come first, the longest that fits, and replace the words that
    they are made of. Collocations are two nouns or adjectives, with ``CONNECTORS`` between them
    or not, whose normalised pointwise mutual information reaches ``options.collocation_npmi``.
    ``options.max_share`` leaves out single words only: an expression says something however
    common it is.

    References
    ----------
    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
    *Proceedings of GSCL*, 31-40. As computed by gensim's ``Phrases``.
    """
    lexicon, folds, problems = _lexicon(options, folder)
    stop_words = default_stop_words() | {word.lower() for word in options.stop_words}
    reader = _Reader(lexicon, frozenset(options.pos), stop_words)
    collocations = _collocations(shards, reader, options) if options.collocations else frozenset()
    counts = _count(shards, reader, collocations, folds)
    kept = _kept(counts, options, stop_words)
    if not kept:
        message = f"none of {len(counts.names):,} terms is in enough passages and interviews."
        hint = "Lower [terms] min_passages and min_interviews, or add interviews."
        problems.append(raw_problem("terms", message, hint, "[terms]"))
    for left in folds:
        if left not in counts.folded_seen:
            message = f'"{left}" of [terms] fold does not occur.'
            problems.append(raw_problem("terms", message, "", "[terms.fold]", "note"))
    return (*_tables(counts, kept), problems)


def matrix(passage_terms: pd.DataFrame, terms: pd.DataFrame) -> tuple[csr_matrix, pd.Index]:
    """Counts as a sparse matrix.

    Parameters
    ----------
    passage_terms, terms : those tables; all terms of the first must be in the second.

    Returns
    -------
    Matrix of counts, passages × terms (columns in the order of ``terms``), and the passage of
    each row, in order of first appearance.
    """
    rows, passages = pd.factorize(passage_terms["passage_id"])
    columns = pd.Index(terms["term"]).get_indexer(pd.Index(passage_terms["term"]))
    if (columns < 0).any():
        raise ValueError("passage_terms has a term that is not in terms")
    values = passage_terms["count"].to_numpy()
    counts = csr_matrix((values, (rows, columns)), shape=(len(passages), len(terms)))
    return counts, pd.Index(passages)


def _lexicon(options: TermsOptions, folder: Path) -> tuple[Lexicon, dict[str, str], list[Problem]]:
    entries = default_expressions()
    problems: list[Problem] = []
    for path in options.expressions:
        added, found = read_expressions((folder / path).resolve(), path)
        entries += added
        problems += found
    known = Lexicon(entries)
    names: dict[str, str] = {}
    for name in [*options.fold, *options.fold.values()]:
        names[name] = known.term_of(name) or name
        if names[name] == name and name not in known.names and " " in name:
            entries.append((name, name))
    direct = {names[left]: names[right] for left, right in options.fold.items()}
    folds: dict[str, str] = {}
    for left in direct:
        path_of = _followed(left, direct)
        if path_of[-1] in direct:
            message = f"a circle: {' → '.join(path_of)}."
            hint = "Choose the name that all are counted under; it has no line of its own."
            problems.append(raw_problem("terms", message, hint, "[terms.fold]"))
        else:
            folds[left] = path_of[-1]
    return Lexicon(entries), folds, problems


def _followed(left: str, direct: Mapping[str, str]) -> list[str]:
    """Names from ``left`` on to the one that is not folded, or to the first met twice."""
    names = [left]
    while names[-1] in direct and names[-1] not in names[:-1]:
        names.append(direct[names[-1]])
    return names


@dataclass(frozen=True)
class _Reader:
    """Reads the items of a passage."""

    lexicon: Lexicon
    pos: frozenset[str]
    stop_words: frozenset[str]

    def passages(self, tokens: pd.DataFrame) -> Iterator[tuple[str, list[_Item]]]:
        """Each passage of one interview with its items, in order."""
        columns = [tokens[name].tolist() for name in ("form", "lemma", "pos", "start", "end")]
        names = tokens["passage_id"].tolist()
        passage: list[_Token] = []
        for index, row in enumerate(zip(*columns, strict=True)):
            passage.append(_Token(*row))
            if index + 1 == len(names) or names[index + 1] != names[index]:
                yield names[index], list(self.items(passage))
                passage = []

    def items(self, tokens: Sequence[_Token]) -> Iterator[_Item]:
        """Expressions, words and breaks of one passage."""
        heard = list(_heard(tokens))
        parts = [_parts(token.form, token.lemma) for token in heard]
        words = [keys for token_parts in parts for keys in token_parts]
        owner = [index for index, token_parts in enumerate(parts) for _ in token_parts]
        first = {index: place for place, index in reversed(list(enumerate(owner)))}
        index = 0
        while index < len(heard):
            found = self.lexicon.longest(words, first[index]) if index in first else None
            last = first[index] + found.length if found else 0
            if found and (last == len(owner) or owner[last] != owner[last - 1]):
                covered = heard[index : owner[last - 1] + 1]
                yield _Item(found.term, "expression", _surface(covered), False)
                index += len(covered)
            else:
                yield self._word(heard[index], heard[index - 1] if index else None)
                index += 1

    def _word(self, token: _Token, before: _Token | None) -> _Item:
        form = token.form.lower().replace("’", "'")
        if form in CONNECTORS:
            return _Item(form, "connector", form, False)
        pos = "NOUN" if before and _is_acronym(token, before) else token.pos
        if pos not in self.pos:
            return _BREAK
        lemma = token.lemma.replace("’", "'")
        if pos != "PROPN" and not lemma.isupper():
            lemma = lemma.lower()
        # « % » and « 2e » have lemmas of letters (« pourcent », « deuxième »).
        spelt = token.form[:1].isalpha() and _LETTERS.fullmatch(lemma)
        if not spelt or len(lemma) < 2 or lemma.lower() in self.stop_words:
            return _BREAK
        # « appris » or « signe » would show one tense of a verb; a noun's number matters more.
        form = lemma if pos == "VERB" else token.form
        return _Item(lemma, "content", form, pos in {"NOUN", "ADJ", "PROPN"})


def _is_acronym(token: _Token, before: _Token) -> bool:
    """« la DGA », « au PRE »: no « M. DURAND », nor « à LYON »."""
    article = before.pos == "DET" or before.form.lower() in _CONTRACTED
    return token.pos == "PROPN" and article and _ACRONYM.fullmatch(token.form) is not None


def _heard(tokens: Sequence[_Token]) -> Iterator[_Token]:
    """Tokens without marks, fillers, and hyphens within a word (« vivre-ensemble »)."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        hyphen = _HYPHENS.fullmatch(token.form) and before and before.end == token.start
        if token.pos not in _TRANSPARENT and not hyphen:
            yield token


@lru_cache(maxsize=200_000)
def _parts(form: str, lemma: str) -> tuple[Keys, ...]:
    """Keys of each part of a token: « petite-enfance » has two; punctuation matches nothing."""
    forms = [part for part in _HYPHENS.split(form) if part]
    lemmas = [part for part in _HYPHENS.split(lemma) if part]
    if not any(character.isalnum() for character in form):
        return (frozenset(),)
    if len(lemmas) != len(forms):
        lemmas = forms
    return tuple(map(word_keys, forms, lemmas))


def _surface(tokens: Sequence[_Token]) -> str:
    """Their forms as written, fillers between them left out."""
    return " ".join(token.form.replace("’", "'") for token in tokens).replace("' ", "'")


def _collocations(shards: Shards, reader: _Reader, options: TermsOptions) -> frozenset[str]:
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


def _runs(shards: Shards, reader: _Reader) -> Iterator[list[str]]:
    """Stretches of nouns, adjectives and connectors that nothing else interrupts."""
    for tokens in shards():
        for _, items in reader.passages(tokens):
            run: list[str] = []
            for item in [*items, _BREAK]:
                if item.joins or item.kind == "connector":
                    run.append(item.text)
                    continue
                if len(run) > 1:
                    yield run
                run = []


def _joined(items: Sequence[_Item], collocations: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Term, kind and form of every term of a passage, pairs joined from left to right."""
    index = 0
    while index < len(items):
        item = items[index]
        end = index + 1
        if item.joins and collocations:
            while end < len(items) and items[end].kind == "connector":
                end += 1
            pair = items[index : end + 1]
            if end < len(items) and items[end].joins:
                key = " ".join(part.text for part in pair)
                if key in collocations:
                    form = " ".join(part.form for part in pair).replace("' ", "'")
                    yield key.replace("' ", "'"), "collocation", form
                    index = end + 1
                    continue
        if item.kind == "expression":
            yield item.text, "expression", item.form
        elif item.kind == "content":
            yield item.text, "lemma", item.form
        index += 1


@dataclass
class _Counts:
    """Counts of every term, as they grow. Terms and passages are numbered in order of arrival."""

    names: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    rows: array[int] = field(default_factory=lambda: array("l"))
    columns: array[int] = field(default_factory=lambda: array("l"))
    values: array[int] = field(default_factory=lambda: array("l"))
    n_interviews: Counter[int] = field(default_factory=Counter)
    forms: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    folded: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    folded_seen: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str, kind: str) -> int:
        """Number of a term. An expression stays one if a lemma is called alike."""
        number = self.numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
            self.kinds.append(kind)
        elif kind != "lemma":
            self.kinds[number] = kind
        return number


def _count(
    shards: Shards, reader: _Reader, collocations: frozenset[str], folds: Mapping[str, str]
) -> _Counts:
    counts = _Counts()
    for tokens in shards():
        seen: set[int] = set()
        for passage, items in reader.passages(tokens):
            found: Counter[int] = Counter()
            for term, kind, form in _joined(items, collocations):
                name = folds.get(term, term)
                number = counts.number(name, kind)
                if name == term:
                    counts.forms[number][form] += 1
                else:
                    counts.folded[number].add(term)
                    counts.folded_seen.add(term)
                found[number] += 1
            counts.rows.extend([len(counts.passages)] * len(found))
            counts.columns.extend(found.keys())
            counts.values.extend(found.values())
            counts.passages.append(passage)
            seen.update(found)
        counts.n_interviews.update(seen)
    return counts


def _kept(counts: _Counts, options: TermsOptions, stop_words: frozenset[str]) -> list[int]:
    """Numbers of the terms that are in enough interviews and passages, and not in too many."""
    n_passages = np.bincount(np.asarray(counts.columns), minlength=len(counts.names))
    most = options.max_share * len(counts.passages)
    return [
        number
        for number, (name, kind) in enumerate(zip(counts.names, counts.kinds, strict=True))
        if n_passages[number] >= options.min_passages
        and counts.n_interviews[number] >= options.min_interviews
        and (kind != "lemma" or n_passages[number] <= most)
        and name.lower() not in stop_words
    ]


def _tables(counts: _Counts, kept: Sequence[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = np.asarray(counts.columns, dtype=np.int64)
    values = np.asarray(counts.values, dtype=np.int64)
    totals = np.bincount(columns, weights=values, minlength=len(counts.names)).astype(np.int64)
    n_passages = np.bincount(columns, minlength=len(counts.names))
    terms = pd.DataFrame(
        {
            "term": [counts.names[number] for number in kept],
            "kind": [counts.kinds[number] for number in kept],
            "form": [_form(counts.names[number], counts.forms[number]) for number in kept],
            "folded": [" | ".join(sorted(counts.folded[number])) for number in kept],
            "count": totals[kept],
            "n_passages": n_passages[kept],
            "n_interviews": [counts.n_interviews[number] for number in kept],
        },
        columns=tables.columns("terms"),
    ).sort_values("term", ignore_index=True)
    chosen = np.isin(columns, kept)
    passage_terms = pd.DataFrame(
        {
            "passage_id": np.asarray(counts.passages, object)[np.asarray(counts.rows)[chosen]],
            "term": np.asarray(counts.names, object)[columns[chosen]],
            "count": values[chosen],
        }
    ).sort_values(["passage_id", "term"], ignore_index=True)
    return tables.make("terms", terms), tables.make("passage_terms", passage_terms)


def _form(name: str, forms: Counter[str]) -> str:
    """The most frequent form; in lower case where the term is, so that headings do not shout."""
    if not forms:
        return name
    counts: Counter[str] = Counter()
    for form, count in forms.items():
        counts[form.lower() if name.islower() else form] += count
    return min(counts, key=lambda form: (-counts[form], form))
