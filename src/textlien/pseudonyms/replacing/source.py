"""A study whose corpora were read, as its caller hands it over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.corpus.describe import Corpus
from textlien.study.options import Study


class Source(NamedTuple):
    """A study with its interviews.

    Attributes
    ----------
    study : options and paths.
    corpus : tables of interviews and variables, and the interviews that are included.
    turns : gives table ``turns`` of an interview that is included.
    """

    study: Study
    corpus: Corpus
    turns: Callable[[str], pd.DataFrame]

    @property
    def included(self) -> pd.DataFrame:
        """Table ``interviews`` of those that are included."""
        interviews = self.corpus.interviews
        return interviews[interviews["interview_id"].isin(set(self.corpus.turns))]

    def text(self, interview: str) -> str:
        """Normalised text of an interview, "" when it was left out."""
        if interview not in self.corpus.turns:
            return ""
        return tables.normalised_text(self.turns(interview))


Read = Callable[[Study, Path], Source]
"""Reads the corpora of a study; the tables go into the folder."""
