"""Corpora that themes are measured on, as tables of terms."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.io import mmread

SHARED = Path(__file__).parents[3] / "shared"
REFERENCE = SHARED / "reference" / "rainette"


class Corpus(NamedTuple):
    """What the stage ``terms`` says of a corpus, without identifiers.

    Attributes
    ----------
    counts : passages × terms, no empty row, passages of an interview following each other.
    interviews : (passages,), number of the interview of each passage, from 0, rising.
    terms, forms, kinds : name, commonest form and kind of each column.
    """

    counts: sparse.csr_matrix
    interviews: np.ndarray
    terms: np.ndarray
    forms: np.ndarray
    kinds: np.ndarray

    def tables(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Columns of the tables ``terms`` and ``passage_terms`` that themes are made of."""
        cells = self.counts.tocoo()
        order = np.lexsort((cells.col, cells.row))
        rows = cells.row[order]
        names = np.array(
            [f"i{interview:05}#{row:07}" for row, interview in enumerate(self.interviews)],
            dtype=object,
        )
        present = self.counts > 0
        n_passages = np.asarray(present.sum(axis=0)).ravel()
        of_interview = sparse.csr_matrix(
            (np.ones(len(self.interviews)), (self.interviews, np.arange(len(self.interviews))))
        )
        terms = pd.DataFrame(
            {
                "term": self.terms.astype(object),
                "kind": self.kinds.astype(object),
                "form": self.forms.astype(object),
                "folded": "",
                "count": np.asarray(self.counts.sum(axis=0)).ravel().astype("int64"),
                "n_passages": n_passages.astype("int64"),
                "n_interviews": np.asarray((of_interview @ present > 0).sum(axis=0))
                .ravel()
                .astype("int64"),
            }
        )
        passage_terms = pd.DataFrame(
            {
                "passage_id": names[rows],
                "term": self.terms.astype(object)[cells.col[order]],
                "count": cells.data[order].astype("int64"),
            }
        )
        return terms, passage_terms

    def save(self, path: Path) -> None:
        """Write as an archive of arrays without objects, which every Python reads."""
        np.savez(
            path,
            data=self.counts.data,
            indices=self.counts.indices,
            indptr=self.counts.indptr,
            shape=self.counts.shape,
            interviews=self.interviews,
            terms=self.terms.astype(str),
            forms=self.forms.astype(str),
            kinds=self.kinds.astype(str),
        )


def load(path: Path) -> Corpus:
    """Read what :meth:`Corpus.save` wrote."""
    with np.load(path) as arrays:
        counts = sparse.csr_matrix(
            (arrays["data"], arrays["indices"], arrays["indptr"]), shape=tuple(arrays["shape"])
        )
        return Corpus(counts, *(arrays[name] for name in Corpus._fields[1:]))


def reference(folder: Path = REFERENCE) -> Corpus:
    """The matrix of 19,847 segments of 95 interviews, without segments that have no lemma."""
    if not (folder / "dtm.mtx.gz").exists():
        sys.exit(f"{folder}: no dtm.mtx.gz. Give the folder of the matrix as argument.")
    with gzip.open(folder / "dtm.mtx.gz") as stream:
        counts = sparse.csr_matrix(mmread(stream)).astype("int64")
    terms = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")[: counts.shape[1]]
    interviews = pd.factorize(pd.read_csv(folder / "segments.csv.gz").iloc[:, 1])[0]
    filled = np.diff(counts.indptr) > 0
    names = np.array(terms)
    # Which of its lemmas are verbs the matrix does not say.
    kinds = np.full(len(names), "lemma")
    return Corpus(counts[filled], interviews[filled], names, names, kinds)
