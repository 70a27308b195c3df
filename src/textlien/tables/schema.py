"""The form of a table: columns with their types, bounds and allowed values, and its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal

DType = Literal["str", "int64", "float64", "bool", "object"]


@dataclass(frozen=True, slots=True)
class Column:
    """Values that a column may hold.

    Attributes
    ----------
    dtype : type of all values.
    nullable : True where a value may be missing.
    low, high : least and greatest value, None for no bound.
    above_low : True where ``low`` itself is not allowed.
    allowed : the only values, () for any.
    """

    dtype: DType
    nullable: bool = False
    low: float | None = None
    high: float | None = None
    above_low: bool = False
    allowed: tuple[str, ...] = ()


class Spans(Enum):
    """Rule for the half-open spans of a table, in ``start`` and ``end``."""

    NONE = auto()
    MAY_BE_EMPTY = auto()
    NOT_EMPTY = auto()


@dataclass(frozen=True, slots=True)
class Schema:
    """The form of one table.

    Attributes
    ----------
    name : of the table.
    key : columns that no two rows have alike.
    columns : by name, in order; a table has these and no others.
    spans : rule for ``start`` and ``end``.
    """

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    spans: Spans = Spans.NONE


def text(*, among: tuple[str, ...] = ()) -> Column:
    """A column of text, "" where it is not known; or of one of a few values."""
    return Column("str", allowed=among)


def count(minimum: int = 0) -> Column:
    """A column of whole numbers."""
    return Column("int64", low=minimum)


def number(
    low: float | None = None, high: float | None = None, *, nullable: bool = False
) -> Column:
    """A column of numbers between bounds that are allowed themselves."""
    return Column("float64", nullable, low, high)


def share(*, nullable: bool = False, above_zero: bool = False) -> Column:
    """A column of shares or probabilities in [0, 1]."""
    return Column("float64", nullable, 0, 1, above_low=above_zero)


def binary() -> Column:
    """A column of bytes."""
    return Column("object")


def flag() -> Column:
    """A column of truth values."""
    return Column("bool")
