"""Values of attributes and cells that may be anything."""

from __future__ import annotations

import math
import re

from lxml import etree

from textlien.messages.message import Location

_HALF = re.compile("[\ud800-\udfff]")
_LONGEST = 10_000_000.0


def seconds(value: object, *, per_second: float = 1.0) -> float | None:
    """A moment in seconds, or None for what is no time: text, infinities, negative numbers.

    Parameters
    ----------
    value : a number or its text.
    per_second : 1000 where it is in milliseconds.

    >>> seconds("12.5"), seconds(1500, per_second=1000), seconds("NaN"), seconds("-3")
    (12.5, 1.5, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        number = float(value) / per_second
    except (ValueError, OverflowError):
        return None
    return round(number, 3) if math.isfinite(number) and 0 <= number <= _LONGEST else None


def whole(text: str) -> str:
    r"""``text`` without halves of characters, which JSON may hold and no file can.

    >>> whole("d\ud800accord") == "d\ufffdaccord"
    True
    """
    return _HALF.sub("\ufffd", text)


def line_of(element: etree._Element) -> Location:
    """Place of an element of XML: the line on which it begins."""
    line = element.sourceline
    return Location(line=line if isinstance(line, int) else None)
