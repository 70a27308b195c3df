"""Dates with hours, as programs put them before messages: « 12/03/2024, 14:02 »."""

from __future__ import annotations

_MONTH = (
    r"(?:janv|jan|févr?|fév|feb|mars?|avr|apr|mai|may|juin|june?|juil|july?|ao[uû]t|aug|sept?|oct|"
    r"nov|déc|dec)[a-zéû]{0,8}\.?"
)
_WEEKDAY = (
    r"(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? (?:le )?)?"
)
DAY = r"(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? (?:le )?)?"
DAY = (
    rf"(?:{_WEEKDAY}(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}[/.-]\d{{1,2}}[/.-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:er)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}, \d{{4}}))(?!\d)"
)
"""A day with its year: ``12/03/24``, ``2024-03-12``, ``mardi 12 mars 2024``, ``Mar 12, 2024``."""

HOUR = r"\d{1,2} ?[:hH.] ?\d{2}(?:[:.m]\d{2}s?)?(?:[.,]\d{3})?(?: ?[AaPp]\.? ?[Mm]\b\.?)?(?!\d)"
"""A time of the day: ``14:02``, ``14h02``, ``2:02:11 PM``."""

_HOUR_AFTER = rf"[,T]?\s{{0,3}}(?:à |at |[-–—|] ?)?{HOUR}"
_DAY_AFTER = rf"[, ]\s{{0,3}}(?:le |on |[-–—|] ?)?{DAY}"
MOMENT = rf"(?:{DAY}{_HOUR_AFTER}|{HOUR}{_DAY_AFTER})"
"""A day and a time of it, in either order."""
