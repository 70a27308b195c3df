"""Posts that a single person of a town holds: « la responsable du service logement »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.mentions import GUESS, Mention, mention
from textlien.pseudonyms.finding.predicates import follows, is_shown
from textlien.pseudonyms.finding.words import Turn, Word
from textlien.pseudonyms.reasons import Reason

_MOST = 8
"""Words of a post with its service. With 4, recall on half a of the marked interviews falls by 0.7;
with 12 it stays."""


def posts(turn: Turn, replaced: Sequence[Mention]) -> Iterator[Mention]:
    """Posts of a turn that are named with their service, field or sector.

    Parameters
    ----------
    replaced : names of the turn that are replaced. A post ends before them: kept with a name
        inside, it would keep the name too.
    """
    index = 0
    while index < len(turn.words):
        word = turn.words[index]
        inside = any(m.start <= word.start < m.end for m in replaced)
        if word.key in cues().post_heads and not inside:
            last = _last(turn, index, replaced)
            if _is_one_of_its_kind(turn, index, last):
                more = {"label": "poste", "sure": False, "rank": GUESS}
                yield mention(turn, index, last, "other", Reason.POST, **more)
                index = last
        index += 1


def _last(turn: Turn, first: int, replaced: Sequence[Mention]) -> int:
    """Last word of the post that begins at word ``first``."""
    lists = cues()
    last = first
    for index in range(first + 1, min(first + _MOST, len(turn.words))):
        word = turn.words[index]
        if not follows(turn, index) or word.begins or word.key in lists.titles:
            break
        if word.key in lists.post_stops and word.key not in lists.post_links:
            break
        if any(m.start < word.end and word.start < m.end for m in replaced):
            break
        last = index
    while last > first and turn.words[last].key in lists.post_links:
        last -= 1
    return last


def _is_one_of_its_kind(turn: Turn, first: int, last: int) -> bool:
    """True when a unit is named: a service and which, an institution, anything with a capital."""
    lists = cues()
    inside = range(first + 1, last + 1)
    if any(is_shown(turn, index) or _is_institution(turn.words[index]) for index in inside):
        return True
    units = [index for index in inside if turn.words[index].key in lists.post_units]
    content = [index for index in inside if turn.words[index].key not in lists.post_links]
    return bool(units) and len(content) > 1


def _is_institution(word: Word) -> bool:
    """True for an institution whose key is not also a word of grammar, as « as »."""
    lists = cues()
    return word.key in lists.institutions and word.key not in lists.post_links | lists.post_stops
