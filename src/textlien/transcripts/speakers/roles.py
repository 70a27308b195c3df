"""Who asks and who answers: a role for each speaker, by rules that can be read and corrected.

In this order: what the study file says; what the file itself states, as a column of roles does, or
shows, as bold questions do; labels that name a role (« Enquêtrice », « (ENQ) », « Q »), typing
errors included; else the habits of those who ask (:mod:`textlien.transcripts.speakers.habits`).
Whatever was guessed is reported.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import get_args

from textlien.errors import Problem
from textlien.files.toml import inline
from textlien.raw import raw_problem
from textlien.study.options import LabelsOptions
from textlien.text.folding import fold
from textlien.transcripts.model import Decision, Document, Role
from textlien.transcripts.speakers.habits import Askers, Habits, askers, habits_of

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

_SHORTEST_TYPO = 7
_TYPO_LIKENESS = 0.88
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_DIGITS = re.compile(r"\d+")
_FEW_WORDS, _SMALL_SHARE, _MOST_NAMES = 30, 0.02, 6
# Beside a named interviewer: who says so little of what the main interviewee says is doubtful.
_LITTLE, _AS_SHORT, _COLLEAGUE = 0.15, 1.1, 0.6


@lru_cache(maxsize=4096)
def known_role(label: str) -> Role | None:
    """Role that a label names, typing errors included, or None.

    >>> known_role("Sonia Branca-Rosoff (ENQ)"), known_role("Checheur"), known_role("Mme R.")
    ('interviewer', 'interviewer', None)
    """
    words = [word for word in _DIGITS.sub(" ", fold(label)).split() if word]
    if len(words) == 1 and len(words[0]) == 1:
        return _WORDS.get(words[0])
    for word in words:
        if len(word) > 1 and word in _WORDS and (len(words) == 1 or word not in AMBIGUOUS):
            return _WORDS[word]
    near = [_near(word) for word in words if len(word) >= _SHORTEST_TYPO]
    return next((role for role in near if role), None)


def _near(word: str) -> Role | None:
    candidates = [known for known in _WORDS if len(known) >= _SHORTEST_TYPO]
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=_TYPO_LIKENESS)
    return _WORDS[found[0]] if found else None


def decide(
    document: Document, options: LabelsOptions, shown: str
) -> tuple[dict[str, Decision], list[Problem]]:
    """Give each label of one interview its role.

    Parameters
    ----------
    document : one interview; roles that the file itself states come after the study file's.
    options : labels that the study file gives for this file; they come first.
    shown : name of the file in messages.

    Returns
    -------
    Decision by label, and a note or a warning for each role that was not certain. Speech without
    any label is the interviewee's.
    """
    roles = _stated(document, options)
    labels = dict.fromkeys(utterance.speaker for utterance in document.utterances)
    unknown = [label for label in labels if label not in roles]
    if not unknown:
        return roles, []
    habits = habits_of(document.utterances)
    problems: list[Problem] = []
    asked = "interviewer" in {decision.role for decision in roles.values()}
    if asked:
        roles |= _beside(roles, habits)
    elif len(labels) > 1:
        guessed, problem = _guessed(roles, habits, shown)
        roles |= guessed
        problems.append(problem)
    in_doubt = not asked and len(labels) > 1
    total = sum(habit.words for habit in habits.values())
    asides: list[str] = []
    for label in unknown:
        if label not in roles:
            reason = "neither named nor the one who asks" if label else "no label"
            reason = "the only speaker" if label and len(labels) == 1 else reason
            roles[label] = Decision("interviewee", reason, sure=not in_doubt)
        answers = roles[label].role == "interviewee" and len(unknown) > 1
        if answers and _hardly_speaks(habits[label], total):
            reason = f"says {habits[label].words} words only"
            roles[label] = Decision("other", reason, sure=False)
            asides.append(label)
    return roles, [*problems, *_aside(asides, habits, shown)]


def _stated(document: Document, options: LabelsOptions) -> dict[str, Decision]:
    """Roles that need no guess: of the study file, the file itself, its layout, its labels."""
    declared: dict[str, Role] = {
        fold(name): role for role in reversed(get_args(Role)) for name in getattr(options, role)
    }
    roles: dict[str, Decision] = {}
    for label in dict.fromkeys(utterance.speaker for utterance in document.utterances):
        if role := declared.get(fold(label)):
            roles[label] = Decision(role, "the study file says so")
        elif stated := document.roles.get(label):
            roles[label] = Decision(stated, "the file says so")
        elif guessed := document.guesses.get(label):
            roles[label] = guessed
        elif named := known_role(label):
            roles[label] = Decision(named, "the label names the role")
    return roles


def _guessed(
    roles: Mapping[str, Decision], habits: Mapping[str, Habits], shown: str
) -> tuple[dict[str, Decision], Problem]:
    """Who asks where no label says it, and what to tell the user."""
    unknown = {label: habit for label, habit in habits.items() if label not in roles}
    found = askers(unknown, [habits[label] for label in roles])
    hint = 'Name the interviewer in the study file: [speakers] interviewer = ["…"].'
    if found is None:
        names = _listed(label for label in unknown if label)
        message = f"no interviewer among {names}: all are taken for interviewees."
        return {}, raw_problem(shown, message, hint, severity="warning")
    reasons = {label: _reason(label, found, habits) for label in found.labels}
    who = "the interviewer" if len(reasons) == 1 else "the interviewers"
    verb = "is" if len(reasons) == 1 else "are"
    first = reasons[found.labels[0]]
    message = f"{_listed(found.labels)} {verb} taken for {who}: {first}."
    guessed = {
        label: Decision("interviewer", reason, sure=False) for label, reason in reasons.items()
    }
    return guessed, raw_problem(shown, message, hint, severity="note")


def _beside(roles: Mapping[str, Decision], habits: Mapping[str, Habits]) -> dict[str, Decision]:
    """Those of unknown role who may be on the side of an interviewer who is known.

    A colleague who asks too is one; somebody who says little, in turns as short, may be one, or a
    third person: they stay interviewees, and somebody should look.
    """
    unknown = {label: habit for label, habit in habits.items() if label not in roles and label}
    answerers = [habits[label] for label in roles if roles[label].role == "interviewee"]
    if len(unknown) + len(answerers) < 2:
        return {}
    most = max(habit.words for habit in [*unknown.values(), *answerers])
    brief = max(habits[label].length for label in roles if roles[label].role == "interviewer")
    small = {label: habit for label, habit in unknown.items() if habit.words < _LITTLE * most}
    rest = [habit for label, habit in unknown.items() if label not in small]
    found = askers(small, [*rest, *answerers])
    decisions = {}
    for label, habit in small.items():
        if found and label in found.labels and max(habit.address, habit.questions) >= _COLLEAGUE:
            reason = f"{_reason(label, found, habits)}: a colleague of the interviewer"
            decisions[label] = Decision("interviewer", reason, sure=False)
        elif habit.length <= _AS_SHORT * brief:
            reason = (
                f"says {_share(label, habits)} of the words, in turns as short as the "
                "interviewer's: may be a colleague, or pass by"
            )
            decisions[label] = Decision("interviewee", reason, sure=False)
    return decisions


def _reason(label: str, found: Askers, habits: Mapping[str, Habits]) -> str:
    own = habits[label]
    habit = {
        "questions": f"{own.questions:.0%} of its turns ask",
        "address": f"{own.address:.0%} of its « je » and « vous » are « vous »",
    }[found.by]
    others = f"{found.others:.0%} at most of the others'"
    return f"{habit}, {others}; it says {_share(label, habits)} of the words"


def _share(label: str, habits: Mapping[str, Habits]) -> str:
    return f"{habits[label].words / max(1, sum(habit.words for habit in habits.values())):.0%}"


def _listed(labels: Iterable[str]) -> str:
    """« A », « B » and so on; of many the first ones."""
    names = [f"« {label} »" for label in labels]
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")


def proposal(shown: str, decisions: Mapping[str, Decision]) -> str:
    """What to put in the study file to confirm, or to correct, the roles of one file.

    Parameters
    ----------
    shown : path of the file relative to the study file.
    decisions : role of each label, and why; those that are not sure come with their reason.

    Returns
    -------
    A ``[[speakers.file]]`` block of TOML, ended by a line feed.

    >>> print(proposal("t/a.txt", {"JD": Decision("interviewer", "it asks", sure=False),
    ...                            "ML": Decision("interviewee", "no doubt")}))
    [[speakers.file]]
    path = "t/a.txt"
    # JD: it asks
    interviewer = ["JD"]
    interviewee = ["ML"]
    <BLANKLINE>
    """
    lines = ["[[speakers.file]]", f"path = {inline(shown)}"]
    for role in get_args(Role):
        own = {label: found for label, found in decisions.items() if found.role == role and label}
        # A comment of TOML holds no control character.
        lines += [
            _CONTROL.sub(" ", f"# {label}: {found.reason}")
            for label, found in own.items()
            if not found.sure
        ]
        if own:
            lines.append(f"{role} = {inline(list(own))}")
    return "\n".join(lines) + "\n"


def _hardly_speaks(habits: Habits, total: int) -> bool:
    return habits.words < _FEW_WORDS and habits.words < _SMALL_SHARE * total


def _aside(labels: list[str], habits: Mapping[str, Habits], shown: str) -> list[Problem]:
    """One note for all who hardly speak."""
    if not labels:
        return []
    says = f"says {habits[labels[0]].words} words only"
    says = says if len(labels) == 1 else f"say fewer than {_FEW_WORDS} words each"
    message = f"{_listed(labels)} {says}: taken for neither side."
    hint = 'If it was interviewed: [speakers] interviewee = ["…"] in the study file.'
    return [raw_problem(shown, message, hint, severity="note")]
