"""Ways of writing a label that speech has too, learnt from the names that they hold.

« Camille – Oui. », « • Camille : Oui. », « (Camille) Oui. », « CAMILLE Oui. »: of one line nobody
knows whether it begins with a label. But a way of writing in which two names come back, by turns,
is one of labels; lists have names that come once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from textlien.text.folding import fold
from textlien.transcripts.speakers.openings.candidates import TITLES, Line, remainder
from textlien.transcripts.speakers.openings.voices import voices
from textlien.transcripts.speakers.roles import known_role

STYLED = "styled"
"""Form of a label in a way of writing that was learnt."""


class Enough(NamedTuple):
    """Thresholds from which a way of writing is one of labels.

    Attributes
    ----------
    clear, clear_share : times that each of two names comes back, and share of the lines that open
        with them, where a colon follows or a pair of signs stands around,
    often, often_share : or so many times, and a smaller share: lines of a page, long answers.
    vague, vague_share : the same for dashes, full stops and the like, which speech has.
    alone, alone_share : the same for names alone on their lines without any sign,
    alone_covered : and share of the short lines that are these names.
    """

    clear: int = 2
    clear_share: float = 0.25
    often: int = 5
    often_share: float = 0.1
    vague: int = 3
    vague_share: float = 0.4
    alone: int = 3
    alone_share: float = 0.25
    alone_covered: float = 0.9


ENOUGH = Enough()

_LEAD = r"(?P<lead>(?:[^\w\s]|_){0,3}(?:\s{1,2}[^\w\s(]{1,3})?)\s{0,3}"
_NAME = r"(?P<name>[^\W\d_][\w.'’&°·/()-]{0,30}?(?: [\w.'’&°·/()-]{1,30}?){0,4}?)"
_TRAILS = {
    "colon": (
        r"\s{0,3}(?P<trail>[\])}>»”\"'’*_|]{0,3}\s{0,2}[:：][*_»”\"]{0,3})(?!//)"
        r"(?=\s|$|[^\W\d_«\"“(\[…])"
    ),
    "pair": r"\s{0,2}(?P<trail>[\])}>»”\"*_|=/]{1,3}[–—-]?)(?=\s|$|[^\W\d_])",
    "dash": r"(?P<trail>\.?\s?[–—](?=\s)|\s?-(?=\s)|\.?\s{0,2}[>=|/;~→](?=\s))",
    "dot": r"(?P<trail>\.(?=\s))",
    "blanks": r"(?P<trail>\s{2})(?=\s{0,9}\S)",
    "end": r"(?P<trail>\Z)",
}
_CAPITALS = (
    r"(?P<lead>)(?P<name>[A-ZÀ-Ý][A-ZÀ-Ý.'’-]{1,20}\d?(?: [A-ZÀ-Ý][A-ZÀ-Ý.'’-]{1,20}){0,2})"
    r"(?P<trail>\s)(?=\S)"
)
_PATTERNS = {
    **{kind: re.compile(f"{_LEAD}{_NAME}{trail}") for kind, trail in _TRAILS.items()},
    "capitals": re.compile(_CAPITALS),
}
_FIRST_WORD = re.compile(r"[\W_]{0,9}([^\W\d_]+)")
_CLEAR_KINDS = {kind: _PATTERNS[kind] for kind in ("colon", "pair")}
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "«": "»", "“": "”"}
_CLOSING = {"«": "»", "“": "”", '"': '"', "‘": "’", "'": "'"}
# Forms of labels that need no such evidence.
_CLEAR_FORMS = frozenset("timed bracket colon tab dated clocked message stated".split())
# Characters in which a label ends, and words of one.
_LONGEST = 80
_MOST_WORDS, _MOST_WORDS_ALONE = 5, 4


class Style(NamedTuple):
    """A way of writing a label: its kind, and the signs before and behind the name."""

    kind: str
    lead: str
    trail: str


class _Opening(NamedTuple):
    """A possible label: its line, its name, and where in the text what was said begins."""

    line: int
    name: str
    key: str
    start: int


class Named(NamedTuple):
    """Lines, some with labels in a way of writing of their file, and these names, folded."""

    lines: list[Line]
    names: frozenset[str]


def with_styles(lines: Sequence[Line]) -> Named:
    """Give lines the labels that they have in a way of writing in which names come back by turns.

    Parameters
    ----------
    lines : all of a file, in order, each with the form of its opening.
    """
    usual = voices([line.key for line in lines if line.form in _CLEAR_FORMS])
    kept, names = list(lines), frozenset[str]()
    for style, openings in _styles(lines, only_clear=bool(usual)).items():
        chosen = _chosen(style, openings, lines)
        chosen = chosen & usual if usual else chosen
        for opening in openings:
            if opening.key in chosen and kept[opening.line].form != STYLED:
                kept[opening.line] = _labelled(kept[opening.line], opening, style)
                names |= {opening.key}
    return Named(kept, names)


def _styles(lines: Sequence[Line], *, only_clear: bool) -> dict[Style, list[_Opening]]:
    """Openings of lines by the way they are written, those that speech hardly has first."""
    styles: dict[Style, list[_Opening]] = {}
    for index in _candidates(lines, only_clear=only_clear):
        for style, opening in _openings(index, lines[index].text, only_clear=only_clear):
            styles.setdefault(style, []).append(opening)
    ranked = sorted(styles, key=lambda style: (not _is_clear(style), -len(styles[style])))
    return {style: styles[style] for style in ranked if _is_clear(style) or not only_clear}


def _candidates(lines: Sequence[Line], *, only_clear: bool) -> list[int]:
    """Lines without a clear form of a label whose first word, as a name, opens others too."""
    words = {
        index: match[1]
        for index, line in enumerate(lines)
        if line.form not in _CLEAR_FORMS and not (only_clear and line.text[:1].isalnum())
        if (match := _FIRST_WORD.match(line.text))
    }
    counts = Counter(words.values())
    return [index for index, word in words.items() if counts[word] > 1]


def _openings(index: int, text: str, *, only_clear: bool) -> Iterator[tuple[Style, _Opening]]:
    """Possible labels of a line, one a kind."""
    for kind, pattern in (_CLEAR_KINDS if only_clear else _PATTERNS).items():
        match = pattern.match(text[:_LONGEST])
        if match and _may_be_name(match["name"], kind):
            style = Style(kind, "".join(match["lead"].split()), match["trail"].strip())
            name = match["name"].strip(" ")
            yield style, _Opening(index, name, fold(name), match.end())


def _may_be_name(name: str, kind: str) -> bool:
    """True if an opening may be a name: few words, the first with a capital or of a role."""
    words = name.split()
    most = _MOST_WORDS_ALONE if kind == "end" else _MOST_WORDS
    is_title = len(words) == 1 and fold(name) in TITLES
    return len(words) <= most and not is_title and (name[0].isupper() or bool(known_role(name)))


def _is_clear(style: Style) -> bool:
    """True for ways of writing that speech hardly has: a colon, or signs around the name."""
    kind, lead, trail = style
    return kind == "colon" or (kind == "pair" and bool(lead) and _close(lead, trail))


def _close(lead: str, trail: str) -> bool:
    """True if the signs behind a name are those before it, mirrored or the same."""
    mirrored = "".join(_PAIRS.get(sign, sign) for sign in reversed(lead))
    return trail.rstrip("–—-").startswith((mirrored, mirrored[-1:]))


def _chosen(style: Style, openings: Sequence[_Opening], lines: Sequence[Line]) -> frozenset[str]:
    """Names, folded, that show that a way of writing is one of labels; none where it is not."""
    keys = [opening.key for opening in openings]
    for least, share, covered in _thresholds(style):
        names = voices(keys, least)
        times = sum(key in names for key in keys)
        if names and times >= max(share * len(lines), covered * len(keys)):
            places = [opening.line for opening in openings if opening.key in names]
            return frozenset() if style.kind == "end" and _follow(places) else names
    return frozenset()


def _thresholds(style: Style) -> list[tuple[int, float, float]]:
    """Times of each name, share of the lines, and share of the openings that suffice, each way."""
    if _is_clear(style):
        return [(ENOUGH.clear, ENOUGH.clear_share, 0.0), (ENOUGH.often, ENOUGH.often_share, 0.0)]
    if style.kind == "end":
        return [(ENOUGH.alone, ENOUGH.alone_share, ENOUGH.alone_covered)]
    return [(ENOUGH.vague, ENOUGH.vague_share, 0.0)]


def _follow(places: Sequence[int]) -> bool:
    """True if names stand on lines below each other: nothing is said between them."""
    return any(after == before + 1 for before, after in pairwise(places))


def _labelled(line: Line, opening: _Opening, style: Style) -> Line:
    """A line with its label; a quotation mark opened before the label is closed with the speech."""
    text, end = line.text, len(line.text)
    closing = _CLOSING.get(style[1][-1:], "")
    is_open = bool(closing) and closing not in style[2] and text.endswith(closing)
    if is_open and text.count(closing, opening.start) == 1:
        end -= 1
    is_more = bool(text[opening.start : end].strip())
    rest = remainder(line.raw, text, opening.start, end) if is_more else ""
    return line._replace(form=STYLED, name=opening.name, key=opening.key, time="", rest=rest)
