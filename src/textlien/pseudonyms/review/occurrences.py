"""Occurrences of forms, counted as they are replaced, with a few words around."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from textlien.pseudonyms.exact_forms import ExactForms
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.review.rows import N_CONTEXTS

_AROUND = 60
"""Characters on either side of a form: two or three lines of the sheet's column of contexts."""


@dataclass
class Occurrences:
    """Occurrences of one form by interview, and the first ones of each with words around."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def total(self, files: Sequence[str]) -> int:
        """Occurrences in some interviews, in all for none."""
        return sum(count for name, count in self.counts.items() if not files or name in files)

    def interviews(self, files: Sequence[str]) -> int:
        """Number of interviews with an occurrence."""
        return sum(not files or name in files for name in self.counts)

    def contexts(self, files: Sequence[str]) -> tuple[str, ...]:
        """A few occurrences, of as many interviews as possible."""
        lists = [some for name, some in self.examples.items() if not files or name in files]
        ordered = [some[rank] for rank in range(N_CONTEXTS) for some in lists if rank < len(some)]
        return tuple(ordered[:N_CONTEXTS])


def occurrences_in(forms: Iterable[str], turns: pd.DataFrame) -> dict[str, Occurrences]:
    """Occurrences of forms in turns, labels and sections.

    Parameters
    ----------
    forms : as they are written.
    turns : table ``turns``.
    """
    exact = ExactForms(Name(form, "other", "", "", "keep") for form in forms)
    occurrences: dict[str, Occurrences] = defaultdict(Occurrences)
    columns = turns[["interview_id", "speaker", "section", "text"]].astype(str)
    labels = dict.fromkeys(
        (interview, text)
        for interview, speaker, section, _ in columns.itertuples(index=False)
        for text in (speaker, section)
        if text
    )
    texts = zip(columns["interview_id"], columns["text"], strict=True)
    for interview, text in [*texts, *labels]:
        for match in exact.find_all(text):
            of_form = occurrences[match.name.form]
            of_form.counts[interview] += 1
            if len(of_form.examples[interview]) < N_CONTEXTS:
                of_form.examples[interview].append(_around(text, match.start, match.end))
    return dict(occurrences)


def _around(text: str, start: int, end: int) -> str:
    """A form with some words before and behind, cut between words.

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
