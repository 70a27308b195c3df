"""What waves, cities, actors, themes and axes are called, and the order they come in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from textlien.messages.typography import NO_BREAK, set_label
from textlien.report.voice import Voice
from textlien.study.options import Study
from textlien.tables import ALL
from textlien.text.accents import without_accents


class Axis(Protocol):
    """What the report needs of an axis of the codebook."""

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
        """What it covers."""


@dataclass(frozen=True, slots=True)
class Names:
    """Labels and orders of everything that heads a row or a column.

    Attributes
    ----------
    items : measure (``theme``, ``axis``) → item → label, in the order of the report.
    """

    voice: Voice
    study: Study
    items: Mapping[str, Mapping[str, str]]

    def item(self, measure: str, item: str) -> str:
        """Label of a theme or axis; its key where it has none."""
        return self.items[measure].get(item, item)

    def city(self, city: str) -> str:
        """A city as printed."""
        if city == ALL:
            return self.voice.say("all")
        return city or self.voice.say("unknown_city")

    def actor(self, actor: str) -> str:
        """An actor category as printed."""
        if actor == ALL:
            return self.voice.say("all")
        return set_label(self.study.actors.get(actor, actor)) or self.voice.say("unknown_actor")

    def wave(self, wave: str) -> str:
        """A wave as printed."""
        return wave or self.voice.say("unknown_wave")

    def waves(self, found: Iterable[str]) -> list[str]:
        """Waves in the order of the study file."""
        return _ordered(found, self.study.waves)

    def cities(self, found: Iterable[str]) -> list[str]:
        """All first, then the cities in alphabetical order, the unknown one last."""
        return _ordered(found, (ALL,))

    def actors(self, found: Iterable[str]) -> list[str]:
        """All first, then the actors in the order of the study file."""
        return _ordered(found, (ALL, *self.study.actors))

    def place(self, city: str, wave: str, actor: str) -> str:
        """Where something was said: city, wave, actor."""
        return ", ".join([self.city(city), self.wave(wave), self.actor(actor)])


def names_of(voice: Voice, study: Study, themes: pd.DataFrame, axes: Sequence[Axis]) -> Names:
    """Names of one study.

    Parameters
    ----------
    themes : table ``themes``.
    axes : of the codebook; ``label_en``, where they have one, is used in English.
    """
    theme_labels = {
        str(theme): f"{theme}{NO_BREAK}·{NO_BREAK}{label}"
        for theme, label in zip(themes["theme"], themes["label"], strict=True)
    }
    axis_labels = {axis.key: axis_label(axis, voice.language) for axis in axes}
    return Names(voice, study, {"theme": theme_labels, "axis": axis_labels})


def axis_label(axis: Axis, language: str) -> str:
    """Label of an axis in a language; the French one where it has no other."""
    translated = getattr(axis, f"label_{language}", "")
    return str(translated) or set_label(axis.label)


def _ordered(found: Iterable[str], first: Sequence[str]) -> list[str]:
    rank = {name: index for index, name in enumerate(first)}
    return sorted(
        dict.fromkeys(found),
        key=lambda name: (rank.get(name, len(rank)), name == "", _folded(name), name),
    )


def _folded(name: str) -> str:
    """Without accents and case, so that « Évry » comes after « Clichy »."""
    return without_accents(unicodedata.normalize("NFKD", name)).casefold()
