from __future__ import annotations

import pandas as pd

from tests.making import text_of
from textlien import tables
from textlien.messages.message import Location
from textlien.terms.languages import in_french, other_languages, warning

FRENCH = "Je vous dis que c'est pour les gens du quartier."
GERMAN = "Das ist nicht für uns und wir haben keine Zeit."
ENGLISH = "This is not what they wanted for the people of the town."


def passages_of(interview: str, *texts: str) -> pd.DataFrame:
    rows = [
        {
            "passage_id": f"{interview}#{n:04d}",
            "interview_id": interview,
            "turn_first": n,
            "text": t,
        }
        for n, t in enumerate(texts, start=1)
    ]
    return pd.DataFrame(rows)


def test_each_passage_in_another_language_is_listed_with_its_place():
    shards = [passages_of("a", FRENCH), passages_of("b", GERMAN, FRENCH, ENGLISH)]
    assert other_languages(shards).values.tolist() == [
        ["b#0001", "b", 1, "german"],
        ["b#0003", "b", 3, "english"],
    ]


def test_a_corpus_in_french_has_none():
    assert other_languages([]).empty
    assert other_languages([passages_of("a", FRENCH)]).empty


def test_tokens_of_other_passages_remain_as_they_are():
    rows = [
        {"passage_id": f"a#000{n}", "token": 0, "start": 0, "end": 2, "form": "un"}
        | {"lemma": "un", "pos": "DET"}
        for n in (1, 2)
    ]
    tokens = tables.make("tokens", rows)
    others = other_languages([passages_of("a", GERMAN, FRENCH)])
    (rest,) = in_french(lambda: iter([tokens]), others)()
    assert list(rest["passage_id"]) == ["a#0002"]
    none = other_languages([])
    assert next(in_french(lambda: iter([tokens]), none)()) is tokens


def test_a_warning_names_five_interviews_those_with_most_first():
    shards = [
        passages_of(name, *[GERMAN] * n)
        for name, n in zip("abcdef", [1, 3, 1, 2, 1, 1], strict=True)
    ]
    problem = warning(other_languages([*shards, passages_of("g", ENGLISH)]), Location(file="a.txt"))
    text = text_of(problem)
    assert "10 passages are not in French, in 7 interviews" in text
    assert "German or a German dialect (9), English (1)" in text
    assert "Most are in b (3), d (2), a (1), c (1), e (1)." in text


def test_a_single_passage_is_said_in_the_singular():
    problem = warning(other_languages([passages_of("a", GERMAN)]), Location(file="a.txt"))
    assert "1 passage is not in French, in 1 interview" in text_of(problem)
