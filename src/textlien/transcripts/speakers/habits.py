"""Habits of speech, question marks and pronouns, that identify those who ask.

Two habits tell. Those who ask end their turns in « ? », where the transcriber writes it. And they
say « vous » where those who answer say « je » and « nous »: in speech without punctuation, as
software or linguists transcribe it, that is what remains.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from textlien.text.words import word_count
from textlien.transcripts.model import Utterance

YOU = re.compile(r"\b(?:vous|votre|vos|tu|toi|ton|ta|tes)\b|\bt['’]", re.IGNORECASE)
"""Words for the other."""

_ME = r"je|moi|mon|ma|mes|me|nous|notre|nos"
ME = re.compile(rf"\b(?:{_ME})\b|\b[jm]['’]", re.IGNORECASE)
"""Words for oneself, to be counted. « On » is not: those who ask say it as often."""

ME_OR_ON = re.compile(rf"\b(?:{_ME}|on)\b|\b[jm]['’]", re.IGNORECASE)
"""Signs that a whole paragraph answers: there « on » stands for « nous »."""


class QuestionThresholds(NamedTuple):
    """Thresholds on question marks, for those who ask.

    Attributes
    ----------
    least : share of turns with a question mark: people interviewed are below, who ask back
        (« vous voyez ? »).
    ratio : times the share of every other speaker.
    mostly : share from which turns may be longer than all others: an interviewer who introduces
        each question. It holds for one asker only, not for several.
    """

    least: float
    ratio: float
    mostly: float = math.inf


OF_ONE = QuestionThresholds(least=0.3, ratio=1.5, mostly=0.6)
OF_SEVERAL = QuestionThresholds(least=0.4, ratio=2.0)
"""Of several who would all be interviewers more is asked: some of them may be interviewed."""

MOST_ASKERS = 4
"""Interviewers of one interview; to try more takes time and finds none."""


class AddressThresholds(NamedTuple):
    """Thresholds on « vous » for those who ask, where question marks do not decide.

    Attributes
    ----------
    least : share of « vous » among « je » and « vous »: more than half.
    ratio : times the share of the others together.
    pronouns : fewer words of the two kinds say nothing of a speaker.
    """

    least: float = 0.5
    ratio: float = 2.0
    pronouns: int = 8


ADDRESS = AddressThresholds()


@dataclass(frozen=True, slots=True)
class Habits:
    """Habits of one speaker.

    Attributes
    ----------
    turns, words : numbers of them.
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
    """Speakers who ask, and the habit that shows it.

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
    return {label: _habits(turns) for label, turns in texts.items()}


def _habits(texts: Sequence[str]) -> Habits:
    """Habits of the speaker of some turns."""
    words = sum(map(word_count, texts))
    asking = sum("?" in text for text in texts)
    you = sum(len(YOU.findall(text)) for text in texts)
    pronouns = you + sum(len(ME.findall(text)) for text in texts)
    turns = len(texts)
    return Habits(
        turns, words, asking / turns, words / turns, pronouns, you / pronouns if pronouns else 0
    )


def askers(unknown: Mapping[str, Habits], answerers: Sequence[Habits]) -> Askers | None:
    """Those who ask among speakers of unknown role, or nobody where that is not clear.

    Parameters
    ----------
    unknown : habits by label; "" is nobody's.
    answerers : habits of those whose role is known and who do not ask, to compare with.

    Notes
    -----
    At least one speaker must remain who answers. With the labels hidden, the interviewer is found
    in 66 of 68 interviews (41 of CFPP2000, which writes few question marks, and 27 with
    craftspeople), and no interviewee is taken for one; in the other two nobody is.
    """
    return _by_questions(unknown, answerers) or _by_address(unknown, answerers)


def _by_questions(unknown: Mapping[str, Habits], answerers: Sequence[Habits]) -> Askers | None:
    """Those who ask most, as many as possible."""
    ranked = sorted(filter(None, unknown), key=lambda label: -unknown[label].questions)
    for size in range(min(len(ranked), MOST_ASKERS), 0, -1):
        chosen = ranked[:size]
        group, others = _parted(unknown, chosen, answerers)
        most = max((other.questions for other in others), default=0)
        thresholds = OF_SEVERAL if size > 1 else OF_ONE
        least = max(thresholds.least, thresholds.ratio * most)
        if others and all(
            speaker.questions >= least
            and (speaker.questions >= thresholds.mostly or _is_brief(speaker, others))
            for speaker in group
        ):
            return Askers(tuple(chosen), "questions", most)
    return None


def _is_brief(speaker: Habits, others: Sequence[Habits]) -> bool:
    """True if the turns of a speaker are no longer than those of some other."""
    return any(speaker.length <= other.length for other in others)


def _by_address(unknown: Mapping[str, Habits], answerers: Sequence[Habits]) -> Askers | None:
    """Those who say « vous » where the others say « je »."""
    chosen = [label for label, habits in unknown.items() if label and _addresses(habits)]
    group, others = _parted(unknown, chosen, answerers)
    others = [other for other in others if other.pronouns >= ADDRESS.pronouns]
    if not group or not others or not _say_less(group, others):
        return None
    least = ADDRESS.ratio * _address_together(others)
    if min(speaker.address for speaker in group) < least:
        return None
    return Askers(tuple(chosen), "address", max(other.address for other in others))


def _address_together(others: Sequence[Habits]) -> float:
    """Share of « vous » among all pronouns of some speakers.

    A colleague among them, who says « vous » now and then, must not hide the interviewer.
    """
    pronouns = sum(other.pronouns for other in others)
    return sum(other.pronouns * other.address for other in others) / pronouns


def _addresses(habits: Habits) -> bool:
    """True if a speaker says « vous » rather than « je », often enough to decide."""
    return habits.pronouns >= ADDRESS.pronouns and habits.address >= ADDRESS.least


def _say_less(group: Sequence[Habits], others: Sequence[Habits]) -> bool:
    """True if some speakers say fewer words than the others together."""
    return sum(part.words for part in group) < sum(part.words for part in others)


def _parted(
    unknown: Mapping[str, Habits], chosen: Sequence[str], answerers: Sequence[Habits]
) -> tuple[list[Habits], list[Habits]]:
    """Habits of those who may ask, and of all others."""
    group = [unknown[label] for label in chosen]
    others = [habits for label, habits in unknown.items() if label not in chosen]
    return group, [*others, *answerers]
