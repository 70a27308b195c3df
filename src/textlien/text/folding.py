"""Comparison of words and names that people type in several ways."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# Every accent that stands beside its letter is among these; most letters of a text are not.
_MAYBE_ACCENT = re.compile("[\u0300-\U0010ffff]")


def without_accents(text: str) -> str:
    """``text`` without accents and cedillas.

    >>> without_accents("Déçu à Nîmes")
    'Decu a Nimes'
    """
    decomposed = unicodedata.normalize("NFD", text)
    return _MAYBE_ACCENT.sub(_unless_accent, decomposed)


def _unless_accent(match: re.Match[str]) -> str:
    """A character, or "" for one that combines with the letter before it."""
    return "" if unicodedata.combining(match.group()) else match.group()


def fold(text: str) -> str:
    r"""``text`` without case, accents, punctuation and runs of blanks, to compare names.

    >>> fold("  Enquêtrice\u00a0: ")
    'enquetrice'
    >>> fold("Clichy-sous-Bois") == fold("CLICHY SOUS BOIS")
    True
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    letters = without_accents(decomposed)
    return " ".join(_WORD.findall(letters.casefold()))
