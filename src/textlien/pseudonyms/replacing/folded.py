"""Names as anybody may have typed them: without case, accents, apostrophes or hyphens.

Transcripts are replaced letter by letter (:mod:`textlien.pseudonyms.replacing.replace`); labels,
file names and cells of tables are short and written anyhow, and there any spelling of a
name is that name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.replace import like
from textlien.text.folding import fold

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’‘ʼ]")
_SHORTEST_GLUED = 6


class Found(NamedTuple, Generic[T]):
    """A form found: characters ``start`` to ``end``, the end excluded, and what it stands for."""

    start: int
    end: int
    item: T


class FoldedForms(Generic[T]):
    """Forms to look for, each with what it stands for.

    A form of several words is also found where they are written as one, « karimbenali », and one
    with an apostrophe where it was left out, « NDiaye ».

    >>> forms = FoldedForms([("Inès Roux", 1), ("Roux", 2)])
    >>> [found.item for found in forms.find("ines_ROUX.docx, M. Roux, Ledroux, INESROUX")]
    [1, 2, 1]
    """

    def __init__(self, forms: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for form, item in forms:
            words = folded_words(form)
            glued = "".join(words)
            spellings = {words, folded_words(_APOSTROPHE.sub("", form))}
            if len(glued) >= _SHORTEST_GLUED:
                spellings.add((glued,))
            for spelling in filter(None, spellings):
                self._by_first[spelling[0]].append((spelling, item))
        for known in self._by_first.values():
            known.sort(key=lambda pair: -len(pair[0]))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def find(self, text: str) -> Iterator[Found[T]]:
        """Forms in ``text`` (composed, NFC), in order, without overlap: at a word, the longest."""
        places = list(_WORD.finditer(text))
        words = [_folded(place.group()) for place in places]
        index = 0
        while index < len(words):
            size = 1
            for form, item in self._by_first.get(words[index], ()):
                if tuple(words[index : index + len(form)]) == form:
                    size = len(form)
                    yield Found(places[index].start(), places[index + size - 1].end(), item)
                    break
            index += size


def folded_words(text: str) -> tuple[str, ...]:
    """The words of ``text``, each folded.

    >>> folded_words("d’Inès N'Diaye-Roux")
    ('d', 'ines', 'n', 'diaye', 'roux')
    """
    composed = unicodedata.normalize("NFC", text)
    return tuple(_folded(word) for word in _WORD.findall(composed))


def replace_loosely(value: str, names: Sequence[Name] | FoldedForms[Name]) -> str:
    """Put pseudonyms in the place of names in a label, a cell or the name of a file.

    >>> amir = Name("Amir", "person", "p1", "Karim", "replace")
    >>> replace_loosely("entretien_AMIR (2)", [amir])
    'entretien_KARIM (2)'
    """
    composed = unicodedata.normalize("NFC", value)
    forms = names if isinstance(names, FoldedForms) else forms_of(names)
    parts: list[str] = []
    last = 0
    for found in forms.find(composed):
        if found.item.action == "replace":
            written = like(composed[found.start : found.end], found.item.pseudonym)
            parts += [composed[last : found.start], written]
            last = found.end
    return "".join([*parts, composed[last:]]) if parts else value


def forms_of(names: Iterable[Name]) -> FoldedForms[Name]:
    """Rows by their forms. Where two differ in case only, one to be replaced is taken.

    Pseudonyms are there to be kept, so that « Anne » is not replaced in « Anne-Lise ».
    """
    ordered = sorted(names, key=lambda name: name.action != "replace")
    given = [name for name in ordered if name.action == "replace"]
    return FoldedForms(
        [
            *((name.form, name) for name in ordered),
            *((name.pseudonym, replace(name, action="keep")) for name in given),
        ]
    )


@lru_cache(maxsize=1 << 18)
def _folded(word: str) -> str:
    return fold(word).replace(" ", "")
