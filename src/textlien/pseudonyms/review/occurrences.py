"""Where forms occur: counted as they are replaced, with a few words around."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.replace import Names

_AROUND = 60
_MOST = 3


@dataclass
class Occurrences:
    """Occurrences of one form by interview, and the first ones of each with words around."""

    counts: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def total(self, files: Sequence[str]) -> int:
        """Occurrences in some interviews, in all for none."""
        return sum(count for name, count in self.counts.items() if not files or name in files)

    def interviews(self, files: Sequence[str]) -> int:
        """Number of interviews with an occurrence."""
        return sum(not files or name in files for name in self.counts)

    def contexts(self, files: Sequence[str]) -> tuple[str, ...]:
        """A few occurrences, of as many interviews as there are."""
        among = [shown for name, shown in self.shown.items() if not files or name in files]
        ordered = [shown[place] for place in range(_MOST) for shown in among if place < len(shown)]
        return tuple(ordered[:_MOST])


def occurrences_in(forms: Iterable[str], turns: pd.DataFrame) -> dict[str, Occurrences]:
    """Occurrences of forms in turns, labels and sections.

    Parameters
    ----------
    forms : as they are written.
    turns : table ``turns``.
    """
    names = Names(Name(form, "other", "", "", "keep") for form in forms)
    found: dict[str, Occurrences] = defaultdict(Occurrences)
    columns = turns[["interview_id", "speaker", "section", "text"]].astype(str)
    labels = dict.fromkeys(
        (interview, text)
        for interview, speaker, section, _ in columns.itertuples(index=False)
        for text in (speaker, section)
        if text
    )
    said = zip(columns["interview_id"], columns["text"], strict=True)
    for interview, text in [*said, *labels]:
        for match in names.find_all(text):
            there = found[match.name.form]
            there.counts[interview] += 1
            if len(there.shown[interview]) < _MOST:
                there.shown[interview].append(_around(text, match.start, match.end))
    return dict(found)


def _around(text: str, start: int, end: int) -> str:
    """Some words before and behind, cut between words.

    >>> _around("Je connais bien Karim, de vue.", 16, 21)
    'Je connais bien Karim, de vue.'
    """
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, behind = text[first:start], text[end:last]
    if first:
        before = "… " + before.partition(" ")[2]
    if last < len(text):
        behind = behind.rpartition(" ")[0] + " …"
    return f"{before}{text[start:end]}{behind}".replace("\n", " ")
