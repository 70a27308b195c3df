"""Corpora in which every passage draws on one of some vocabularies, and a stray word."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from textlien.tables import make
from textlien.themes.model import Material

VOCABULARIES = (
    "bus métro tram vélo arrêt ligne",
    "loyer bail logement bailleur quittance charges",
    "école classe prof collège cantine élève",
    "médecin hôpital soin ordonnance urgence infirmier",
)

STRAY = tuple(f"mot{number}" for number in range(40))

TERMS = tuple(sorted(" ".join(VOCABULARIES).split())) + STRAY


def material(n_interviews: int = 12, seed: int = 3) -> Material:
    """Thirty passages an interview: runs of three on one vocabulary, with a stray word each."""
    generator = np.random.default_rng(seed)
    column = {term: number for number, term in enumerate(TERMS)}
    rows = []
    for _ in range(n_interviews):
        for _ in range(10):
            words = VOCABULARIES[generator.integers(len(VOCABULARIES))].split()
            for _ in range(3):
                drawn = [*generator.choice(words, 4), *generator.choice(STRAY, 1)]
                rows.append(np.bincount([column[term] for term in drawn], minlength=len(TERMS)))
    counts = sparse.csr_matrix(np.array(rows, dtype=float))
    return Material(
        counts=counts,
        interviews=np.repeat(np.arange(n_interviews), 30),
        learn=np.ones(counts.shape[0], dtype=bool),
        terms=TERMS,
        vectors=np.zeros((len(TERMS), 1)),
    )


def tables_of(material: Material) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``terms`` and ``passage_terms`` of a material."""
    cells = material.counts.tocoo()
    passage_terms = pd.DataFrame(
        {
            "passage_id": [
                f"i{material.interviews[row]:02d}#{row:04d}" for row in cells.row.tolist()
            ],
            "term": [material.terms[column] for column in cells.col],
            "count": cells.data.astype("int64"),
        }
    )
    counts = passage_terms.groupby("term")["count"].agg(["sum", "size"])
    terms = [
        {
            "term": term,
            "kind": "lemma",
            "form": term,
            "folded": "",
            "count": int(counts.loc[term, "sum"]),
            "n_passages": int(counts.loc[term, "size"]),
            "n_interviews": 5,
        }
        for term in material.terms
    ]
    return make("terms", terms), make("passage_terms", passage_terms)
