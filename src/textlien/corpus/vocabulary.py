"""The names under which a study files its interviews: cities, actors and waves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textlien.study.options import Study


class Vocabulary(NamedTuple):
    """Cities, actors and waves of a study.

    Attributes
    ----------
    study_file : name of the study file, in messages.
    cities : main name of each city that a ``[[corpus]]`` declares.
    aliases : main name of a city by each other name.
    actors : label by key.
    waves : in the order of the study file.
    """

    study_file: str
    cities: tuple[str, ...]
    aliases: Mapping[str, str]
    actors: Mapping[str, str]
    waves: tuple[str, ...]

    @property
    def main_names(self) -> dict[str, str]:
        """Main name of a city by each of its names, itself included."""
        return {**{city: city for city in self.cities}, **self.aliases}


def vocabulary_of(study: Study) -> Vocabulary:
    """The vocabulary that a study file declares."""
    return Vocabulary(
        study.file.name, study.cities_of_study, study.cities.aliases, study.actors, study.waves
    )
