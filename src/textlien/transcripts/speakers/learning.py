"""Which openings of lines are the labels of a file.

Those that come back, that name a role, or that carry a time mark are; so « Attention : … » stays
speech, and « AB : » can be a speaker.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from textlien.transcripts import notice
from textlien.transcripts.speakers.candidates import LAST, TITLES, WEAK, Line
from textlien.transcripts.speakers.roles import AMBIGUOUS, ANSWERERS, known_role

# What opens a sentence before a colon, again and again, and is nobody.
_OPENERS = frozenset(
    "attention exemple ex donc bref conclusion remarque note nb ps objectif objectifs "
    "resultat resultats premierement deuxiemement voila et alors mais oui non bon ok "
    "source http https tel fax telephone email mail adresse site contact date ville "
    "demain hier pour contre avec enfin ensuite puis la le les ici suppleant suppleante".split()
) | {
    "aujourd hui",
    "par exemple",
    "c est a dire",
    "autrement dit",
    "en clair",
    "je m explique",
    "e mail",
}
_CODE = re.compile(r"([^\W\d_]{1,3}|[^\W\d_]+ )(\d{1,2})")
_SIDES = ("interviewer", "interviewee")
# Labels that name no role make a labelled file when there are so many, or on half the lines.
_MANY_TURNS, _LEAST_SHARE = 6, 0.1
_LEAST_SHARE_ALONE, _LEAST_ALONE = 0.2, 3
_LONG_TITLE = 10
_MOST_LABELS = 200


def learn(lines: Sequence[Line], declared: set[str]) -> list[Line]:
    """``lines`` that keep ``name`` and ``key`` only where they open with a label of this file.

    Parameters
    ----------
    lines : all lines of a file, in order.
    declared : labels of the study file, folded, which are labels even where they occur once.
    """
    found = [line for line in lines if line.key and line.form not in LAST]
    labels = _by_count(lines, found, declared)
    kept: set[str] = {line.form for line in found}
    for form in ("bare", "alone"):
        if not labels:
            labels, kept = _by_themselves(lines, form, declared), {form}
    if not labels:
        labels, kept = _only_label(lines), {"colon", "bracket"}
    return [
        line
        if not line.key or (line.key in labels and line.form in kept)
        else line._replace(form="", name="", key="", time="", rest="")
        for line in lines
    ]


def says(text: str) -> bool:
    """Whether a text is a sentence, not a title or a name."""
    return len(text.split()) > _LONG_TITLE or text.endswith((".", "?", "!", "…"))


def likest(text: str, labels: Sequence[str]) -> str:
    """The label that ``text`` is nearly, or "". Files of hundreds of labels are not searched."""
    if len(labels) > _MOST_LABELS:
        return ""
    return next(iter(difflib.get_close_matches(text, labels, 1, 0.85)), "")


def _by_count(lines: Sequence[Line], found: Sequence[Line], declared: set[str]) -> frozenset[str]:
    """Labels that name a role, carry a time or come back; none when the file has none at all."""
    known = {line.key for line in found} & declared
    counts = Counter(line.key for line in found)
    roles = {line.key: known_role(line.name) for line in found}
    sides = set(roles.values()) >= set(_SIDES)
    named = {
        key
        for key, count in counts.items()
        if roles[key] in _SIDES and (count > 1 or sides or key not in AMBIGUOUS)
    }
    named |= {line.key for line in found if line.form == "timed"}
    named |= known
    if sum(counts[key] for key in named) < 2 and not known:
        named = set()
    if any(line.key in named and line.form not in WEAK for line in found):
        # « OK. Donc… » is no label where labels are written otherwise.
        found = [line for line in found if line.form not in WEAK]
    # Someone must answer: where no label names who does, less is asked of the others.
    answered = any(roles.get(key) == "interviewee" for key in named)
    frequent = _frequent(found, counts, 3 if named and answered else 2) - named
    if named and not answered and not frequent:
        frequent = _frequent(found, counts, 1) - named
    if not named:
        total = sum(counts[key] for key in frequent)
        spread = total >= _MANY_TURNS and _LEAST_SHARE * len(lines) <= total
        if len(frequent) < 2 or not (spread or 2 * total >= len(lines)):
            return frozenset()
    labels = frozenset(named | frequent)
    rare = {(line.key, line.name) for line in found if line.key not in labels}
    return labels | {key for key, name in rare if _is_like(key, name, labels)}


def _frequent(found: Sequence[Line], counts: Counter[str], least: int) -> set[str]:
    return {
        line.key
        for line in found
        if counts[line.key] >= (3 if line.form in WEAK else least)
        and line.key not in _OPENERS
        and (line.name[0].isupper() or line.form in ("bracket", "tab"))
    }


def _is_like(key: str, name: str, labels: frozenset[str]) -> bool:
    """Whether a label seen once or twice is a speaker all the same: « M. le Maire », « E3 »."""
    if known_role(name) == "other" or key.split(maxsplit=1)[0] in TITLES:
        return True
    code = _CODE.fullmatch(key)
    if code:
        return code[1] in _prefixes(labels)
    return len(key) >= 5 and bool(likest(key, _long(labels)))


@lru_cache(maxsize=4)
def _prefixes(labels: frozenset[str]) -> frozenset[str]:
    return frozenset(code[1] for code in map(_CODE.fullmatch, labels) if code)


@lru_cache(maxsize=4)
def _long(labels: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(label for label in labels if len(label) >= 5))


def _by_themselves(lines: Sequence[Line], form: str, declared: set[str]) -> frozenset[str]:
    """Labels that stand alone on their lines, or before a capital: « Enquêteur Bonjour ».

    Both sides must be named, and come back; or, of labels alone on their lines, two or more must
    be in capitals or bold, come back often, and never follow each other.
    """
    found = {index: line for index, line in enumerate(lines) if line.form == form}
    counts = Counter(line.key for line in found.values())
    sided = {
        line.key: known_role(line.name)
        for line in found.values()
        if known_role(line.name) in _SIDES
    }
    enough = sum(counts[key] for key in sided) >= max(3, _LEAST_SHARE * len(lines))
    if set(sided.values()) == set(_SIDES) and enough:
        return frozenset(sided)
    if form == "bare" or declared & set(counts):
        return frozenset(declared & set(counts))
    apart = {
        line.key
        for line in found.values()
        if counts[line.key] >= _LEAST_ALONE
        and line.key not in _OPENERS
        and (line.name.isupper() or (line.bold and line.name[0].isupper()))
    }
    chosen = [index for index, line in found.items() if line.key in apart]
    follow = any(after == before + 1 for before, after in pairwise(chosen))
    few = len(chosen) < _LEAST_SHARE_ALONE * len(lines)
    return frozenset() if follow or few or len(apart) < 2 else frozenset(apart)


def _only_label(lines: Sequence[Line]) -> frozenset[str]:
    """The one label of a file, if its speech opens with « Répondant : » and what this one says.

    An interviewer's would leave nobody who answers, « Enquête : » is a heading more often than
    a person, and « Répondante : Mme A » is a notice: none is taken.
    """
    named = [line for line in lines if line.form in ("colon", "bracket") and line.key in ANSWERERS]
    if len(named) != 1:
        return frozenset()
    (line,) = named
    index = lines.index(line)
    opens = not any(says(other.text) for other in lines[:index] if not notice.pairs(other.text))
    follows = not line.rest and index + 1 < len(lines)
    if line.key == "enquete" and not line.name.endswith("é"):
        return frozenset()
    return frozenset({line.key}) if opens and (says(line.rest) or follows) else frozenset()
