"""Names of speakers that only their look tells from the speech behind them: « **Marie** Oui. »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from textlien.transcripts.layout.headings import LABELS, Label, label_of, seldom_repeated
from textlien.transcripts.look import Look, Piece
from textlien.transcripts.speakers.openings.voices import OPENERS

_SEPARATORS = " \t\u00a0–—-.,|"
# Share of the paragraphs that begin in a look of their own, from which such beginnings are names:
# else they are words that somebody stressed. A judgement.
_LEAST_SHARE = 0.6


def names_in_front(paragraphs: Sequence[Sequence[Piece]]) -> dict[int, Label]:
    """Names at the beginning of paragraphs, by index, if they come back and take turns.

    Parameters
    ----------
    paragraphs : pieces of each, in order; none where a paragraph has one look.
    """
    groups: dict[Look, dict[int, Label | None]] = {}
    for index, pieces in enumerate(paragraphs):
        if len(pieces) > 1 and (look := pieces[0][1] - pieces[1][1]):
            groups.setdefault(look, {})[index] = _name(pieces)
    names: dict[int, Label] = {}
    for members in groups.values():
        names |= _taking_turns(members)
    return names


def _name(pieces: Sequence[Piece]) -> Label | None:
    """The name that the first piece of a paragraph may be; a colon makes it a label by itself."""
    first, behind = pieces[0][0].strip(), pieces[1][0].lstrip()
    if ":" in first or behind.startswith(":") or not first[:1].isupper():
        return None
    label = label_of(first.rstrip(_SEPARATORS))
    return label if label and label.key not in OPENERS else None


def _taking_turns(members: Mapping[int, Label | None]) -> dict[int, Label]:
    """The names among beginnings of one look that come back and take turns."""
    counts = Counter(label.key for label in members.values() if label)
    back = {key for key, count in counts.items() if count >= LABELS.times}
    names = {index: label for index, label in members.items() if label and label.key in back}
    are_many = len(names) >= max(LABELS.total, _LEAST_SHARE * len(members))
    takes_turns = seldom_repeated([label.key for label in names.values()])
    return names if 2 <= len(back) <= LABELS.voices and are_many and takes_turns else {}


def behind(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a paragraph behind its name and what parts the two."""
    (text, look), *others = pieces[1:]
    return [(text.lstrip(_SEPARATORS), look), *others]
