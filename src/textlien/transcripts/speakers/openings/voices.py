"""Names that come back as those of speakers do: two voices or more, that take turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from textlien.transcripts.speakers.roles import known_role

OPENERS = frozenset(
    "attention exemple ex donc bref conclusion remarque note nb ps objectif objectifs "
    "resultat resultats premierement deuxiemement voila et alors mais oui non bon ok "
    "source http https tel fax telephone email mail adresse site contact date ville "
    "demain hier pour contre avec enfin ensuite puis la le les ici suppleant suppleante".split()
) | {
    "aujourd hui",
    "par exemple",
    "c est a dire",
    "autrement dit",
    "en clair",
    "je m explique",
    "e mail",
}
"""Words that open a sentence before a colon, again and again, and name nobody; folded."""


class Voices(NamedTuple):
    """Thresholds from which openings of lines are names of speakers.

    Attributes
    ----------
    least : times that each of two names comes back: a name in a list comes once.
    covered : share of the openings that are such names, or name a role; the others speak once.
    single, covered_by_single : times and share of a name that comes back alone, where only one
        side has such openings.
    follows : greatest share of openings with the same name as the one before: in a dialogue
        names alternate, in a list by persons they follow themselves.
    """

    least: int = 2
    covered: float = 0.6
    single: int = 6
    covered_by_single: float = 0.8
    follows: float = 0.4


VOICES = Voices()


def voices(keys: Sequence[str], least: int = VOICES.least) -> frozenset[str]:
    """The names, folded, that come back as those of two speakers or more; else none.

    Parameters
    ----------
    keys : folded opening of each line that has one, in order; "" is no name.
    least : times that each name must come back.
    """
    counts = _names(keys)
    back = {key for key, count in counts.items() if count >= least}
    chosen = frozenset(key for key in counts if key in back or _names_a_side(key))
    in_turn = [key for key in keys if key in chosen]
    are_most = bool(back) and len(in_turn) >= VOICES.covered * len(keys)
    return chosen if len(chosen) > 1 and are_most and _alternate(in_turn) else frozenset()


def repeated(keys: Sequence[str]) -> frozenset[str]:
    """Those of some names, folded, that come back or name a role."""
    counts = _names(keys)
    return frozenset(key for key in counts if counts[key] >= VOICES.least or _names_a_side(key))


def _alternate(keys: Sequence[str]) -> bool:
    """True if names rarely follow themselves."""
    same = sum(before == after for before, after in pairwise(keys))
    return same <= VOICES.follows * len(keys)


def are_voices(keys: Sequence[str]) -> bool:
    """True if the openings of some lines are names of speakers, of one side at least."""
    if voices(keys):
        return True
    most = max(_names(keys).values(), default=0)
    return most >= VOICES.single and most >= VOICES.covered_by_single * len(keys)


def _names(keys: Sequence[str]) -> Counter[str]:
    """Times that each opening comes which may be a name."""
    return Counter(key for key in keys if key and key not in OPENERS)


def _names_a_side(key: str) -> bool:
    """True if a label names who asks or who answers."""
    return known_role(key) in ("interviewer", "interviewee")
