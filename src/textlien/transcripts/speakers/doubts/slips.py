"""Slips of the transcriber in a file with labels, which are told and not mended.

Lines without a label where nearly all have one, labels that lack their colon or have another sign
in its place, and labels in the midst of a turn, whose line break was lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text.folding import fold
from textlien.transcripts.speakers.heads import excerpt_of
from textlien.transcripts.speakers.learning import likest, says
from textlien.transcripts.speakers.openings.candidates import Line
from textlien.transcripts.speakers.roles import known_role

_BARE_LABEL = re.compile(r"([A-ZÉ][^\W\d_]{4,}) (?=[A-ZÀÂÇÉÈÊÎÔ«])")
_OPENING = re.compile(r"[\[(# ]*([^\]):\t\d]{0,60})")
_SIGN = re.compile(r"[\[\]():]|\d:\d")
_COLON_FORMS = frozenset(("colon", "bulleted"))
_NO_SPEECH = re.compile(r"(?:[-–—=]{1,3}>|[→⇒➔►]|//|>>|<<|\*\*\*|##)")
_SENTENCE_ENDS = (".", "?", "!", "…", ",", ";", ":", "»", '"', "”", ")", "]", "-", "–", "—")
# Words of the longest line that is a label with a fault, and nothing else.
_MOST_WORDS = 6
# Reports of broken labels a file: the first ones show how they are broken.
_MOST_BROKEN = 50
_LONGEST_BROKEN = 100
# Files of more labels are lists, whose labels are not looked for in every line.
_MOST_LABELS = 200
# Characters of a turn before a label in it, and from it on, in a message.
_EXCERPT = 60


class LooseThresholds(NamedTuple):
    """Thresholds of lines without label in a file where every line has one. Judgements.

    Attributes
    ----------
    turns : fewer turns show no habit.
    share : of the lines: where more go on with a turn, that is how people write.
    unended : share of the lines up to which those that end no sentence are told.
    alternate : share of the turns from which two spellings of a label, by turns, are two persons.
    times : that a line comes back which ends no sentence, as a running title does.
    """

    turns: int = 8
    share: float = 0.05
    unended: float = 0.1
    alternate: float = 0.8
    times: int = 3


LOOSE = LooseThresholds()


def unlabelled_lines(lines: Sequence[Line], file: str) -> Iterator[Problem]:
    """Warnings of lines without label that nobody may have said.

    Where nearly every line has a label, they are all told; at the end of a text one is enough,
    for people sign there and write remarks. Where many lines go on with a turn, those are that
    are remarks of the transcriber or titles by what they are.
    """
    labelled = [index for index, line in enumerate(lines) if line.key]
    if len(labelled) < LOOSE.turns or len(labelled) == len(lines):
        return
    loose = [line for line in lines if not line.key]
    below = lines[labelled[-1] + 1 :]
    if len(loose) - len(below) <= LOOSE.share * len(lines):
        yield _told("speakers.no-label-here", [*below, *loose][0], len(loose), file)
    elif unspoken := _unspoken(loose, len(lines)):
        yield _told("speakers.unspoken-lines", unspoken[0], len(unspoken), file)


def _told(identifier: str, first: Line, n: int, file: str) -> Problem:
    """A warning of some lines, at the first of them."""
    place, excerpt = replace(first.place, file=file), excerpt_of(first.text)
    return Problem.warning(identifier, place, excerpt=excerpt, n=n)


def _unspoken(loose: Sequence[Line], n_lines: int) -> list[Line]:
    """Lines of an arrow or in capitals, that come back, or, if they are few, end no sentence."""
    times = Counter(line.text for line in loose)
    few: set[str] = set()
    if len(loose) <= LOOSE.unended * n_lines:
        few = {text for text in times if not text.endswith(_SENTENCE_ENDS)}
    titles = _titles(times)
    unspoken = few | titles
    return [line for line in loose if line.text in unspoken or _NO_SPEECH.match(line.text)]


def _titles(times: Counter[str]) -> set[str]:
    """Texts that come back, or are in capitals, and end no sentence."""
    return {
        text
        for text, n in times.items()
        if _may_be_title(text) and (n >= LOOSE.times or (text.isupper() and " " in text))
    }


def _may_be_title(text: str) -> bool:
    """True for a line that ends no sentence, and is no « (rires) », which is no word anyway."""
    return not says(text) and not text.startswith(("(", "["))


def broken_labels(lines: Sequence[Line], file: str) -> Iterator[Problem]:
    """Warnings of lines that begin like a label of this file, yet are not written as one."""
    labels = sorted({line.key for line in lines if line.key})
    keys = set(labels)
    spelt = _with_another_sign(lines)
    broken = (
        line
        for line in lines
        if not line.key and ((spelt and spelt.match(line.text)) or _is_broken(line, labels, keys))
    )
    for line in islice(broken, _MOST_BROKEN):
        location = replace(line.place, file=file)
        text = line.text if len(line.text) <= 40 else f"{line.text[:40]}…"
        yield Problem.warning("speakers.broken-label", location, text=text)


def _names(lines: Sequence[Line]) -> list[str]:
    """Labels that end in a colon, as this file spells them; the longest first."""
    names = {line.name for line in lines if line.key and line.form in _COLON_FORMS}
    return sorted(names, key=len, reverse=True) if len(names) <= _MOST_LABELS else []


def _names_a_side(name: str) -> bool:
    """True for « Enq » and « Rép », which speech has seldom; « Marie » is said too."""
    return known_role(name) in ("interviewer", "interviewee")


def _either(names: Sequence[str]) -> str:
    """An alternative of some names for a regular expression, which matches none if empty."""
    return f"(?:{'|'.join(map(re.escape, names))})" if names else r"(?!)"


def _with_another_sign(lines: Sequence[Line]) -> re.Pattern[str] | None:
    """A pattern of « Enq ; Et vous ? » where labels end in a colon; None where they do not."""
    names = _names(lines)
    if not names:
        return None
    sided = _either([name for name in names if _names_a_side(name)])
    return re.compile(
        rf"{_either(names)}\s{{0,2}}[;=>|/](?=\s|\w)"
        rf"|{sided}(?:\s{{0,2}}[.,–—-](?=\s)|\s(?=[A-ZÀÂÇÉÈÊÎÔ«]))"
    )


def _is_broken(line: Line, labels: Sequence[str], keys: set[str]) -> bool:
    """True if a line without label opens with one that lacks a colon or a bracket."""
    bare = _BARE_LABEL.match(line.text)
    if bare and fold(bare[1]) in keys and known_role(bare[1]):
        return True
    if len(line.text) > _LONGEST_BROKEN or len(line.text.split()) > _MOST_WORDS:
        return False
    match = _OPENING.match(line.text)
    opening = fold(match[1]) if match else ""
    if len(opening) <= 4:
        return False
    if opening in keys:
        return True
    return bool(likest(opening, labels)) and bool(_SIGN.search(line.text))


def labels_inside(lines: Sequence[Line], file: str) -> Iterator[Problem]:
    """A warning of labels amid a turn, where a line break was lost or a remark is in brackets.

    They must be spelt as at the beginning of lines, and follow a sentence or a bracket; a label
    of a role may follow any word.
    """
    names = _names(lines)
    if not names:
        return
    sided = _either([name for name in names if _names_a_side(name)])
    inside = re.compile(
        rf"(?:[.?!…»)\]]\s{{0,3}}|[(\[<]\s?)(?P<ended>{_either(names)})\s?[:：](?=\s)"
        rf"|\s(?P<amid>{sided})\s?[:：](?=\s)"
    )
    places: list[tuple[str, Location]] = []
    for line in lines:
        text = line.rest if line.key else line.text
        if (":" in text or "：" in text) and (match := inside.search(text)):
            start = match.start("ended" if match["ended"] else "amid")
            places.append((text[start:], line.place))
    if places:
        text, place = places[0]
        excerpt = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
        yield Problem.warning(
            "speakers.label-inside", replace(place, file=file), excerpt=excerpt, n=len(places)
        )


def labels_alike(lines: Sequence[Line], file: str) -> Iterator[Problem]:
    """A warning of « E » and « é » that alternate: they count as one label, and may be two."""
    turns: dict[str, list[Line]] = {}
    for line in lines:
        if line.key:
            turns.setdefault(line.key, []).append(line)
    for same in turns.values():
        changed = [after for before, after in pairwise(same) if before.name != after.name]
        if len(changed) >= max(LOOSE.times, LOOSE.alternate * (len(same) - 1)):
            yield Problem.warning(
                "speakers.labels-alike",
                replace(changed[0].place, file=file),
                first=same[0].name,
                second=changed[0].name,
            )
