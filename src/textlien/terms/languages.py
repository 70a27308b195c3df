"""Passages that are in another language than French, whose words are no terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location, message
from textlien.terms.collocations import Shards
from textlien.transcripts.language import LANGUAGES, other_language

_MOST_NAMED = 5
"""Interviews that a warning names."""

_COLUMNS = ["passage_id", "interview_id", "turn_first"]


def other_languages(passages: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Passages that are not in French, in the order of the corpus.

    Parameters
    ----------
    passages : tables ``passages``, one interview or several at a time.

    Returns
    -------
    Columns ``passage_id``, ``interview_id`` and ``turn_first`` of ``passages``, and ``language``,
    of :data:`~textlien.transcripts.language.LANGUAGES`.
    """
    parts = [pd.DataFrame(columns=[*_COLUMNS, "language"])]
    for table in passages:
        languages = pd.Series(map(other_language, table["text"]), index=table.index, dtype=object)
        if (languages != "").any():
            parts.append(table[_COLUMNS].assign(language=languages)[languages != ""])
    return pd.concat(parts[1:] or parts, ignore_index=True)


def in_french(shards: Shards, others: pd.DataFrame) -> Shards:
    """The tables ``tokens`` of ``shards`` but for the passages that are not in French.

    Parameters
    ----------
    others : these passages (:func:`other_languages`).
    """
    left_out = frozenset(others["passage_id"])

    def rest() -> Iterator[pd.DataFrame]:
        for tokens in shards():
            is_out = tokens["passage_id"].isin(left_out)
            yield tokens[~is_out] if is_out.any() else tokens

    return rest


def warning(others: pd.DataFrame, first: Location) -> Problem:
    """Say how many passages are in which other language, and in which interviews most are.

    Parameters
    ----------
    others : passages that are not in French (:func:`other_languages`), not empty.
    first : place of the first of them.
    """
    languages, interviews = others["language"].value_counts(), others["interview_id"].value_counts()
    named = interviews.sort_index().sort_values(ascending=False, kind="stable")
    return Problem.warning(
        "terms.other-language",
        first,
        passages=len(others),
        interviews=len(interviews),
        languages=tuple(
            message(f"terms.language-{name}", n=int(languages[name]))
            for name in LANGUAGES
            if name in languages
        ),
        named=tuple(
            message("terms.in-interview", interview=str(name), n=int(n))
            for name, n in named.head(_MOST_NAMED).items()
        ),
    )
