"""Two small corpora whose themes are separate vocabularies, and the model of the first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.themes.finding import themes_of
from textlien.study.options import TermsOptions, ThemesOptions
from textlien.tables import make
from textlien.themes.find import as_numbered
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of
from textlien.themes.projection.keeping import Corpus, keep
from textlien.themes.projection.saved import Origin, SavedThemes

SCHOOL = (
    "école classe prof élève cantine collège lycée cahier "
    "dictée bulletin récréation maîtresse préau tableau note devoir"
).split()
BUS = (
    "bus métro tram vélo trottoir gare ligne ticket "
    "quai parking piéton wagon chauffeur arrêt horaire pédale"
).split()
HOME = (
    "loyer logement bailleur immeuble ascenseur voisin clé chauffage "
    "escalier palier charge fuite balcon cave gardien plafond"
).split()
VIRUS = (
    "virus masque vaccin hôpital confinement test fièvre soignant "
    "dose gel infirmière toux variant lit urgence contagion"
).split()
OPTIONS = ThemesOptions(engine="nmf", k=3, top_terms=6)
WORDS = 5  # passages of six terms or more may be alike by chance, and count as repeats


def corpus(
    *vocabularies: list[str], interviews: int = 12, passages: int = 30, seed: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``terms`` and ``passage_terms``: one vocabulary after the other in each interview."""
    generator = np.random.default_rng(seed)
    rows = []
    for interview in range(interviews):
        for number in range(passages):
            words = vocabularies[number * len(vocabularies) // passages]
            for term in sorted(generator.choice(words, WORDS, replace=False)):
                passage = f"i{interview:02d}#{number:04d}"
                rows.append({"passage_id": passage, "term": term, "count": 1})
    return terms_of(make("passage_terms", rows)), make("passage_terms", rows)


def terms_of(passage_terms: pd.DataFrame) -> pd.DataFrame:
    """Table ``terms`` of these counts."""
    rows = [
        {
            "term": term,
            "kind": "collocation" if " " in str(term) else "lemma",
            "form": term,
            "folded": "",
            "count": int(group["count"].sum()),
            "n_passages": len(group),
            "n_interviews": group["passage_id"].str.partition("#")[0].nunique(),
        }
        for term, group in passage_terms.groupby("term")
    ]
    return make("terms", rows)


def interviews_of(passage_terms: pd.DataFrame, wave: str = "2015") -> pd.DataFrame:
    """Columns ``interview_id``, ``wave``, ``digest``."""
    names = sorted(set(passage_terms["passage_id"].str.partition("#")[0]))
    digests = [f"{wave}{name}" for name in names]
    return pd.DataFrame({"interview_id": names, "wave": wave, "digest": digests})


def origin(n_interviews: int, n_passages: int, **changes: object) -> Origin:
    """Settings of the first corpus."""
    values: dict[str, object] = {
        "study": "odas",
        "waves": ("2013",),
        "n_interviews": n_interviews,
        "n_passages": n_passages,
        "n_occurrences": n_passages * WORDS,
        "fictional": True,
        "engine": OPTIONS.engine,
        "k": OPTIONS.k,
        "seed": 1,
        "terms": TermsOptions().model_dump(mode="json"),
        "sources": {"expressions.csv": "0", "annotator": "1.0.0"},
    }
    return Origin(**values | changes)  # type: ignore[arg-type]


def saved(terms: pd.DataFrame, passage_terms: pd.DataFrame, **changes: object) -> SavedThemes:
    """The model of a corpus."""
    material, passages = material_of(terms, passage_terms)
    themes, _ = themes_of(terms, passage_terms, OPTIONS)
    fit = StudyFit(OPTIONS)
    edited = as_numbered(fit.edited(material, OPTIONS.k, 1), material, themes.themes)
    n_interviews = int(material.interviews.max()) + 1
    settings = origin(n_interviews, len(passages), **changes)
    digests = frozenset(interviews_of(passage_terms, "2013")["digest"])
    kept = Corpus(terms, material, frozenset(), digests, settings)
    return keep(edited.model, themes.themes, kept, fit)


OLD = corpus(SCHOOL, BUS, HOME)
MODEL = saved(*OLD)
"""That of the first corpus: fitted once for all tests, which change copies."""
