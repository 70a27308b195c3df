"""Moments of a recording, and dates of messages, in the notations that people and programs use.

Regular expressions without flags and without groups, to be built into others. A bare moment may be
what was said (« à 17:30 »), so whoever looks for one in a text must know why it is a mark: brackets
around it (:mod:`textlien.text.marks`), or its recurrence in rising order
(:mod:`textlien.transcripts.speakers.openings.prefixes`).
"""

from __future__ import annotations

import re

_END = r"(?![^\W\d_])"
_HOURS = rf"\d{{1,2}} ?(?:h|H|hrs?|[Hh]eures?|[Hh]ours?){_END}"
_MINUTES = rf"\d{{1,3}} ?(?:m|mn|mins?|[Mm]inutes?){_END}"
_SECONDS = rf"\d{{1,3}}(?:[.,]\d{{1,3}})? ?(?:s|secs?|[Ss]econdes?|[Ss]econds?){_END}"
_AND = r"\.?,? ?(?:et |and )?"

COLONS = r"\d{1,3} ?: ?[0-5]\d(?: ?: ?[0-5]\d(?:[:;]\d\d(?![\d:]))?)?(?:[.,]\d{1,3})?(?!\d)(?!:\d)"
"""``1:02``, ``00:03:12.450``, and with the number of a frame ``00:03:12:14``."""

PRIMES = r"(?:\d{1,2} ?[hH°] ?)?\d{1,3}\s?[’'′]\s?\d{2}\s?(?:''|’’|′′|\"|″|”)"
"""``12'33''``, ``1h02'33"``."""

OPEN_PRIMES = r"(?:\d{1,2} ?[hH°] ?)?\d{1,3} ?[’'′] ?\d{2}(?!\d)"
"""``12'33``, without a sign behind the seconds."""

LONG_UNITS = (
    rf"(?:{_HOURS}{_AND}\d{{1,2}} ?(?:m|mn|mins?|[Mm]inutes?)?{_AND}\d{{1,2}}(?!\d)"
    rf"(?: ?(?:s|secs?|[Ss]econdes?|[Ss]econds?){_END})?"
    rf"|{_MINUTES}{_AND}{_SECONDS}|{_MINUTES[: -len(_END)]}\d{{2}}(?!\d))"
)
"""``0h03min12``, ``3 min 12 s``, ``1 minute 8 secondes``: down to seconds, so no time of day."""

UNITS = (
    rf"(?:{LONG_UNITS}|{_HOURS}{_AND}{_MINUTES}|{_HOURS[: -len(_END)]} ?\d{{2}}(?!\d)"
    rf"|{_MINUTES}{_AND}\d{{2}}(?!\d)|{_MINUTES}|{_SECONDS})"
)
"""Those and shorter ones, which are said as well: ``17 secondes``, ``2 min``, ``1h02``."""

DOTS = r"\d{1,2}\.[0-5]\d(?:\.[0-5]\d)?(?![\d.])"
"""``12.33``, ``00.12.33``."""

DOTS_OF_THREE = r"\d{1,2}\.[0-5]\d\.[0-5]\d(?![\d.])"
"""``00.12.33``: no price, though it may be a date."""

DECIMALS = r"\d{1,5}[.,]\d{1,3}(?![\d.,])"
"""Seconds with decimals, as programs write them: ``754.25``."""

_DOUBLE_PRIME = re.compile(r"[’'′]{2}|[\"″”]")
_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)\s?(h|H|m|M|s|S|[’'′]|°)?")
_FRAMES = re.compile(r"(\d{1,3} ?: ?\d\d ?: ?\d\d)[:;]\d\d")


def seconds(moment: str) -> float:
    """Seconds of a moment in any of these notations.

    The number of a frame is left out: how many a second has is not written.

    >>> seconds("1:00:11.5"), seconds("12'33''"), seconds("0h03min12"), seconds("00:03:12:14")
    (3611.5, 753.0, 192.0, 192.0)
    >>> seconds("1 minutes 8 secondes"), seconds("17 secondes"), seconds("12.33"), seconds("1h02")
    (68.0, 17.0, 753.0, 3720.0)
    """
    if ":" in moment:
        return _in_sixties(_FRAMES.sub(r"\1", moment).replace(" ", "").split(":"))
    if re.fullmatch(DOTS, moment):
        return _in_sixties(moment.split("."))
    return _in_units(moment)


def _in_sixties(parts: list[str]) -> float:
    """Seconds of hours, minutes and seconds, or of the last two."""
    total = 0.0
    for part in parts:
        total = 60 * total + float(part.replace(",", "."))
    return round(total, 3)


def _in_units(moment: str) -> float:
    """Seconds of numbers with units; a number without one is of the next smaller unit.

    A number that has neither a unit nor one before it is of seconds.
    """
    total, unit = 0.0, 60.0
    for number, name in _UNIT.findall(_DOUBLE_PRIME.sub("s", moment)):
        if name:
            unit = {"h": 3600.0, "°": 3600.0, "s": 1.0}.get(name.lower(), 60.0)
        else:
            unit /= 60
        total += float(number.replace(",", ".")) * max(1.0, unit)
    return round(total, 3)
