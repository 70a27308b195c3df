"""Putting pseudonyms in the place of names, in normalised text.

Only what a person decided is replaced: a form as it is written in its row, case and accents
included. What is not known to grammar without the gender of a name is left as it is:
« l'Amélie » becomes « l'Karim », for « le » and « la » would be a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.offsets import Edit, OffsetMap, edited

# One character for one, so that places stay: apostrophes are one letter, hyphens too.
_ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("‐‑", "-"), "\n": " "})
_PIECE = re.compile(r"\w+|[^\w\s]")
_ELIDED = frozenset(
    "l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu quelqu entr contr".split()
)
"""Words that end at an apostrophe; behind another one, as « O' », the name goes on."""

_PREFIXES = frozenset("ex pro anti non post pré".split())
_SUFFIXES = frozenset(["là", "ci"])
_BEFORE = re.compile(r"(\w+)[-']$")
_AFTER = re.compile(r"[-'](\w+)")

_FULL = re.compile(r"(?<![\w'-])(d|(?:lors|puis|quoi|jus)?qu)'$", re.IGNORECASE)
_OPEN = re.compile(r"(?<![\w'-])(de|le|la|(?:lors|puis|quoi|jus)?que) $", re.IGNORECASE)
_LONGEST_PARTICLE = 9
_CASED = ("person", "place")


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text: characters ``start`` to ``end``, the end excluded."""

    start: int
    end: int
    name: Name


class Names:
    """The names of one interview, ready to be looked for.

    Parameters
    ----------
    names : rows that concern the interview. Those to keep are looked for as well, for what they
        cover is not touched: « Pierre » of « rue Pierre-Curie » or of « Pierre Curie ».
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_beginning: dict[str, list[tuple[str, Name]]] = defaultdict(list)
        for name in names:
            form = _alike(unicodedata.normalize("NFC", name.form)).strip()
            beginning = _PIECE.match(form)
            if beginning:
                self._by_beginning[beginning.group()].append((form, name))

    def find(self, text: str) -> list[Match]:
        """Names in ``text``, in order, without overlap: of two that meet, the longer one."""
        found = self.find_all(text)
        found.sort(key=lambda match: (match.start - match.end, match.start))
        return sorted(_without_overlap(found), key=lambda match: match.start)

    def find_all(self, text: str) -> list[Match]:
        """Names in ``text``, also those that are a part of another."""
        same = _alike(text)
        found: list[Match] = []
        for piece in _PIECE.finditer(same):
            for form, name in self._by_beginning.get(piece.group(), ()):
                start, end = piece.start(), piece.start() + len(form)
                if same.startswith(form, start) and _is_whole(same, start, end):
                    found.append(Match(start, end, name))
        return found


def interview_names(names: Iterable[Name], interview: str) -> list[Name]:
    """The rows that concern one interview."""
    return [name for name in names if not name.files or interview in name.files]


def replace(text: str, names: Sequence[Name] | Names) -> tuple[str, OffsetMap]:
    """Put pseudonyms in the place of the names of one text.

    Parameters
    ----------
    text : normalised text.
    names : rows that concern the interview; see :func:`interview_names`. Those whose action is
        not ``replace`` are left as they are, with whatever shorter name is in them.

    Returns
    -------
    The new text, and the map from places of the old one to places of the new one.

    >>> amir = Name("Amir", "person", "p1", "Karim", "replace")
    >>> replace("La mère d'Amir, Amir-là, et Amira", [amir])[0]
    'La mère de Karim, Karim-là, et Amira'
    """
    edits = find_edits(text, names)
    return edited(text, edits), OffsetMap(edits)


def find_edits(text: str, names: Sequence[Name] | Names) -> list[Edit]:
    """The replacements that :func:`replace` makes, in order."""
    known = names if isinstance(names, Names) else Names(names)
    edits: list[Edit] = []
    for match in known.find(text):
        if match.name.action != "replace":
            continue
        pseudonym = written(match.name)
        repair = _elision(text, match.start, pseudonym)
        if repair and (not edits or edits[-1].end <= repair.start):
            edits.append(repair)
        edits.append(Edit(match.start, match.end, pseudonym))
    return edits


def written(name: Name) -> str:
    """The pseudonym of a row as its form is written: all capitals, or all small letters.

    >>> written(Name("KARIM", "person", "p1", "Samir", "replace"))
    'SAMIR'
    """
    return like(name.form, name.pseudonym) if name.kind in _CASED else name.pseudonym


def like(form: str, pseudonym: str) -> str:
    """``pseudonym`` in capitals or in small letters if ``form`` is."""
    if form.isupper() and sum(char.isalpha() for char in form) > 1:
        return pseudonym.upper()
    return pseudonym.lower() if form.islower() else pseudonym


def _alike(text: str) -> str:
    return text.translate(_ALIKE)


def _without_overlap(found: Sequence[Match]) -> list[Match]:
    taken: list[Match] = []
    covered: set[int] = set()
    for match in found:
        place = range(match.start, match.end)
        if covered.isdisjoint(place):
            covered.update(place)
            taken.append(match)
    return taken


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the characters ``start`` to ``end`` are words of their own, not a part of one."""
    return not (
        (_is_letter(text[start]) and _goes_on_before(text, start))
        or (_is_letter(text[end - 1]) and _goes_on_behind(text, end))
    )


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


def _goes_on_before(text: str, start: int) -> bool:
    if start == 0:
        return False
    if _is_letter(text[start - 1]):
        return True
    before = _BEFORE.search(text, max(0, start - 30), start)
    if before is None:
        return False
    word, mark = before[1].lower(), text[start - 1]
    return word not in (_ELIDED if mark == "'" else _PREFIXES)


def _goes_on_behind(text: str, end: int) -> bool:
    if end == len(text):
        return False
    if _is_letter(text[end]):
        return True
    after = _AFTER.match(text, end, end + 30)
    if after is None:
        return False
    return after[1].lower() not in _SUFFIXES if text[end] == "-" else after[1] != "s"


def _elision(text: str, start: int, pseudonym: str) -> Edit | None:
    """What the word before a name has to become for the pseudonym: « d' », « de », « qu' »."""
    first = max(0, start - _LONGEST_PARTICLE)
    before = _alike(text[first:start])
    opens = _opens_with_vowel(pseudonym)
    if opens is False and (found := _FULL.search(before)):
        ending = "E" if found[1].isupper() and pseudonym.isupper() else "e"
        return Edit(first + found.start(), start, f"{found[1]}{ending} ")
    if opens and text[start - 1 : start] == " " and (found := _OPEN.search(before)):
        mark = "’" if text.count("’") > text.count("'") else "'"
        return Edit(first + found.start(), start, f"{found[1][:-1]}{mark}")
    return None


def _opens_with_vowel(pseudonym: str) -> bool | None:
    """Whether words elide before it; None where French does either, as before « Hugo »."""
    letters = unicodedata.normalize("NFKD", pseudonym.lower().replace("œ", "oe"))
    first, second = letters[:1], letters[1:2]
    if first == "h" or not first.isalpha():
        return None
    if first == "y":
        return second not in "aeiou"
    return first in "aeiou"
