"""Studies over real transcripts, run up to their terms, with what is known of each interview.

Each is made in a folder and run there by the pipeline; a folder that is used again is not computed
again.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien.pipeline.run import run
from textlien.pipeline.run_folder import Run
from textlien.segmentation.passages import interview_of
from textlien.study.loading import load
from textlien.terms.counts import matrix

from .corpora import SHARED, Corpus

REAL = SHARED / "realdata"

# What each of the 27 craftspeople of artisans_docx makes, from the first answers of their
# interviews; teachers and learners of a craft count to it. « glass »: several techniques at once.
CRAFTS = {
    "24.10.03 01": "stained glass",
    "24.10.03 03": "stained glass",
    "24.10.04 02": "stained glass",
    "24.10.04 04": "blown glass",
    "24.12.03": "weaving",
    "24.12.16": "stained glass",
    "25.01.08": "plumbing",
    "25.01.14 03ab": "basketry",
    "25.01.14 05ab": "basketry",
    "25.01.15 02": "weaving",
    "25.01.15 04": "coachbuilding",
    "25.02.13": "blown glass",
    "25.03.13 01": "bookbinding",
    "25.03.13 03": "leather",
    "25.03.27 02": "cast glass",
    "25.03.28 02": "cast glass",
    "25.04.02": "blown glass",
    "25.04.03 02": "blown glass",
    "25.04.03 04": "blown glass",
    "25.04.05": "lampworked glass",
    "25.04.16 01": "glass",
    "25.05.02": "lace",
    "25.05.07": "leather",
    "25.05.22 01": "sewing",
    "25.05.22 03": "sewing",
    "25.05.22 05": "sewing",
    "25.05.23": "wood",
}

# Crafts of which no other interview tells would be classes of one.
MATERIALS = {
    **dict.fromkeys(("stained glass",), "stained glass"),
    **dict.fromkeys(("blown glass", "cast glass", "lampworked glass", "glass"), "hot glass"),
    **dict.fromkeys(("weaving", "lace", "sewing"), "thread"),
    **dict.fromkeys(("leather", "bookbinding"), "leather"),
    **dict.fromkeys(("plumbing", "coachbuilding"), "metal"),
    **dict.fromkeys(("basketry", "wood"), "wood"),
}

# Names of parties as leaflets print them. Where a leaflet names its own party: among its first 60
# and last 40 words; between them it speaks of others.
PARTIES = {
    "communists": r"communistes?\b|p\.?c\.?f\b",
    "socialists": r"parti socialiste|candidats? socialistes?|candidate socialiste|"
    r"majorité présidentielle",
    "national front": r"front national",
    "right": r"\br\.?p\.?r\b|\bu\.?d\.?f\b|\bu\.?r\.?c\b|union du rassemblement et du centre|"
    r"union pour la france|rassemblement pour la république|union pour la démocratie",
    "ecologists": r"\bles verts\b|génération écologie|écologistes?\b",
    "far left": r"lutte ouvrière|ligue ouvrière|parti des travailleurs",
}
_EDGES = 60, 40


class Study(NamedTuple):
    """Counts of a corpus, and groups of its interviews.

    Attributes
    ----------
    corpus : counts.
    names : (interviews,), identifier of each, by number.
    groups : values by interview, under the name of each grouping; "" where there is none.
    """

    corpus: Corpus
    names: list[str]
    groups: Mapping[str, list[str]]


def craftspeople(folder: Path) -> Study:
    """The 27 craftspeople; craft, and material worked."""
    _corpora(folder, ["artisans_docx/*.docx"])
    interviews, corpus, names = _terms(folder)
    return Study(corpus, names, _of_crafts(interviews))


def mixed(folder: Path) -> Study:
    """The craftspeople and 41 Parisians in one study: who of both, and crafts of the former."""
    _corpora(folder, ["artisans_docx/*.docx", "cfpp2000_textgrid/*.TextGrid"])
    interviews, corpus, names = _terms(folder)
    groups = _of_crafts(interviews)
    who = ["craftsperson" if craft else "Parisian" for craft in groups["craft"]]
    return Study(corpus, names, {"who": who, **groups})


def contributions(folder: Path) -> Study:
    """Threads of the consultation on the digital republic, each as one text; their section."""
    table = pd.read_csv(REAL / "republique_numerique" / "passages.csv")
    texts = folder / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    groups: dict[str, pd.Series] = {}
    for thread, rows in table.groupby("opinion_id"):
        groups[str(thread)] = rows.iloc[0]
        (texts / f"{thread}.txt").write_text("\n\n".join(rows["text"]), encoding="utf-8")
    _write_study(folder, ["texts/*.txt"])
    interviews, corpus, names = _terms(folder)
    of_thread = [groups[Path(file).stem] for file in interviews["file"]]
    return Study(
        corpus,
        names,
        {
            "section": [row["section"] for row in of_thread],
            "class of four": [row["class4"] for row in of_thread],
        },
    )


def leaflets(folder: Path) -> Study:
    """Candidates' leaflets of two elections; département, year, and party where one is named."""
    source = REAL / "archelec_two_waves"
    shutil.copytree(source, folder, dirs_exist_ok=True)
    _write_study(folder, ["texts/*_1988_*.txt", "texts/*_1993_*.txt"], "metadata.csv")
    interviews, corpus, names = _terms(folder)
    texts = [(folder / file).read_text(encoding="utf-8") for file in interviews["file"]]
    return Study(
        corpus,
        names,
        {
            "party": [party(text) for text in texts],
            "département": list(interviews["city"]),
            "year": list(interviews["wave"].astype(str)),
        },
    )


STUDIES: Mapping[str, Callable[[Path], Study]] = {
    "craftspeople": craftspeople,
    "mixed": mixed,
    "contributions": contributions,
    "leaflets": leaflets,
}


def party(text: str) -> str:
    """The family of parties named at a leaflet's beginning or end; "" for none or several."""
    words = text.lower().split()
    edges = " ".join([*words[: _EDGES[0]], "|", *words[-_EDGES[1] :]])
    families = [family for family, names in PARTIES.items() if re.search(names, edges)]
    return families[0] if len(families) == 1 else ""


def _of_crafts(interviews: pd.DataFrame) -> dict[str, list[str]]:
    """Craft of each interview, and material worked; "" for those that are of no craft."""
    crafts = [_craft(file) for file in interviews["file"]]
    return {"craft": crafts, "material": [MATERIALS.get(craft, "") for craft in crafts]}


def _craft(file: str) -> str:
    """The craft of one of the craftspeople's files; "" for another."""
    stem = Path(file).stem
    key = stem.removeprefix("Entretien 01 ").partition("_")[0]
    return CRAFTS[key] if stem.startswith("Entretien 01 ") else ""


def _corpora(folder: Path, patterns: list[str]) -> None:
    """A study of interviews that stay where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_study(folder, [(REAL / pattern).resolve().as_posix() for pattern in patterns])


def _write_study(folder: Path, patterns: list[str], metadata: str = "") -> None:
    """Write a study file with a corpus for each pattern."""
    parts = ['[study]\nname = "study"\n']
    for number, pattern in enumerate(patterns, start=1):
        wave = re.search(r"_(\d{4})_", pattern)
        parts.append(f'[[corpus]]\nwave = "{wave[1] if wave else number}"\npath = "{pattern}"\n')
        if metadata:
            parts.append(f'metadata = "{metadata}"\n')
    (folder / "study.toml").write_text("".join(parts), encoding="utf-8")


def _terms(folder: Path) -> tuple[pd.DataFrame, Corpus, list[str]]:
    """Run a study up to its terms: interviews that have terms, counts, their identifiers."""
    print(f"{folder.name}: run up to terms …", file=sys.stderr, flush=True)
    done, _ = run(load(folder / "study.toml"), last="terms", workers=2)
    corpus, names = counts_of(done)
    interviews = done["interviews"].set_index("interview_id").loc[names].reset_index()
    return interviews, corpus, names


def counts_of(done: Run) -> tuple[Corpus, list[str]]:
    """Counts of a run, and the identifier of each interview by its number."""
    terms = done["terms"]
    counts, passages = matrix(done["passage_terms"], terms)
    numbers, names = pd.factorize(np.array([interview_of(name) for name in passages], object))
    return (
        Corpus(
            counts.astype("int64"),
            numbers.astype("int64"),
            terms["term"].to_numpy(str),
            terms["form"].to_numpy(str),
            terms["kind"].to_numpy(str),
        ),
        list(names),
    )
