from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd

from tests.making import ENGLISH
from tests.themes.edits.models import entry, terms_of
from textlien.tables import make
from textlien.themes.edits.draft import proposals
from textlien.themes.edits.reading import read_entries
from textlien.themes.edits.vocabulary import Vocabulary

TERMS = ["école", "collège", "prof", "élève", "bus", "métro", "tram", "gens", "vie", "dire"]
FORMS = {"école": "écoles", "prof": "profs"}


def tables_of(
    *themes: str, named: tuple[int, ...] = (), aside: tuple[int, ...] = ()
) -> dict[str, pd.DataFrame]:
    """Tables of a run with these themes, of words of falling weight."""
    rows, theme_terms = [], []
    for number, words in enumerate(themes, start=1):
        flags = {"named": number in named, "aside": number in aside, "fragile": False}
        share = {"share": 0.1, "npmi": 0.1, "stability": 1.0, "returns": 1.0}
        rows.append({"theme": number, "label": f"nom {number}", **flags, **share})
        for rank, word in enumerate(words.split(), start=1):
            weight = {"weight": 0.3 / rank, "frex": 0.5, "relevance": -1.0}
            theme_terms.append({"theme": number, "term": word, "rank": rank, **weight})
    return {
        "themes": make("themes", rows),
        "theme_terms": make("theme_terms", theme_terms),
        "terms": terms_of(TERMS, FORMS),
    }


def test_an_entry_has_the_words_of_its_theme_and_the_label_as_name():
    (text,) = proposals(tables_of("école prof collège élève"), (), ENGLISH)
    assert text.splitlines() == [
        "# Theme 1 (10.0%): écoles, profs, collège, élève",
        "[[theme]]",
        'words = "écoles, profs, collège, élève"',
        'name = "nom 1"',
    ]


def test_words_that_weigh_more_elsewhere_are_no_anchors():
    tables = tables_of("gens vie dire école", "école prof collège élève")
    first, second = (tomllib.loads(text) for text in proposals(tables, (), ENGLISH))
    assert first["theme"][0]["words"] == "gens, vie, dire"
    assert second["theme"][0]["words"] == "écoles, profs, collège, élève"


def test_twins_have_anchors_that_differ(tmp_path: Path):
    words = "école collège prof élève bus métro"
    tables = tables_of(f"{words} tram gens", f"{words} tram vie")
    path = tmp_path / "themes.toml"
    path.write_text("\n".join(proposals(tables, (), ENGLISH)), "utf-8")
    entries, problems = read_entries(path, "themes.toml")
    assert problems == []
    assert [len(placed.entry.words) for placed in entries] == [6, 7]


def test_every_proposed_word_is_a_term_again(tmp_path: Path):
    tables = tables_of("école prof collège élève", "bus métro tram")
    path = tmp_path / "themes.toml"
    path.write_text("\n".join(proposals(tables, (), ENGLISH)), "utf-8")
    vocabulary = Vocabulary(tables["terms"])
    entries, _ = read_entries(path, "themes.toml")
    names = [
        [TERMS[vocabulary.number(word) or 0] for word in placed.entry.words] for placed in entries
    ]
    assert names == [["école", "prof", "collège", "élève"], ["bus", "métro", "tram"]]


def test_themes_that_an_entry_means_are_not_proposed_again():
    tables = tables_of("école prof collège élève", "bus métro tram", "gens vie dire")
    texts = proposals(tables, [entry(words="métro, tram", name="Bus")], ENGLISH)
    assert [text.splitlines()[3] for text in texts] == ['name = "nom 1"', 'name = "nom 3"']


def test_themes_that_the_run_has_named_or_set_aside_are_not_proposed():
    tables = tables_of("école prof", "bus métro", "gens vie", named=(1,), aside=(3,))
    (text,) = proposals(tables, (), ENGLISH)
    assert 'name = "nom 2"' in text
