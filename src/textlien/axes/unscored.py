"""Passages that a model is not asked about: in another language, or without a word of content."""

from __future__ import annotations

from collections.abc import Sequence

from textlien.axes.words.content import has_content
from textlien.transcripts.language import other_language

OTHER_LANGUAGE, NO_CONTENT = "other-language", "no-content"


def unscored(texts: Sequence[str]) -> dict[int, str]:
    """Reason why a passage has no score, by its row, for those that have none.

    The classifiers have learnt from French, and would give a text of another language the score of
    the names and cognates in it. Of « ah ben oui, voilà » they see words that every axis has, with
    the whole weight of the passage: « alors » alone had a probability of .19.
    """
    reasons = {}
    for row, text in enumerate(texts):
        if other_language(text):
            reasons[row] = OTHER_LANGUAGE
        elif not has_content(text):
            reasons[row] = NO_CONTENT
    return reasons
