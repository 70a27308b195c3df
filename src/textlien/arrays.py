"""Types of arrays, rows of unit length, and the archive that model folders keep arrays in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


Integers = NDArray[np.int64]


def unit_rows(vectors: Floats) -> Floats:
    """Rows of Euclidean length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype="float64")


_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP archive can hold."""


def archive(arrays: Mapping[str, NDArray[np.floating]]) -> bytes:
    """Content of an ``.npz`` archive: equal arrays, equal bytes.

    Arrays of two bytes a number stay so. Entries have no date, and are not compressed, since zlib
    does not give the same bytes everywhere.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as entries:
        for name, values in sorted(arrays.items()):
            entry = io.BytesIO()
            number = "<f2" if values.dtype == np.float16 else "<f8"
            content_of = np.ascontiguousarray(values, dtype=number)
            np.lib.format.write_array(entry, content_of, version=(1, 0), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=_NO_DATE)
            entries.writestr(info, entry.getvalue(), zipfile.ZIP_STORED)
    return content.getvalue()


def read_archive(path: Path) -> dict[str, Floats]:
    """Arrays of an archive, by name. Nothing is executed on reading (``allow_pickle=False``).

    Raises
    ------
    OSError, ValueError, zipfile.BadZipFile
        When the file is not an archive of arrays of numbers.
    """
    with np.load(path, allow_pickle=False) as entries:
        return {name: np.asarray(entries[name], dtype=np.float64) for name in entries.files}
