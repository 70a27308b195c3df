"""Encodings of one byte, told apart by the letters that French has, and by where it has them.

Windows, old Macintosh, DOS and Latin-9 give the same bytes to other letters: « problème » of DOS
is « probläme » on a Macintosh, « problŠme » in Windows. French has « è » in words, « ä » hardly,
« à » at their end only, and no capital behind a small letter: each reading of a byte is weighed by
its letter and its neighbours, and the encoding with the best readings is the one of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

ENCODINGS = ("cp1252", "mac_roman", "cp850", "iso8859_15")
"""The first wins a draw: Windows wrote most of these files. DOS's cp437 has the same small letters
as cp850."""

_WEIGHTS = {
    **dict.fromkeys("éèàêç’", 3.0),
    **dict.fromkeys("ùâîôûœ«»…–ÉÀÊÇ°\u00a0", 2.0),
    "·": 1.5,
    **dict.fromkeys("ëïæÈŒÂÎÔ“”‘—€•²", 1.0),
    **dict.fromkeys("üöäÙÛËÏÆÿñáíóúÖÜÄß", -1.0),
}
"""Weight of a character: how much it says for an encoding. A judgement on their frequency."""

_FOREIGN, _CONTROL = -2.0, -4.0
# Weight of a place in which French has no such character: « EnquÇteur », « pr‚s », « màme ».
_MISPLACED = -3.0
_INSIDE = frozenset("’‘'-·•*°…–—\u00a0\u00ad")
_ONLY_LAST = frozenset("àù")
_SMALL_VOWELS_OF_CEDILLA = frozenset("aouâôûà")
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

# A reading is doubtful where another one is nearly as good: by less than that in all, as of a
# single « é », and on average by less than that for each byte read otherwise. Judgements.
_NEAR, _NEAR_EACH = 2.5, 0.8
# A line is of another encoding than the file where that is better by that much, and that of the
# file is bad.
_LINE_APART = 5.0
_MOST_WORDS = 3
# Where one of these is the only accent, the capital of Windows is an ellipsis of a Macintosh:
# « Élu », « …lu ». The list has what tables of interviews hold: who speaks, names and places.
_FRENCH_WORDS = frozenset(
    "élu élue élus élues élève élèves étudiant étudiante étudiants étudiantes électeur électrice "
    "électeurs éducateur éducatrice éducateurs éducation économie équipe équipes état école écoles "
    "église églises écologie écologiste échevin éric étienne émile émilie éliane élodie élise "
    "élisabeth édouard édith éloïse évelyne évry épinay épinal étampes évreux échirolles".split()
)


class Guess(NamedTuple):
    """The encoding of a text.

    Attributes
    ----------
    encoding : that of most lines.
    lines : encodings of single lines (from 0) where they differ.
    other : encoding that is nearly as likely, or "".
    words : words that the two read differently, as ``encoding`` and as ``other`` have them.
    """

    encoding: str
    lines: dict[int, str]
    other: str = ""
    words: tuple[tuple[str, str], ...] = ()


def guess(lines: Sequence[bytes]) -> Guess:
    """Guess the encoding of the lines of a text that are not UTF-8.

    >>> guess(["Le problème de l'été".encode("cp850")]).encoding
    'cp850'
    """
    scores = [_score(line) for line in lines]
    totals = [sum(column) for column in zip(*scores, strict=True)] or [0.0] * len(ENCODINGS)
    best = max(range(len(ENCODINGS)), key=totals.__getitem__)
    apart = {}
    for number, score in enumerate(scores):
        winner = max(range(len(ENCODINGS)), key=score.__getitem__)
        if score[winner] - score[best] >= _LINE_APART and score[best] < 0 < score[winner]:
            apart[number] = ENCODINGS[winner]
    rest = [line for number, line in enumerate(lines) if number not in apart]
    other, words = _doubt(rest, ENCODINGS[best], totals)
    return Guess(ENCODINGS[best], apart, other, words)


def _score(line: bytes) -> tuple[float, ...]:
    """Weight of a line in each encoding."""
    if line.isascii():
        return (0.0,) * len(ENCODINGS)
    weights = [
        _weights(line[max(0, match.start() - 1) : match.end() + 1], min(1, match.start()))
        for match in _HIGH.finditer(line)
    ]
    return tuple(map(sum, zip(*weights, strict=True)))


@lru_cache(maxsize=65536)
def _weights(around: bytes, position: int) -> tuple[float, ...]:
    """Weight of a byte in each encoding, with its neighbours."""
    texts = (around.decode(encoding, "replace") for encoding in ENCODINGS)
    return tuple(
        _weight(text[:position], text[position], text[position + 1 : position + 2])
        for text in texts
    )


def _weight(before: str, character: str, after: str) -> float:
    """Weight of a character between two others."""
    if character == "\ufffd" or "\x80" <= character < "\xa0":
        return _CONTROL
    weight = _WEIGHTS.get(character, _FOREIGN)
    return weight + (_MISPLACED if _is_misplaced(before, character, after) else 0.0)


def _is_misplaced(before: str, character: str, after: str) -> bool:
    """True for a character where French has none."""
    if not character.isalpha():
        is_inside = before.isalpha() and after.isalpha() and before.islower() == after.islower()
        return is_inside and character not in _INSIDE
    if character.isupper() or (before.isupper() and after.isupper()):
        return before.islower() or character.islower()
    if character in _ONLY_LAST:
        return after.islower()
    return character == "ç" and after.isalpha() and after.lower() not in _SMALL_VOWELS_OF_CEDILLA


def _doubt(
    lines: Sequence[bytes], encoding: str, totals: Sequence[float]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Another encoding that is nearly as likely, and words that show it; else nothing."""
    best = totals[ENCODINGS.index(encoding)]
    content = b"\n".join(lines)
    counts = Counter(content)
    for other, total in sorted(zip(ENCODINGS, totals, strict=True), key=lambda pair: -pair[1]):
        differing = sum(counts[byte] for byte in _differing(encoding, other))
        if differing and best - total < max(_NEAR, _NEAR_EACH * differing):
            text, reading = (content.decode(name, "replace") for name in (encoding, other))
            if not _are_french(text, reading):
                return other, _words(text, reading)
    return "", ()


def _are_french(text: str, other: str) -> bool:
    """True where all that another reading has otherwise is in words that French certainly has."""

    def as_other(word: re.Match[str]) -> str:
        """A word as the other reading has it, if it is French."""
        is_french = word.group().lower() in _FRENCH_WORDS
        return other[word.start() : word.end()] if is_french else word.group()

    return _WORD.sub(as_other, text) == other


@lru_cache
def _differing(encoding: str, other: str) -> tuple[int, ...]:
    """Bytes that two encodings give to other letters."""
    readings = (bytes(range(256)).decode(name, "replace") for name in (encoding, other))
    return tuple(byte for byte, (a, b) in enumerate(zip(*readings, strict=True)) if a != b)


def _words(text: str, other: str) -> tuple[tuple[str, str], ...]:
    """Words that two readings of the same bytes have differently, the first ones."""
    pairs: dict[tuple[str, str], None] = {}
    for match in re.finditer(r"\S+", text):
        second = other[match.start() : match.end()]
        if match.group() != second:
            pairs.setdefault((_bare(match.group()), _bare(second)))
        if len(pairs) == _MOST_WORDS:
            break
    return tuple(pairs)


def _bare(word: str) -> str:
    """A word without the quotes and punctuation around it."""
    return word.strip(".,;:!?()\"'") or word
