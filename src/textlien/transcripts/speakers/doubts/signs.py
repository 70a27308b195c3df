"""Signs of a dialogue, or of columns, in lines that no label parts.

The last look at a text that is taken for the speech of one person. A sign proves nothing: it says
that a person should look. Letters, articles, leaflets and answers have few: see :data:`SIGNS`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from textlien.messages.message import Location, Message, message
from textlien.text.folding import fold
from textlien.transcripts.model import Sign
from textlien.transcripts.speakers.habits import ME, YOU
from textlien.transcripts.speakers.openings.voices import OPENERS
from textlien.transcripts.speakers.roles import AMBIGUOUS, NAMES_OF_ROLES, known_role
from textlien.transcripts.speakers.sides import ASKS


class SignThresholds(NamedTuple):
    """Thresholds of signs, from which a text of one voice is doubtful.

    Of 928 leaflets, 2,647 contributions and arguments to a public consultation, 2,021 passages on
    municipal policy and the answers of 68 interviews, 0.6 % have one.

    Attributes
    ----------
    named : lines that open with the name of a role, or a pronoun, as a label.
    few_lines : lines of a file in which half of the lines are enough where somebody asks.
    openings, two, share : times that an opening such as « X : » comes back; all such lines where
        two openings do; and share of the lines, where only one does.
    few_asks, few_share : lines that end in « ? » and their share, of a text of a few lines,
    asks, asks_share : and of any; those that say « vous » are one in four at least,
    many_asks, many_share : or not, where they are many.
    unmarked_share : share of short lines without any mark, in a text without question marks, that
        begin as questions do or say « vous » and not « je »,
    questions, questions_share : sentences that ask and say « vous », and their share.
    rows, rows_share : lines of the same number of columns, and their share.
    times, times_share : lines that begin with a time, and their share.
    numbers, numbers_share : lines that begin with a number, one after the other.
    dashes, dashes_share, dashes_ask : lines that begin with a dash, their share, and those of them
        that ask.
    """

    named: int = 2
    few_lines: int = 5
    openings: int = 3
    two: int = 6
    share: float = 0.2
    few_asks: int = 2
    few_share: float = 0.4
    asks: int = 3
    asks_share: float = 0.15
    addressed: float = 0.25
    many_asks: int = 6
    many_share: float = 0.3
    unmarked_share: float = 0.25
    questions: int = 4
    questions_share: float = 0.1
    rows: int = 4
    rows_share: float = 0.5
    times: int = 3
    times_share: float = 0.3
    numbers: int = 8
    numbers_share: float = 0.7
    dashes: int = 4
    dashes_share: float = 0.3
    dashes_ask: float = 0.25


SIGNS = SignThresholds()

# Characters in which an opening ends; regular expressions look no further.
_LONGEST = 100
_EXCERPT = 40
_MOST_NAMES = 4
# Numbers, times, bullets and brackets that may stand before a label.
_BEFORE = re.compile(
    r"(?:[^\w]|[\d_]|(?<=\d)(?:heures?|minutes?|min|mn|secondes?|sec|[hms])(?![^\W\d_]))*"
)
_NAME = r"(?P<name>[^\W\d_][\w.'’-]{0,20}(?: [\w.'’-]{1,20}){0,2})"
_OPENING = re.compile(
    rf"{_NAME}\s{{0,3}}\d{{0,3}}\s{{0,3}}"
    r"(?P<sign>[:：|\t>\])}=]|[–—](?=\s)|-\s|[.,/](?=\s)|\s{3}|$)"
)
_WEAK = frozenset((".", ",", "/", ""))
_CLEAR = frozenset(":：|\t>]}=–—")
# Words that stand for a speaker where a transcriber writes no name, before a clear sign.
_STAND_INS = frozenset(
    "moi toi elle lui nous eux elles je vous il madame monsieur mme m int itw rep e i".split()
)
_CLOCK = re.compile(r"\W{0,3}\d{1,3}\s?(?:[:hH]|mn?\b|min)\s?\d{1,2}(?!\d)|\W{0,3}\d{1,3}['’]\d{2}")
_NUMBER = re.compile(r"\W{0,3}(?P<number>\d{1,5})(?![\d])")
_DASH = re.compile(r"[-–—•*>]\s?\S")
# Speech recognition writes no question marks.
_QUESTION_WORDS = re.compile(
    r"(?:(?:et|alors|donc|mais|ok|d'accord|oui) ){0,2}(?:est-ce qu|qu'est-ce qu|comment|pourquoi|"
    r"où|quel|qui est-ce|combien|depuis (?:quand|combien)|à quel|dans quel|"
    r"(?:av|êt|pens|pourr|pouv|dir|sav|connaiss|habit|travaill)\w{1,6}[- ]vous)",
    re.IGNORECASE,
)
_LONGEST_QUESTION = 120
_SENTENCE = re.compile(r"[^.?!…]+(?:[.?!…]|$)")
_COLUMNS = {"\t": "tabs", "|": "bars", ";": "semicolons"}

Lines = Sequence[tuple[str, Location]]
"""Lines that are not blank, each with its place."""


def signs_of(lines: Lines) -> list[Sign]:
    """All signs that the lines of one voice are not those of one voice, the clearest first."""
    return [*opening_signs(lines), *asking_signs(lines), *_layout_signs(lines)]


def opening_signs(lines: Lines) -> list[Sign]:
    """Openings of lines that look like labels and were not read as such."""
    openings = list(_openings(lines))
    named = [part for part in openings if part.names_a_role]
    if len(named) >= SIGNS.named:
        return [_of_openings("speakers.sign-roles", named)]
    again = _of_few_lines(openings, len(lines)) or _that_come_back(openings, len(lines))
    return [_of_openings("speakers.sign-openings", again)] if again else []


def _of_few_lines(openings: Sequence[_Opening], n_lines: int) -> list[_Opening]:
    """Openings of a file of a few lines, where nothing can come back; most lines must have one."""
    clear = [part for part in openings if part.is_clear]
    is_role = any(part.names_a_role for part in clear)
    asks = any("?" in part.text for part in clear)
    few = asks and n_lines <= SIGNS.few_lines and 2 * len(clear) >= n_lines
    return clear if few and (len(clear) >= 2 or is_role) else []


def _that_come_back(openings: Sequence[_Opening], n_lines: int) -> list[_Opening]:
    """Openings of two kinds that come back, or of one that is on many lines; else none."""
    clear = [part for part in openings if part.sign not in _WEAK and _may_name(part.key)]
    counts = Counter(part.key for part in clear)
    again = [part for part in clear if counts[part.key] >= SIGNS.openings]
    if len({part.key for part in again}) >= 2:
        least = max(SIGNS.two, SIGNS.share / 2 * n_lines)
    else:
        least = max(SIGNS.openings + 1, SIGNS.share * n_lines)
    return again if len(again) >= least else []


def asking_signs(lines: Lines) -> list[Sign]:
    """Lines or sentences that ask somebody."""
    sign = _lines_that_ask(lines) or _lines_without_mark(lines) or _sentences_that_ask(lines)
    return [sign] if sign else []


def _lines_that_ask(lines: Lines) -> Sign | None:
    """Lines that end in « ? », as many as in a dialogue."""
    asks = [part for part in lines if ASKS.search(part[0])]
    if not asks or not _are_many(asks, len(lines)):
        return None
    return _sign("speakers.sign-questions", asks, n=len(asks), lines=len(lines))


def _lines_without_mark(lines: Lines) -> Sign | None:
    """Lines that ask in a text without question marks."""
    if any("?" in text for text, _ in lines):
        return None
    asks = [part for part in lines if _asks_without_mark(part[0])]
    least = max(SIGNS.questions, SIGNS.unmarked_share * len(lines))
    if len(asks) < least or _addressed(asks) < SIGNS.addressed * len(asks):
        return None
    return _sign("speakers.sign-question-words", asks, n=len(asks), lines=len(lines))


def _sentences_that_ask(lines: Lines) -> Sign | None:
    """Sentences that ask and say « vous », anywhere in a line."""
    sentences = [
        (match.group().strip(), place)
        for text, place in lines
        for match in _SENTENCE.finditer(text)
    ]
    asks = [part for part in sentences if part[0].endswith("?") and YOU.search(part[0])]
    if len(asks) < max(SIGNS.questions, SIGNS.questions_share * len(sentences)):
        return None
    return _sign("speakers.sign-address", asks, n=len(asks))


def _addressed(lines: Lines) -> int:
    """Number of lines that say « vous »."""
    return sum(bool(YOU.search(text)) for text, _ in lines)


def _are_many(asks: Lines, n_lines: int) -> bool:
    """True if lines that ask are as many as in a dialogue; a few must say « vous »."""
    n, share = len(asks), len(asks) / n_lines
    if n >= SIGNS.many_asks and share >= SIGNS.many_share:
        return True
    is_usual = n >= SIGNS.asks and share >= SIGNS.asks_share
    is_short = n >= SIGNS.few_asks and share >= SIGNS.few_share
    return (is_usual or is_short) and _addressed(asks) >= max(1, SIGNS.addressed * n)


def _asks_without_mark(text: str) -> bool:
    """True for « comment vous vous entendez avec les voisins »: a short line without a mark."""
    return (
        len(text) <= _LONGEST_QUESTION
        and not text.endswith((".", "!", "…"))
        and bool(_QUESTION_WORDS.match(text) or YOU.search(text))
        and not ME.search(text)
    )


def _layout_signs(lines: Lines) -> Iterator[Sign]:
    """Columns, and times, numbers or dashes at the beginning of lines."""
    yield from filter(None, (_columns(lines, character) for character in _COLUMNS))
    times = [part for part in lines if _CLOCK.match(part[0])]
    if len(times) >= max(SIGNS.times, SIGNS.times_share * len(lines)):
        yield _sign("speakers.sign-times", times, n=len(times), lines=len(lines))
    elif numbers := _numbered(lines):
        yield _sign("speakers.sign-numbers", numbers, n=len(numbers), lines=len(lines))
    dashes = [part for part in lines if _DASH.match(part[0])]
    asked = sum("?" in text for text, _ in dashes)
    are_many = len(dashes) >= max(SIGNS.dashes, SIGNS.dashes_share * len(lines))
    if are_many and asked >= max(SIGNS.few_asks, SIGNS.dashes_ask * len(dashes)):
        yield _sign("speakers.sign-dashes", dashes, n=len(dashes), asked=asked)


def _columns(lines: Lines, character: str) -> Sign | None:
    """Lines that a character parts into the same number of columns, if they are many."""
    counts = Counter(text.count(character) for text, _ in lines)
    counts.pop(0, None)
    columns, rows = counts.most_common(1)[0] if counts else (0, 0)
    if rows < max(SIGNS.rows, SIGNS.rows_share * len(lines)):
        return None
    here = [part for part in lines if part[0].count(character) == columns]
    separator = message(f"speakers.{_COLUMNS[character]}")
    return _sign("speakers.sign-columns", here, n=rows, lines=len(lines), separator=separator)


def _numbered(lines: Lines) -> Lines:
    """Lines whose numbers go up, if these are nearly all; lists of articles are shorter."""
    numbers = [(match, part) for part in lines if (match := _NUMBER.match(part[0]))]
    up = sum(int(b["number"]) > int(a["number"]) for (a, _), (b, _) in pairwise(numbers))
    are_many = len(numbers) >= max(SIGNS.numbers, SIGNS.numbers_share * len(lines))
    return [part for _, part in numbers] if are_many and up >= 0.9 * (len(numbers) - 1) else []


class _Opening(NamedTuple):
    """The opening of one line, with the name in it as written and folded, and what ends it."""

    text: str
    place: Location
    name: str
    key: str
    sign: str

    @property
    def is_clear(self) -> bool:
        """True for « Claire : », and not for « Attention : »."""
        return self.sign in _CLEAR and self.name[0].isupper() and _may_name(self.key)

    @property
    def names_a_role(self) -> bool:
        """True for « Moi : », « Enquêteur – » and the like, and for a role alone on its line."""
        if self.sign in _CLEAR and self.key in _STAND_INS:
            return True
        if self.sign in _WEAK and self.key not in NAMES_OF_ROLES:
            return False
        if known_role(self.name) not in ("interviewer", "interviewee"):
            return False
        first = self.key.split()[0]
        if first in AMBIGUOUS or self.sign in _WEAK:
            return first == self.key
        return known_role(first) is not None


def _openings(lines: Lines) -> Iterator[_Opening]:
    """Openings of lines that may be labels."""
    for text, place in lines:
        opening = text[:_LONGEST]
        before = _BEFORE.match(opening)
        match = _OPENING.match(opening, before.end() if before else 0)
        if match is None or (not match["sign"] and len(text) > _LONGEST):
            continue
        if key := fold(match["name"]):
            yield _Opening(text, place, match["name"], key, match["sign"].strip(" "))


def _may_name(key: str) -> bool:
    """True unless an opening is « Attention », « Article » or another word of sentences."""
    return key not in OPENERS and key.split(maxsplit=1)[0] not in OPENERS


def _of_openings(identifier: str, openings: Sequence[_Opening]) -> Sign:
    """The sign of some openings, with their names in the order of their number."""
    names = Counter(part.name for part in openings)
    most = tuple(name for name, _ in names.most_common(_MOST_NAMES))
    lines = [(part.text, part.place) for part in openings]
    return _sign(identifier, lines, n=len(openings), names=most)


def _sign(identifier: str, lines: Lines, /, **values: int | Message | tuple[str, ...]) -> Sign:
    """A sign with its first place and the beginning of that line."""
    text, place = lines[0]
    text = " ".join(text.split())
    excerpt = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
    return Sign(Message(identifier, {**values, "excerpt": excerpt, "place": place}), place)
