"""Suggest the names of a corpus, each with a pseudonym, for a person to review.

The way of a turn: it is cut into words (``finding.words``), rules find mentions in it
(``finding.detect``, ``finding.propagate``), mentions are linked to referents (``linking``), and
their forms become rows (``review.suggestions``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from textlien.pseudonyms.finding.detect import detect, keys_to_keep
from textlien.pseudonyms.finding.mentions import Mention
from textlien.pseudonyms.finding.propagate import propagate
from textlien.pseudonyms.finding.rules.labels import named
from textlien.pseudonyms.finding.words import Turn, turns_of, words_of
from textlien.pseudonyms.linking.parts import settle_parts
from textlien.pseudonyms.linking.people import People
from textlien.pseudonyms.linking.referents import Referents
from textlien.pseudonyms.linking.settings import settings_of
from textlien.pseudonyms.linking.uses import uses_of
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.reasons import Reason
from textlien.pseudonyms.review.occurrences import occurrences_in
from textlien.pseudonyms.review.suggestions import rows_of


def suggest(
    turns: pd.DataFrame,
    interviews: pd.DataFrame,
    *,
    pipeline: str,
    keep: Sequence[str],
    roster: Sequence[str],
) -> list[Name]:
    """Find the names of a corpus, with entities and pseudonyms.

    No name is found for certain, and none is left out for certain: what is doubtful has the
    action ``ask``.

    Parameters
    ----------
    turns : table ``turns`` of all interviews, in order.
    interviews : table ``interviews``: city and person of each.
    pipeline : the spaCy pipeline whose entity model is asked.
    keep : cities of the study, which stay.
    roster : interviewees, as the metadata name them.

    Returns
    -------
    Rows in the order in which they are to be reviewed. A form that is not the same person's, or
    not a name, everywhere has several rows, each with its interviews.
    """
    cut = turns_of(_texts(turns))
    kept = keys_to_keep(keep)
    reserved = _words(cut, turns, interviews) | kept
    outside = [*_labels(turns), *_rostered(interviews, set(roster))]

    inside = detect(cut, pipeline, kept)
    mentions = propagate(cut, [*outside, *inside])

    settings = settings_of(interviews, mentions, turns)
    mentions = settle_parts(mentions, settings)
    people = People([mention for mention in mentions if mention.kind == "person"], settings)
    referents = Referents(mentions, people, settings, reserved)
    uses = uses_of(mentions, cut, referents, people, kept)

    occurrences = occurrences_in(sorted({use.form for use in uses}), turns)
    return rows_of(uses, occurrences)


def _texts(turns: pd.DataFrame) -> list[tuple[str, str]]:
    """Interview and text of each turn, then of each section."""
    interviews = turns["interview_id"].astype(str)
    sections = dict.fromkeys(zip(interviews, turns["section"].astype(str), strict=True))
    texts = zip(interviews, turns["text"].astype(str), strict=True)
    return [*texts, *(pair for pair in sections if pair[1])]


def _labels(turns: pd.DataFrame) -> list[Mention]:
    """Persons that labels of turns name; interviewers for a person to decide about."""
    pairs = turns[["interview_id", "speaker", "role"]].drop_duplicates()
    return [
        mention if role != "interviewer" else replace(mention, sure=False)
        for interview, label, role in pairs.itertuples(index=False)
        for mention in named(str(interview), str(label), Reason.LABEL)
    ]


def _rostered(interviews: pd.DataFrame, roster: set[str]) -> list[Mention]:
    """Persons that the metadata name."""
    return [
        mention
        for interview, person in zip(interviews["interview_id"], interviews["person"], strict=True)
        if str(person) in roster
        for mention in named(str(interview), str(person), Reason.ROSTER)
    ]


def _words(cut: Sequence[Turn], turns: pd.DataFrame, interviews: pd.DataFrame) -> set[str]:
    """Keys of all words of a corpus and its metadata, which no pseudonym may be."""
    words = {word.key for turn in cut for word in turn.words}
    for column in (turns["speaker"], interviews["person"], interviews["interview_id"]):
        words |= {word.key for value in column.unique() for word in words_of(str(value))}
    return words | {part for word in words for part in word.split(" ")}
