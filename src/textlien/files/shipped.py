"""Folders of the files that come with textlien: codebook, lexicons, demonstration, models."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_SOURCE_TREE = {
    "configs": "configs",
    "demo": "corpora/demo",
    "annotator": "models/annotator",
    "axes": "models/axes",
}


def folder(name: str) -> Path:
    """Folder of shipped files.

    Parameters
    ----------
    name : ``configs``, ``demo``, ``annotator`` or ``axes``.

    Notes
    -----
    A wheel carries them in ``textlien/share``; a source tree keeps them at its top.
    """
    shipped = _PACKAGE / "share" / name
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / _SOURCE_TREE[name]


def package_folder(name: str) -> Path | None:
    """Folder of an installed package, without importing it; None where there is none."""
    spec = find_spec(name) if name.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else None
