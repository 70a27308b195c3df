"""Small studies for these tests: invented interviews with invented names."""

from __future__ import annotations

import shutil
from pathlib import Path

import textlien
from textlien.commands.pseudonymise import read_source
from textlien.pipeline.run_folder import run_folder
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.source import Source
from textlien.study.loading import load

DEMO = Path(textlien.__file__).parents[2] / "corpora" / "demo"

TOML = """
[study]
title = "Étude d'Amir Benali (entretiens fictifs)"

[[corpus]]
wave = "2013"
path = "entretiens"
metadata = "metadata.csv"
cities = ["Creil"]

[speakers]
interviewer = ["Chercheuse"]

[axes]
codings = ["codages/*.csv"]
codebook = "axes.toml"
"""

AXES = """
# Exemple trouvé chez Amir Benali.
[[axis]]
key = "lien"
label = "Lien social"
label_en = "Social ties"
include = ["ce que dit Amir Benali de son quartier"]
"""

FIRST = """Entretien fictif

Chercheuse : Vous connaissez Amir Benali ?
Inès Roux : La mère d'Amir habite en face. M. Benali, c'est quelqu'un de bien.
Chercheuse : Et Marie-Claude ?
Inès Roux : Marie-Claude, oui. AMIR aussi l'aime bien, hein.
"""

SECOND = """Entretien fictif

Chercheuse : Parlez-moi du quartier.
AMIR BENALI : Je suis né rue Marie Curie, avec Inès. Marie vient le lundi.
Chercheuse : D'accord.
AMIR BENALI : On se connaît tous, c'est ça le lien.
"""

METADATA = """file,city,actor,person
Amir_Benali.txt,Creil,autre,Amir Benali
roux-ines 2.txt,Creil,autre,R. Zelda
"""

CODINGS = """interview;quote;axis;value;coder;memo
roux-ines 2;La mère d'Amir habite en face.;lien;1;zoe;=voir Amir Benali
Amir_Benali;On se connaît tous, c'est ça le lien.;lien;1;zoe;
Amir_Benali;jamais dit;lien;1;zoe;
"""

NAMES = [
    Name("Amir Benali", "person", "p1", "Samir Haddad", "replace"),
    Name("AMIR BENALI", "person", "p1", "Samir Haddad", "replace"),
    Name("Amir", "person", "p1", "Samir", "replace"),
    Name("AMIR", "person", "p1", "Samir", "replace"),
    Name("Benali", "person", "p1", "Haddad", "replace"),
    Name("Inès Roux", "person", "p2", "Zoé Petit", "replace"),
    Name("Inès", "person", "p2", "Zoé", "replace"),
    Name("Marie-Claude", "person", "p3", "Anne-Lise", "replace"),
    Name("Marie", "person", "p4", "Odile", "replace"),
    Name("rue Marie Curie", "place", "l1", "", "keep"),
]


def study_of(folder: Path) -> Path:
    """Two interviews with names everywhere that a name can be."""
    files = {
        "etude.toml": TOML,
        "axes.toml": AXES,
        "metadata.csv": METADATA,
        "codages/zoe.csv": CODINGS,
        "entretiens/roux-ines 2.txt": FIRST,
        "entretiens/Amir_Benali.txt": SECOND,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "etude.toml"


def demo_of(folder: Path) -> Path:
    """A copy of the demonstration study, without results."""
    shutil.copytree(DEMO, folder)
    return folder / "demo.toml"


def source_of(study_file: Path) -> Source:
    """A study, read."""
    study = load(study_file)
    return read_source(study, run_folder(study))
