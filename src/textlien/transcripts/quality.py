"""Oddities in the turns of one interview: signs that a file was damaged or misread.

Nothing here keeps an interview out; a person should check the place that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location, Value, message
from textlien.text.folding import fold
from textlien.text.words import word_count
from textlien.transcripts.language import FRENCH


class Thresholds(NamedTuple):
    """Numbers from which something is odd.

    Attributes
    ----------
    fewest_words : of the interviewees of a dialogue. A minute of speech; a judgement.
    longest_turn : words of one turn. Twenty minutes without a question; a judgement.
    repeated_words : of a turn that nobody says twice in the same words. A judgement.
    least_french : share of the words of :data:`FRENCH` in French. Theses, leaflets and interviews
        in French have 16 to 35 %, English abstracts 1 % at most.
    words_for_language : fewer words than this show no language. Of 100 words of a text in which
        16 % are such, fewer than 10 are in 3 cases of 100 (binomial).
    turns_for_end, share_of_ends : turns besides the last one, and the share of them that end in
        « . », « ? » or the like, from which a last one that ends within a sentence shows that a
        file was cut. A judgement.
    unheard, unheard_share : marks of what was not understood, and their share of the words. One
        in a hundred words is more than a bad recording gives in passing; a judgement.
    """

    fewest_words: int = 150
    longest_turn: int = 3000
    repeated_words: int = 30
    least_french: float = 0.1
    words_for_language: int = 100
    turns_for_end: int = 8
    share_of_ends: float = 0.9
    unheard: int = 5
    unheard_share: float = 0.01


_LIMITS = Thresholds()
# Turns in which the language is looked for: the first thousands of words show it.
_TURNS_FOR_LANGUAGE = 400

# UTF-8 read as cp1252 or mac_roman, characters that were already lost, accents beside their letter.
_MOJIBAKE = re.compile(
    "[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œž]|â€.|√[©®†´]|\ufffd"
    "|[´¨][aeiouAEIOU]|(?<=[a-z])[aeiou][´¨](?=[a-z])|¸c|c¸"
)
# « d?j? », « c?est »: a program put « ? » where it had no letter. People rarely type « oui?non »:
# in 12 interviews of CFPP2000 and 27 in Word nobody did.
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_A-Z]")
_FEWEST_LOST = 3
# Quick looks: without these, a text has nothing of the sort.
_MOJIBAKE_SIGN, _LOST_SIGN = re.compile("[ÃÂâ√\ufffd´¨¸]"), re.compile(r"\?\w")
_MARKUP = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|font|li|td|tr|a|v|c|\w{1,6}:\w{1,20})"
    r"(?:[\s.][^<>\n]{0,80})?/?>|&(?:amp|nbsp|lt|gt|quot|#\d{2,5});|\{\\\w+|\\'[0-9a-f]{2}"
)
_MARKUP_SIGN = re.compile(r"[<&\\]")
_ENDS_SENTENCE = re.compile(r"[.?!…»”\")\]}][\W_]*\Z")
_ENDS_WITHIN = re.compile(r"[\w,;'’-]\Z")
_SENTENCE_END = re.compile(r"[.?!…]\s")
# Words behind the last full stop from which it is missing: fewer, as « Merci beaucoup », are typed
# without. Of the 27 interviews in Word, one ends so, in the middle of a sentence.
_FEWEST_LEFT = 5
_EXCERPT = 40
"""Characters of speech that a message quotes."""
_INAUDIBLE = re.compile(r"\binaudible|incompr[ée]hensible|\bx{3,}\b|\(\s*\?+\s*\)", re.IGNORECASE)


def oddities(turns: pd.DataFrame, interview: Location) -> list[Problem]:
    """Warnings and notes about the content of one interview.

    Parameters
    ----------
    turns : table ``turns`` of one interview, in order.
    interview : its file, and which one it is in a file that holds several.

    Returns
    -------
    Damaged characters, left-over markup, another language, speech pasted twice, turns so long
    that a label must be missing, an interviewer who says more than all others, times that run
    backwards, much that was not heard, an end within a sentence; each with its first place.
    """
    columns = [turns[name].tolist() for name in ("speaker", "role", "text", "place", "time_start")]
    rows = [
        _Turn(speaker, role, text, place, time_start, word_count(text))
        for speaker, role, text, place, time_start in zip(*columns, strict=True)
    ]
    if not rows:
        return []
    return [
        *_damaged(rows, interview),
        *_amounts(rows, interview),
        *_repeated(rows, interview),
        *_backwards(rows, interview),
        *_foreign(rows, interview),
        *_unheard(rows, interview),
        *_cut(rows, interview),
    ]


class _Turn(NamedTuple):
    """A row of table ``turns``, which is looked at many times, and the number of its words."""

    speaker: str
    role: str
    text: str
    place: str
    time_start: float
    n_words: int


def _at(place: str, interview: Location) -> Location:
    """Location of a turn in the file of its interview."""
    return Location.from_code(place, file=interview.file)


def _damaged(turns: Sequence[_Turn], interview: Location) -> Iterator[Problem]:
    """Letters of another encoding and markup inside speech, each with the first place."""
    for sign, pattern, identifier, fewest in (
        (_MOJIBAKE_SIGN, _MOJIBAKE, "transcripts.damaged-letters", 1),
        (_LOST_SIGN, _LOST, "transcripts.lost-letters", _FEWEST_LOST),
        (_MARKUP_SIGN, _MARKUP, "transcripts.markup-in-speech", 1),
    ):
        hits = [
            (match.group(), turn.place)
            for turn in turns
            if sign.search(turn.text)
            for match in pattern.finditer(turn.text)
        ]
        if len(hits) >= fewest:
            excerpt, place = hits[0]
            elsewhere = _elsewhere(len(hits))
            location = _at(place, interview)
            yield Problem.warning(identifier, location, excerpt=excerpt, elsewhere=elsewhere)


def _amounts(turns: Sequence[_Turn], interview: Location) -> Iterator[Problem]:
    """Interviewees who say little, an interviewer who says more, turns that are very long."""
    answered = sum(turn.n_words for turn in turns if turn.role == "interviewee")
    asked = sum(turn.n_words for turn in turns if turn.role == "interviewer")
    is_dialogue = len({turn.speaker for turn in turns}) > 1  # texts of other kinds may be short
    if is_dialogue and answered < _LIMITS.fewest_words:
        yield Problem.warning("transcripts.few-words", interview, limit=_LIMITS.fewest_words)
    if 0 < answered < asked:
        yield Problem.warning(
            "transcripts.interviewer-says-more", interview, asked=asked, answered=answered
        )
    if is_dialogue:
        for turn in turns:
            if turn.n_words > _LIMITS.longest_turn:
                yield Problem.warning(
                    "transcripts.long-turn",
                    _at(turn.place, interview),
                    speaker=turn.speaker,
                    words=turn.n_words,
                )


def _repeated(turns: Sequence[_Turn], interview: Location) -> Iterator[Problem]:
    """Speech that is there twice, from the first such turn; a paste is often many turns."""
    first: dict[str, _Turn] = {}
    long = (turn for turn in turns if turn.n_words >= _LIMITS.repeated_words)
    again = [turn for turn in long if first.setdefault(turn.text, turn) is not turn]
    if again:
        yield Problem.warning(
            "transcripts.repeated-turn",
            _at(again[0].place, interview),
            first=Location.from_code(first[again[0].text].place),
            elsewhere=_elsewhere(len(again)),
        )


def _backwards(turns: Sequence[_Turn], interview: Location) -> Iterator[Problem]:
    """Times that are before the time of the turn before."""
    timed = [turn for turn in turns if pd.notna(turn.time_start)]
    back = [after for before, after in pairwise(timed) if after.time_start < before.time_start]
    if back:
        elsewhere = _elsewhere(len(back))
        location = _at(back[0].place, interview)
        yield Problem.note("transcripts.times-run-backwards", location, elsewhere=elsewhere)


def _elsewhere(count: int) -> Value:
    """Message that a problem occurs in other places than the one named."""
    return message("transcripts.elsewhere", more=count - 1) if count > 1 else ""


def _foreign(turns: Sequence[_Turn], interview: Location) -> Iterator[Problem]:
    """Interviewees who speak another language than French."""
    spoken = [turn.text for turn in turns if turn.role == "interviewee"]
    words = fold(" ".join(spoken[:_TURNS_FOR_LANGUAGE])).split()
    share = sum(word in FRENCH for word in words) / max(1, len(words))
    if len(words) >= _LIMITS.words_for_language and share < _LIMITS.least_french:
        yield Problem.warning("transcripts.not-french", interview)


def _unheard(turns: Sequence[_Turn], interview: Location) -> Iterator[Problem]:
    """Many marks of inaudible speech."""
    total = sum(len(_INAUDIBLE.findall(turn.text)) for turn in turns)
    words = sum(turn.n_words for turn in turns)
    if total > _LIMITS.unheard and total > _LIMITS.unheard_share * words:
        yield Problem.note("transcripts.much-unheard", interview, times=total, words=words // total)


def _cut(turns: Sequence[_Turn], interview: Location) -> Iterator[Problem]:
    """A last turn that ends within a sentence, where nearly all others end with one."""
    *others, last = [turn.text for turn in turns]
    ended = sum(bool(_ENDS_SENTENCE.search(text)) for text in others)
    is_usual = len(others) >= _LIMITS.turns_for_end and ended >= _LIMITS.share_of_ends * len(others)
    left = len(_SENTENCE_END.split(last)[-1].split())
    if is_usual and left >= _FEWEST_LEFT and _ENDS_WITHIN.search(last):
        location = _at(turns[-1].place, interview)
        yield Problem.warning("transcripts.ends-abruptly", location, excerpt=last[-_EXCERPT:])
