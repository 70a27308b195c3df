"""Interviews of a corpus and who speaks in them, as numbers beside the material."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien.arrays import Floats, Integers


class Speech(NamedTuple):
    """Interviews, and how much of each a passage is.

    Attributes
    ----------
    interviews : identifiers of all interviews that have a passage.
    of_passage : (passages of the material,), number in ``interviews`` of the interview of each.
    words : (passages of the material,), number of words of each.
    n_words, n_passages : (interviews,), of all passages, those without any term included.
    persons : (interviews of the material,), number of the person of each.
    """

    interviews: tuple[str, ...]
    of_passage: Integers
    words: Floats
    n_words: Floats
    n_passages: Floats
    persons: Integers


def speech_of(
    of_material: Sequence[str], passages: pd.DataFrame, interviews: pd.DataFrame
) -> Speech:
    """Put together what refits have to know of interviews.

    Parameters
    ----------
    of_material : identifiers of the passages of the material.
    passages, interviews : tables; of ``interviews``, only who the person is.
    """
    codes, names = pd.factorize(passages["interview_id"])
    words = passages["n_words"].to_numpy(dtype="float64")
    rows = pd.Index(passages["passage_id"]).get_indexer(pd.Index(of_material))
    used = pd.unique(codes[rows])
    person = dict(zip(interviews["interview_id"], interviews["person"], strict=True))
    return Speech(
        tuple(names),
        codes[rows].astype(np.int64),
        words[rows],
        np.bincount(codes, weights=words, minlength=len(names)).astype("float64"),
        np.bincount(codes, minlength=len(names)).astype("float64"),
        # An interview of an unnamed person is somebody's alone.
        pd.factorize(np.array([person[name] or name for name in names[used]]))[0].astype(np.int64),
    )


def count_persons(interviews: pd.DataFrame) -> int:
    """Number of persons in a table ``interviews``; each interview of an unnamed one counts."""
    person = interviews["person"]
    return int(person.where(person != "", interviews["interview_id"]).nunique())
