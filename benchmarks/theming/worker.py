"""Fit one model on a corpus and on draws of its interviews, in this process alone.

Usage: python -m theming.worker MODEL K SEED CORPUS.npz DRAWS.npz RESULT.npz

DRAWS has ``learn`` (passages,) and ``draws`` (draws × interviews), both boolean, and ``shares``,
true if shares of passages are wanted. RESULT gets them, the weights of the whole corpus and of each
draw, and what it took: seconds of the first fit by the clock; seconds of the processor (the same on
a machine that does nothing else) of the first fit, of shares and of all draws; peak memory in MB
after fit and shares, with libraries and corpus.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .corpora import Corpus, load
from .peers import Floats

Shares = Callable[[sparse.csr_matrix], Floats]
Arrays = dict[str, NDArray[np.float64]]
Fit = Callable[[NDArray[np.bool_] | None], tuple[Arrays, Shares | None]]


def peak_memory() -> float:
    """Peak of this process in MB. Linux' rusage would hand on that of the parent."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def of_textlien(name: str, corpus: Corpus, k: int, seed: int) -> Fit:
    """An engine of textlien: the material is made of the tables within the time that counts."""
    from textlien.themes.material import material_of
    from textlien.themes.shares import passage_shares

    from .ours import engine

    tables = corpus.tables()
    whole = []

    def fit(draw: NDArray[np.bool_] | None) -> tuple[Arrays, Shares | None]:
        if draw is None:
            whole.append(material_of(*tables)[0])
        material = whole[0] if draw is None else whole[0].of_interviews(draw)
        model = engine(name, material, k, seed)
        arrays = {
            name: array
            for name, array in model._asdict().items()
            if name != "terms" and array is not None
        }
        return arrays, partial(passage_shares, model)

    return fit


def of_this_python(name: str, corpus: Corpus, learn: NDArray[np.bool_], k: int, seed: int) -> Fit:
    """A peer that runs with what textlien installs."""
    from textlien.themes.material import material_of

    from .ours import PEERS

    material = material_of(*corpus.tables())[0]._replace(learn=learn)

    def fit(draw: NDArray[np.bool_] | None) -> tuple[Arrays, Shares | None]:
        chosen = material if draw is None else material.of_interviews(draw)
        weights, shares = PEERS[name](chosen, k, seed)
        return {"weights": weights}, shares

    return fit


def of_peers(name: str, corpus: Corpus, learn: NDArray[np.bool_], k: int, seed: int) -> Fit:
    """A peer that has an environment of its own."""
    from .peers import PEERS

    def fit(draw: NDArray[np.bool_] | None) -> tuple[Arrays, Shares | None]:
        rows = learn if draw is None else learn & draw[corpus.interviews]
        weights, shares = PEERS[name](corpus.counts[rows], k, seed)
        return {"weights": weights}, shares

    return fit


def main(model: str, k: int, seed: int, corpus: Path, draws: Path, result: Path) -> None:
    """Fit and write."""
    kind, name = model.split(":")
    loaded = load(corpus)
    with np.load(draws) as arrays:
        learn, chosen, with_shares = arrays["learn"], arrays["draws"], bool(arrays["shares"])
    if kind == "textlien":
        fit = of_textlien(name, loaded, k, seed)
    else:
        fit = (of_peers if kind == "peers" else of_this_python)(name, loaded, learn, k, seed)
    start, processor = time.perf_counter(), time.process_time()
    arrays, shares = fit(None)
    cost = {"seconds": time.perf_counter() - start, "fit": time.process_time() - processor}
    processor = time.process_time()
    if with_shares and shares is not None:
        arrays["shares"] = shares(loaded.counts)
    cost |= {"shares": time.process_time() - processor, "peak": peak_memory()}
    processor = time.process_time()
    of_draws = {f"draw{n}": fit(draw)[0]["weights"] for n, draw in enumerate(chosen)}
    cost["draws"] = time.process_time() - processor
    np.savez(result, **arrays, **of_draws, **{f"cost_{key}": value for key, value in cost.items()})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *map(Path, sys.argv[4:7]))
