import pandas as pd
import pytest

from tests.report.invented import AXES, study_of
from textlien.messages.translator import Translator
from textlien.report.labels import labels_of
from textlien.report.sections.distance import far_places
from textlien.tables import ALL, make


def far(*beyond):
    """Notes where some places of two waves are beyond the bound."""
    places = [(wave, city) for wave in ("2013", "2015") for city in (ALL, "Arras", "Creil")]
    rows = [
        {"wave": wave, "city": city, "axis": axis.key, "exceeds": (wave, city) in beyond}
        for wave, city in places
        for axis in AXES
    ]
    labels = labels_of(Translator("fr"), study_of(), make("themes", []), AXES)
    return far_places(pd.DataFrame(rows), labels)


def test_without_a_place_beyond_the_bound_there_is_no_note():
    assert far().in_all() == ""
    assert far().note(["2013", "2015"]) == ""


def test_of_a_wave_beyond_the_bound_no_city_is_named():
    places = far(("2013", ALL), ("2013", "Creil"), ("2015", "Arras"))
    assert places.places == (("2013", ALL), ("2015", "Arras"))
    assert "2013\u202f; Arras (2015)" in places.in_all()


@pytest.mark.parametrize(
    ("waves", "city", "named"),
    [
        (["2013"], ALL, ["2013"]),
        (["2015"], ALL, ["Arras (2015)"]),
        (["2013", "2015"], "Creil", ["2013"]),
        (["2013", "2015"], "Arras", ["2013", "Arras (2015)"]),
        (["2015"], "Creil", []),
    ],
)
def test_a_figure_names_what_it_rests_on(waves, city, named):
    note = far(("2013", ALL), ("2015", "Arras")).note(waves, city)
    assert [name for name in ("2013", "Arras (2015)") if name in note] == named
