"""Roles of speakers, those who ask and those who answer, by rules that can be read and corrected.

In this order: the study file; a statement of the file itself, as a column of roles, or its layout,
as bold questions; labels that name a role (« Enquêtrice », « (ENQ) », « Q »), typing
errors included; else the habits of those who ask (:mod:`textlien.transcripts.speakers.habits`).
Whatever was guessed is reported.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, get_args

from textlien.errors import Problem
from textlien.messages.message import Location, Message, message
from textlien.study.options import UNLABELLED, LabelsOptions
from textlien.text.folding import fold
from textlien.transcripts.model import (
    Decision,
    Document,
    Evidence,
    Role,
    RoleReason,
    Utterance,
)
from textlien.transcripts.speakers.habits import Askers, Habits, askers, habits_of
from textlien.transcripts.speakers.reasons import FEW_WORDS, reason_of
from textlien.transcripts.speakers.stretches import stretches

_WORDS: dict[str, Role] = {
    **dict.fromkeys(
        "enqueteur enquetrice enqueteurs enquetrices enq chercheur chercheuse chercheurs "
        "intervieweur intervieweuse interviewer interviewers sociologue question q "
        "journaliste".split(),
        "interviewer",
    ),
    **dict.fromkeys(
        "interviewe interviewee interviewes enquete enquetee enquetes repondant repondante "
        "reponse r informateur informatrice temoin participant participante".split(),
        "interviewee",
    ),
    **dict.fromkeys("tous toutes inconnu inconnue brouhaha".split(), "other"),
}
AMBIGUOUS = frozenset({"q", "r", "question", "reponse", "temoin", "participant", "participante"})
"""Labels that may also open a sentence: they count only when they come back."""

ANSWERERS = frozenset(word for word, role in _WORDS.items() if role == "interviewee") - AMBIGUOUS
"""Labels that name an interviewee and nothing else."""

NAMES_OF_ROLES = frozenset(_WORDS)
"""Labels, folded, that name a role, without a fault."""

# « Checheur » and « Enquetteur » are typing errors of a role (likeness of 0.94), « quêteur » is
# none (0.875). In words that are shorter still, one letter makes another word.
_SHORTEST_TYPO = 7
_TYPO_LIKENESS = 0.88

# « Interview 2 » is a title, not « Interviewé » with a fault.
_NOUNS = frozenset(("interview", "interviews", "enquetes"))

_DIGITS = re.compile(r"\d+")
_MOST_NAMES = 6


class Passers(NamedTuple):
    """Thresholds of those who pass by an interview, and take no part in it.

    Attributes
    ----------
    few_words : fewer words than that, a greeting or two,
    small_share : and a smaller share of all words than that, are of neither side.
    """

    few_words: int = FEW_WORDS
    small_share: float = 0.02


class Beside(NamedTuple):
    """Thresholds of those who may be on the side of an interviewer who is known.

    Attributes
    ----------
    little : share of the words of the main interviewee below which a role is reconsidered.
    as_short : turns no longer than that many times the interviewer's may be a colleague's.
    colleague : share of turns that ask, or of « vous », from which somebody is a colleague: most
        of them, since interviewees who are among themselves ask too.
    nearly_all : share of turns that ask from which somebody who says much is one all the same.
    """

    little: float = 0.15
    as_short: float = 1.1
    colleague: float = 0.6
    nearly_all: float = 0.8


PASSERS = Passers()
BESIDE = Beside()


@lru_cache(maxsize=4096)
def known_role(label: str) -> Role | None:
    """Role that a label names, typing errors included, or None.

    >>> known_role("Sonia Branca-Rosoff (ENQ)"), known_role("Checheur"), known_role("Mme R.")
    ('interviewer', 'interviewer', None)
    """
    words = _DIGITS.sub(" ", fold(label)).split()
    if len(words) == 1 and len(words[0]) == 1:
        return _WORDS.get(words[0])
    for word in words:
        if _names_a_role(word, alone=len(words) == 1):
            return _WORDS[word]
    near = (_near(word) for word in words if len(word) >= _SHORTEST_TYPO and word not in _NOUNS)
    return next(filter(None, near), None)


def _names_a_role(word: str, *, alone: bool) -> bool:
    """True if a word of a label names a role: « participant » does only alone, « Mme R. » never."""
    return len(word) > 1 and word in _WORDS and (alone or word not in AMBIGUOUS)


def _near(word: str) -> Role | None:
    """Role of the word that ``word`` is a typing error of, or None."""
    words = [name for name in _WORDS if len(name) >= _SHORTEST_TYPO]
    near = difflib.get_close_matches(word, words, n=1, cutoff=_TYPO_LIKENESS)
    return _WORDS[near[0]] if near else None


def decide(
    document: Document, options: LabelsOptions, file: str
) -> tuple[dict[str, Decision], list[Problem]]:
    """Give each label of one interview its role.

    Parameters
    ----------
    document : one interview; roles that the file itself states come after the study file's.
    options : labels that the study file gives for this file; they come first.
    file : its name in messages.

    Returns
    -------
    Decision by label, and a note or a warning for each role that was not certain. Speech without
    any label is the interviewee's. Where the labels of a file give way to others, those of each
    stretch are compared with each other only.
    """
    parts = stretches(document.utterances)
    if len(parts) == 1:
        return _decided(document, options, file)
    decisions: dict[str, Decision] = {}
    problems: list[Problem] = []
    for number, part in enumerate(parts):
        roles, notes = _decided(replace(document, utterances=part), options, file)
        decisions |= {label: role for label, role in roles.items() if label not in decisions}
        problems += [*([_change(parts[number - 1], part, file)] if number else []), *notes]
    return decisions, problems


def _change(before: Sequence[Utterance], after: Sequence[Utterance], file: str) -> Problem:
    """A warning that labels give way to others, at the first turn of these."""
    return Problem.warning(
        "speakers.labels-change",
        replace(after[0].place, file=file),
        before=_names(list(dict.fromkeys(part.speaker for part in before))),
        after=_names(list(dict.fromkeys(part.speaker for part in after))),
    )


def _decided(
    document: Document, options: LabelsOptions, file: str
) -> tuple[dict[str, Decision], list[Problem]]:
    """Decision by label of a stretch in which the labels do not change, and notes."""
    roles = _stated(document, options)
    labels = dict.fromkeys(utterance.speaker for utterance in document.utterances)
    unknown = [label for label in labels if label not in roles]
    if not unknown:
        return roles, []
    location = Location(file=file)
    habits = habits_of(document.utterances)
    problems: list[Problem] = []
    has_interviewer = any(part.role == "interviewer" and part.sure for part in roles.values())
    if has_interviewer:
        roles |= _beside(roles, habits)
    elif len(labels) > 1:
        guesses, problem = _guessed(roles, habits, location)
        roles |= guesses
        problems.append(problem)
    in_doubt = not has_interviewer and len(labels) > 1
    for label in unknown:
        if label not in roles:
            reason = _reason_of_answering(label, len(labels))
            roles[label] = Decision("interviewee", reason, sure=not in_doubt)
    passers = _passers(unknown, roles, habits)
    roles |= dict.fromkeys(passers, Decision("other", RoleReason.FEW_WORDS, sure=False))
    return roles, [*problems, *_note_of_passers(passers, habits, location)]


def _stated(document: Document, options: LabelsOptions) -> dict[str, Decision]:
    """Roles that need no guess: of the study file, the file itself, its layout, its labels."""
    declared: dict[str, Role] = {
        fold(name): role for role in reversed(get_args(Role)) for name in getattr(options, role)
    }
    roles: dict[str, Decision] = {}
    for label in dict.fromkeys(utterance.speaker for utterance in document.utterances):
        if role := declared.get(fold(label or UNLABELLED)):
            roles[label] = Decision(role, RoleReason.STUDY_FILE)
        elif stated := document.roles.get(label):
            roles[label] = Decision(stated, RoleReason.FILE)
        elif guess := document.guesses.get(label):
            roles[label] = guess
        elif named := known_role(label):
            roles[label] = Decision(named, RoleReason.LABEL)
    return roles


def _reason_of_answering(label: str, labels: int) -> RoleReason:
    """Reason why a label without any other decision is an interviewee's."""
    if not label:
        return RoleReason.NO_LABEL
    return RoleReason.ONLY_SPEAKER if labels == 1 else RoleReason.REMAINING


def _guessed(
    roles: Mapping[str, Decision], habits: Mapping[str, Habits], location: Location
) -> tuple[dict[str, Decision], Problem]:
    """Those who ask where no label names them, and a note or a warning of it."""
    unknown = {label: habit for label, habit in habits.items() if label not in roles}
    sides = [habits[label] for label, decision in roles.items() if decision.sure]
    asking = askers(unknown, sides)
    if asking is None:
        names = _names([label for label in unknown if label])
        return {}, Problem.warning("speakers.no-interviewer", location, names=names)
    guesses = {
        label: Decision(
            "interviewer",
            _REASONS[asking.by],
            sure=False,
            evidence=_evidence(label, asking, habits),
        )
        for label in asking.labels
    }
    problem = Problem.note(
        "speakers.taken-for-interviewers",
        location,
        n=len(asking.labels),
        names=_names(asking.labels),
        reason=reason_of(guesses[asking.labels[0]]),
    )
    return guesses, problem


def _beside(roles: Mapping[str, Decision], habits: Mapping[str, Habits]) -> dict[str, Decision]:
    """Those of unknown role who may be on the side of an interviewer who is known.

    A colleague who asks too is one; somebody who says little, in turns as short, may be one, or a
    third person: they stay interviewees, and somebody should look. Somebody who says much is a
    colleague where nearly all turns ask: another transcriber may have another label for the same.
    """
    unknown = {label: habit for label, habit in habits.items() if label not in roles and label}
    answerers = [habits[label] for label in roles if roles[label].role == "interviewee"]
    if len(unknown) + len(answerers) < 2:
        return {}
    brief = max(habits[label].length for label in roles if roles[label].role == "interviewer")
    quiet, loud = _by_words(unknown, answerers)
    asking = askers(quiet, [*loud.values(), *answerers])
    decisions = {label: _decision_beside(label, brief, asking, habits) for label in quiet}
    decisions |= _loud_askers(loud, habits, askers(unknown, answerers))
    return {label: part for label, part in decisions.items() if part}


def _loud_askers(
    loud: Mapping[str, Habits], habits: Mapping[str, Habits], asking: Askers | None
) -> dict[str, Decision]:
    """Those of some who say much that ask in nearly all their turns."""
    if asking is None or asking.by != "questions":
        return {}
    return {
        label: Decision(
            "interviewer", RoleReason.COLLEAGUE_ASKS, False, _evidence(label, asking, habits)
        )
        for label in asking.labels
        if label in loud and loud[label].questions >= BESIDE.nearly_all
    }


def _by_words(
    unknown: Mapping[str, Habits], answerers: Sequence[Habits]
) -> tuple[dict[str, Habits], dict[str, Habits]]:
    """Speakers of unknown role who say little beside the main interviewee, and the others."""
    most = max(habit.words for habit in [*unknown.values(), *answerers])
    quiet = {label: part for label, part in unknown.items() if part.words < BESIDE.little * most}
    return quiet, {label: part for label, part in unknown.items() if label not in quiet}


def _decision_beside(
    label: str, brief: float, asking: Askers | None, habits: Mapping[str, Habits]
) -> Decision | None:
    """The decision on a speaker who says little, or None where nothing is doubtful.

    Parameters
    ----------
    label : of the speaker.
    brief : words a turn of the interviewer.
    asking : those who ask among the speakers who say little.
    habits : of all speakers.
    """
    if asking and label in asking.labels and _is_a_colleague(habits[label]):
        evidence = _evidence(label, asking, habits)
        return Decision("interviewer", _COLLEAGUES[asking.by], False, evidence)
    if habits[label].length <= BESIDE.as_short * brief:
        evidence = Evidence(share_of_words=_share_of_words(label, habits))
        return Decision("interviewee", RoleReason.SHORT_TURNS, False, evidence)
    return None


def _is_a_colleague(habit: Habits) -> bool:
    """True if a speaker asks, or says « vous », as an interviewer does."""
    return max(habit.address, habit.questions) >= BESIDE.colleague


_REASONS = {"questions": RoleReason.ASKS, "address": RoleReason.SAYS_VOUS}
_COLLEAGUES = {
    "questions": RoleReason.COLLEAGUE_ASKS,
    "address": RoleReason.COLLEAGUE_SAYS_VOUS,
}


def _evidence(label: str, asking: Askers, habits: Mapping[str, Habits]) -> Evidence:
    """The habit by which a speaker was taken for an interviewer, and that of the others."""
    habit = habits[label].questions if asking.by == "questions" else habits[label].address
    return Evidence(habit, asking.others, _share_of_words(label, habits))


def _share_of_words(label: str, habits: Mapping[str, Habits]) -> float:
    """Share of a speaker's words in an interview."""
    return habits[label].words / max(1, sum(habit.words for habit in habits.values()))


def _names(labels: Sequence[str]) -> Message:
    """An enumeration of labels; of many the first ones."""
    first, more = tuple(labels[:_MOST_NAMES]), len(labels) - _MOST_NAMES
    if more > 0:
        return message("speakers.names-and-more", names=first, more=more)
    return message("speakers.names", names=first)


def _passers(
    unknown: Sequence[str], roles: Mapping[str, Decision], habits: Mapping[str, Habits]
) -> list[str]:
    """Labels that were taken for interviewees, and hardly speak."""
    total = sum(habit.words for habit in habits.values())
    if len(unknown) < 2:
        return []
    return [
        label
        for label in unknown
        if roles[label].role == "interviewee"
        and habits[label].words < PASSERS.few_words
        and habits[label].words < PASSERS.small_share * total
    ]


def _note_of_passers(
    labels: Sequence[str], habits: Mapping[str, Habits], location: Location
) -> list[Problem]:
    """One note for all who hardly speak."""
    if not labels:
        return []
    if len(labels) == 1:
        words = habits[labels[0]].words
        return [Problem.note("speakers.passer", location, name=labels[0], words=words)]
    names, few = _names(labels), PASSERS.few_words
    return [Problem.note("speakers.passers", location, names=names, few=few)]
