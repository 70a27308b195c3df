"""Fit one model on a corpus and on draws of its interviews, in this process alone.

Usage: python -m theming.worker MODEL K SEED CORPUS.npz DRAWS.npz RESULT.npz

DRAWS has ``learn`` (passages,) and ``draws`` (draws × interviews), both boolean, and ``shares``,
true if a peer's shares by its own measure are wanted. RESULT gets them, the weights of the whole
corpus and of each draw, seconds of the first fit (by the clock, and of the processor: the same on a
machine that does nothing else) and peak memory up to its end, in MB, with libraries and corpus.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
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

    from .ours import engine

    tables = corpus.tables()
    whole = []

    def fit(draw: NDArray[np.bool_] | None) -> tuple[Arrays, Shares | None]:
        if draw is None:
            whole.append(material_of(*tables)[0])
        material = whole[0] if draw is None else whole[0].of_interviews(draw)
        model = engine(name, material, k, seed)
        return {
            "weights": model.weights,
            "salience": model.salience,
            "background": model.background,
        }, None

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
    usage = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - processor,
        "peak": peak_memory(),
    }
    if with_shares and shares is not None:
        arrays["shares"] = shares(loaded.counts)
    of_draws = {f"draw{n}": fit(draw)[0]["weights"] for n, draw in enumerate(chosen)}
    np.savez(result, **arrays, **of_draws, **{key: np.array(value) for key, value in usage.items()})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *map(Path, sys.argv[4:7]))
