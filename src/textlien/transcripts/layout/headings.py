"""Headings of a document: titles of sections, names of speakers, or questions.

Which of them a heading is cannot be seen from it alone. Titles of sections come once; names of
speakers come back and take turns. Short paragraphs of one look, as names in bold alone on their
lines, are learnt in the same way, and names that only their look parts from the speech behind them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from textlien.text.folding import fold
from textlien.text.marks import TIME_RANGE, clean_label
from textlien.transcripts.look import Look, Piece
from textlien.transcripts.speakers.openings.candidates import TITLES
from textlien.transcripts.speakers.openings.voices import OPENERS
from textlien.transcripts.speakers.roles import AMBIGUOUS, known_role

# Characters and words of the longest name alone on its line, « Mme Dupont, adjointe à la culture »:
# as many as a label in the text may have (see ``speakers.openings.candidates``).
_LONGEST_NAME, _MOST_WORDS = 40, 6
# A heading of more characters is speech that was given the style by mistake: two lines and a half
# of a page, while titles of sections have one. A judgement.
_LONGEST_HEADING = 200
_LABEL = re.compile(r"[\[( ]*([^:\t\])]+)[:\t\])]")
_TIME = re.compile(rf"[\[(<#]?\s?(?:{TIME_RANGE.pattern})(?:-\d)?\s?[\])>#]?")
_EDGES = " \t–—-|:,;*"
_NUMBER = re.compile(r"\s?(?:n°\s?)?\(?\d{1,3}\)?$")
_SENTENCE = (".", "?", "!", "…", ",", ";")
_PROMPT = re.compile(r"[.!…]$|\w-(?:vous|moi|nous|tu)\b|\b(?:vous|votre|vos)\b", re.IGNORECASE)


class Use(StrEnum):
    """Uses that people make of a paragraph in the style of a heading, or of a short one."""

    TEXT = "text"
    SECTION = "section"
    LABEL = "label"
    SPEECH = "speech"


class LabelThresholds(NamedTuple):
    """Thresholds from which short paragraphs of one level or look are names of speakers.

    Attributes
    ----------
    times : that a name comes back; a title of a section comes once.
    total : of such names, so that two titles that come twice are none.
    share : of the paragraphs of this level or look that such names have; others are sections.
    repeated : greatest share of the names that follow themselves: speakers take turns.
    followed : share of the names below which speech stands.
    voices : most names; more that come back are the entries of a form.
    opened : share of the paragraphs of text that open like « JD : », from which titles that come
        back are titles: the labels are in the text.
    """

    times: int = 2
    total: int = 4
    share: float = 0.5
    repeated: float = 0.35
    followed: float = 0.8
    voices: int = 12
    opened: float = 0.3


LABELS = LabelThresholds()

# Share of the headings of a level that end in « ? » from which the others may ask too.
_QUESTIONS = 0.5


_SEPARATORS = " \t\u00a0–—-.,|"
# Share of the paragraphs that begin in a look of their own, from which such beginnings are names:
# else they are words that somebody stressed. A judgement.
_LEAST_SHARE_IN_FRONT = 0.6


class Short(NamedTuple):
    """A paragraph as far as it may be a heading.

    Attributes
    ----------
    text : of the paragraph.
    level : of the heading, from 1; 0 is no heading.
    look : of the paragraph.
    """

    text: str
    level: int
    look: Look


class Label(NamedTuple):
    """Name of a speaker in a heading, its key to compare it by, and the time beside it."""

    name: str
    key: str
    time: str = ""


def label_of(text: str) -> Label | None:
    """The name that a heading may be, or None.

    >>> label_of("Mme Lamotte (00:12:03) :")
    Label(name='Mme Lamotte', key='mme lamotte', time='00:12:03')
    >>> label_of("Question 12"), label_of("Que faire ?")
    (Label(name='Question', key='question', time=''), None)
    """
    title = clean_label(text)
    if len(title) > 2 * _LONGEST_NAME:
        return None
    time = _TIME.search(title)
    if time:
        title = f"{title[: time.start()]} {title[time.end() :]}"
    name = title.strip(_EDGES).removeprefix("[").removesuffix("]").strip(_EDGES)
    number = _NUMBER.search(name)
    if number and fold(name[: number.start()]) in AMBIGUOUS:
        name = name[: number.start()]
    is_short = len(name) <= _LONGEST_NAME and len(name.split()) <= _MOST_WORDS
    if not is_short or name.endswith(_SENTENCE) or not fold(name):
        return None
    return Label(name, fold(name), time.group().strip("[]()<># ") if time else "")


def uses(paragraphs: Sequence[Short]) -> list[Use]:
    """Use of each paragraph: text, title of a section, name of a speaker, or speech.

    Where the interviewer has a label in the text, or names are headings, a question in a heading
    is the title of a section.
    """
    texts = [part.text for part in paragraphs if not part.level]
    asks = has_labels(texts)
    opened = sum(bool(_LABEL.match(text[:_LONGEST_NAME])) for text in texts)
    is_labelled = opened >= max(LABELS.total, LABELS.opened * len(texts))
    labels = set() if is_labelled else _labels(paragraphs, apart=not asks)
    asking = set() if asks or labels else _levels_that_ask(paragraphs)
    introduced = _introduced(paragraphs)
    return [
        Use.LABEL if index in labels else _use(part, introduced, asking, asks=asks or bool(labels))
        for index, part in enumerate(paragraphs)
    ]


def _use(part: Short, introduced: set[str], asking: set[int], *, asks: bool) -> Use:
    """Use of a paragraph that is not the name of a speaker alone."""
    if not part.level:
        return Use.TEXT
    is_prompt = part.level in asking and bool(_PROMPT.search(part.text))
    return Use.SPEECH if is_prompt or _is_spoken(part.text, introduced, asks) else Use.SECTION


def _labels(paragraphs: Sequence[Short], *, apart: bool) -> set[int]:
    """Indices of the paragraphs that name who speaks below them.

    Parameters
    ----------
    paragraphs : of the document, in order.
    apart : short paragraphs of a look of their own may be names too, not only headings.
    """
    groups: dict[Hashable, dict[int, Label]] = {}
    for index, part in enumerate(paragraphs):
        label = label_of(part.text) if part.level or (apart and _is_apart(part)) else None
        if label:
            groups.setdefault(part.level or part.look, {})[index] = label
    labels: set[int] = set()
    for group, members in groups.items():
        size = sum((part.level or part.look) == group for part in paragraphs)
        labels |= _labels_of(members, paragraphs, size)
    return labels


def _is_apart(part: Short) -> bool:
    """True for a paragraph of a look that begins like a name and has no colon."""
    return bool(part.look) and not part.level and part.text[:1].isupper() and ":" not in part.text


def _labels_of(members: dict[int, Label], paragraphs: Sequence[Short], size: int) -> set[int]:
    """Indices of the names among the short paragraphs of one level or look, of ``size`` in all."""
    counts = Counter(label.key for label in members.values())
    back = {key for key, count in counts.items() if count >= LABELS.times}
    chosen = [index for index, label in members.items() if label.key in back]
    if not 2 <= len(back) <= LABELS.voices or len(chosen) < max(LABELS.total, LABELS.share * size):
        return set()
    if not _take_turns(chosen, members, len(paragraphs)):
        return set()
    return {*chosen, *(index for index, label in members.items() if _names_somebody(label))}


def _take_turns(chosen: Sequence[int], members: dict[int, Label], n_paragraphs: int) -> bool:
    """True if names seldom follow themselves, and speech stands below nearly all of them."""
    keys = [members[index].key for index in chosen]
    followed = sum(index + 1 not in members and index + 1 < n_paragraphs for index in chosen)
    return seldom_repeated(keys) and followed >= LABELS.followed * len(chosen)


def seldom_repeated(keys: Sequence[str]) -> bool:
    """True if names seldom follow themselves."""
    repeated = sum(before == after for before, after in pairwise(keys))
    return repeated <= LABELS.repeated * len(keys)


def _names_somebody(label: Label) -> bool:
    """True if a name that comes once is a speaker's among others: « M. le maire », « Public »."""
    return bool(known_role(label.name)) or label.key.split(maxsplit=1)[0] in TITLES


def _introduced(paragraphs: Sequence[Short]) -> set[str]:
    """Keys before a colon that come back in headings: « Mme Lamotte : Bonjour. »."""
    opened = (part.text.partition(":") for part in paragraphs if part.level)
    counts = Counter(
        fold(name) for name, colon, _ in opened if colon and len(name) <= _LONGEST_NAME
    )
    return {key for key, count in counts.items() if count >= LABELS.times}


def _levels_that_ask(paragraphs: Sequence[Short]) -> set[int]:
    """Levels of which half of the headings end in « ? »."""

    def asking() -> Iterator[int]:
        """Level of each heading that asks."""
        return (part.level for part in paragraphs if clean_label(part.text).endswith("?"))

    counts, asked = Counter(part.level for part in paragraphs if part.level), Counter(asking())
    return {level for level, count in counts.items() if asked[level] >= _QUESTIONS * count}


def has_labels(texts: Iterable[str]) -> bool:
    """True when the interviewer has a label in some texts."""
    return sum(map(_names_interviewer, texts)) > 1


def _names_interviewer(text: str) -> bool:
    """True when a paragraph begins with a label of the interviewer."""
    label = _LABEL.match(text[:_LONGEST_NAME])
    return label is not None and known_role(label[1]) == "interviewer"


def _is_spoken(heading: str, introduced: set[str], asks: bool) -> bool:
    """True when a heading is a speaker's label, or a question that no interviewer ``asks``."""
    title = clean_label(heading)
    if len(title) > _LONGEST_HEADING:
        return True
    label, colon, _ = title.partition(":")
    if known_role(label) and (colon or label == title):
        return True
    is_label = title.endswith(":") or (bool(colon) and fold(label) in introduced)
    return is_label or (title.endswith("?") and not asks)


def names_in_front(paragraphs: Sequence[Sequence[Piece]]) -> dict[int, Label]:
    """Names at the beginning of paragraphs, by index, if they come back and take turns.

    Parameters
    ----------
    paragraphs : pieces of each, in order; none where a paragraph has one look.
    """
    groups: dict[Look, dict[int, Label | None]] = {}
    for index, pieces in enumerate(paragraphs):
        if len(pieces) > 1 and (look := pieces[0][1] - pieces[1][1]):
            groups.setdefault(look, {})[index] = _name(pieces)
    names: dict[int, Label] = {}
    for members in groups.values():
        names |= _taking_turns(members)
    return names


def _name(pieces: Sequence[Piece]) -> Label | None:
    """The name that the first piece of a paragraph may be; a colon makes it a label by itself."""
    first, behind = pieces[0][0].strip(), pieces[1][0].lstrip()
    if ":" in first or behind.startswith(":") or not first[:1].isupper():
        return None
    label = label_of(first.rstrip(_SEPARATORS))
    return label if label and label.key not in OPENERS else None


def _taking_turns(members: Mapping[int, Label | None]) -> dict[int, Label]:
    """The names among beginnings of one look that come back and take turns."""
    counts = Counter(label.key for label in members.values() if label)
    back = {key for key, count in counts.items() if count >= LABELS.times}
    names = {index: label for index, label in members.items() if label and label.key in back}
    are_many = len(names) >= max(LABELS.total, _LEAST_SHARE_IN_FRONT * len(members))
    takes_turns = seldom_repeated([label.key for label in names.values()])
    return names if 2 <= len(back) <= LABELS.voices and are_many and takes_turns else {}


def behind(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a paragraph behind its name and what parts the two."""
    (text, look), *others = pieces[1:]
    return [(text.lstrip(_SEPARATORS), look), *others]
