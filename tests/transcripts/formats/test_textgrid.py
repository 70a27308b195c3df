import pytest

from tests.making import text_of
from textlien.errors import TextlienError
from textlien.study.options import SpeakersOptions
from textlien.transcripts import read

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 30.5
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "IntervalTier"
        name = "Sonia (ENQ)"
        xmin = 0
        xmax = 30.5
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 2.5
            text = "vous êtes ""d'ici"" [?]"
        intervals [2]:
            xmin = 2.5
            xmax = 12
            text = ""
        intervals [3]:
            xmin = 12
            xmax = 13
            text = "ah oui"
    item [2]:
        class = "IntervalTier"
        name = "Mira"
        xmin = 0
        xmax = 30.5
        intervals: size = 3
        intervals [1]:
            xmin = 3
            xmax = 6
            text = "oui"
        intervals [2]:
            xmin = 5
            xmax = 11
            text = "depuis 1952 [rire]"
        intervals [3]:
            xmin = 13
            xmax = 30.5
            text = "voilà"
    item [3]:
        class = "IntervalTier"
        name = "Comments"
        xmin = 0
        xmax = 30.5
        intervals: size = 1
        intervals [1]:
            xmin = 0
            xmax = 30.5
            text = "bruit de fond"
"""
SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
30.5
<exists>
3
"IntervalTier"
"Sonia (ENQ)"
0
30.5
3
0
2.5
"vous êtes ""d'ici"" [?]"
2.5
12
""
12
13
"ah oui"
"IntervalTier"
"Mira"
0
30.5
3
3
6
"oui"
5
11
"depuis 1952 [rire]"
13
30.5
"voilà"
"TextTier"
"clics"
0
30.5
1
7.25
"clic"
"""


def turns_of(folder, content, encoding="utf-8"):
    file = folder / "mira.TextGrid"
    file.write_bytes(content.encode(encoding))
    (reading,) = read(file, "mira.TextGrid", SpeakersOptions())
    return reading.turns


@pytest.mark.parametrize("content", [LONG, SHORT], ids=["long", "short"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_tiers_become_turns_in_order_of_time(tmp_path, content, encoding):
    turns = turns_of(tmp_path, content, encoding)
    assert list(turns.speaker) == ["Sonia (ENQ)", "Mira", "Sonia (ENQ)", "Mira"]
    assert list(turns.role) == ["interviewer", "interviewee"] * 2
    assert list(turns.text) == [
        'vous êtes "d\'ici" [?]',
        "oui depuis 1952 [rire]",
        "ah oui",
        "voilà",
    ]
    assert list(turns.time_start) == [0, 3, 12, 13]
    assert list(turns.time_end) == [2.5, 11, 13, 30.5]


def test_a_file_cut_short_is_named_with_its_line(tmp_path):
    with pytest.raises(TextlienError) as raised:
        turns_of(tmp_path, SHORT[:250])
    assert text_of(raised.value).startswith("mira.TextGrid, line ")
    assert "more values before the end of the file" in text_of(raised.value)


def test_a_quote_that_is_not_doubled_is_named_with_its_line(tmp_path):
    with pytest.raises(TextlienError) as raised:
        turns_of(tmp_path, LONG.replace('""d\'ici""', '"d\'ici"'))
    assert text_of(raised.value).startswith("mira.TextGrid, line 18: expected a number")


def test_what_is_no_textgrid_is_refused(tmp_path):
    with pytest.raises(TextlienError, match="not a Praat TextGrid"):
        turns_of(tmp_path, "Bonjour")
