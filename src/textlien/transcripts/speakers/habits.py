"""How people speak in an interview, and which of them asks.

Two habits tell. Those who ask end their turns in « ? », where the transcriber writes it. And they
say « vous » where those who answer say « je » and « nous »: in speech without punctuation, as
software or linguists transcribe it, that is what remains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textlien.text.words import word_count
from textlien.transcripts.model import Utterance

_YOU = re.compile(r"\b(?:vous|votre|vos|tu|toi|ton|ta|tes)\b|\bt['’]", re.IGNORECASE)
_ME = re.compile(r"\b(?:je|moi|mon|ma|mes|me|nous|notre|nos)\b|\b[jm]['’]", re.IGNORECASE)

_MIN_QUESTIONS, _MOSTLY_QUESTIONS, _QUESTION_RATIO = 0.3, 0.6, 1.5
_MIN_QUESTIONS_OF_SEVERAL, _RATIO_OF_SEVERAL = 0.4, 2.0
_MIN_ADDRESS, _ADDRESS_RATIO, _LEAST_PRONOUNS = 0.5, 2.0, 8


@dataclass(frozen=True, slots=True)
class Habits:
    """How one speaker speaks.

    Attributes
    ----------
    turns, words : how many.
    questions : share of the turns that ask.
    length : words a turn.
    pronouns : number of words for oneself (« je », « nous », « mon »…) and for the other (« vous »,
        « tu », « votre »…).
    address : share of the latter among them.
    """

    turns: int
    words: int
    questions: float
    length: float
    pronouns: int
    address: float


@dataclass(frozen=True, slots=True)
class Askers:
    """Who asks, told by their habits.

    Attributes
    ----------
    labels : one or several.
    by : "questions" or "address".
    others : greatest share of that habit among the others.
    """

    labels: tuple[str, ...]
    by: Literal["questions", "address"]
    others: float


def habits_of(utterances: Iterable[Utterance]) -> dict[str, Habits]:
    """Habits of each speaker, in the order in which they first speak."""
    texts: dict[str, list[str]] = {}
    for utterance in utterances:
        texts.setdefault(utterance.speaker, []).append(utterance.text)
    return {label: _habits(own) for label, own in texts.items()}


def _habits(texts: Sequence[str]) -> Habits:
    words = sum(map(word_count, texts))
    asking = sum("?" in text for text in texts)
    you = sum(len(_YOU.findall(text)) for text in texts)
    pronouns = you + sum(len(_ME.findall(text)) for text in texts)
    turns = len(texts)
    return Habits(
        turns, words, asking / turns, words / turns, pronouns, you / pronouns if pronouns else 0
    )


def askers(unknown: Mapping[str, Habits], known: Sequence[Habits]) -> Askers | None:
    """Those who ask among speakers of unknown role, or nobody where that is not clear.

    Parameters
    ----------
    unknown : habits by label; "" is nobody's.
    known : habits of those whose role is known and who do not ask, to compare with.

    Notes
    -----
    At least one speaker must remain who answers. With the labels hidden, the interviewer is found
    in 66 of 68 interviews (41 of CFPP2000, which writes few question marks, and 27 with
    craftspeople), and no interviewee is taken for one; in the other two nobody is.
    """
    return _by_questions(unknown, known) or _by_address(unknown, known)


def _by_questions(unknown: Mapping[str, Habits], known: Sequence[Habits]) -> Askers | None:
    ranked = sorted(filter(None, unknown), key=lambda label: -unknown[label].questions)
    for size in range(min(len(ranked), 4), 0, -1):
        chosen = ranked[:size]
        group, others = _parted(unknown, chosen, known)
        most = max((other.questions for other in others), default=0)
        several = size > 1
        least = _MIN_QUESTIONS_OF_SEVERAL if several else _MIN_QUESTIONS
        ratio = _RATIO_OF_SEVERAL if several else _QUESTION_RATIO
        if others and all(
            one.questions >= max(least, ratio * most) and _is_brief(one, others, several=several)
            for one in group
        ):
            return Askers(tuple(chosen), "questions", most)
    return None


def _is_brief(one: Habits, others: Sequence[Habits], *, several: bool) -> bool:
    """Whether who asks does it in turns that are shorter than some answers."""
    if not several and one.questions >= _MOSTLY_QUESTIONS:
        return True
    return any(one.length <= other.length for other in others)


def _by_address(unknown: Mapping[str, Habits], known: Sequence[Habits]) -> Askers | None:
    telling = {
        label: habits
        for label, habits in unknown.items()
        if label and habits.pronouns >= _LEAST_PRONOUNS
    }
    chosen = [label for label, habits in telling.items() if habits.address >= _MIN_ADDRESS]
    group, others = _parted(unknown, chosen, known)
    others = [other for other in others if other.pronouns >= _LEAST_PRONOUNS]
    if not group or not others:
        return None
    most = max(other.address for other in others)
    fewer = sum(one.words for one in group) < sum(other.words for other in others)
    pronouns = sum(other.pronouns for other in others)
    together = sum(other.pronouns * other.address for other in others) / pronouns
    # A colleague among the others, who says « vous » now and then, must not hide the interviewer.
    if not fewer or any(one.address < _ADDRESS_RATIO * together for one in group):
        return None
    return Askers(tuple(chosen), "address", most)


def _parted(
    unknown: Mapping[str, Habits], chosen: Sequence[str], known: Sequence[Habits]
) -> tuple[list[Habits], list[Habits]]:
    group = [unknown[label] for label in chosen]
    others = [habits for label, habits in unknown.items() if label not in chosen]
    return group, [*others, *known]
