"""Words of the axes in the report, and passages in which they are marked."""

from __future__ import annotations

import pandas as pd

from tests.report.invented import study_of
from textlien.coding.codebook import load_codebook
from textlien.messages.translator import Translator
from textlien.report.labels import labels_of
from textlien.report.sections.axis_words import axis_words_view
from textlien.tables import make

AXES = load_codebook()[:2]
LONG = (
    " et puis on en parle encore, de tout ce qui se fait ici, dans la ville et tout autour, hein."
)


def view(texts, words_for="", words_against="", decisions=None, decided_by="model"):
    """Evidence of the first axis, of one passage an interview."""
    n = len(texts)
    decisions = decisions or ["yes"] * n
    interviews = make("interviews", pd.DataFrame(_interviews(n)))
    passages = [
        {
            "passage_id": f"i{i}-000",
            "interview_id": f"i{i}",
            "turn_first": 0,
            "turn_last": 0,
            "start": 0,
            "end": len(text),
            "speaker": "R",
            "question": "",
            "text": text,
            "n_words": len(text.split()),
        }
        for i, text in enumerate(texts)
    ]
    ids = [{"passage_id": f"i{i}-000", "axis": AXES[0].key} for i in range(n)]
    tables = {
        "interviews": interviews,
        "passages": make("passages", passages),
        "passage_axes": make(
            "passage_axes",
            [
                {
                    **row,
                    "probability": 0.9 - i / 10,
                    "decision": decision,
                    "decided_by": decided_by,
                    "out_of_fold": False,
                }
                for i, (row, decision) in enumerate(zip(ids, decisions, strict=True))
            ],
        ),
        "passage_words": make(
            "passage_words",
            [
                {
                    **row,
                    "words_for": words_for,
                    "words_against": words_against,
                    "score_words": 2.04,
                    "score_meaning": -0.5,
                    "score_context": 0.0,
                }
                for row in ids
            ],
        ),
        "axis_words": make(
            "axis_words",
            [
                {
                    "axis": AXES[0].key,
                    "direction": direction,
                    "rank": rank,
                    "word": word,
                    "contribution": 1.0,
                    "n_passages": 9,
                    "n_interviews": 5,
                }
                for rank, direction, word in [
                    (2, "for", "habitants"),
                    (1, "for", "quartier"),
                    (1, "against", "budget"),
                ]
            ],
        ),
        "axis_parts": make(
            "axis_parts",
            [
                {"axis": AXES[0].key, "part": "meaning", "score_share": 0.3},
                {"axis": AXES[0].key, "part": "words", "score_share": 0.7},
            ],
        ),
    }
    labels = labels_of(Translator("fr"), study_of(), make("themes", []), AXES)
    return axis_words_view(tables, labels)


def _interviews(n):
    empty = {
        **dict.fromkeys(["file", "format", "encoding", "sha256", "person", "date"], ""),
        **dict.fromkeys(["n_turns", "n_words", "n_words_interviewer"], 1),
        **{"fictional": True, "included": True, "duration": None, "problems": ""},
    }
    return [
        {"interview_id": f"i{i}", "wave": "2013", "city": "Creil", "actor": "", **empty}
        for i in range(n)
    ]


def test_of_a_passage_that_was_coded_no_probability_is_given():
    (axis,) = view(["Le quartier" + LONG], decided_by="coders")
    assert [cited.decision for cited in axis.passages] == ["oui, selon les codeurs"]
    (axis,) = view(["Le quartier" + LONG])
    assert [cited.decision for cited in axis.passages] == ["oui, probabilité 0,90"]


def test_words_are_listed_by_rank_and_parts_by_share():
    (axis,) = view(["Le quartier" + LONG])
    assert axis.label.startswith("Projet municipal")
    assert axis.words_for == "quartier, habitants"
    assert axis.words_against == "budget"
    assert axis.parts == "mots pleins 70\u00a0%\u202f; sens du passage 30\u00a0%"


def test_words_of_a_passage_are_marked_wherever_they_stand():
    ((passage,),) = (
        axis.passages
        for axis in view(["Le quartier, ce Quartier, et les quartiers" + LONG], "quartier", "parle")
    )
    marked = [piece for piece in passage.pieces if piece[1]]
    assert marked == [("quartier", "for"), ("Quartier", "for"), ("parle", "against")]
    text = "".join(piece for piece, _ in passage.pieces)
    assert text == "Le quartier, ce Quartier, et les quartiers" + LONG
    assert "mots 2,0, sens du passage −0,5" in passage.added


def test_two_probable_passages_and_one_to_look_at_are_cited():
    decisions = ["yes", "yes", "yes", "review", "review", "review"]
    (axis,) = view([f"Numéro {i}" + LONG for i in range(6)], decisions=decisions)
    assert [passage.interview for passage in axis.passages] == ["i0", "i1", "i4"]


def test_a_passage_of_a_few_words_is_not_cited():
    (axis,) = view(["Le quartier, oui."], "quartier")
    assert axis.passages == []
