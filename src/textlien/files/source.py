"""One file to read, and the limits on what it may cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from textlien.files.limits import LimitsOptions


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes
    ----------
    path : the file.
    shown : its name in messages.
    declared : labels of the study file, which are labels even where they occur once.
    limits : what a file may cost; ``[limits]`` of the study file.
    """

    path: Path
    shown: str
    declared: frozenset[str] = frozenset()
    limits: LimitsOptions = field(default_factory=LimitsOptions)
