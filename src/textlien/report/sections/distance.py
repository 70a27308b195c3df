"""Notes beside figures of the axes: places that are too far from what their model learnt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from textlien.report.labels import Labels
from textlien.tables import ALL


@dataclass(frozen=True, slots=True)
class FarPlaces:
    """Waves, and cities of other waves, that are beyond the bound.

    Attributes
    ----------
    places : wave, and city or :data:`~textlien.tables.ALL`, in the order of the report.
    """

    places: tuple[tuple[str, str], ...]
    labels: Labels

    def note(self, waves: Collection[str], city: str = ALL) -> str:
        """Name those that a figure of some waves rests on, of one city or all; "" without any."""
        names = [
            self._name(wave, place)
            for wave, place in self.places
            if wave in waves and (city == ALL or place in (ALL, city))
        ]
        translator = self.labels.translator
        return translator.text("report.far", places=translator.listed(names)) if names else ""

    def in_all(self) -> str:
        """Name all of them; "" without any."""
        return self.note({wave for wave, _ in self.places})

    def _name(self, wave: str, city: str) -> str:
        """A wave or a city in it, as printed."""
        name = self.labels.wave(wave)
        return name if city == ALL else f"{self.labels.city(city)} ({name})"


def far_places(distances: pd.DataFrame, labels: Labels) -> FarPlaces:
    """Waves of table ``axis_distance`` that are beyond the bound, and cities of other waves."""
    beyond = distances[distances["exceeds"]]
    whole = set(beyond.loc[beyond["city"] == ALL, "wave"])
    places = [
        (wave, city)
        for wave in labels.waves(beyond["wave"])
        for city in labels.cities(beyond.loc[beyond["wave"] == wave, "city"])
        if city == ALL or wave not in whole
    ]
    return FarPlaces(tuple(places), labels)
