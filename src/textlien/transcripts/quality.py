"""Oddities in the turns of one interview: signs that a file was damaged or misread.

Nothing here keeps an interview out; a person should check the place that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location, Value, message
from textlien.text.folding import fold
from textlien.text.words import word_count


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
_MARKUP = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|font|li|td|tr|a|v|c|\w{1,6}:\w{1,20})"
    r"(?:[\s.][^<>\n]{0,80})?/?>|&(?:amp|nbsp|lt|gt|quot|#\d{2,5});|\{\\\w+|\\'[0-9a-f]{2}"
)
_ENDS_SENTENCE = re.compile(r"[.?!…»”\")\]}][\W_]*\Z")
_ENDS_WITHIN = re.compile(r"[\w,;'’-]\Z")
_SENTENCE_END = re.compile(r"[.?!…]\s")
# Words behind the last full stop from which it is missing: fewer, as « Merci beaucoup », are typed
# without. Of the 27 interviews in Word, one ends so, in the middle of a sentence.
_FEWEST_LEFT = 5
_EXCERPT = 40
"""Characters of speech that a message quotes."""
_INAUDIBLE = re.compile(r"\binaudible|incompr[ée]hensible|\bx{3,}\b|\(\s*\?+\s*\)", re.IGNORECASE)
# The commonest words of spoken French that English, Spanish, German and Dutch hardly have.
FRENCH = frozenset(
    "le les des et est que qui dans pour pas ce il je vous nous ils elle avec sur au aux du une "
    "mais ou donc c ca qu j l d n s y ai etait fait ont sont parce tres bien oui ouais".split()
)


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
    if turns.empty:
        return []
    turns = turns.assign(n_words=[word_count(text) for text in turns["text"]])
    return [
        *_damaged(turns, interview),
        *_amounts(turns, interview),
        *_repeated(turns, interview),
        *_backwards(turns, interview),
        *_foreign(turns, interview),
        *_unheard(turns, interview),
        *_cut(turns, interview),
    ]


def _at(place: str, interview: Location) -> Location:
    """Location of a turn in the file of its interview."""
    return Location.from_code(place, file=interview.file)


def _damaged(turns: pd.DataFrame, interview: Location) -> Iterator[Problem]:
    """Letters of another encoding and markup inside speech, each with the first place."""
    for pattern, identifier, fewest in (
        (_MOJIBAKE, "transcripts.damaged-letters", 1),
        (_LOST, "transcripts.lost-letters", _FEWEST_LOST),
        (_MARKUP, "transcripts.markup-in-speech", 1),
    ):
        hits = [
            (match.group(), place)
            for text, place in zip(turns["text"], turns["place"], strict=True)
            for match in pattern.finditer(text)
        ]
        if len(hits) >= fewest:
            excerpt, place = hits[0]
            elsewhere = _elsewhere(len(hits))
            location = _at(place, interview)
            yield Problem.warning(identifier, location, excerpt=excerpt, elsewhere=elsewhere)


def _amounts(turns: pd.DataFrame, interview: Location) -> Iterator[Problem]:
    """Interviewees who say little, an interviewer who says more, turns that are very long."""
    words = turns.groupby("role")["n_words"].sum()
    answered, asked = int(words.get("interviewee", 0)), int(words.get("interviewer", 0))
    is_dialogue = turns["speaker"].nunique() > 1  # texts of other kinds may well be short
    if is_dialogue and answered < _LIMITS.fewest_words:
        yield Problem.warning("transcripts.few-words", interview, limit=_LIMITS.fewest_words)
    if 0 < answered < asked:
        yield Problem.warning(
            "transcripts.interviewer-says-more", interview, asked=asked, answered=answered
        )
    if is_dialogue:
        long = turns[turns["n_words"] > _LIMITS.longest_turn]
        for size, speaker, place in zip(
            long["n_words"], long["speaker"], long["place"], strict=True
        ):
            location = _at(place, interview)
            yield Problem.warning(
                "transcripts.long-turn", location, speaker=speaker, words=int(size)
            )


def _repeated(turns: pd.DataFrame, interview: Location) -> Iterator[Problem]:
    """Speech that is there twice, from the first such turn; a paste is often many turns."""
    long = turns[turns["n_words"] >= _LIMITS.repeated_words]
    again = long[long.duplicated("text")]
    if len(again):
        second = again.iloc[0]
        first = long[long["text"] == second["text"]].iloc[0]
        yield Problem.warning(
            "transcripts.repeated-turn",
            _at(second["place"], interview),
            first=Location.from_code(first["place"]),
            elsewhere=_elsewhere(len(again)),
        )


def _backwards(turns: pd.DataFrame, interview: Location) -> Iterator[Problem]:
    """Times that are before the time of the turn before."""
    timed = turns.dropna(subset="time_start")
    rows = zip(timed["time_start"], timed["place"], strict=True)
    back = [place for (before, _), (after, place) in pairwise(rows) if after < before]
    if back:
        elsewhere = _elsewhere(len(back))
        location = _at(back[0], interview)
        yield Problem.note("transcripts.times-run-backwards", location, elsewhere=elsewhere)


def _elsewhere(count: int) -> Value:
    """Message that a problem occurs in other places than the one named."""
    return message("transcripts.elsewhere", more=count - 1) if count > 1 else ""


def _foreign(turns: pd.DataFrame, interview: Location) -> Iterator[Problem]:
    """Interviewees who speak another language than French."""
    spoken = turns.loc[turns["role"] == "interviewee", "text"]
    words = fold(" ".join(spoken.head(_TURNS_FOR_LANGUAGE))).split()
    share = sum(word in FRENCH for word in words) / max(1, len(words))
    if len(words) >= _LIMITS.words_for_language and share < _LIMITS.least_french:
        yield Problem.warning("transcripts.not-french", interview)


def _unheard(turns: pd.DataFrame, interview: Location) -> Iterator[Problem]:
    """Many marks of inaudible speech."""
    total = sum(len(_INAUDIBLE.findall(text)) for text in turns["text"])
    words = int(turns["n_words"].sum())
    if total > _LIMITS.unheard and total > _LIMITS.unheard_share * words:
        yield Problem.note("transcripts.much-unheard", interview, times=total, words=words // total)


def _cut(turns: pd.DataFrame, interview: Location) -> Iterator[Problem]:
    """A last turn that ends within a sentence, where nearly all others end with one."""
    *others, last = turns["text"]
    ended = sum(bool(_ENDS_SENTENCE.search(text)) for text in others)
    is_usual = len(others) >= _LIMITS.turns_for_end and ended >= _LIMITS.share_of_ends * len(others)
    left = len(_SENTENCE_END.split(last)[-1].split())
    if is_usual and left >= _FEWEST_LEFT and _ENDS_WITHIN.search(last):
        location = _at(turns["place"].iloc[-1], interview)
        yield Problem.warning("transcripts.ends-abruptly", location, excerpt=last[-_EXCERPT:])
