"""Comparing names that people type in several ways."""

from __future__ import annotations

import re
import unicodedata

from textlien.text.accents import without_accents

_NOT_WORD = re.compile(r"[\W_]+")


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
