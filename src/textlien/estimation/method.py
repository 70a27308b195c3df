"""Identifiers of the methods that column ``method`` of a table names."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """Method by which an estimate and its interval were computed.

    Texts are ``estimation.method-…`` of the catalogue.
    """

    MEAN_OVER_PASSAGES = "mean-over-passages"
    DIFFERENCE_OF_SHARES = "difference-of-shares"
    MEAN_OVER_CITIES = "mean-over-cities"
