"""Yes and no as people write them in the cells of a sheet."""

from __future__ import annotations

import re

from textlien.text.folding import without_accents

_YES = frozenset(
    "oui o yes y vrai true v x × ✓ ✔ ☑ ☒ present presente presence coche cochee".split()
)
_NO = frozenset("non n no faux false f ☐ absent absente absence".split())
_NUMBER = re.compile(r"([01])(?:[.,]0{0,9})?")

_DASHES = " -–—/"


def is_blank(written: str) -> bool:
    """True for a cell that says nothing: it is empty, or holds a dash alone.

    >>> is_blank(" – "), is_blank("0")
    (True, False)
    """
    return not written.strip(_DASHES)


def yes_or_no(written: str) -> bool | None:
    """True for yes, False for no, None for anything else, a blank and « oui ? » included.

    A blank is left to the caller: it says no among crosses, nothing among « oui » and « non ».
    Crosses such as « ✗ » are neither, for some people mark and others strike out with them.

    >>> [yes_or_no(cell) for cell in ("Oui", "x", "VRAI", "1,0", "✓", "FAUX", "0.0", "N")]
    [True, True, True, True, True, False, False, False]
    >>> [yes_or_no(cell) for cell in ("", "NSP", "oui ?", "-1", "2", "✗")]
    [None, None, None, None, None, None]
    """
    # « ✔︎ » carries a sign that asks for its plain form, as iPhones and Word write it.
    answer = without_accents(written.replace("\ufe0e", "").replace("\ufe0f", ""))
    answer = answer.strip().removesuffix(".").casefold()
    number = _NUMBER.fullmatch(answer)
    if number:
        return number[1] == "1"
    return answer in _YES if answer in _YES | _NO else None
