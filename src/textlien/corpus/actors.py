"""The actor of an interview: the key of a category that people name by its key or its label."""

from __future__ import annotations

from collections.abc import Mapping

from textlien.errors import Problem, did_you_mean
from textlien.messages.message import Location, message
from textlien.text.folding import fold

_ENDINGS = ("", "e", "s", "es")
"""Endings of the feminine and the plural: « élue », « associations »."""


def actor_keys(actors: Mapping[str, str]) -> dict[str, str]:
    """Key of each actor by its folded key and label.

    Parameters
    ----------
    actors : label by key.
    """
    return {fold(name): key for key, label in actors.items() for name in (key, label)}


def main_actor(
    actors: Mapping[str, str], written: str, location: Location
) -> tuple[str, list[Problem]]:
    """Give an actor its key, or "" and an error for one that the study does not have.

    Parameters
    ----------
    actors : label by key.
    written : as the source writes it. Case, accents, gender and number do not count.
    location : of the source, in messages.
    """
    keys, name = actor_keys(actors), fold(written)
    for ending in _ENDINGS:
        if name.removesuffix(ending) in keys:
            return keys[name.removesuffix(ending)], []
    suggestion = did_you_mean(
        written,
        [*actors.values(), *actors],
        key=fold,
        otherwise=message("common.possible-values", choices=tuple(actors)),
    )
    problem = Problem.error("corpus.unknown-actor", location, actor=written, suggestion=suggestion)
    return "", [problem]
