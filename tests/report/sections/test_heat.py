from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.report.invented import AXES, interviews_of, profiles_of, study_of, theme_tables
from textlien.messages.translator import Translator
from textlien.report.labels import labels_of
from textlien.report.sections.heat import contrast_ratio, heat_maps, ink, shade
from textlien.tables import make

LABELS = {"fête, quartier": ("fête",), "CCAS, accueil": ("CCAS",)}
ITEMS = [("theme", "1"), ("theme", "2")]


def labels():
    interviews = interviews_of(cities=("Creil",), waves=("2013",))
    themes = theme_tables(LABELS, make("passages", []))["themes"]
    assert len(interviews) == 3
    return labels_of(Translator("fr"), study_of(), themes, AXES)


def test_ratio_of_contrast_is_that_of_the_accessibility_guidelines():
    assert contrast_ratio("#000000", "#ffffff") == 21
    # The grey that the guidelines' own tools give as just passing on white.
    assert round(contrast_ratio("#767676", "#ffffff"), 2) == 4.54


@given(st.floats(0, 1))
def test_a_value_can_be_read_on_every_colour_of_the_scale(position):
    background = shade(position)
    assert contrast_ratio(ink(background), background) >= 4.5


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_greater_share_is_never_lighter(one, other):
    low, high = sorted((one, other))
    assert contrast_ratio(shade(high), "#ffffff") >= contrast_ratio(shade(low), "#ffffff") - 1e-9


def test_cities_come_in_alphabetical_order_after_the_whole():
    interviews = interviews_of(cities=("Valenciennes", "Évry", "Arras"), waves=("2013",))
    (heat,) = heat_maps(profiles_of(interviews, ITEMS), "theme", "city", labels())
    assert heat.columns == [
        ("Ensemble", "9"),
        ("Arras", "3"),
        ("Évry", "3"),
        ("Valenciennes", "3"),
    ]


def test_each_cell_shows_the_share_of_its_own_city_and_theme():
    profiles = profiles_of(interviews_of(), ITEMS)
    cell = (profiles["city"] == "Le Havre") & (profiles["actor"] == "*")
    cell &= (profiles["wave"] == "2015") & (profiles["item"] == "2")
    profiles.loc[cell, ["estimate", "low", "high"]] = [0.314, 0.268, 0.362]
    second = heat_maps(profiles, "theme", "city", labels())[1]
    column = [label for label, _ in second.columns].index("Le Havre")
    label, cells = second.rows[1]
    assert label == "2\u00a0·\u00a0CCAS, accueil"
    assert cells[column].text == "31,4"
    assert cells[column].interval == "[26,8\u202f;\u00a036,2]"
    assert cells[column].title == (
        "2\u00a0·\u00a0CCAS, accueil, Le Havre\u00a0: 31,4\u00a0% [26,8\u202f;\u00a036,2]\u202f; "
        "3 entretiens, 36 passages"
    )


def test_both_waves_share_one_colour_scale():
    profiles = profiles_of(interviews_of(), ITEMS)
    first, second = heat_maps(profiles, "theme", "city", labels())
    assert first.legend == second.legend
    whole = profiles[profiles["actor"] == "*"]
    assert first.legend[-1][2] == Translator("fr").percent(whole["estimate"].max())


def test_a_share_without_interval_is_marked_and_says_why():
    profiles = profiles_of(interviews_of(per_cell=2), ITEMS)
    heat = heat_maps(profiles, "theme", "city", labels())[0]
    whole, bordeaux = heat.rows[0][1][:2]
    assert heat.bare
    assert (whole.bare, bordeaux.bare) == (False, True)
    assert bordeaux.interval == ""
    assert "trop peu d’entretiens" in bordeaux.title


def test_a_share_without_interval_in_a_large_cell_says_that_nothing_varies():
    profiles = profiles_of(interviews_of(per_cell=5), ITEMS)
    profiles[["estimate", "low", "high"]] = np.array([0.0, np.nan, np.nan])
    bordeaux = heat_maps(profiles, "theme", "city", labels())[0].rows[0][1][1]
    assert "sans intervalle (les entretiens ne diffèrent pas)" in bordeaux.title


def test_an_actor_who_was_not_heard_in_a_wave_has_no_column_there():
    interviews = interviews_of(cities=("Creil",), waves=("2013", "2015"), per_cell=1)
    heats = heat_maps(profiles_of(interviews, ITEMS), "theme", "actor", labels())
    assert [[label for label, _ in heat.columns] for heat in heats] == [
        ["Ensemble", "Élu adjoint ou conseiller"],
        ["Ensemble", "Service municipal, CCAS"],
    ]


def test_a_missing_cell_is_a_dash_without_colour():
    profiles = profiles_of(interviews_of(), ITEMS)
    gone = (profiles["city"] == "Bordeaux") & (profiles["item"] == "2")
    heat = heat_maps(profiles[~gone], "theme", "city", labels())[0]
    cell = heat.rows[1][1][1]
    assert (cell.text, cell.background) == ("—", "")
    assert heat.absent


def test_shares_that_are_all_zero_are_drawn_white():
    profiles = profiles_of(interviews_of(), ITEMS)
    profiles[["estimate", "low", "high"]] = np.array([0.0, np.nan, np.nan])
    heat = heat_maps(profiles, "theme", "city", labels())[0]
    assert {cell.background for _, row in heat.rows for cell in row} == {"#ffffff"}


def test_speech_outside_of_themes_is_the_last_row_and_off_the_colour_scale():
    profiles = profiles_of(interviews_of(), [("theme", "outside"), *ITEMS])
    profiles.loc[profiles["item"] == "outside", "estimate"] = 0.9
    first = heat_maps(profiles, "theme", "city", labels())[0]
    on_scale = profiles[(profiles["actor"] == "*") & (profiles["item"] != "outside")]
    label, cells = first.rows[-1]
    assert label == "Hors thème"
    assert {cell.text for cell in cells} == {"90,0"}
    assert {cell.background for cell in cells} == {"#eceff3"}
    assert first.legend[-1][2] == Translator("fr").percent(on_scale["estimate"].max())
