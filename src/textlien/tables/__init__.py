"""The schema of every table of the project, its check, and tables as Parquet files.

Knows columns and their bounds, not how values are computed: must not import ``study`` or anything
above.
"""

from textlien.tables.frames import check, columns, make, normalised_text
from textlien.tables.schemas import (
    ALL,
    DECISIONS,
    OUTSIDE,
    ROLES,
    SCHEMAS,
    VERDICTS,
    WEIGHTS,
)

__all__ = [
    "ALL",
    "DECISIONS",
    "OUTSIDE",
    "ROLES",
    "SCHEMAS",
    "VERDICTS",
    "WEIGHTS",
    "check",
    "columns",
    "make",
    "normalised_text",
]
