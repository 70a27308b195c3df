"""Oddities in turns are reported with their place; ordinary turns are not."""

import pytest

from tests.making import place_of, text_of, turns_of
from textlien.messages.message import Location
from textlien.transcripts.quality import oddities

SENTENCE = "Les gens du quartier se connaissent, mais ils ne se parlent pas dans la rue. "
ANSWER = " ".join(f"{SENTENCE} Fois {number}." for number in range(12))


def found(dialogue, **columns):
    turns = turns_of(dialogue)
    for name, values in columns.items():
        turns[name] = values
    return [(p.severity, place_of(p), text_of(p)) for p in oddities(turns, Location(file="e.docx"))]


def test_an_ordinary_interview_is_not_odd():
    assert found(f"E: Et ici, on se parle ?\nR: {ANSWER} (rires)") == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("la mairie a dÃ©cidÃ©", "Ã©"),
        ("l’été dÃ©jÃ ", "Ã©"),
        ("lâ€™Ã©cole", "â€™"),
        ("l'�cole", "�"),
    ],
)
def test_letters_read_in_the_wrong_encoding(words, first):
    ((severity, place, message),) = found(f"E: Alors ?\nR: {ANSWER} {words}")
    assert (severity, place) == ("warning", "line 2")
    assert message.startswith(f'damaged letters: "{first}"')


@pytest.mark.parametrize("words", ["Ça va, À bientôt, ÂGE", "<euh> a < b", "R&D ; {pause}"])
def test_letters_and_signs_that_are_right(words):
    assert found(f"E: Alors ?\nR: {ANSWER} {words}") == []


@pytest.mark.parametrize(
    "markup", ["<b>oui</b>", "&nbsp;", "<v Marie>", "{\\rtf1", "<w:p>", "l\\'e9cole", "&#39;"]
)
def test_markup_left_in_speech(markup):
    ((_, place, message),) = found(f"E: Alors ?\nR: {ANSWER} {markup} bon")
    assert place == "line 2"
    assert message.startswith("markup inside speech")


def test_a_short_interview_is_said_but_not_a_short_text():
    short = "Oui, c'est une affaire de respect."
    assert found(f"E: Le vivre ensemble ?\nR: {short}") == [
        ("warning", "", "the interviewees say fewer than 150 words.")
    ]
    assert found(f"R: {short}") == []


def test_an_interviewer_who_says_more_than_the_interviewees():
    asked = ANSWER.replace("rue", "ville")
    assert found(f"E: {asked} Et vous ?\nR: {ANSWER}") == [
        (
            "warning",
            "",
            "the interviewer says more than the interviewees: 206 words against 204.",
        )
    ]


def test_a_turn_so_long_that_a_label_must_be_missing():
    long = " ".join(f"mot{number} dans la rue" for number in range(1000))
    assert ("warning", "line 2", '"R" says 4,000 words in one turn.') in found(
        f"E: Alors ?\nR: {long}"
    )


@pytest.mark.parametrize(("words", "identifiers"), [(149, ["transcripts.few-words"]), (150, [])])
def test_an_interview_is_short_below_150_words(words, identifiers):
    turns = turns_of("E: Alors ?\nR: " + " ".join(f"le{n}" for n in range(words)))
    problems = oddities(turns, Location(file="e.docx"))
    assert [p.id for p in problems if p.id != "transcripts.not-french"] == identifiers


@pytest.mark.parametrize(("words", "identifiers"), [(3000, []), (3001, ["transcripts.long-turn"])])
def test_a_turn_is_long_above_3000_words(words, identifiers):
    turns = turns_of("E: Alors ?\nR: " + " ".join(f"le{n}" for n in range(words)))
    problems = oddities(turns, Location(file="e.docx"))
    assert [p.id for p in problems if p.id != "transcripts.not-french"] == identifiers


def test_speech_that_was_pasted_twice():
    dialogue = f"E: Alors ?\nR: {ANSWER}\nE: Et puis ?\nR: Oui.\nE: Bon.\nR: {ANSWER}"
    assert found(dialogue) == [("warning", "line 6", "the long turn of line 2 is there again.")]


def test_times_that_run_backwards():
    dialogue = f"E: Alors ?\nR: {ANSWER}\nE: Bien.\nR: Oui."
    assert found(dialogue, time_start=[0.0, 9.0, 4.0, 2.0]) == [
        ("note", "line 3", "the time runs backwards here, and once more in this interview.")
    ]


def test_another_language():
    english = "This was a very good year for the people of our town and we were glad. " * 12
    assert ("warning", "", "this does not look like French.") in found(f"R: {english}")


def test_much_that_was_not_heard():
    dialogue = f"E: Alors ?\nR: {ANSWER} " + "[inaudible] et (?) " * 4
    assert found(dialogue) == [("note", "", "8 passages could not be understood: one in 26 words.")]


def test_question_marks_in_the_place_of_letters_are_told_where_they_come_back():
    lost = "C?est d?j? fait, et la soci?t? aussi"
    ((severity, place, message),) = found(f"E: Alors ?\nR: {ANSWER} {lost}")
    assert (severity, place) == ("warning", "line 2")
    assert message.startswith('question marks inside words: "C?e"')
    assert found(f"E: Alors ?\nR: {ANSWER} oui?non") == []


@pytest.mark.parametrize("words", ["l'´ecole", "la soci´et´e", "un fran¸cais"])
def test_accents_beside_their_letter_are_damage(words):
    ((severity, _, message),) = found(f"E: Alors ?\nR: {ANSWER} {words}")
    assert (severity, message[:15]) == ("warning", "damaged letters")


def test_an_end_within_a_sentence_is_told_where_all_others_end_with_one():
    dialogue = "".join(f"E: Et le point {n} ?\nR: C'est mieux.\n" for n in range(5))
    told = [
        line for line in found(f"{dialogue}R: Moi je dis que la mairie a") if "sentence" in line[2]
    ]
    ((severity, place, message),) = told
    assert (severity, place) == ("warning", "line 11")
    assert "Moi je dis que la mairie a" in message
    for end in ("R: Voilà. Merci beaucoup", "R: Moi je dis que la mairie a raison.", "R: Moi, je…"):
        assert not [line for line in found(dialogue + end) if "sentence" in line[2]]
