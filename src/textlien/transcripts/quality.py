"""What is odd in the turns of one interview: signs that a file was damaged or misread.

Nothing here keeps an interview out; a person should look at the place that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.raw import ENGLISH, raw_problem
from textlien.text.folding import fold
from textlien.text.words import word_count

_FEWEST_WORDS = 150
_LONGEST_TURN = 3000
_REPEATED_WORDS = 30
# French theses, leaflets and interviews have 16 to 35 %, English abstracts 1 % at most.
_LEAST_FRENCH = 0.1
_WORDS_FOR_LANGUAGE = 100
_MANY_INAUDIBLE = 0.01

# UTF-8 read as cp1252 or mac_roman, and characters that were already lost.
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œž]|â€.|√[©®†´]|\ufffd")
_MARKUP = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|font|li|td|tr|a|v|c|\w{1,6}:\w{1,20})"
    r"(?:[\s.][^<>\n]{0,80})?/?>|&(?:amp|nbsp|lt|gt|quot|#\d{2,5});|\{\\\w+|\\'[0-9a-f]{2}"
)
_INAUDIBLE = re.compile(r"\binaudible|incompr[ée]hensible|\bx{3,}\b|\(\s*\?+\s*\)", re.IGNORECASE)
# The commonest words of spoken French that English, Spanish, German and Dutch hardly have.
_FRENCH = frozenset(
    "le les des et est que qui dans pour pas ce il je vous nous ils elle avec sur au aux du une "
    "mais ou donc c ca qu j l d n s y ai etait fait ont sont parce tres bien oui ouais".split()
)


def oddities(turns: pd.DataFrame, shown: str, interview: Location | None = None) -> list[Problem]:
    """Warnings and notes about the content of one interview.

    Parameters
    ----------
    turns : table ``turns`` of one interview, in order.
    shown : name of the file in messages.
    interview : where it is in a file that holds several.

    Returns
    -------
    Damaged characters, left-over markup, another language, speech pasted twice, turns so long
    that a label must be missing, an interviewer who says more than all others, times that run
    backwards, much that was not heard; each with its first place.
    """
    if turns.empty:
        return []
    turns = turns.assign(n_words=[word_count(text) for text in turns["text"]])
    found = [
        *_damaged(turns),
        *_amounts(turns),
        *_repeated(turns),
        *_backwards(turns),
        *_foreign(turns),
        *_unheard(turns),
    ]
    return [
        raw_problem(
            shown,
            message,
            hint,
            Location.from_code(place) if place else interview or "",
            "note" if is_note else "warning",
        )
        for message, hint, place, is_note in found
    ]


_Finding = tuple[str, str, str, bool]


def _damaged(turns: pd.DataFrame) -> Iterator[_Finding]:
    for pattern, what, hint in (
        (_MOJIBAKE, "damaged letters", "Open the original with the right encoding; save as UTF-8."),
        (_MARKUP, "markup inside speech", "Export it again as plain text, or remove the markup."),
    ):
        hits = [
            (match.group(), place)
            for text, place in zip(turns["text"], turns["place"], strict=True)
            for match in pattern.finditer(text)
        ]
        if hits:
            first, place = hits[0]
            yield f"{what}: « {first} »{_elsewhere(len(hits))}.", hint, place, False


def _amounts(turns: pd.DataFrame) -> Iterator[_Finding]:
    words = turns.groupby("role")["n_words"].sum()
    answered, asked = int(words.get("interviewee", 0)), int(words.get("interviewer", 0))
    is_dialogue = turns["speaker"].nunique() > 1  # texts of other kinds may well be short
    if is_dialogue and answered < _FEWEST_WORDS:
        hint = "Is it the whole interview? A share of so little is uncertain."
        yield f"the interviewees say fewer than {_FEWEST_WORDS} words.", hint, "", False
    if 0 < answered < asked:
        hint = "Are the roles exchanged? See [speakers] and [[speakers.file]] of the study file."
        message = f"the interviewer says more than the interviewees: {asked:,} words, {answered:,}."
        yield message, hint, "", False
    if is_dialogue:
        long = turns[turns["n_words"] > _LONGEST_TURN]
        for size, speaker, place in zip(
            long["n_words"], long["speaker"], long["place"], strict=True
        ):
            message = f"« {speaker} » says {size:,} words at one go."
            yield message, "Is a label missing in it?", place, False


def _repeated(turns: pd.DataFrame) -> Iterator[_Finding]:
    """Speech that is there twice, from the first such turn; a paste is often many turns."""
    long = turns[turns["n_words"] >= _REPEATED_WORDS]
    again = long[long.duplicated("text")]
    if len(again):
        second = again.iloc[0]
        first = long[long["text"] == second["text"]].iloc[0]
        place = ENGLISH.place(Location.from_code(first["place"]))
        message = f"the long turn of {place} is there again{_elsewhere(len(again))}."
        yield message, "Was it pasted twice? Remove one.", str(second["place"]), False


def _backwards(turns: pd.DataFrame) -> Iterator[_Finding]:
    timed = turns.dropna(subset="time_start")
    rows = zip(timed["time_start"], timed["place"], strict=True)
    back = [place for (before, _), (after, place) in pairwise(rows) if after < before]
    if back:
        message = f"the time runs backwards here{_elsewhere(len(back))}."
        hint = "The order of the file was kept. Correct the marks if times matter to you."
        yield message, hint, str(back[0]), True


def _elsewhere(count: int) -> str:
    more = {1: "", 2: ", and once more in this interview"}
    return more.get(count, f", and {count - 1:,} more times in this interview")


def _foreign(turns: pd.DataFrame) -> Iterator[_Finding]:
    spoken = turns.loc[turns["role"] == "interviewee", "text"]
    words = fold(" ".join(spoken.head(400))).split()
    share = sum(word in _FRENCH for word in words) / max(1, len(words))
    if len(words) >= _WORDS_FOR_LANGUAGE and share < _LEAST_FRENCH:
        yield (
            "does not look like French.",
            "Lemmas and themes will be wrong. Is it the right file?",
            "",
            False,
        )


def _unheard(turns: pd.DataFrame) -> Iterator[_Finding]:
    counts = [len(_INAUDIBLE.findall(text)) for text in turns["text"]]
    total, words = sum(counts), int(turns["n_words"].sum())
    if total > 5 and total > _MANY_INAUDIBLE * words:
        message = f"{total:,} places were not understood: one in {words // total:,} words."
        yield message, "What was lost is not in any share. Listen again if you can.", "", True
