from __future__ import annotations

import pytest

from tests.making import passages_of
from textlien.segmentation.questions import match_guide, recurring_questions

GUIDE = [
    "Pouvez-vous me raconter une journée de travail classique ?",
    "Pouvez-vous me décrire les étapes de ce geste ?",
    "Que raconterait le matériau ?",
]
FOLLOW_UPS = ["Ah oui ?", "D'accord, et donc ?", "C'est-à-dire ?", ""]


def passages_asked(*interviews: list[str]):
    passages = passages_of({f"i{n}": [40] * len(asked) for n, asked in enumerate(interviews)})
    return passages.assign(question=[question for asked in interviews for question in asked])


def test_a_question_worded_anew_is_matched_with_its_line_of_the_guide():
    passages = passages_asked(
        [
            "Bon [pause] alors, une journée de travail classique, vous me la racontez ?",
            "Et ce geste, décrivez-moi toutes ses étapes.",
            *FOLLOW_UPS,
        ]
    )
    table = match_guide(passages, GUIDE)
    assert list(table.question) == GUIDE[:2]
    assert list(table.passage_id) == list(passages.passage_id[:2])
    assert table.likeness.between(0.5, 1).all()


def test_a_question_that_three_interviews_ask_in_other_words_is_one_question():
    wordings = [
        "Et le contrat de ville, qui le pilote aujourd'hui ?",
        "Aujourd'hui le contrat de ville, il est piloté par qui ?",
        "Qui pilote le contrat de ville ?",
    ]
    passages = passages_asked(*([wording, *FOLLOW_UPS] for wording in wordings))
    table = recurring_questions(passages)
    assert list(table.passage_id) == [f"i{n}#0001" for n in range(3)]
    assert table.question.nunique() == 1
    assert table.question.iloc[0] in wordings


@pytest.mark.parametrize("n_interviews", [1, 2])
def test_a_question_of_two_interviews_is_theirs_alone(n_interviews):
    asked = ["Qui pilote le contrat de ville aujourd'hui ?"] * 3
    passages = passages_asked(*([asked] * n_interviews))
    assert recurring_questions(passages).empty


def test_nothing_asked_is_no_question():
    passages = passages_asked([""] * 4, [""] * 4, [""] * 4)
    assert recurring_questions(passages).empty
    assert match_guide(passages, GUIDE).empty
