"""The bootstrap over interviews: one for scores of classifiers and agreement of coders.

Passages of one interview resemble each other: what is drawn at random is the interview (or the
person, when somebody was interviewed twice), never the passage. Everything here takes and gives
arrays, so that a simulation costs no more than the statistics it simulates.
"""

from __future__ import annotations

import numpy as np

from textlien.arrays import Floats, Integers


def bootstrap_weights(strata: Integers, replicates: int, generator: np.random.Generator) -> Floats:
    """Weights of units in each bootstrap sample: n − 1 draws out of n a stratum, × n/(n − 1).

    Parameters
    ----------
    strata : stratum of each of the n units.
    replicates : number of bootstrap samples.
    generator : source of the draws.

    Returns
    -------
    Array ``(replicates, n)`` of weights ≥ 0 with mean 1. A stratum of one unit keeps weight 1.

    References
    ----------
    Rao, J. N. K., Wu, C. F. J. (1988). Resampling inference with complex survey data. *JASA*
    83, 231-241. Drawing n − 1 instead of n makes the variance of a mean unbiased; the usual
    bootstrap is (n − 1)/n too small, which for five interviews is 20 %.
    """
    result = np.ones((replicates, len(strata)))
    for stratum in np.unique(strata):
        members = np.flatnonzero(strata == stratum)
        n = len(members)
        if n > 1:
            draws = generator.multinomial(n - 1, np.full(n, 1 / n), size=replicates)
            result[:, members] = draws * (n / (n - 1))
    return result
