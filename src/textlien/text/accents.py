"""Letters without their accents: words and names are typed with and without."""

from __future__ import annotations

import unicodedata


def without_accents(text: str) -> str:
    """``text`` without accents and cedillas.

    >>> without_accents("Déçu à Nîmes")
    'Decu a Nimes'
    """
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
