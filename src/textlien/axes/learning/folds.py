"""Folds that keep interviews, or cities, whole.

Passages of one interview share a speaker, a city and a subject: with rows drawn at random, a
classifier would be tested on what it was trained on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from textlien.arrays import Integers
from textlien.study.options import AxesOptions


class Setting(NamedTuple):
    """Settings of every fit besides its data.

    Attributes
    ----------
    folds, seed : number of folds, and seed of their drawing.
    options : errors that decisions may have.
    """

    folds: int
    seed: int
    options: AxesOptions = AxesOptions()


class Fold(NamedTuple):
    """Row numbers to train on, and those to test on."""

    train: Integers
    test: Integers


def split(
    strata: NDArray[np.str_] | NDArray[np.bool_], groups: pd.Series, setting: Setting
) -> Iterator[Fold]:
    """Yield folds, groups whole; a fold without rows to test is left out.

    Parameters
    ----------
    strata : (n,), class of each row; each fold gets its share of each where there are enough.
    groups : (n,), interview or city of each row.
    setting : number of folds and seed.
    """
    # With fewer members of a class than folds the splitter cannot share them out, and warns.
    rarest = int(pd.Series(strata).value_counts().min())
    classes = strata if rarest >= setting.folds else np.zeros(len(strata), dtype=bool)
    splitter = StratifiedGroupKFold(setting.folds, shuffle=True, random_state=setting.seed)
    for train, test in splitter.split(np.zeros(len(classes)), classes, groups.to_numpy()):
        if len(test):
            yield Fold(train, test)


def rarest_axes(labels: pd.DataFrame, folds: int) -> NDArray[np.str_]:
    """The rarest axis that each passage carries, so that folds have their share of each.

    Parameters
    ----------
    labels : passages × axes, values in [0, 1], NaN where not labelled.
    folds : axes with fewer positive passages than folds are left out.
    """
    strata = np.full(len(labels), "", dtype=object)
    positives = (labels > 0.5).sum().sort_values(ascending=False, kind="stable")
    for axis in positives.index:
        if positives[axis] >= folds:
            strata[(labels[axis] > 0.5).to_numpy()] = axis
    return strata.astype(str)
