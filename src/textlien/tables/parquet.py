"""Tables as Parquet files, checked against their schema on write and on read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from textlien.errors import Problem, TextlienError
from textlien.files.atomic import write_bytes
from textlien.files.digests import digest
from textlien.messages.message import Location
from textlien.tables.frames import make
from textlien.tables.schemas import SCHEMAS
from textlien.tables.validation import violations


def table_digest(frame: pd.DataFrame) -> str:
    """Short digest of the content of a table: columns, rows and their order."""
    hashed = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    return digest(list(frame.columns), hashlib.sha256(hashed.tobytes()).hexdigest())


def write_parquet(path: Path, name: str, frame: pd.DataFrame) -> None:
    """Check table ``name`` against its schema and write it as Parquet.

    Raises
    ------
    TextlienError
        When it breaks the schema: all violations at once.
    """
    faults = violations(SCHEMAS[name], frame)
    if faults:
        summary = Problem.error("tables.not-written", Location(file=str(path)), n=len(faults))
        raise TextlienError(summary, *faults)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer, compression="zstd")
    write_bytes(path, buffer.getvalue().to_pybytes())


def read_parquet(path: Path, name: str) -> pd.DataFrame:
    """Read a Parquet file and check it against the schema of table ``name``.

    Raises
    ------
    TextlienError
        When the file is damaged, or was written by a version with other columns.
    """
    try:
        # A file object: pyarrow would otherwise read « city=… » in a path as a partition.
        with path.open("rb") as stream:
            frame: pd.DataFrame = pq.read_table(stream).to_pandas()
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path) from error
    faults = violations(SCHEMAS[name], frame)
    if faults:
        summary = Problem.error("tables.other-version", Location(file=str(path)), n=len(faults))
        raise TextlienError(summary, *faults)
    return frame


def count_rows(path: Path) -> int:
    """Number of rows of a Parquet file, without reading them."""
    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> TextlienError:
    """The error of a file that is gone, is not Parquet, or is cut short."""
    location = Location(file=str(path))
    if not path.exists():
        return TextlienError(Problem.error("tables.missing", location))
    return TextlienError(Problem.error("tables.unreadable", location))


def concatenate(name: str, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of one schema one below the other."""
    parts: Sequence[pd.DataFrame] = [frame for frame in frames if len(frame)]
    return pd.concat(parts, ignore_index=True) if parts else make(name, [])
