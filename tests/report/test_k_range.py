from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from tests.english import english_words
from textlien.messages.message import message
from textlien.messages.translator import Translator
from textlien.report.k_range import k_page, range_cells

FRENCH = Translator("fr")

TABLE = pd.DataFrame(
    {
        "k": [5, 10, 20],
        "n_themes": [5, 10, 17],
        "n_fragile": pd.array([0, 1, 6], dtype="Int64"),
        "returning": [1.0, 0.92, 0.61],
        "returning_se": [0.0, 0.03, 0.06],
        "stability": [0.81, 0.74, 0.52],
        "gain": [0.112, 0.204, 0.201],
        "gain_se": [0.011, 0.012, 0.014],
        "npmi": [0.12, 0.17, 0.15],
        "diversity": [0.98, 0.93, 0.85],
        "coverage": [0.31, 0.42, 0.43],
    }
)

WITHOUT_DRAWS = TABLE.assign(
    n_fragile=pd.array([None] * 3, dtype="Int64"),
    **dict.fromkeys(["returning", "returning_se", "stability", "gain", "gain_se"], np.nan),
)

ADVICE = [[message("k_range.recommended", k=10, themes=10, percent=92, fragile=1)]]


def page(table: pd.DataFrame = TABLE, chosen: int | None = 1, draws: int = 5) -> str:
    return k_page(table, ADVICE, chosen=chosen, draws=draws, title="Étude <1>", translator=FRENCH)


def read(xml: str) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314 - a page of ours


def charts(text: str) -> dict[str, ElementTree.Element]:
    """The charts of a page, by their title."""
    parts = [part.partition("</svg>")[0] for part in text.split("<svg")[1:]]
    roots = [read(f"<svg{part}</svg>") for part in parts]
    return {root.findtext("title") or "": root for root in roots}


def test_numbers_are_printed_as_french_writes_them_with_their_errors():
    cells = range_cells(TABLE, FRENCH)
    assert list(cells.columns) == [
        "k",
        "thèmes",
        "fragiles",
        "reviennent",
        "stabilité",
        "prévision",
        "NPMI",
        "diversité",
        "passages avec thème",
    ]
    printed = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in cells.iloc[1]]
    assert printed == [
        *("10", "10", "1", "92 % ± 3", "0,74", "0,204 ± 0,012", "0,17", "0,93", "42 %"),
    ]


def test_what_was_not_measured_is_a_dash():
    row = range_cells(WITHOUT_DRAWS, FRENCH).iloc[0]
    assert list(row[["fragiles", "reviennent", "stabilité", "prévision"]]) == ["—"] * 4


def test_each_chart_prints_every_value_and_tells_it_to_who_does_not_see_it():
    drawn = charts(page())
    assert list(drawn) == [
        *("thèmes", "reviennent", "prévision", "NPMI", "diversité", "passages avec thème"),
    ]
    npmi = drawn["NPMI"]
    assert npmi.get("role") == "img"
    texts = [text.text for text in npmi.iter("text")]
    assert texts == ["0,12", "5", "0,17", "10", "0,15", "20"]
    description = " ".join((npmi.findtext("desc") or "").split())
    assert description == "NPMI selon k : 0,12 pour k = 5 ; 0,17 pour k = 10 ; 0,15 pour k = 20."


def test_higher_values_stand_higher_and_bars_show_one_standard_error():
    gain = charts(page())["prévision"]
    heights = [float(circle.get("cy", "")) for circle in gain.iter("circle")]
    assert heights[0] > heights[2] > heights[1]
    bars = [(float(bar.get("y1", "")), float(bar.get("y2", ""))) for bar in gain.iter("line")]
    # From .101 to .216 are 84 pixels: an error of .012 is 8.8.
    assert bars[1][0] - heights[1] == pytest.approx(84 * 0.012 / 0.115, abs=0.2)
    assert heights[1] - bars[1][1] == pytest.approx(84 * 0.012 / 0.115, abs=0.2)


def test_the_recommended_k_is_marked_by_more_than_a_colour():
    circles = list(charts(page())["diversité"].iter("circle"))
    assert [circle.get("r") for circle in circles] == ["4", "6", "4"]
    unmarked = page(chosen=None)
    assert 'class="chosen"' not in unmarked
    assert "Le point plein" not in unmarked


def test_equal_values_stand_on_one_line():
    drawn = charts(page(TABLE.assign(npmi=0.1)))["NPMI"]
    assert len({circle.get("cy") for circle in drawn.iter("circle")}) == 1


def test_a_chart_of_what_was_not_measured_has_no_point():
    drawn = charts(page(WITHOUT_DRAWS, chosen=None, draws=0))["prévision"]
    assert list(drawn.iter("circle")) == []
    assert "non mesuré" in (drawn.findtext("desc") or "")


def test_the_page_is_french_loads_nothing_and_holds_the_title_as_text():
    text = page()
    assert "Étude &lt;1&gt;" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "<script" not in text
    body = text.partition("<body>")[2]
    words = " ".join(read(f"<b>{body.partition('</body>')[0]}</b>").itertext())
    assert len(words.split()) > 100
    assert english_words(words) == set()
