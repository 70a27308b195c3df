"""The run folder: Parquet tables and shards, digests, the manifest.

Layout of ``runs/<study>/``::

    manifest.json                        what was run on what, with which versions
    tables/<table>.parquet               a table that concerns the whole corpus
    tables/<table>/<interview>.<key>.parquet   one shard an interview, named after what made it
    readings/<key>.json                  what a transcript file held, without its words
    report/index.html, report/tables/*.csv

A shard's key is a digest of everything that it was made from; a shard that exists is therefore
up to date, and one more interview costs that interview alone. All writes go through a temporary
file and a rename, so that a run that is stopped leaves no half-written file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from textlien import tables
from textlien.files.atomic import write_bytes
from textlien.raw import raw_error
from textlien.study.options import Study
from textlien.tables.parquet import concatenate, read_parquet, write_parquet

SHARDED = ("turns", "passages", "tokens", "passage_axes")
"""Tables kept as one Parquet file an interview."""


class Run:
    """The tables of a run, by name: ``run["profiles"]``.

    Parameters
    ----------
    folder : ``runs/<study>/``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The whole table ``name``, shards put together in the order of the interviews.

        Raises
        ------
        TextlienError
            When there is no such table, or the run has not got to it yet.
        """
        if name not in tables.SCHEMAS:
            known = ", ".join(sorted(tables.SCHEMAS))
            raise raw_error(f'there is no table "{name}".', f"Tables: {known}.")
        if name in SHARDED and name in self:
            return concatenate(name, self.shards(name))
        path = self.path(name)
        if not path.exists():
            raise raw_error(
                f'this run has no table "{name}" ({self.folder}).', "Run: textlien run STUDY"
            )
        return read_parquet(path, name)

    def __contains__(self, name: object) -> bool:
        if name in SHARDED:
            return name in self.manifest.get("shards", {})
        return isinstance(name, str) and self.path(name).exists()

    def path(self, name: str) -> Path:
        """Where the table ``name`` is, when it is not sharded."""
        return self.folder / "tables" / f"{name}.parquet"

    def shard(self, name: str, interview: str, key: str) -> Path:
        """Where the shard of one interview is."""
        return self.folder / "tables" / name / f"{interview}.{key}.parquet"

    def shards(self, name: str) -> Iterator[pd.DataFrame]:
        """Table ``name`` of one interview after the other, in the order of ``interviews``."""
        keys: Mapping[str, str] = self.manifest.get("shards", {}).get(name, {})
        for interview, key in keys.items():
            yield read_parquet(self.shard(name, interview, key), name)

    def set_shards(self, name: str, keys: Mapping[str, str]) -> None:
        """Record which shards make up table ``name``, and delete those that no longer do."""
        self.manifest.setdefault("shards", {})[name] = dict(keys)
        self.save_manifest()
        wanted = {self.shard(name, interview, key).name for interview, key in keys.items()}
        folder = self.folder / "tables" / name
        for path in folder.glob("*.parquet") if folder.is_dir() else ():
            if path.name not in wanted:
                path.unlink()

    def write(self, name: str, frame: pd.DataFrame) -> None:
        """Write a table of the whole corpus."""
        write_parquet(self.path(name), name, frame)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What ``manifest.json`` says; empty before the first run, or when it is damaged."""
        path = self.folder / "manifest.json"
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        if not isinstance(content, dict):
            return {}
        parts = (content.get(name, {}) for name in ("stages", "shards"))
        return content if all(isinstance(part, dict) for part in parts) else {}

    def save_manifest(self) -> None:
        """Write ``manifest.json``. The order of interviews in it is that of the corpus."""
        text = json.dumps(self.manifest, ensure_ascii=False, indent=1, default=str)
        write_bytes(self.folder / "manifest.json", (text + "\n").encode())


def run_folder(study: Study) -> Path:
    """Where the run of a study is kept: ``runs/<name>`` beside the study file."""
    return study.folder / "runs" / study.name
