"""From French interview transcripts to theme profiles per city and wave.

The library in four names: :func:`load` reads a study file, :func:`check` reads all that it names
and lists what is wrong, :func:`run` executes its stages, :class:`Run` holds the tables of a run.

>>> import textlien
>>> tables, problems = textlien.run(textlien.load("study.toml"))  # doctest: +SKIP
>>> tables["profiles"]  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textlien.commands.check import check_study as check
    from textlien.pipeline.run import run
    from textlien.pipeline.run_folder import Run
    from textlien.study.loading import load

    __version__: str

__all__ = ["Run", "__version__", "check", "load", "run"]

_WHERE = {
    "Run": ("textlien.pipeline.run_folder", "Run"),
    "check": ("textlien.commands.check", "check_study"),
    "load": ("textlien.study.loading", "load"),
    "run": ("textlien.pipeline.run", "run"),
}
"""Exported name → module and name there. Loaded on first use: they bring pandas and spaCy."""


def __getattr__(name: str) -> object:
    """Load an exported name on first use (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return globals().setdefault(name, version("textlien"))
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _WHERE[name]
    return globals().setdefault(name, getattr(importlib.import_module(module), attribute))


def __dir__() -> list[str]:
    """Exported names too, loaded or not."""
    return sorted({*globals(), *__all__})
