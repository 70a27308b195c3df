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

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from textlien import tables
from textlien.errors import TextlienError

SHARDED = ("turns", "passages", "tokens", "passage_axes")
"""Tables kept as one Parquet file an interview."""

_DIGEST_LENGTH = 16

DELETE = "Delete this file and run again; nothing else is lost."


def digest(*parts: object) -> str:
    """Short SHA-256 of any JSON-like values: equal values, equal digest, on any machine."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_files(folder: Path, digests: Mapping[str, str], remedy: str) -> None:
    """Refuse a folder whose files are not those that its manifest lists.

    Parameters
    ----------
    digests : SHA-256 of each file, by its path in the folder.
    remedy : how to make the folder again, for the message.

    Raises
    ------
    TextlienError
        Names the first file that is missing or another one.
    """
    for file, expected in digests.items():
        path = folder / file
        if not path.is_file():
            raise TextlienError(f"{path}: the file is missing from the model.", remedy)
        if file_digest(path) != expected:
            message = f"{path}: not the file that was written (its digest differs)."
            raise TextlienError(message, f"Restore it. {remedy}")


def table_digest(frame: pd.DataFrame) -> str:
    """Short digest of the content of a table: columns, rows and their order."""
    hashed = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    return digest(list(frame.columns), hashlib.sha256(hashed.tobytes()).hexdigest())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not tempfile: its files are for their owner alone, and a report is for colleagues too.
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_json(path: Path, value: object) -> None:
    """Write a JSON file, sorted and indented so that two versions compare line by line."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    write_bytes(path, (text + "\n").encode())


def write_table(path: Path, name: str, frame: pd.DataFrame) -> None:
    """Check table ``name`` against its schema and write it as Parquet."""
    table = pa.Table.from_pandas(tables.check(name, frame), preserve_index=False)
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer, compression="zstd")
    write_bytes(path, buffer.getvalue().to_pybytes())


def read_table(path: Path, name: str) -> pd.DataFrame:
    """Read a Parquet file and check it against the schema of table ``name``.

    Raises
    ------
    TextlienError
        When the file is damaged, or was written by a version with other columns.
    """
    try:
        # A file object: pyarrow would otherwise read « city=… » in a path as a partition.
        with path.open("rb") as stream:
            frame = pq.read_table(stream).to_pandas()
    except (OSError, pa.ArrowException) as error:
        raise TextlienError(f"{path}: cannot be read ({error}).", DELETE) from error
    try:
        return tables.check(name, frame)
    except TextlienError as error:
        raise TextlienError(f"{path}: {error.message}", DELETE) from error


def count_rows(path: Path) -> int:
    """Number of rows of a Parquet file, without reading them."""
    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException) as error:
        raise TextlienError(f"{path}: cannot be read ({error}).", DELETE) from error


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
            raise TextlienError(f'there is no table "{name}".', f"Tables: {known}.")
        if name in SHARDED and name in self:
            return concatenate(name, self.shards(name))
        path = self.path(name)
        if not path.exists():
            raise TextlienError(
                f'this run has no table "{name}" ({self.folder}).', "Run: textlien run STUDY"
            )
        return read_table(path, name)

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
            yield read_table(self.shard(name, interview, key), name)

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
        write_table(self.path(name), name, frame)

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


def concatenate(name: str, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of one schema one below the other."""
    parts: Sequence[pd.DataFrame] = [frame for frame in frames if len(frame)]
    return pd.concat(parts, ignore_index=True) if parts else tables.make(name, [])
