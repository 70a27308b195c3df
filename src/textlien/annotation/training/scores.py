"""Scores of an annotator on a treebank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from textlien.annotation.training.treebank import GoldToken

CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
"""Parts of speech of the words that terms are made of."""


class Tagged(NamedTuple):
    """One token as an annotator sees it; ``start`` counts characters of the sentence."""

    start: int
    form: str
    lemma: str
    pos: str


class Scores(NamedTuple):
    """Per cent right, punctuation (gold) left out.

    Attributes
    ----------
    lemma : without regard to case, for the treebanks disagree on it.
    content : lemma of the words that are a noun, a verb or an adjective in gold.
    upos : part of speech.
    selection : F1 of choosing the nouns, verbs and adjectives.
    cut : F1 of the places of all tokens, punctuation included.
    """

    lemma: float
    content: float
    upos: float
    selection: float
    cut: float


def tagged(doc: Doc) -> list[Tagged]:
    """Tokens of a document as a pipeline gives them, blanks left out."""
    return [
        Tagged(token.idx, token.text, token.lemma_, token.pos_)
        for token in doc
        if not token.is_space
    ]


def starts(sentence: Sequence[GoldToken]) -> list[int]:
    """Offset of each token in the text of the sentence."""
    places, place = [], 0
    for token in sentence:
        places.append(place)
        place += len(token.form) + token.space_after
    return places


def score(gold: Iterable[Sequence[GoldToken]], tagged: Iterable[Sequence[Tagged]]) -> Scores:
    """Compare token by token of the same place: a word that is cut otherwise is wrong.

    Parameters
    ----------
    gold, tagged : the same sentences, in the same order.
    """
    words = lemmas = content = content_lemmas = upos = 0
    chosen = chosen_right = cut_right = tokens = 0
    for sentence, answers in zip(gold, tagged, strict=True):
        by_span = {(token.start, token.start + len(token.form)): token for token in answers}
        tokens += len(sentence) + len(by_span)
        chosen += sum(token.pos in CONTENT for token in answers)
        for start, wanted in zip(starts(sentence), sentence, strict=True):
            token = by_span.get((start, start + len(wanted.form)))
            cut_right += token is not None
            if wanted.pos == "PUNCT":
                chosen -= token is not None and token.pos in CONTENT
                continue
            words += 1
            content += wanted.pos in CONTENT
            if token is not None:
                same = wanted.lemma.lower() == token.lemma.lower()
                lemmas += same
                content_lemmas += same and wanted.pos in CONTENT
                upos += wanted.pos == token.pos
                chosen_right += wanted.pos in CONTENT and token.pos in CONTENT
    return Scores(
        100 * lemmas / words,
        100 * content_lemmas / content,
        100 * upos / words,
        200 * chosen_right / (content + chosen),
        200 * cut_right / tokens,
    )
