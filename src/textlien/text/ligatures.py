"""The ligature œ, which many keyboards do not have."""

from __future__ import annotations

import re

# The file writes « oe » everywhere. French joins the letters before « u » and « il » (« sœur »,
# « œil ») and in words of Greek origin; « coefficient », « moelle », « boer » keep them apart.
_LIGATURE = re.compile(r"oe(?=u|il)|\boe(?!rst)|(?<=\bf)oe(?=t)|(?<=\bc)oe(?=la|li)")


def with_ligature(word: str) -> str:
    """« soeur » → « sœur »; « coefficient » stays."""
    return _LIGATURE.sub("œ", word)
