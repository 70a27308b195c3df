"""Normalisation of the original text of an utterance, with a map back.

Normalised text is what every later stage sees and what offsets point into: NFC, plain spaces,
no control characters, no time marks set apart from speech, single blanks, no empty lines. The
original is kept beside it, and :func:`trace` says for each character where it was.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from textlien.text import marks

# Characters below U+0300 never compose with the one before: a cluster begins at each. Runs of those
# that stay as they are, nearly all of a text, are taken at once.
_CLUSTER = re.compile(
    "(?P<same>[\t\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff]+)(?![\u0300-\U0010ffff])"
    "|\r\n|[\x00-\u02ff][\u0300-\U0010ffff]*|[\u0300-\U0010ffff]+"
)
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
# Longer than « secondes », the longest word in a mark of time.
_LONG_WORD = re.compile(r"[^\W\d_]{9}")


class Trace(NamedTuple):
    """A text derived from an original.

    Attributes
    ----------
    text : the derived text.
    at : offset in the original of each character of ``text``, and one more for its end;
        ascending.
    original : what it was derived from.
    """

    text: str
    at: list[int]
    original: str

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span of the original that ``text[start:end]`` comes from.

        A mark that was removed behind it stays outside; an accent typed apart is inside.
        """
        if start >= end:
            return self.at[start], self.at[start]
        last = self.at[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return self.at[start], last


def normalise(original: str) -> str:
    r"""Normalised text of an utterance.

    >>> normalise("Le\u0301a\u202f: «\u00a0oui\u00a0» [00:12:33]  voilà\r\n\r\n")
    'Léa : « oui » voilà'
    """
    return marks.without_times(marks.normalise_characters(original))


def has_text(original: str) -> bool:
    """True where :func:`normalise` leaves something.

    A quick look is mostly enough: marks of time have digits, and no long words.

    >>> has_text("Oui."), has_text("17 ans"), has_text(" [00:12] ")
    (True, True, False)
    """
    if _LONG_WORD.search(original) or (_LETTER.search(original) and not _DIGIT.search(original)):
        return True
    return bool(normalise(original))


def trace(original: str) -> Trace:
    """:func:`normalise` with the place of each character in the original.

    >>> trace("Oui [0:12]  bon").at
    [0, 1, 2, 3, 12, 13, 14, 15]
    """
    traced = trace_characters(original)
    for pattern, replacement in (*marks.TIME_REMOVALS, *marks.BLANK_REMOVALS):
        traced = _replaced(traced, pattern, replacement)
    return traced


def trace_characters(original: str) -> Trace:
    """:func:`marks.normalise_characters` with the place of each character in the original."""
    text: list[str] = []
    at: list[int] = []
    for match in _CLUSTER.finditer(original):
        if match["same"]:
            text.append(match["same"])
            at += range(*match.span())
            continue
        piece = marks.normalise_characters(match.group())
        text.append(piece)
        at += [min(match.start() + i, match.end() - 1) for i in range(len(piece))]
    return Trace("".join(text), [*at, len(original)], original)


def _replaced(traced: Trace, pattern: re.Pattern[str], replacement: str) -> Trace:
    """``pattern.sub(replacement, …)`` on a trace; the replacement is where the match began."""
    text: list[str] = []
    at: list[int] = []
    last = 0
    for match in pattern.finditer(traced.text):
        text += [traced.text[last : match.start()], replacement]
        at += traced.at[last : match.start()]
        at += [traced.at[match.start()]] * len(replacement)
        last = match.end()
    text.append(traced.text[last:])
    at += traced.at[last:]
    return Trace("".join(text), at, traced.original)
