"""Forms looked for in any spelling: without case, accents, apostrophes or hyphens.

Labels, file names and cells of tables are short and written anyhow: there any spelling of a name
is that name. In transcripts the spelling counts (:mod:`textlien.pseudonyms.exact_forms`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from textlien.text.folding import fold
from textlien.text.phrase_index import PhraseIndex

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’‘ʼ]")

_SHORTEST_GLUED = 6
"""Letters from which a name is looked for in one piece: shorter ones are in other words too."""


class FoldedMatch(NamedTuple, Generic[T]):
    """A form found: characters ``start`` to ``end``, the end excluded, and its value."""

    start: int
    end: int
    item: T


class FoldedForms(Generic[T]):
    """Forms to look for, each with a value.

    A form of several words is also found where they are written as one, « karimbenali », and one
    with an apostrophe where it was left out, « NDiaye ».

    >>> forms = FoldedForms([("Inès Roux", 1), ("Roux", 2)])
    >>> [match.item for match in forms.find("ines_ROUX.docx, M. Roux, Ledroux, INESROUX")]
    [1, 2, 1]
    """

    def __init__(self, forms: Iterable[tuple[str, T]]) -> None:
        self._index = PhraseIndex(
            (spelling, item) for form, item in forms for spelling in _spellings(form)
        )

    def __bool__(self) -> bool:
        """True when there is any form to look for."""
        return len(self._index) > 0

    def find(self, text: str) -> Iterator[FoldedMatch[T]]:
        """Forms in ``text`` (composed, NFC), in order, without overlap: at a word, the longest."""
        spans = [match.span() for match in _WORD.finditer(text)]
        words = [_folded(text[start:end]) for start, end in spans]
        index = 0
        while index < len(words):
            match = self._index.longest(words, index)
            if match is None:
                index += 1
                continue
            last = index + match.length - 1
            yield FoldedMatch(spans[index][0], spans[last][1], match.value)
            index = last + 1


def folded_words(text: str) -> tuple[str, ...]:
    """The words of ``text``, each folded.

    >>> folded_words("d’Inès N'Diaye-Roux")
    ('d', 'ines', 'n', 'diaye', 'roux')
    """
    composed = unicodedata.normalize("NFC", text)
    return tuple(_folded(word) for word in _WORD.findall(composed))


def _spellings(form: str) -> set[tuple[str, ...]]:
    """The words of a form; also without its apostrophes, and in one piece."""
    words = folded_words(form)
    glued = "".join(words)
    spellings = {words, folded_words(_APOSTROPHE.sub("", form))}
    if len(glued) >= _SHORTEST_GLUED:
        spellings.add((glued,))
    return spellings


@lru_cache(maxsize=1 << 18)
def _folded(word: str) -> str:
    """A word without case, accents and signs, in one piece."""
    return fold(word).replace(" ", "")
