"""Words that were cut at the end of a printed line: « asso- ciation », but « peut- être ».

Whether a hyphen belongs to its word cannot be seen at the end of a line. What the document writes
elsewhere decides; else what French compounds begin and end with; else the word was cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u00ad]$")
_SOFT = "\u00ad"
# Characters of a word, so that a paragraph of a thousand lines is not searched from its beginning
# each time.
_LONGEST_WORD = 100
# « dit-il », « celui-là », « nous-mêmes », « c'est-à-dire »: what follows a hyphen. Not « le » and
# « les », which end « fisca-les » far more often than « faites-les ».
_SECOND = frozenset(
    "je tu il elle on nous vous ils elles t moi toi lui leur eux soi là à y en ci même mêmes "
    "être dire ensemble dessus dessous delà".split()
)
_BEFORE_CE = frozenset("est était sera serait fut fût soit sont".split())
# First words of compounds, but those that are syllables too, as « par », « sur » and « entre ».
_FIRST = frozenset(
    "agro aide après arrière avant bien centre chef coin court demi dix vingt trente quarante "
    "cinquante soixante quatre ex extrême garde grand grands grande hors libre lieu mieux moyen "
    "non nord nouveau peut petit petite petits petites porte post presque procès quasi quelques "
    "rendez rez sans savoir semi socio sous sud tout ultra vice vivre week".split()
)
_SYLLABLES = frozenset(("merci", "voici", "voilà", "souci"))


class Hyphens:
    """Decides on hyphens at the ends of lines of one document.

    Parameters
    ----------
    lines : all of the document; what is written inside them is evidence.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Collect the words of the document, hyphenated ones included."""
        self._written = {word.lower() for line in lines for word in _WORD.findall(line)}
        self.joined: list[str] = []

    def join(self, line: str, below: str) -> str:
        """Two lines as one, with a blank, a hyphen or nothing between them.

        >>> hyphens = Hyphens(["Une associ-", "ation, peut-", "être deux."])
        >>> hyphens.join("Une associ-", "ation, peut-")
        'Une association, peut-'
        >>> hyphens.join("Une association, peut-", "être deux.")
        'Une association, peut-être deux.'
        """
        line, below = line.rstrip(), below.strip()
        first, second = _CUT.search(line[-_LONGEST_WORD:]), _WORD.match(below)
        if first is None or second is None:
            # « 12- 15 » or a dash that stands alone: nothing was cut.
            return f"{line} {below}" if first is None else f"{line}{below}"
        if not line.endswith(_SOFT) and self._belongs(first[1], second.group()):
            return f"{line[:-1]}-{below}"
        self.joined.append(first[1] + second.group())
        return f"{line[:-1]}{below}"

    def _belongs(self, first: str, second: str) -> bool:
        """True when the hyphen is part of the word."""
        first, lower = first.lower(), second.lower()
        if f"{first}-{lower}" in self._written:
            return True
        if first + lower in self._written or first + lower in _SYLLABLES:
            return False
        parts = lower.split("-")
        is_name = second[0].isupper() and not second.isupper()
        if lower == "ce":
            return first in _BEFORE_CE
        return "-" in first or is_name or first in _FIRST or parts[0] in _SECOND
