"""The labels of a file, learnt from the openings of all its lines.

Those that come back, that name a role, or that carry a time mark are; so « Attention : … » stays
speech, and « AB : » can be a speaker.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from textlien.transcripts import notice
from textlien.transcripts.model import Role
from textlien.transcripts.speakers.openings.candidates import (
    LAID_OUT,
    LAST,
    STATED,
    TITLES,
    WEAK,
    Line,
)
from textlien.transcripts.speakers.openings.voices import OPENERS
from textlien.transcripts.speakers.roles import AMBIGUOUS, ANSWERERS, known_role

_CODE = re.compile(r"([^\W\d_]{1,3}|[^\W\d_]+ )(\d{1,2})")
_SIDES = ("interviewer", "interviewee")


class Enough(NamedTuple):
    """Frequency of labels that name no role from which a file counts as labelled.

    Attributes
    ----------
    turns : openings with such a label: below, a list (« Pour : », « Contre : ») has as many,
    share : and that share of the lines; half of the lines are enough without this.
    alone, share_alone : times that each label alone on its line comes back, and share of the
        lines that are such labels: a heading comes once, and a name in a list of names has no
        speech below it.
    """

    turns: int = 6
    share: float = 0.1
    alone: int = 3
    share_alone: float = 0.2


ENOUGH = Enough()

LONG_TITLE = 10
"""Words of the longest title: more are a sentence."""

# Files of more labels are lists; to look for the likest label in them costs seconds.
_MOST_LABELS = 200

# « Moniqe » is « Monique » (0.92); « Marie » and « Maria » (0.8) are two persons.
_LIKENESS = 0.85
_SHORTEST_LIKE = 5

# « Tous ensemble : » is a label, « Tous les dimanches : » opens a sentence.
_LONGEST_OTHER = 2

# Forms that speech has too (:data:`WEAK`) must come back that often.
_LEAST_WEAK = 3

# « Nom : » and « Lieu : » stand in each head notice of a file that holds several interviews.
_LEAST_NOTICE = 6


def learn(lines: Sequence[Line], declared: set[str]) -> list[Line]:
    """``lines`` that keep ``name`` and ``key`` only where they open with a label of this file.

    Parameters
    ----------
    lines : all lines of a file, in order.
    declared : labels of the study file, folded, which are labels even where they occur once.
    """
    stated = frozenset(line.key for line in lines if line.form == STATED)
    labels, forms = (stated, {STATED}) if stated else _learnt(lines, declared)
    return [
        line
        if not line.key or (line.key in labels and line.form in forms)
        else line._replace(form="", name="", key="", time="", rest="")
        for line in lines
    ]


def _learnt(lines: Sequence[Line], declared: set[str]) -> tuple[frozenset[str], set[str]]:
    """Labels of a file, and the forms that they have there."""
    openings = [line for line in lines if line.key and line.form not in LAST]
    labels = _by_count(openings, len(lines), declared)
    forms: set[str] = {line.form for line in openings}
    for form in ("bare", "alone"):
        if not labels:
            labels, forms = _by_themselves(lines, form, declared), {form}
    if not labels:
        labels, forms = _only_label(lines), {"colon", "bracket"}
    return labels, forms


def says(text: str) -> bool:
    """True if a text is a sentence, not a title or a name."""
    return len(text.split()) > LONG_TITLE or text.endswith((".", "?", "!", "…"))


def likest(text: str, labels: Sequence[str]) -> str:
    """The label that ``text`` is nearly, or "". Files of hundreds of labels are not searched."""
    if len(labels) > _MOST_LABELS:
        return ""
    return next(iter(difflib.get_close_matches(text, labels, 1, _LIKENESS)), "")


def _by_count(openings: Sequence[Line], n_lines: int, declared: set[str]) -> frozenset[str]:
    """Labels that name a role, carry a time or come back; none when the file has none at all."""
    counts = Counter(line.key for line in openings)
    roles = {line.key: known_role(line.name) for line in openings}
    named = _named(openings, counts, roles, declared)
    openings = _as_written_here(openings, named)
    frequent = _frequent_beside(named, openings, counts, roles)
    if not named and not _make_a_labelled_file(frequent, counts, n_lines):
        return frozenset()
    labels = frozenset(named | frequent)
    rare = {(line.key, line.name) for line in openings if line.key not in labels}
    return labels | {key for key, name in rare if _is_like(key, name, labels)}


def _as_written_here(openings: Sequence[Line], named: set[str]) -> Sequence[Line]:
    """Openings without weak forms where labels have another: « OK. Donc… » is none there."""
    if any(line.key in named and line.form not in WEAK for line in openings):
        return [line for line in openings if line.form not in WEAK]
    return openings


def _frequent_beside(
    named: set[str],
    openings: Sequence[Line],
    counts: Counter[str],
    roles: Mapping[str, Role | None],
) -> set[str]:
    """Keys that come back beside the labels that are ones by what they are.

    Someone must ask, and someone answer: where no label names the one who does, the others need
    less.
    """
    certain = {line.key for line in openings if line.form in (LAID_OUT, "timed")} & named
    answered = len(certain) > 1 or any(roles.get(key) == "interviewee" for key in named)
    asked = len(certain) > 1 or any(roles.get(key) == "interviewer" for key in named)
    if answered:
        return _frequent(openings, counts, 3 if asked else 2) - named
    frequent = _frequent(openings, counts, 2) - named
    return _frequent(openings, counts, 1) - named if named and not frequent else frequent


def _named(
    openings: Sequence[Line],
    counts: Counter[str],
    roles: Mapping[str, Role | None],
    declared: set[str],
) -> set[str]:
    """Labels that need no repetition: of a role, with a time, declared, or laid out beside."""
    both_sides = set(roles.values()) >= set(_SIDES)

    def names_a_side(key: str) -> bool:
        """True if a label names a role, and can be no beginning of a sentence."""
        is_clear = counts[key] > 1 or both_sides or key not in AMBIGUOUS
        return roles[key] in _SIDES and is_clear

    present = set(counts) & declared
    timed = {line.key for line in openings if line.form in ("timed", LAID_OUT)}
    named = {key for key in counts if names_a_side(key)} | timed | present
    is_single = sum(counts[key] for key in named) < 2
    return set() if is_single and not present else named


def _make_a_labelled_file(frequent: set[str], counts: Counter[str], n_lines: int) -> bool:
    """True if labels that name no role come often enough to be labels."""
    total = sum(counts[key] for key in frequent)
    are_many = total >= ENOUGH.turns and total >= ENOUGH.share * n_lines
    are_half = 2 * total >= n_lines
    return len(frequent) >= 2 and (are_many or are_half)


def _frequent(openings: Sequence[Line], counts: Counter[str], least: int) -> set[str]:
    """Keys that come back and may name a person."""
    return {
        line.key
        for line in openings
        if counts[line.key] >= max(least, _least_of(line))
        and line.key not in OPENERS
        and (line.name[0].isupper() or line.form in ("bracket", "tab"))
    }


def _least_of(line: Line) -> int:
    """Times that an opening must come back by what it is."""
    if line.key in notice.KEYS and not known_role(line.name):
        return _LEAST_NOTICE
    return _LEAST_WEAK if line.form in WEAK else 1


def _is_like(key: str, name: str, labels: frozenset[str]) -> bool:
    """True if a label seen once or twice is a speaker all the same: « M. le Maire », « E3 »."""
    words = key.split()
    if words[0] in TITLES or (known_role(name) == "other" and len(words) <= _LONGEST_OTHER):
        return True
    code = _CODE.fullmatch(key)
    if code:
        return code[1] in _prefixes(labels)
    return len(key) >= _SHORTEST_LIKE and bool(likest(key, _long(labels)))


@lru_cache(maxsize=4)
def _prefixes(labels: frozenset[str]) -> frozenset[str]:
    """Letters of the labels that are codes: « E » of « E1 »."""
    return frozenset(code[1] for code in map(_CODE.fullmatch, labels) if code)


@lru_cache(maxsize=4)
def _long(labels: frozenset[str]) -> tuple[str, ...]:
    """Labels that are long enough to be checked for typing errors."""
    return tuple(sorted(label for label in labels if len(label) >= _SHORTEST_LIKE))


def _by_themselves(lines: Sequence[Line], form: str, declared: set[str]) -> frozenset[str]:
    """Labels that stand alone on their lines, or before a capital: « Enquêteur Bonjour ».

    Both sides must be named, and come back; or, of labels alone on their lines, two or more must
    be in capitals or bold, come back often, and never follow each other.
    """
    openings = {index: line for index, line in enumerate(lines) if line.form == form}
    counts = Counter(line.key for line in openings.values())
    roles = {line.key: known_role(line.name) for line in openings.values()}
    sides = {key: role for key, role in roles.items() if role in _SIDES}
    come_back = sum(counts[key] for key in sides) >= max(3, ENOUGH.share * len(lines))
    if set(sides.values()) == set(_SIDES) and come_back:
        return frozenset(sides)
    present = declared & set(counts)
    if form == "bare" or present:
        return frozenset(present)
    return _set_apart(openings, counts, len(lines))


def _set_apart(openings: Mapping[int, Line], counts: Counter[str], n_lines: int) -> frozenset[str]:
    """Names in capitals or bold that come back, each with speech below it."""
    apart = {
        line.key
        for line in openings.values()
        if counts[line.key] >= ENOUGH.alone and line.key not in OPENERS and _stands_out(line)
    }
    chosen = [index for index, line in openings.items() if line.key in apart]
    follow = any(after == before + 1 for before, after in pairwise(chosen))
    are_few = len(chosen) < ENOUGH.share_alone * n_lines
    return frozenset() if follow or are_few or len(apart) < 2 else frozenset(apart)


def _stands_out(line: Line) -> bool:
    """True for a name in capitals, in bold, or of another look of its own."""
    return line.name.isupper() or (bool(line.look) and line.name[0].isupper())


def _only_label(lines: Sequence[Line]) -> frozenset[str]:
    """The one label of a file, if its speech opens with « Répondant : » and goes on with it.

    An interviewer's would leave nobody who answers, « Enquête : » is a heading more often than
    a person, and « Répondante : Mme A » is a notice: none is taken.
    """
    named = [line for line in lines if line.form in ("colon", "bracket") and line.key in ANSWERERS]
    if len(named) != 1 or _is_heading(named[0]):
        return frozenset()
    (line,) = named
    index = lines.index(line)
    opens = not any(says(other.text) for other in lines[:index] if not notice.pairs(other.text))
    follows = not line.rest and index + 1 < len(lines)
    return frozenset({line.key}) if opens and (says(line.rest) or follows) else frozenset()


def _is_heading(line: Line) -> bool:
    """True if a label is « Enquête », which has the letters of « Enquêté » but for an accent."""
    return line.key == "enquete" and not line.name.endswith("é")
