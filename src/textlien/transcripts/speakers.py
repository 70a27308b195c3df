"""Who asks and who answers: a role for each speaker, by rules that can be read and corrected.

In this order: what the study file says; what the file itself states, as a column of roles does;
labels that name a role (« Enquêtrice », « (ENQ) »,
« Q »), typing errors included; else, among unknown labels, the one that asks most questions in
shorter turns. Whatever was guessed is reported.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from textlien.errors import Problem
from textlien.study import LabelsOptions
from textlien.transcripts.folding import fold
from textlien.transcripts.marks import word_count
from textlien.transcripts.model import Decision, Document, Role, Utterance

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
_MIN_QUESTIONS = 0.3
_MOSTLY_QUESTIONS = 0.6
_QUESTION_RATIO = 1.5
_FEW_WORDS, _SMALL_SHARE = 30, 0.02


@dataclass(frozen=True, slots=True)
class _Habits:
    """How one speaker speaks: words, share of turns that ask, words a turn."""

    words: int
    questions: float
    length: float


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
    utterances = document.utterances
    labels = list(dict.fromkeys(utterance.speaker for utterance in utterances))
    roles: dict[str, Decision] = {}
    for label in labels:
        if declared := _declared(label, options):
            roles[label] = Decision(declared, "the study file says so")
        elif stated := document.roles.get(label):
            roles[label] = Decision(stated, "the file says so")
        elif guessed := document.guesses.get(label):
            roles[label] = guessed
        elif named := known_role(label):
            roles[label] = Decision(named, "the label names the role")
    unknown = [label for label in labels if label not in roles]
    habits = {label: _habits(label, utterances) for label in labels}
    problems: list[Problem] = []
    if "interviewer" not in {d.role for d in roles.values()} and len(labels) > 1 and unknown:
        known = [habits[label] for label in roles]
        asker, problem = _asker({label: habits[label] for label in unknown}, known, shown)
        if asker:
            reason = f"{habits[asker].questions:.0%} of its turns ask"
            roles[asker] = Decision("interviewer", reason, sure=False)
        problems.append(problem)
    total = sum(habit.words for habit in habits.values())
    in_doubt = bool(problems)
    for label in unknown:
        if label not in roles:
            reason = "neither named nor the one who asks" if label else "no label"
            roles[label] = Decision("interviewee", reason, sure=not in_doubt)
            if len(unknown) > 1 and _hardly_speaks(habits[label], total):
                reason = f"says {habits[label].words} words only"
                roles[label] = Decision("other", reason, sure=False)
                problems.append(_aside(label, habits[label], shown))
    return roles, problems


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
    lines = ["[[speakers.file]]", f"path = {_quoted(shown)}"]
    for role in get_args(Role):
        own = {label: found for label, found in decisions.items() if found.role == role and label}
        # A comment of TOML holds no control character.
        lines += [
            _CONTROL.sub(" ", f"# {label}: {found.reason}")
            for label, found in own.items()
            if not found.sure
        ]
        if own:
            lines.append(f"{role} = [{', '.join(map(_quoted, own))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """``text`` as a TOML string; bytes of a path that are no text become « ? », which matches."""
    valid = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(valid, ensure_ascii=False).replace("\x7f", "\\u007f")


def _declared(label: str, options: LabelsOptions) -> Role | None:
    declared: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("interviewer", options.interviewer),
        ("interviewee", options.interviewee),
        ("other", options.other),
    )
    for role, names in declared:
        if fold(label) in {fold(name) for name in names}:
            return role
    return None


def _habits(label: str, utterances: Sequence[Utterance]) -> _Habits:
    turns = [utterance.text for utterance in utterances if utterance.speaker == label]
    words = sum(word_count(text) for text in turns)
    return _Habits(words, sum("?" in text for text in turns) / len(turns), words / len(turns))


def _asker(habits: dict[str, _Habits], known: Sequence[_Habits], shown: str) -> tuple[str, Problem]:
    """The label that asks among those of unknown role, or "", and what to tell the user.

    ``known`` are the habits of those who are known to answer, to compare with.
    """
    ranked = sorted(habits, key=lambda label: -habits[label].questions)
    names = ", ".join(f"« {label} »" for label in ranked if label)
    first = habits[ranked[0]]
    others = [*(habits[label] for label in ranked[1:]), *known]
    hint = 'Name the interviewer in the study file: [speakers] interviewer = ["…"].'
    clear = (
        bool(ranked[0])
        and first.questions >= _MIN_QUESTIONS
        and all(first.questions >= _QUESTION_RATIO * other.questions for other in others)
        and (
            first.questions >= _MOSTLY_QUESTIONS
            or any(first.length <= other.length for other in others)
        )
    )
    if not clear:
        message = f"no interviewer among {names}: all are taken for interviewees."
        return "", Problem(shown, message, hint, severity="warning")
    message = (
        f"« {ranked[0]} » is taken for the interviewer: {first.questions:.0%} of its turns ask, "
        f"{max(other.questions for other in others):.0%} at most of the others'."
    )
    return ranked[0], Problem(shown, message, hint, severity="note")


def _hardly_speaks(habits: _Habits, total: int) -> bool:
    return habits.words < _FEW_WORDS and habits.words < _SMALL_SHARE * total


def _aside(label: str, habits: _Habits, shown: str) -> Problem:
    return Problem(
        shown,
        f"« {label} » says {habits.words} words only: taken for neither side.",
        'If it was interviewed: [speakers] interviewee = ["…"] in the study file.',
        severity="note",
    )
