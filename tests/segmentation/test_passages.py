from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import turns_of
from textlien.segmentation.passages import is_backchannel, offsets, segment
from textlien.study.options import SegmentOptions
from textlien.tables import normalised_text
from textlien.text.words import words_of

LONG = SegmentOptions(target_words=200)


def test_a_passage_never_crosses_a_question():
    turns = turns_of("""
        E: Qu'est-ce que le vivre ensemble, pour vous ?
        R: C'est une affaire de respect.
        E: Et le CCAS ?
        R: Il fait ce qu'il peut.
    """)
    passages = segment(turns, LONG)
    assert list(passages.text) == ["C'est une affaire de respect.", "Il fait ce qu'il peut."]
    assert list(passages.question) == [
        "Qu'est-ce que le vivre ensemble, pour vous ?",
        "Et le CCAS ?",
    ]
    assert list(passages.passage_id) == ["entretien#0001", "entretien#0002"]


def test_a_passage_never_crosses_a_speaker():
    turns = turns_of("""
        R: Nous on fait la fête de quartier.
        S: Moi je n'y vais jamais.
        R: C'est dommage pour toi.
    """)
    passages = segment(turns, LONG)
    assert list(passages.speaker) == ["R", "S", "R"]


def test_a_listener_s_mm_does_not_end_an_answer():
    turns = turns_of("""
        E: Et les associations ?
        R: Elles tiennent le quartier,
        E: Mm d'accord
        R: mais elles n'ont plus d'argent.
    """)
    passages = segment(turns, LONG)
    assert list(passages.text) == ["Elles tiennent le quartier,\nmais elles n'ont plus d'argent."]
    assert passages.question[0] == "Et les associations ?"
    assert (passages.turn_first[0], passages.turn_last[0]) == (1, 3)
    assert passages.n_words[0] == 9


def test_questions_in_a_row_are_kept_together():
    turns = turns_of("""
        E: On va parler du CCAS.
        E: Que fait-il ?
        R: Des secours.
    """)
    assert segment(turns, LONG).question[0] == "On va parler du CCAS.\nQue fait-il ?"


def test_a_long_answer_is_cut_at_the_full_stop_nearest_the_target():
    sentence = "un deux trois quatre cinq six sept huit neuf dix."
    turns = turns_of("R: " + " ".join([sentence] * 5))
    passages = segment(turns, SegmentOptions(target_words=20, tolerance=0.5))
    assert list(passages.n_words) == [20, 30]


def test_speech_without_punctuation_is_cut_at_the_target():
    turns = turns_of("R: " + " ".join(["mot"] * 100))
    assert list(segment(turns, SegmentOptions(target_words=30)).n_words) == [30, 30, 40]


def test_an_interview_without_interviewee_has_no_passage():
    assert segment(turns_of("E: Bonjour ?"), LONG).empty


def test_a_text_without_speakers_is_cut_too():
    turns = turns_of("R: Nous voulons une ville pour tous.").assign(speaker="")
    assert list(segment(turns, LONG).text) == ["Nous voulons une ville pour tous."]


def test_where_two_are_interviewed_the_interjection_of_one_does_not_cut_the_other():
    turns = turns_of("""
        R: ça nous permet de
        S: de bouger
        R: de partir régulièrement le dimanche
    """)
    passages = segment(turns, LONG)
    assert list(passages.text) == [
        "ça nous permet de\nde partir régulièrement le dimanche",
        "de bouger",
    ]


def test_transcriber_s_marks_are_no_words():
    passages = segment(turns_of("R: oui (rires) enfin [pause]\nE: Et ?\nR: [inaudible]"), LONG)
    assert list(passages.n_words) == [2]


def test_offsets_leave_out_what_others_say():
    turns = turns_of("R: oui le centre\nE: d'accord\nR: est fermé")
    passages = segment(turns, LONG)
    (positions,) = offsets(passages, turns)
    text = normalised_text(turns)
    assert passages.text[0] == "oui le centre\nest fermé"
    assert "".join(text[p] for p in positions) == "oui le centre\nest fermé"


def test_backchannels_are_short_and_ask_nothing():
    assert is_backchannel("D'accord, oui.")
    assert is_backchannel("Mm mm")
    assert not is_backchannel("Oui ?")
    assert not is_backchannel("Oui mais le CCAS non")


def answer_of(n_words: int, marks: dict[int, str]) -> str:
    """An answer of ``n_words`` words, some of which end with a mark; counted from 1."""
    return " ".join(f"mot{marks.get(number, '')}" for number in range(1, n_words + 1))


@pytest.mark.parametrize(
    ("mark", "farthest"),
    [(".", 5), ("?", 5), ("!", 5), ("…", 5), (".»", 5), (":", 4), (";", 3)],
)
def test_a_mark_is_worth_a_comma_at_the_target_up_to_its_strength_less_one(mark, farthest):
    """strength / (distance + 1), with 6 for the end of a sentence, 5, 4, and 1 for a comma."""
    options = SegmentOptions(target_words=20, tolerance=0.5)
    near = turns_of("R: " + answer_of(40, {20: ",", 20 - farthest: mark}))
    assert segment(near, options).n_words[0] == 20 - farthest
    far = turns_of("R: " + answer_of(40, {20: ",", 19 - farthest: mark}))
    assert segment(far, options).n_words[0] == 20


def test_a_line_end_is_as_strong_as_a_full_stop():
    options = SegmentOptions(target_words=20, tolerance=0.5)
    for length, expected in ((15, 15), (14, 20)):
        rest = answer_of(40 - length, {20 - length: ","})
        turns = turns_of(f"R: {answer_of(length, {})}\nE: mm\nR: {rest}")
        assert segment(turns, options).n_words[0] == expected


def test_a_comma_is_a_hundred_times_as_strong_as_no_mark():
    options = SegmentOptions(target_words=120, tolerance=0.5)
    assert segment(turns_of("R: " + answer_of(300, {21: ","})), options).n_words[0] == 21
    assert segment(turns_of("R: " + answer_of(300, {20: ","})), options).n_words[0] == 120


def test_an_answer_of_ninety_words_is_one_passage_by_default():
    assert list(segment(turns_of("R: " + answer_of(90, {})), SegmentOptions()).n_words) == [90]
    assert list(segment(turns_of("R: " + answer_of(91, {})), SegmentOptions()).n_words) == [60, 31]


def test_the_cut_falls_within_one_tolerance_of_the_target():
    options = SegmentOptions(target_words=20, tolerance=0.5)
    assert segment(turns_of("R: " + answer_of(60, {30: "."})), options).n_words[0] == 30
    assert segment(turns_of("R: " + answer_of(60, {31: "."})), options).n_words[0] == 20


def test_a_backchannel_has_six_words_at_most():
    assert is_backchannel("oui oui oui d'accord oui oui")
    assert not is_backchannel("oui oui oui d'accord oui oui oui")


@pytest.mark.parametrize(
    ("interjection", "n_answers"), [("de bouger oui", 2), ("on va bouger oui", 3)]
)
def test_an_interjection_has_three_words_at_most(interjection, n_answers):
    turns = turns_of(f"R: ça nous permet de\nS: {interjection}\nR: partir le dimanche")
    assert len(segment(turns, LONG)) == n_answers


_words = st.lists(st.sampled_from(["ville", "CCAS,", "oui", "fin.", "euh…", "(rires)", "+", "?"]))
_turn = st.tuples(st.sampled_from("ERSX"), _words.map(" ".join))


@given(st.lists(_turn, max_size=12), st.integers(10, 40), st.floats(0.1, 1))
def test_passages_tile_the_interviewees_words(dialogue, target, tolerance):
    turns = turns_of("\n".join(f"{speaker}: {text}" for speaker, text in dialogue if text))
    options = SegmentOptions(target_words=target, tolerance=tolerance)
    passages = segment(turns, options)
    spoken = [
        (turn.start + word.start(), word.group())
        for turn in turns[turns.role == "interviewee"].itertuples()
        for word in words_of(turn.text)
    ]
    tiles = []
    for text, where in zip(passages.text, offsets(passages, turns), strict=True):
        tiles += [(int(where[word.start()]), word.group()) for word in words_of(text)]
    assert sorted(tiles) == spoken
    assert (passages.n_words <= max(1, (1 + tolerance) * target)).all()
