"""Invented studies, small or as large as the real ones, as the tables that a report is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from textlien.errors import Problem, did_you_mean
from textlien.messages.message import Location
from textlien.report.build import build_report
from textlien.study.options import Study
from textlien.tables import ALL, make

CITIES = ("Bordeaux", "Le Havre", "Strasbourg", "Valenciennes")
ACTORS = ("elu", "service_municipal", "association", "travailleur_social", "conseil_general")
THEMES: Mapping[str, tuple[str, ...]] = {
    "fête, quartier, voisin": ("fête", "quartier", "voisin", "place", "repas", "habitant", "rue"),
    "CCAS, accueil, dossier": ("CCAS", "accueil", "dossier", "secours", "RSA", "usager", "guichet"),
    "direction, service, adjoint": ("direction", "service", "adjoint", "DGS", "organigramme"),
    "conseil général, compétence, financement": ("conseil général", "compétence", "financement"),
    "école, jeune, collège": ("école", "jeune", "collège", "parent", "éducateur", "animateur"),
    "tramway, ligne, travaux": ("tramway", "ligne", "travaux", "bus", "parking", "chantier"),
}
VERBATIMS = (
    "Ben écoutez, la fête des voisins, au début on était douze. Et puis, euh, l'année d'après on "
    "était cent cinquante sur la place, avec les tables dehors. Voilà. C'est pas nous qui avons "
    "fait ça, c'est les gens.",
    "On est devenus des distributeurs de secours, je veux dire, on ne fait plus de collectif. "
    "Quelqu'un vient, on ouvre un dossier, on ferme un dossier (rires).",
    "Chaque direction a son adjoint, et les adjoints ne se parlent pas. Alors le projet, il "
    "attend.",
    "Avec le conseil général on se découvre à chaque réunion. Qui paie ? Qui décide ? Bon.",
)


@dataclass(frozen=True)
class InventedAxis:
    key: str
    label: str
    question: str
    definition: str
    label_en: str = ""


AXES = (
    InventedAxis(
        "projet",
        "Projet municipal de « vivre ensemble »",
        "Qu'est-ce qu'un projet municipal de « vivre ensemble » ?",
        "Ce que la ville veut pour la vie en commun et ce qu'elle fait avec ses habitants.",
        "Municipal project for living together",
    ),
    InventedAxis(
        "action_sociale",
        "Renouveler l'action sociale",
        "Dans quelles directions doit-on aller pour revisiter l'action sociale ?",
        "Le travail social et son renouvellement.",
        "Renewing social action",
    ),
)


def study_of(waves: Sequence[str] = ("2013", "2015"), **sections: object) -> Study:
    corpora = [{"wave": wave, "path": wave} for wave in waves]
    named = {"study": {"name": "essai", "title": "Villes et lien social"}} | sections
    return Study(file=Path("/ailleurs/essai.toml"), corpus=corpora, **named)


def interviews_of(
    cities: Sequence[str] = CITIES,
    waves: Sequence[str] = ("2013", "2015"),
    per_cell: int = 3,
    *,
    fictional: bool = True,
) -> pd.DataFrame:
    rows = []
    for wave in waves:
        for city in cities:
            for n in range(1, per_cell + 1):
                name = f"{city.lower().replace(' ', '-')}-{wave}-{n}"
                rows.append(
                    {
                        "interview_id": name,
                        "file": f"{wave}/{name}.docx",
                        "format": "txt",
                        "encoding": "utf_8",
                        "sha256": f"{len(rows):064x}",
                        "wave": wave,
                        "city": city,
                        "actor": ACTORS[len(rows) % len(ACTORS)],
                        "person": "",
                        "date": "",
                        "fictional": fictional,
                        "included": True,
                        "n_turns": 40,
                        "n_words": 1000 + 7 * len(rows),
                        "n_words_interviewer": 100,
                        "duration": float("nan"),
                        "problems": "",
                    }
                )
    return make("interviews", rows)


def passages_of(interviews: pd.DataFrame, per_interview: int = 4) -> pd.DataFrame:
    rows = []
    for interview in interviews["interview_id"]:
        for n in range(per_interview):
            text = VERBATIMS[n % len(VERBATIMS)]
            rows.append(
                {
                    "passage_id": f"{interview}#{n:04d}",
                    "interview_id": interview,
                    "turn_first": 2 * n + 1,
                    "turn_last": 2 * n + 1,
                    "start": 1000 * n,
                    "end": 1000 * n + len(text),
                    "speaker": "R",
                    "question": "Et ça, comment ça se passe dans la ville ?",
                    "text": text,
                    "n_words": len(text.split()),
                }
            )
    return make("passages", rows)


def theme_tables(labels: Mapping[str, Sequence[str]], passages: pd.DataFrame) -> dict:
    themes, terms, theme_terms, exemplars = [], {}, [], []
    for theme, (label, words) in enumerate(labels.items(), start=1):
        npmi = (0.21, 0.08, -0.04, float("nan"))[(theme - 1) % 4]
        themes.append(
            {
                "theme": theme,
                "label": label,
                "named": False,
                "aside": False,
                "share": 1 / len(labels),
                "npmi": npmi,
                "stability": 0.81,
                "returns": 0.95,
                "fragile": False,
            }
        )
        for rank, word in enumerate(words, start=1):
            terms[word] = {
                "term": word,
                "kind": "lemma",
                "form": word,
                "folded": "conseil général" if word == "conseil départemental" else "",
                "count": 20,
                "n_passages": 10,
                "n_interviews": 5,
            }
            theme_terms.append(
                {
                    "theme": theme,
                    "term": word,
                    "weight": 0.2 / rank,
                    "frex": 0.9 - rank / 100,
                    "relevance": -1.0,
                    "rank": rank,
                }
            )
        for rank in range(1, 1 + min(4, len(passages))):
            passage = passages["passage_id"].iloc[(theme - 1 + 5 * rank) % len(passages)]
            exemplars.append(
                {"theme": theme, "rank": rank, "passage_id": passage, "share": 0.93 - rank / 20}
            )
    return {
        "themes": make("themes", themes),
        "terms": make("terms", terms.values()),
        "theme_terms": make("theme_terms", theme_terms),
        "theme_exemplars": make("theme_exemplars", exemplars),
    }


def profiles_of(interviews: pd.DataFrame, items: Sequence[tuple[str, str]]) -> pd.DataFrame:
    generator = np.random.default_rng(2013)
    rows = []
    for keys in (["wave"], ["wave", "city"], ["wave", "actor"], ["wave", "city", "actor"]):
        for values, members in interviews.groupby(keys, sort=False):
            cell = dict(zip(keys, values, strict=True))
            if "" in cell.values():
                continue
            n = len(members)
            for measure, item in items:
                estimate = float(generator.beta(2, 8))
                half = 0.3 * estimate / np.sqrt(n)
                rows.append(
                    {
                        "wave": cell["wave"],
                        "city": cell.get("city", ALL),
                        "actor": cell.get("actor", ALL),
                        "measure": measure,
                        "item": item,
                        "estimate": estimate,
                        "low": estimate - half if n >= 3 else np.nan,
                        "high": min(1.0, estimate + half) if n >= 3 else np.nan,
                        "low_within": estimate,
                        "high_within": estimate,
                        "basis": "measured" if measure == "theme" else "coded",
                        "n_codings": 0 if measure == "theme" else 12 * n,
                        "n_interviews": n,
                        "n_passages": 12 * n,
                        "weight": "words",
                        "method": "mean-over-passages",
                    }
                )
    return make("profiles", rows)


def contrasts_of(
    interviews: pd.DataFrame, items: Sequence[tuple[str, str]], waves: tuple[str, str]
) -> pd.DataFrame:
    generator = np.random.default_rng(2015)
    cities = list(dict.fromkeys(interviews["city"]))
    rows = []
    for scope, city in [("panel", ALL), *(("city", city) for city in cities)]:
        for number, (measure, item) in enumerate(items):
            left = float(generator.beta(2, 8))
            difference = (0.121, -0.084, 0.013, -0.006)[number % 4] if scope == "panel" else 0.02
            difference = max(difference, -left)
            established = scope == "panel" and number % 4 < 2
            rows.append(
                {
                    "scope": scope,
                    "city": city,
                    "left": waves[0],
                    "right": waves[1],
                    "measure": measure,
                    "item": item,
                    "estimate_left": left,
                    "estimate_right": min(1.0, left + difference),
                    "difference": difference,
                    "low": difference - 0.05,
                    "high": difference + 0.05,
                    "p": 0.0004 if established else 0.4,
                    "p_adjusted": 0.0008 if established else 0.6,
                    "detectable": 0.071,
                    "verdict": "inconclusive"
                    if not established
                    else ("increase" if difference > 0 else "decrease"),
                    "n_interviews_left": 12 if scope == "panel" else 3,
                    "n_interviews_right": 12 if scope == "panel" else 3,
                    "n_passages_left": 100,
                    "n_passages_right": 100,
                    "basis": "measured" if measure == "theme" else "coded",
                    "n_codings_left": 0 if measure == "theme" else 100,
                    "n_codings_right": 0 if measure == "theme" else 100,
                    "n_paired": 2,
                    "weight": "words",
                    "method": "difference-of-shares",
                }
            )
    return make("contrasts", rows)


def scores_of(axes: Sequence[InventedAxis]) -> pd.DataFrame:
    values = {"precision": 0.81, "recall": 0.66, "f1": 0.73, "prevalence": 0.21, "n": 240}
    rows = [
        {
            "axis": axis.key,
            "metric": metric,
            "estimate": value,
            "low": np.nan if metric == "n" else value - 0.05,
            "high": np.nan if metric == "n" else value + 0.05,
        }
        for axis in axes
        for metric, value in values.items()
    ]
    return make("axis_scores", rows)


def crosses_of(cities: Sequence[str], n_themes: int) -> pd.DataFrame:
    """Each theme is more present in a city, and less in answers to a question."""
    rows = []
    for theme in range(1, n_themes + 1):
        for variable, value, verdict, chi2 in [
            ("city", cities[theme % len(cities)], "more", 12.5),
            ("question", "Et la fête des voisins, elle en est où ?", "less", -9.1),
            ("actor", "elu", "inconclusive", 1.2),
        ]:
            rows.append(
                {
                    "variable": variable,
                    "value": value,
                    "theme": theme,
                    "n_interviews": 8,
                    "observed_share": 0.123 if chi2 > 0 else 0.012,
                    "expected_share": 0.051,
                    "chi2": chi2,
                    "p": 0.0001,
                    "p_adjusted": 0.003,
                    "verdict": verdict,
                }
            )
    return make("theme_crosses", rows)


def sources_of(interviews: pd.DataFrame, n_themes: int) -> pd.DataFrame:
    """The second theme is mostly one interview, the others come from several."""
    rows = [
        {
            "theme": theme,
            "n_interviews": 9,
            "n_passages": 31,
            "largest_interview": interviews["interview_id"].iloc[0],
            "interview_share": 0.64 if theme == 2 else 0.13,
            "largest_speaker": f"{interviews['interview_id'].iloc[0]} · R",
            "speaker_share": 0.64 if theme == 2 else 0.13,
            "carried_by": "interview" if theme == 2 else "several",
        }
        for theme in range(1, n_themes + 1)
    ]
    return make("theme_sources", rows)


def tables_of(
    cities: Sequence[str] = CITIES,
    waves: Sequence[str] = ("2013", "2015"),
    per_cell: int = 3,
    labels: Mapping[str, Sequence[str]] = THEMES,
    axes: Sequence[InventedAxis] = AXES,
) -> dict[str, pd.DataFrame]:
    interviews = interviews_of(cities, waves, per_cell)
    passages = passages_of(interviews)
    items = [("theme", str(theme)) for theme in range(1, len(labels) + 1)]
    items += [("axis", axis.key) for axis in axes]
    tables = {"interviews": interviews, "passages": passages}
    tables |= theme_tables(labels, passages)
    tables["profiles"] = profiles_of(interviews, items)
    if len(waves) > 1:
        tables["contrasts"] = contrasts_of(interviews, items, (waves[0], waves[-1]))
    tables["axis_scores"] = scores_of(axes)
    tables["theme_crosses"] = crosses_of(cities, len(labels))
    tables["theme_sources"] = sources_of(interviews, len(labels))
    without = passages["passage_id"][:7]
    reasons = ["no-term"] * 4 + ["talk"] + ["outside"] * 2
    rows = [{"passage_id": p, "reason": r} for p, r in zip(without, reasons, strict=False)]
    tables["passages_without_theme"] = make("passages_without_theme", rows)
    return tables


PROBLEMS = (
    Problem.error("files.empty", Location(file="2015/creil_maire.docx")),
    Problem.warning(
        "corpus.unknown-city",
        Location(file="2015/metadata.csv", line=14),
        city="Clichy sous bois",
        suggestion=did_you_mean("Clichy sous bois", ["Clichy-sous-Bois"]),
        study="essai.toml",
    ),
)
MANIFEST = {
    "libraries": {"textlien": "0.1.0", "scikit-learn": "1.8.0"},
    "stages": {"read": {"key": "0123456789abcdef", "summary": "24 interviews"}},
}


def page_of(tables: Mapping[str, pd.DataFrame], study: Study | None = None) -> str:
    return build_report(
        tables, study or study_of(), axes=AXES, problems=PROBLEMS, manifest=MANIFEST
    )


def large_tables() -> dict[str, pd.DataFrame]:
    """As large as the real studies: 11 cities, 20 themes, 924 interviews."""
    cities = (*CITIES, "Angers", "Arras", "Clichy-sous-Bois", "Creil", "Garges-lès-Gonesse")
    cities += ("Moulins Communauté", "Villeurbanne")
    words = [word for group in THEMES.values() for word in group]
    labels = {
        f"{words[n]}, {words[n + 5]}, développement social local": words[n : n + 12]
        for n in range(20)
    }
    return tables_of(cities=cities, per_cell=42, labels=labels)
