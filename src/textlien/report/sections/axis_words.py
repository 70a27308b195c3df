"""Words that speak for each axis and against it, and passages in which they are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from textlien.messages.translator import Translator
from textlien.messages.typography import set_french_spaces
from textlien.report.labels import Labels

_WORDS = 20
"""Words of each axis and direction."""

_YES, _REVIEW = 2, 1
"""Passages cited: of two interviews, and one in doubt."""

_ADDED = ("words", "meaning", "context")
"""Parts of a score, of columns ``score_…``."""

_FEWEST_WORDS = 20
"""Words of a passage that is worth citing."""

_SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage whose decision can be argued with.

    Attributes
    ----------
    pieces : text and ``for``, ``against`` or "" of each piece, in order.
    added : what words, meaning and the rest of the answer add, in words.
    """

    pieces: list[tuple[str, str]]
    decision: str
    source: str
    interview: str
    added: str


@dataclass(frozen=True, slots=True)
class AxisWords:
    """Evidence of one axis.

    Attributes
    ----------
    words_for, words_against : the weightiest first.
    parts : what the scores come from, in words; "" where it is not known.
    """

    label: str
    words_for: str
    words_against: str
    parts: str
    passages: list[Cited]


def axis_words_view(tables: Mapping[str, pd.DataFrame], labels: Labels) -> list[AxisWords]:
    """Evidence of each axis, in the order of the codebook.

    Parameters
    ----------
    tables : axis_words, axis_parts, passage_words, passage_axes, passages, interviews.
    """
    words, parts = tables["axis_words"], tables["axis_parts"]
    present = set(words["axis"])
    axes = [axis for axis in labels.items["axis"] if axis in present]
    cited = _cited(tables, labels)
    return [
        AxisWords(
            labels.item("axis", axis),
            _listed(words, axis, "for"),
            _listed(words, axis, "against"),
            _shares(parts[parts["axis"] == axis], labels.translator),
            cited.get(axis, []),
        )
        for axis in axes
    ]


def _listed(words: pd.DataFrame, axis: str, direction: str) -> str:
    """The weightiest words of an axis in one direction."""
    chosen = words[(words["axis"] == axis) & (words["direction"] == direction)]
    return _SEPARATOR.join(chosen.sort_values("rank")["word"].head(_WORDS))


def _shares(parts: pd.DataFrame, translator: Translator) -> str:
    """Shares of the parts of the scores of an axis, the greatest first."""
    ordered = parts.sort_values("score_share", ascending=False, kind="stable")
    return translator.listed(
        [
            f"{translator.text(f'values.part-{part}')} {translator.share(share, digits=0)}"
            for part, share in zip(ordered["part"], ordered["score_share"], strict=True)
        ]
    )


def _cited(tables: Mapping[str, pd.DataFrame], labels: Labels) -> dict[str, list[Cited]]:
    """Passages of each axis: those that most speaks for, of different interviews, and one in doubt.

    Not the most probable: all that coders say « yes » to have the value 1.
    """
    joined = (
        tables["passage_words"]
        .merge(tables["passage_axes"], on=["passage_id", "axis"])
        .merge(tables["passages"], on="passage_id")
        .merge(tables["interviews"], on="interview_id", suffixes=("", "_of_interview"))
    )
    joined["score"] = joined[[f"score_{part}" for part in _ADDED]].sum(axis=1)
    joined = joined[joined["n_words"] >= _FEWEST_WORDS].sort_values(
        ["score", "passage_id"], ascending=[False, True]
    )
    cited: dict[str, list[Cited]] = {}
    for axis, rows in joined.groupby("axis", sort=False):
        yes = rows[rows["decision"] == "yes"].drop_duplicates("interview_id").head(_YES)
        review = rows[rows["decision"] == "review"]
        middle = review.iloc[len(review) // 2 :].head(_REVIEW)
        chosen = pd.concat([yes, middle]).to_dict("records")
        cited[str(axis)] = [_passage(row, labels) for row in chosen]
    return cited


def _passage(row: Mapping[object, object], labels: Labels) -> Cited:
    """A passage as it is cited."""
    translator = labels.translator
    decision = translator.text(f"values.decision-{row['decision']}")
    probability = translator.decimal(float(str(row["probability"])), 2)
    added = translator.text(
        "report.axis-passage-added",
        **{part: translator.decimal(float(str(row[f"score_{part}"])), 1) for part in _ADDED},
    )
    said_by = (
        translator.text("report.axis-passage-coded", decision=decision)
        if row["decided_by"] == "coders"
        else translator.text("report.axis-passage", decision=decision, probability=probability)
    )
    return Cited(
        list(_marked(str(row["text"]), str(row["words_for"]), str(row["words_against"]))),
        said_by,
        labels.place(str(row["city"]), str(row["wave"]), str(row["actor"])),
        str(row["interview_id"]),
        added,
    )


def _marked(text: str, words_for: str, words_against: str) -> Iterator[tuple[str, str]]:
    """Pieces of a text, those that speak for the axis and against it apart."""
    directions = dict.fromkeys(_words(words_against), "against")
    directions |= dict.fromkeys(_words(words_for), "for")
    if not directions:
        yield set_french_spaces(text), ""
        return
    longest_first = sorted(directions, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in longest_first)
    at = 0
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE):
        yield set_french_spaces(text[at : match.start()]), ""
        yield match.group(), directions[match.group().lower()]
        at = match.end()
    yield set_french_spaces(text[at:]), ""


def _words(cell: str) -> Sequence[str]:
    """Words of a cell of the table, in lower case."""
    return [word.lower() for word in cell.split(_SEPARATOR) if word]
