"""Posts that one person of a town has: « la responsable du service logement »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.mentions import GUESS, Mention, mention
from textlien.pseudonyms.finding.nameword import follows, is_shown
from textlien.pseudonyms.finding.words import Turn, Word

_MOST = 8


def posts(turn: Turn, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Posts of a turn that are said with their service, field or sector.

    Parameters
    ----------
    taken : names of the turn that are replaced. A post ends before them: kept with one inside,
        it would keep the name too.
    """
    known = cues()
    index = 0
    while index < len(turn.words):
        word = turn.words[index]
        if word.key not in known.post_heads or any(m.start <= word.start < m.end for m in taken):
            index += 1
            continue
        last = _last(turn, index, taken)
        if _is_one_of_its_kind(turn, index, last):
            yield mention(
                turn, index, last, "other", "poste", label="poste", sure=False, rank=GUESS
            )
            index = last
        index += 1


def _last(turn: Turn, first: int, taken: Sequence[Mention]) -> int:
    known = cues()
    last = first
    for index in range(first + 1, min(first + _MOST, len(turn.words))):
        word = turn.words[index]
        if not follows(turn, index) or word.begins or word.key in known.titles:
            break
        if word.key in known.post_stops and word.key not in known.post_links:
            break
        if any(m.start < word.end and word.start < m.end for m in taken):
            break
        last = index
    while last > first and turn.words[last].key in known.post_links:
        last -= 1
    return last


def _is_one_of_its_kind(turn: Turn, first: int, last: int) -> bool:
    """Whether a unit is named: a service and which, an institution, anything with a capital."""
    known = cues()
    inside = range(first + 1, last + 1)
    if any(is_shown(turn, index) or _is_institution(turn.words[index]) for index in inside):
        return True
    units = [index for index in inside if turn.words[index].key in known.post_units]
    content = [index for index in inside if turn.words[index].key not in known.post_links]
    return bool(units) and len(content) > 1


def _is_institution(word: Word) -> bool:
    known = cues()
    return word.key in known.institutions and word.key not in known.post_links | known.post_stops
