from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest

from textlien.commands.check import State
from textlien.estimation.method import Method
from textlien.exchange.readable import heading, metric, readable, value_text
from textlien.exchange.spreadsheet import as_csv, for_programs
from textlien.messages.catalogue import LANGUAGES, identifiers
from textlien.messages.translator import Translator
from textlien.tables import SCHEMAS, schemas
from textlien.transcripts.model import RoleReason

FR, EN = Translator("fr"), Translator("en")

CATEGORIES = {
    "role": schemas.ROLES,
    "decision": schemas.DECISIONS,
    "verdict": schemas.VERDICTS,
    "weight": schemas.WEIGHTS,
    "method": tuple(Method),
    "kind": ("lemma", "expression", "collocation"),
    "reason": tuple(RoleReason),
    "state": tuple(State),
    "measure": ("theme", "axis"),
    "scope": ("panel", "city"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_has_a_heading_of_its_own(table, language):
    columns = list(SCHEMAS[table].columns)
    assert {f"columns.{name}" for name in columns} <= identifiers(language)
    headings = [heading(name, Translator(language)) for name in columns]
    assert len(set(headings)) == len(columns)


@pytest.mark.parametrize("column", CATEGORIES)
def test_every_category_has_a_french_word(column):
    for value in CATEGORIES[column]:
        prefix = "estimation" if column == "method" else "values"
        assert f"{prefix}.{column}-{value.replace(' ', '-')}" in identifiers("fr")


def test_an_english_heading_is_the_name_of_the_column():
    assert heading("n_interviews", EN) == "n_interviews"
    assert heading("n_interviews", FR) == "entretiens"


def test_what_the_catalogue_does_not_know_stays_as_it_is():
    frame = pd.DataFrame({"quartier": ["Nord"], "verdict": ["increase?"]})
    assert readable(frame, FR).to_dict("records") == [{"quartier": "Nord", "verdict": "increase?"}]


def test_words_flags_places_and_wholes_are_in_french_and_numbers_stay_numbers():
    frame = pd.DataFrame(
        {
            "city": ["*", "Creil"],
            "verdict": ["not computed", "increase"],
            "included": [True, False],
            "place": ["page=2;line=14", ""],
            "estimate": [0.25, float("nan")],
        },
        index=[7, 3],
    )
    table = readable(frame, FR)
    assert list(table.columns) == ["ville", "verdict", "retenu", "emplacement", "estimation"]
    assert list(table["ville"]) == ["Ensemble", "Creil"]
    assert list(table["verdict"]) == ["non calculé", "hausse"]
    assert list(table["retenu"]) == ["oui", "non"]
    assert list(table["emplacement"]) == ["page 2, ligne 14", ""]
    assert table["estimation"].iloc[0] == 0.25
    assert list(table.index) == [7, 3]


def test_a_metric_without_reading_is_named_after_the_metric():
    assert metric("f1_new_city", FR) == "F1, ville non vue"
    assert metric("brier_baseline", FR) == "Score de Brier, sans lire"
    assert metric("f1_majority", FR) == "f1 majority"
    assert value_text("metric", "recall", FR) == "Rappel"


@pytest.mark.parametrize(
    ("translator", "separator", "decimal", "columns"),
    [(FR, ";", ",", ["ville", "part"]), (EN, ",", ".", ["city", "share"])],
)
def test_a_spreadsheet_opens_the_csv_of_its_language(translator, separator, decimal, columns):
    frame = pd.DataFrame({"city": ["Évry", "=cmd()"], "share": [0.25, float("nan")]})
    content = as_csv(frame, translator)
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    read = pd.read_csv(
        io.BytesIO(content), sep=separator, decimal=decimal, encoding="utf-8-sig", dtype={0: str}
    )
    assert list(read.columns) == columns
    assert list(read[columns[0]]) == ["Évry", "'=cmd()"]
    assert read[columns[1]].iloc[0] == 0.25
    assert pd.isna(read[columns[1]].iloc[1])


def test_a_csv_for_programs_is_guarded_too():
    frame = pd.DataFrame({"text": ["=HYPERLINK(1)", "- Oui.", "Non.", None], "share": [-0.5] * 4})
    read = pd.read_csv(io.StringIO(for_programs(frame)), keep_default_na=False)
    assert list(read["text"]) == ["'=HYPERLINK(1)", "'- Oui.", "Non.", ""]
    assert list(read["share"]) == [-0.5] * 4


def test_a_missing_text_is_an_empty_cell():
    frame = pd.DataFrame({"city": ["Creil", None]})
    assert as_csv(frame, FR).decode("utf-8-sig") == 'ville\r\nCreil\r\n""\r\n'


def test_the_page_of_tables_lists_every_column_with_its_heading():
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"## `(\w+)`\n(.*?)(?=\n## |\Z)", page, re.DOTALL))
    for table, schema in SCHEMAS.items():
        rows = re.findall(r"\| `(\w+)` \| (.+) \|", sections[table])
        assert rows == [(name, heading(name, FR)) for name in schema.columns]
