"""The French report has no English sentence, outside of what interviewees said."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from plotly.offline import get_plotlyjs

from tests.english import english_words
from tests.report.invented import page_of, study_of, tables_of

NOT_PROSE = {"script", "style", "blockquote", "code", "dt", "dd"}
"""Verbatims, names of files, and lists of options with their values."""

SHOWN_ATTRIBUTES = {"title", "aria-label", "alt", "placeholder"}


class Prose(HTMLParser):
    """Text of a page that is neither a verbatim nor typed by the user."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.feed(page.replace(get_plotlyjs(), ""))

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link", "input", "br"):
            is_prose = tag not in NOT_PROSE and ("class", "question") not in attrs
            self.open.append((tag, is_prose))
        self.texts += [value or "" for key, value in attrs if key in SHOWN_ATTRIBUTES]

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if all(is_prose for _, is_prose in self.open):
            self.texts.append(data)


def test_the_report_of_the_demonstration_has_no_english_sentence(demo):
    page = (demo.run / "report" / "index.html").read_text(encoding="utf-8")
    prose = Prose(page).texts
    assert len(" ".join(prose).split()) > 2000
    assert english_words(" ".join(prose)) == set()


def test_a_report_with_problems_has_no_english_sentence():
    assert english_words(" ".join(Prose(page_of(tables_of())).texts)) == set()


def test_an_english_sentence_would_be_noticed():
    page = page_of(tables_of(), study_of(report={"language": "en"}))
    assert len(english_words(" ".join(Prose(page).texts))) > 10


@pytest.mark.parametrize("table", ["profiles", "contrasts", "passages", "axis_scores"])
def test_the_tables_for_a_spreadsheet_have_french_headings(demo, table):
    path = demo.run / "report" / "tables" / f"{table}.csv"
    heading = path.read_text(encoding="utf-8-sig").splitlines()[0]
    assert not re.search(r"estimate|interview_id|n_|_id|low|high|share", heading)
    assert ";" in heading
