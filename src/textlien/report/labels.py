"""Labels of waves, cities, actors, themes and axes, and the order they come in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from textlien.messages.translator import Translator
from textlien.messages.typography import NO_BREAK, set_label, typeset
from textlien.study.options import Study
from textlien.tables import ALL, OUTSIDE
from textlien.text.folding import without_accents


class Axis(Protocol):
    """An axis of the codebook, as far as the report needs it."""

    @property
    def key(self) -> str:
        """As in column ``item`` of ``profiles``."""

    @property
    def label(self) -> str:
        """Short name."""

    @property
    def question(self) -> str:
        """The question of the study that it answers."""

    @property
    def definition(self) -> str:
        """Subject of the axis, in a few lines."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels and orders of everything that heads a row or a column.

    Attributes
    ----------
    items : measure (``theme``, ``axis``) → item → label, in the order of the report.
    """

    translator: Translator
    study: Study
    items: Mapping[str, Mapping[str, str]]

    def item(self, measure: str, item: str) -> str:
        """Label of a theme or axis; its key where it has none."""
        return self.items[measure].get(item, item)

    def city(self, city: str) -> str:
        """A city as printed."""
        if city == ALL:
            return self.translator.text("report.all")
        return city or self.translator.text("report.unknown-city")

    def actor(self, actor: str) -> str:
        """An actor category as printed."""
        if actor == ALL:
            return self.translator.text("report.all")
        return set_label(self.study.actors.get(actor, actor)) or self.translator.text(
            "report.unknown-actor"
        )

    def wave(self, wave: str) -> str:
        """A wave as printed."""
        return wave or self.translator.text("report.unknown-wave")

    def waves(self, keys: Iterable[str]) -> list[str]:
        """Waves in the order of the study file."""
        return _ordered(keys, self.study.waves)

    def cities(self, keys: Iterable[str]) -> list[str]:
        """All first, then the cities in alphabetical order, the unknown one last."""
        return _ordered(keys, (ALL,))

    def actors(self, keys: Iterable[str]) -> list[str]:
        """All first, then the actors in the order of the study file."""
        return _ordered(keys, (ALL, *self.study.actors))

    def place(self, city: str, wave: str, actor: str) -> str:
        """Origin of a passage: city, wave, actor."""
        return ", ".join([self.city(city), self.wave(wave), self.actor(actor)])


def labels_of(
    translator: Translator, study: Study, themes: pd.DataFrame, axes: Sequence[Axis]
) -> Labels:
    """Labels of one study.

    Parameters
    ----------
    themes : table ``themes``.
    axes : of the codebook; ``label_en``, where they have one, is used in English.
    """
    theme_labels = {
        str(theme): f"{theme}{NO_BREAK}·{NO_BREAK}{label}"
        for theme, label in zip(themes["theme"], themes["label"], strict=True)
    }
    theme_labels[OUTSIDE] = translator.text("report.outside")
    axis_labels = {axis.key: axis_label(axis, translator.language) for axis in axes}
    return Labels(translator, study, {"theme": theme_labels, "axis": axis_labels})


def axis_label(axis: Axis, language: str) -> str:
    """Label of an axis in a language; the French one where it has no other."""
    return in_language(axis, "label", language)


def in_language(axis: Axis, field: str, language: str) -> str:
    """``label``, ``question`` or ``definition`` of an axis; in French where it has no other."""
    translated = str(getattr(axis, f"{field}_{language}", ""))
    return typeset(translated, language) if translated else set_label(getattr(axis, field))


def _ordered(keys: Iterable[str], first: Sequence[str]) -> list[str]:
    """Distinct keys: those of ``first`` in its order, the others by alphabet, "" last."""
    rank = {name: index for index, name in enumerate(first)}
    return sorted(
        dict.fromkeys(keys),
        key=lambda name: (rank.get(name, len(rank)), name == "", _folded(name), name),
    )


def _folded(name: str) -> str:
    """Without accents and case, so that « Évry » comes after « Clichy »."""
    return without_accents(unicodedata.normalize("NFKD", name)).casefold()
