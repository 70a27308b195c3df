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


class Basis(StrEnum):
    """Ground that a share rests on, the firmest first.

    Attributes
    ----------
    MEASURED : values that are no guesses.
    CODED : codings of all passages.
    CORRECTED : a classifier, corrected by codings of passages drawn at random.
    UNCORRECTED : a classifier alone.
    """

    MEASURED = "measured"
    CODED = "coded"
    CORRECTED = "corrected"
    UNCORRECTED = "uncorrected"
