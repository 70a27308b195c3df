"""Normalised texts of interviews, from the shards of table ``turns``."""

from __future__ import annotations

from collections.abc import Mapping

from textlien import tables
from textlien.pipeline.run_folder import Run
from textlien.tables.parquet import read_parquet


class Texts:
    """Normalised text of an interview, by identifier; "" for one that was not read.

    Parameters
    ----------
    run : holds the shards.
    keys : key of the shard of ``turns`` of each interview.
    """

    def __init__(self, run: Run, keys: Mapping[str, str]) -> None:
        self._run = run
        self._keys = keys

    def __call__(self, interview: str) -> str:
        """Read the text of one interview."""
        if interview not in self._keys:
            return ""
        shard = self._run.shard("turns", interview, self._keys[interview])
        return tables.normalised_text(read_parquet(shard, "turns"))
