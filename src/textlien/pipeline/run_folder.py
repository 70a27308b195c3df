"""The run folder: Parquet tables and shards, digests, the manifest.

Layout of ``runs/<study>/``::

    manifest.json                        inputs, options, versions and results
    tables/<table>.parquet               a table that concerns the whole corpus
    tables/<table>/<interview>.<key>.parquet   one shard per interview, named after what made it
    readings/<key>.json                  what a transcript file held, without its words
    report/index.html, report/tables/*.csv

A shard's key is a digest of everything that it was made from; a shard that exists is therefore
up to date, and one more interview costs that interview alone. All writes go through a temporary
file and a rename, so that a run that is stopped leaves no half-written file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from textlien import tables
from textlien.errors import Problem, TextlienError, did_you_mean, raise_all
from textlien.files.atomic import write_bytes
from textlien.files.digests import file_digest
from textlien.messages.message import Location
from textlien.pipeline.manifest import Manifest
from textlien.study.options import Study
from textlien.tables.parquet import concatenate, read_parquet, write_parquet

SHARDED = ("turns", "passages", "tokens", "passage_vectors", "passage_axes")
"""Tables kept as one Parquet file per interview."""


class Run:
    """The tables of a run, by name: ``run["profiles"]``.

    Parameters
    ----------
    folder : ``runs/<study>/``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest: Manifest | None = None

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The whole table ``name``, shards put together in the order of the interviews.

        Raises
        ------
        TextlienError
            When there is no such table, the run has not reached it yet, or its manifest is damaged.
        """
        if name not in tables.SCHEMAS:
            near = did_you_mean(name, sorted(tables.SCHEMAS))
            raise TextlienError(
                Problem.error(
                    "pipeline.unknown-table",
                    Location(file=self.folder.name),
                    table=name,
                    suggestion=near,
                )
            )
        if name not in self:
            raise_all(self.unusable)
            folder = Location(file=str(self.folder))
            raise TextlienError(Problem.error("pipeline.table-not-made", folder, table=name))
        if name in SHARDED:
            return concatenate(name, self.shards(name))
        return read_parquet(self.path(name), name)

    def __contains__(self, name: object) -> bool:
        """True when the table ``name`` is in the run, in one file or in shards."""
        if name in SHARDED:
            return name in self.manifest.shards
        return isinstance(name, str) and self.path(name).exists()

    def path(self, name: str) -> Path:
        """Path of the table ``name``, when it is not sharded."""
        return self.folder / "tables" / f"{name}.parquet"

    def shard(self, name: str, interview: str, key: str) -> Path:
        """Path of the shard of one interview."""
        return self.folder / "tables" / name / f"{interview}.{key}.parquet"

    def shards(self, name: str) -> Iterator[pd.DataFrame]:
        """Table ``name`` of one interview after the other, in the order of ``interviews``."""
        for interview, key in self.manifest.shards.get(name, {}).items():
            yield read_parquet(self.shard(name, interview, key), name)

    def files(self, names: Iterable[str], shards: Mapping[str, Mapping[str, str]]) -> list[Path]:
        """Parquet files of some tables.

        Parameters
        ----------
        names : of the tables.
        shards : key of the shard of each interview, by sharded table.
        """
        whole = [self.path(name) for name in names if name not in SHARDED]
        return whole + [
            self.shard(name, interview, key)
            for name, keys in shards.items()
            for interview, key in keys.items()
        ]

    def digests(self, paths: Iterable[Path]) -> dict[str, str]:
        """SHA-256 of each file that is there, by its path in the run folder."""
        return {
            path.relative_to(self.folder).as_posix(): file_digest(path)
            for path in paths
            if path.is_file()
        }

    def delete_other_shards(self, name: str, keys: Mapping[str, str]) -> None:
        """Delete the shards of table ``name`` that are of no interview, or were made otherwise."""
        current = {self.shard(name, interview, key).name for interview, key in keys.items()}
        folder = self.folder / "tables" / name
        for path in folder.glob("*.parquet") if folder.is_dir() else ():
            if path.name not in current:
                path.unlink()

    def write(self, name: str, frame: pd.DataFrame) -> None:
        """Write a table of the whole corpus."""
        write_parquet(self.path(name), name, frame)

    @property
    def manifest(self) -> Manifest:
        """The content of ``manifest.json``; empty before the first run, or when it is damaged."""
        if self._manifest is None:
            path = self.folder / "manifest.json"
            stored = Manifest.from_json(path.read_bytes()) if path.is_file() else None
            self._manifest = stored or Manifest()
        return self._manifest

    @property
    def unusable(self) -> list[Problem]:
        """A problem when there is a ``manifest.json`` that is damaged or of another version."""
        path = self.folder / "manifest.json"
        if not path.is_file() or Manifest.from_json(path.read_bytes()):
            return []
        return [Problem.warning("pipeline.unusable-manifest", Location(file=str(path)))]

    def save(self, manifest: Manifest) -> None:
        """Write ``manifest.json``. The order of interviews in it is that of the corpus."""
        content = manifest.model_dump(mode="json")
        text = json.dumps(content, ensure_ascii=False, indent=1)
        write_bytes(self.folder / "manifest.json", (text + "\n").encode())
        self._manifest = manifest


def run_folder(study: Study) -> Path:
    """Folder of the run of a study: ``runs/<name>`` beside the study file."""
    return study.folder / "runs" / study.name
