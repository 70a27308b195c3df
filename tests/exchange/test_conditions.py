"""Conditions as a person reads them off the screen; the values are those of the tables."""

from __future__ import annotations

import pandas as pd
import pytest

from textlien.errors import TextlienError
from textlien.exchange.conditions import rows_where
from textlien.exchange.readable import readable
from textlien.messages.translator import Translator

FR, EN = Translator("fr"), Translator("en")

TABLE = pd.DataFrame(
    {
        "wave": ["2013", "2013", "2015", "2015"],
        "city": ["*", "Creil", "L'Haÿ-les-Roses", "Évry"],
        "actor": ["*", "maire", "elu", "elu"],
        "measure": ["theme", "theme", "axis", "axis"],
        "item": ["1", "2", "projet", "action_sociale"],
        "verdict": ["increase", "inconclusive", "not computed", "decrease"],
        "included": [True, True, False, True],
        "estimate": [0.3842, 0.1204, 0.25, float("nan")],
        "difference": [-0.12, 0.04, 0.0, 0.2],
        "n_words": [1204, 320, 0, 512],
        "original": ["« Ah bon ? »", "- Et ou va-t-on", "D'accord.", "Non."],
        "place": ["page=2;line=14", "line=3", "", ""],
    },
    index=[4, 5, 8, 9],
)


def numbers(condition, translator=FR):
    rows, problems = rows_where(TABLE, condition, translator)
    assert problems == []
    assert list(rows.columns) == list(TABLE.columns)
    return list(rows.index)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        # Headings and values as the screen shows them.
        ("ville == 'Ensemble'", [4]),
        ("mesure == 'thème'", [4, 5]),
        ("verdict == 'non concluant'", [5]),
        ("verdict == 'non calculé'", [8]),
        ("verdict != 'hausse'", [5, 8, 9]),
        ("retenu == 'non'", [8]),
        ("retenu", [4, 5, 9]),
        ("emplacement == 'page 2, ligne 14'", [4]),
        ("thème ou axe == 'projet'", [8]),
        ("`thème ou axe` == 'projet'", [8]),
        ("texte d'origine = 'Non.'", [9]),
        ("texte d’origine = « D'accord. »", [8]),
        ("estimation == 0,384", [4]),
        ("estimation > 0,2", [4, 8]),
        ("écart == -0,12", [4]),
        # Names and values of the table.
        ("city == '*'", [4]),
        ("verdict == 'inconclusive'", [5]),
        ("verdict in ['increase', 'baisse']", [4, 9]),
        ("measure == 'axis' and n_words > 100", [9]),
        ("included == True", [4, 5, 9]),
        ("estimate.isna()", [9]),
        ("mesure.str.contains('th')", [4, 5]),
        # As people write.
        ("ville = 'creil'", [5]),
        ("ville = 'EVRY' ou ville = “Creil”", [5, 9]),
        ("Ville = 'L'Haÿ-les-Roses'", [8]),
        ("ville = 'l’hay les roses'", [8]),
        ("ville in ['Creil', 'Évry']", [5, 9]),
        ("vague = 2015", [8, 9]),
        ("vague = 2015 et mots > 500", [9]),
        ("mots > '300' & mots < 600", [5, 9]),
        ("mots ≥ 512 | mots = 0", [4, 8, 9]),
        ("non (vague = 2013)", [8, 9]),
        ("ville <> 'Creil'", [4, 8, 9]),
        ("texte d'origine = '- Et ou va-t-on'", [5]),
    ],
)
def test_a_condition_is_read_as_the_table_is_shown(condition, expected):
    assert numbers(condition) == expected


def test_every_value_on_the_screen_finds_its_row():
    shown = readable(TABLE, FR)
    for heading in shown.columns:
        for index, value in shown[heading].items():
            if isinstance(value, str):
                rows, _ = rows_where(TABLE, f'{heading} == "{value}"', FR)
                assert index in rows.index, (heading, value)


def test_words_of_english_are_understood_in_english():
    assert numbers("included = 'no'", EN) == [8]
    assert numbers("city = 'evry' and n_words > 500", EN) == [9]


def test_a_value_that_no_row_has_is_told_and_not_only_found_nowhere():
    rows, problems = rows_where(TABLE, "ville = 'Creill'", FR)
    assert rows.empty
    assert [problem.id for problem in problems] == ["exchange.no-such-value"]
    assert "Creil" in problems[0].hint(FR)
    _, problems = rows_where(TABLE, "vague in [2013, 2014]", FR)
    assert problems[0].message.values["value"] == "2014"


@pytest.mark.parametrize(
    ("condition", "identifier"),
    [
        ("villle = 'Creil'", "exchange.unknown-column"),
        ("ville = Creil", "exchange.unknown-column"),
        ("nombre de mots > 3", "exchange.bad-condition"),
        ("ville ==", "exchange.bad-condition"),
        ("ville = 'Creil", "exchange.bad-condition"),
        ("@__import__('os')", "exchange.bad-condition"),
        ("__import__('os').getcwd()", "exchange.unknown-column"),
        ("mots", "exchange.bad-condition"),
        ("(" * 5000, "exchange.bad-condition"),
    ],
)
def test_a_condition_that_is_not_understood_says_so(condition, identifier):
    with pytest.raises(TextlienError) as raised:
        rows_where(TABLE, condition, FR)
    (problem,) = raised.value.problems
    assert problem.id == identifier
    assert problem.hint(FR)


def test_a_misspelt_heading_is_suggested():
    with pytest.raises(TextlienError) as raised:
        rows_where(TABLE, "villle = 'Creil'", FR)
    assert "« ville »" in raised.value.problems[0].hint(FR).replace("\u00a0", " ").replace(
        "\u202f", " "
    )
