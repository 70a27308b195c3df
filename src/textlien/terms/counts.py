"""Occurrences of terms → how often, in how many passages and interviews; and the matrix of it."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from textlien import tables
from textlien.study.options import TermsOptions
from textlien.terms.collocations import Shards, occurrences
from textlien.terms.items import ItemReader


@dataclass
class Counts:
    """Counts of every term, as they grow. Terms and passages are numbered in order of arrival.

    Attributes
    ----------
    names, kinds : of each term, as in table ``terms``.
    passages : identifiers.
    rows, columns, values : passage, term and count of each pair of them.
    n_interviews : by term.
    verbs : how often each lemma is a verb.
    forms : how often each form of a term occurs.
    folded : other names that a term was counted under.
    folded_names : all of those.
    numbers : of each name.
    """

    names: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    rows: array[int] = field(default_factory=lambda: array("l"))
    columns: array[int] = field(default_factory=lambda: array("l"))
    values: array[int] = field(default_factory=lambda: array("l"))
    n_interviews: Counter[int] = field(default_factory=Counter)
    verbs: Counter[int] = field(default_factory=Counter)
    forms: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    folded: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    folded_names: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str, kind: str) -> int:
        """Number of a term. An expression stays one if a lemma is called alike."""
        is_verb = kind == "verb"
        kind = "lemma" if is_verb else kind
        number = self.numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
            self.kinds.append(kind)
        elif kind != "lemma":
            self.kinds[number] = kind
        self.verbs[number] += is_verb
        return number

    def add(self, passage: str, terms: Counter[int]) -> None:
        """Add the counts of one passage."""
        self.rows.extend([len(self.passages)] * len(terms))
        self.columns.extend(terms.keys())
        self.values.extend(terms.values())
        self.passages.append(passage)


def count_terms(
    shards: Shards, reader: ItemReader, collocations: frozenset[str], folds: Mapping[str, str]
) -> Counts:
    """Count the terms of every passage.

    Parameters
    ----------
    folds : name that a term is counted under, by its own.
    """
    counts = Counts()
    for tokens in shards():
        of_interview: set[int] = set()
        for passage, items in reader.passages(tokens):
            of_passage: Counter[int] = Counter()
            for term, kind, form in occurrences(items, collocations):
                name = folds.get(term, term)
                number = counts.number(name, kind)
                if name == term:
                    counts.forms[number][form] += 1
                else:
                    counts.folded[number].add(term)
                    counts.folded_names.add(term)
                of_passage[number] += 1
            counts.add(passage, of_passage)
            of_interview.update(of_passage)
        counts.n_interviews.update(of_interview)
    return counts


def frequent(
    counts: Counts, options: TermsOptions, stop_words: frozenset[str], expected: Container[str]
) -> list[int]:
    """Numbers of the terms that are in enough interviews and passages, and not in too many.

    Parameters
    ----------
    expected : names of terms that stay, however rare or common.
    """
    n_passages = np.bincount(np.asarray(counts.columns), minlength=len(counts.names))
    most = options.max_share * len(counts.passages)

    def is_frequent(number: int, kind: str) -> bool:
        return bool(
            n_passages[number] >= options.min_passages
            and counts.n_interviews[number] >= options.min_interviews
            and (kind != "lemma" or n_passages[number] <= most)
        )

    return [
        number
        for number, (name, kind) in enumerate(zip(counts.names, counts.kinds, strict=True))
        if name.lower() not in stop_words and (name in expected or is_frequent(number, kind))
    ]


def term_tables(counts: Counts, numbers: Sequence[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``terms`` and ``passage_terms`` of the terms with these numbers."""
    columns = np.asarray(counts.columns, dtype=np.int64)
    values = np.asarray(counts.values, dtype=np.int64)
    totals = np.bincount(columns, weights=values, minlength=len(counts.names)).astype(np.int64)
    n_passages = np.bincount(columns, minlength=len(counts.names))
    terms = pd.DataFrame(
        {
            "term": [counts.names[number] for number in numbers],
            "kind": [_kind(counts, number, totals[number]) for number in numbers],
            "form": [
                _commonest_form(counts.names[number], counts.forms[number]) for number in numbers
            ],
            "folded": [" | ".join(sorted(counts.folded[number])) for number in numbers],
            "count": totals[numbers],
            "n_passages": n_passages[numbers],
            "n_interviews": [counts.n_interviews[number] for number in numbers],
        },
        columns=tables.columns("terms"),
    ).sort_values("term", ignore_index=True)
    chosen = np.isin(columns, numbers)
    passage_terms = pd.DataFrame(
        {
            "passage_id": np.asarray(counts.passages, object)[np.asarray(counts.rows)[chosen]],
            "term": np.asarray(counts.names, object)[columns[chosen]],
            "count": values[chosen],
        }
    ).sort_values(["passage_id", "term"], ignore_index=True)
    return tables.make("terms", terms), tables.make("passage_terms", passage_terms)


def matrix(passage_terms: pd.DataFrame, terms: pd.DataFrame) -> tuple[csr_matrix, pd.Index]:
    """Counts as a sparse matrix.

    Parameters
    ----------
    passage_terms, terms : those tables; all terms of the first must be in the second.

    Returns
    -------
    Matrix of counts, passages × terms (columns in the order of ``terms``), and the passage of
    each row, in order of first appearance.

    Raises
    ------
    ValueError
        When ``passage_terms`` has a term that is not in ``terms``.
    """
    rows, passages = pd.factorize(passage_terms["passage_id"])
    columns = pd.Index(terms["term"]).get_indexer(pd.Index(passage_terms["term"]))
    if (columns < 0).any():
        raise ValueError("passage_terms has a term that is not in terms")
    values = passage_terms["count"].to_numpy()
    counts = csr_matrix((values, (rows, columns)), shape=(len(passages), len(terms)))
    return counts, pd.Index(passages)


def _kind(counts: Counts, number: int, total: int) -> str:
    """Kind of a term; a lemma that is a verb more often than not is one."""
    kind = counts.kinds[number]
    return "verb" if kind == "lemma" and 2 * counts.verbs[number] > total else kind


def _commonest_form(name: str, forms: Counter[str]) -> str:
    """The most frequent form; in lower case where the term is, so that headings do not shout."""
    if not forms:
        return name
    counts: Counter[str] = Counter()
    for form, count in forms.items():
        counts[form.lower() if name.islower() else form] += count
    return min(counts, key=lambda form: (-counts[form], form))
