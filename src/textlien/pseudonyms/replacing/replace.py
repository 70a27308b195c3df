"""Pseudonyms in the place of names, in normalised text and in short texts.

Only what a person decided is replaced. Articles whose form depends on the gender of the name are
left unchanged: « l'Amélie » becomes « l'Karim », for « le » and « la » would be a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace as changed

from textlien.pseudonyms.exact_forms import ExactForms, alike
from textlien.pseudonyms.folded_forms import FoldedForms
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.offsets import Edit, OffsetMap, edited

Say = Callable[[str], str]
"""Puts pseudonyms in the place of names in a short text, however they are written there."""

_FULL = re.compile(r"(?<![\w'-])(d|(?:lors|puis|quoi|jus)?qu)'$", re.IGNORECASE)
_OPEN = re.compile(r"(?<![\w'-])(de|le|la|(?:lors|puis|quoi|jus)?que) $", re.IGNORECASE)
_LONGEST_PARTICLE = 9
"""Characters of « lorsque » with its blank, and one before it to see where it begins."""

_CASED = ("person", "place")


def replace(text: str, names: Sequence[Name] | ExactForms) -> tuple[str, OffsetMap]:
    """Put pseudonyms in the place of the names of one text.

    Parameters
    ----------
    text : normalised text.
    names : rows that concern the interview; see
        :func:`~textlien.pseudonyms.exact_forms.interview_names`. Those whose action is not
        ``replace`` are left as they are, with whatever shorter name is in them.

    Returns
    -------
    The new text, and the map from offsets of the old one to offsets of the new one.

    >>> amir = Name("Amir", "person", "p1", "Karim", "replace")
    >>> replace("La mère d'Amir, Amir-là, et Amira", [amir])[0]
    'La mère de Karim, Karim-là, et Amira'
    """
    edits = find_edits(text, names)
    return edited(text, edits), OffsetMap(edits)


def find_edits(text: str, names: Sequence[Name] | ExactForms) -> list[Edit]:
    """The replacements that :func:`replace` makes, in order."""
    forms = names if isinstance(names, ExactForms) else ExactForms(names)
    edits: list[Edit] = []
    for match in forms.find(text):
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


def replace_loosely(value: str, names: Sequence[Name] | FoldedForms[Name]) -> str:
    """Put pseudonyms in the place of names in a label, a cell or the name of a file.

    >>> amir = Name("Amir", "person", "p1", "Karim", "replace")
    >>> replace_loosely("entretien_AMIR (2)", [amir])
    'entretien_KARIM (2)'
    """
    composed = unicodedata.normalize("NFC", value)
    forms = names if isinstance(names, FoldedForms) else forms_of(names)
    edits = [
        Edit(match.start, match.end, like(composed[match.start : match.end], match.item.pseudonym))
        for match in forms.find(composed)
        if match.item.action == "replace"
    ]
    return edited(composed, edits) if edits else value


def forms_of(names: Iterable[Name]) -> FoldedForms[Name]:
    """Rows by their forms. Where two differ in case only, one to be replaced is taken.

    Pseudonyms are there to be kept, so that « Anne » is not replaced in « Anne-Lise ».
    """
    ordered = sorted(names, key=lambda name: name.action != "replace")
    replaced = [name for name in ordered if name.action == "replace"]
    return FoldedForms(
        [
            *((name.form, name) for name in ordered),
            *((name.pseudonym, changed(name, action="keep")) for name in replaced),
        ]
    )


def saying(names: Sequence[Name]) -> Say:
    """A function that replaces ``names`` in short texts: as in transcripts, then any spelling."""
    exact, forms = ExactForms(names), forms_of(names)
    return lambda text: replace_loosely(replace(text, exact)[0], forms)


def saying_loosely(names: Sequence[Name]) -> Say:
    """A function that replaces ``names`` in labels and names of files, in any spelling."""
    forms = forms_of(names)
    return lambda text: replace_loosely(text, forms)


def _elision(text: str, start: int, pseudonym: str) -> Edit | None:
    """The change of the word before a name that the pseudonym asks for: « d' », « de », « qu' »."""
    first = max(0, start - _LONGEST_PARTICLE)
    before = alike(text[first:start])
    opens = _opens_with_vowel(pseudonym)
    if opens is False and (match := _FULL.search(before)):
        ending = "E" if match[1].isupper() and pseudonym.isupper() else "e"
        return Edit(first + match.start(), start, f"{match[1]}{ending} ")
    if opens and text[start - 1 : start] == " " and (match := _OPEN.search(before)):
        mark = "’" if text.count("’") > text.count("'") else "'"
        return Edit(first + match.start(), start, f"{match[1][:-1]}{mark}")
    return None


def _opens_with_vowel(pseudonym: str) -> bool | None:
    """True when words elide before it; None where French does either, as before « Hugo »."""
    letters = unicodedata.normalize("NFKD", pseudonym.lower().replace("œ", "oe"))
    first, second = letters[:1], letters[1:2]
    if first == "h" or not first.isalpha():
        return None
    if first == "y":
        return second not in "aeiou"
    return first in "aeiou"
