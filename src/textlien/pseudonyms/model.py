"""The table of names: one row for each form of a name that occurs in a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textlien.pseudonyms.folded_forms import folded_words
from textlien.pseudonyms.reasons import Evidence

Kind = Literal["person", "place", "organisation", "service", "contact", "other"]
"""``contact``: telephone numbers, addresses of mail and of the web."""

Action = Literal["replace", "keep", "ask"]
"""``ask``: a person has to decide; nothing is replaced while such a row is left."""

KIND_ORDER: tuple[Kind, ...] = ("person", "contact", "place", "organisation", "service", "other")
"""Order in which kinds are reviewed: the most identifying first."""

TITLES = frozenset("m mme mlle mr monsieur madame mademoiselle docteur dr maitre me".split())
"""Folded words that stand before a name without being a part of it."""

GENERIC = "["
"""Beginning of pseudonyms that name nobody, « [prénom] » or « [rue 2] »: they may be shared."""


@dataclass(frozen=True, slots=True)
class Name:
    """One written form of a name: a row of the table that a person reviews.

    Attributes
    ----------
    form : as it is written in the normalised text, case and accents included; « karim » of an
        automatic transcript and « Karim » are two rows.
    kind : what it names.
    entity : who or what: rows with the same entity get the same pseudonym ("p12", "l3").
    pseudonym : text that stands in its place.
    action : what is done with it.
    files : interviews that the row is about, by their id; empty for all. Homonyms are apart by
        two rows of one form with different entities and files.
    count : occurrences in turns.
    n_interviews : interviews with an occurrence.
    reasons : why it was suggested, and what is doubtful about it.
    contexts : a few occurrences with the words around, for the person who reviews.
    """

    form: str
    kind: Kind
    entity: str
    pseudonym: str
    action: Action
    files: tuple[str, ...] = ()
    count: int = 0
    n_interviews: int = 0
    reasons: tuple[Evidence, ...] = ()
    contexts: tuple[str, ...] = ()

    @property
    def form_words(self) -> tuple[str, ...]:
        """The folded words of the form."""
        return folded_words(self.form)

    @property
    def pseudonym_words(self) -> tuple[str, ...]:
        """The folded words of the pseudonym."""
        return folded_words(self.pseudonym)

    @property
    def is_generic(self) -> bool:
        """True for a pseudonym that names nobody and may be shared."""
        return self.pseudonym.startswith(GENERIC)
