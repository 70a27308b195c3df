"""Names that the named-entity model of a spaCy pipeline finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from textlien.annotation.annotate import check_pipeline, loaded_without
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location

if TYPE_CHECKING:
    from spacy.language import Language

_OPTION = "pseudonyms.pipeline"
_EXCLUDED = (
    "tok2vec",
    "tagger",
    "morphologizer",
    "parser",
    "senter",
    "attribute_ruler",
    "lemmatizer",
)
"""The entity recogniser has word vectors of its own."""

_BATCH = 64
"""Turns that the model takes at once; it bounds the memory of long interviews."""

_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‑": "-", "\n": " ", "\t": " ", "\xa0": " "})


class NamedSpan(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and PER, LOC, ORG or MISC."""

    start: int
    end: int
    label: str


def named_spans(texts: Sequence[str], pipeline: str) -> list[list[NamedSpan]]:
    """Find the named entities of each text.

    Parameters
    ----------
    texts : one a turn.
    pipeline : an installed package, or a folder.

    Raises
    ------
    TextlienError
        When the pipeline is missing, cannot be loaded or has no entity recogniser.
    """
    nlp = _load(pipeline)
    plain: Iterable[str] = (text.translate(_PLAIN) for text in texts)
    return [
        [NamedSpan(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        for doc in nlp.pipe(plain, batch_size=_BATCH)
    ]


@lru_cache(maxsize=1)
def _load(name: str) -> Language:
    """The pipeline with its entity recogniser only."""
    check_pipeline(name, _OPTION)
    nlp = loaded_without(name, _EXCLUDED, _OPTION)
    if not nlp.has_pipe("ner"):
        location = Location(option=_OPTION)
        raise TextlienError(
            Problem.error("pseudonyms.pipeline-without-entities", location, pipeline=name)
        )
    return nlp
