"""Comparison of words and names that people type in several ways."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def without_accents(text: str) -> str:
    """``text`` without accents and cedillas.

    >>> without_accents("Déçu à Nîmes")
    'Decu a Nimes'
    """
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def fold(text: str) -> str:
    r"""``text`` without case, accents, punctuation and runs of blanks, to compare names.

    >>> fold("  Enquêtrice\u00a0: ")
    'enquetrice'
    >>> fold("Clichy-sous-Bois") == fold("CLICHY SOUS BOIS")
    True
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    letters = without_accents(decomposed)
    return " ".join(_NOT_WORD.sub(" ", letters.casefold()).split())
