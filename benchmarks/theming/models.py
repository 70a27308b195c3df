"""The models that are compared, each fitted in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.themes.model import Material, ThemeModel
from textlien.themes.shares import theme_model

from .corpora import Corpus

ROOT = Path(__file__).parents[2]
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"

MODELS = {
    "textlien graph": "textlien:graph",
    "textlien nmf": "textlien:nmf",
    "textlien lda": "textlien:lda",
    "gensim LDA": "here:gensim_lda",
    "sklearn NMF": "here:sklearn_nmf",
    "sklearn KL-NMF": "here:sklearn_kl",
    "vectors, k-means": "here:mean_vectors",
    "tomotopy LDA": "peers:tomotopy_lda",
    "tomotopy LDA, idf": "peers:tomotopy_idf",
    "topica LDA": "peers:topica_lda",
    "topica CTM": "peers:topica_ctm",
}
"""What worker and module call each model, by its name in the tables."""


class Cost(NamedTuple):
    """What a model took, in a process of its own.

    Attributes
    ----------
    seconds : of the fit of the whole corpus, by the clock.
    fit, shares, draws : seconds of the processor: of that fit, of the shares of its passages, and
        of the fits of all draws.
    peak : MB after fit and shares, libraries and corpus included.
    """

    seconds: float
    fit: float
    shares: float
    draws: float
    peak: float


class Fits(NamedTuple):
    """Themes of a model on a corpus and on draws of its interviews.

    Attributes
    ----------
    model : themes of the whole corpus, with which passages are measured. For a peer, salience and
        background are those of the material: shares of all models are made in one way.
    draws : weights of each draw.
    cost : what it took.
    shares : passages × themes by the model's own measure, if they were asked for and it has one.
    """

    model: ThemeModel
    draws: list[NDArray[np.float64]]
    cost: Cost
    shares: NDArray[np.float64] | None


class Settings(NamedTuple):
    """What all models of a benchmark are fitted with.

    Attributes
    ----------
    k, seed : number of themes (at most), and seed, of every fit.
    python : that the peers are installed for.
    own_shares : also measure passages as the model itself does.
    """

    k: int = 20
    seed: int = 2013
    python: Path = PEERS_PYTHON
    own_shares: bool = False


def present(name: str, python: Path) -> bool:
    """True if the libraries of a model are installed."""
    kind, function = MODELS[name].split(":")
    if kind != "peers":
        return True
    library = function.split("_")[0]
    return (
        python.exists()
        and not subprocess.run(
            [str(python), "-c", f"import {library}"], check=False, capture_output=True
        ).returncode
    )


def fit(
    name: str, corpus: Corpus, material: Material, draws: NDArray[np.bool_], settings: Settings
) -> Fits:
    """Fit a model in a process of its own, one thread for linear algebra.

    Parameters
    ----------
    name : in ``MODELS``.
    corpus, material : the same passages. All models learn from those of ``material.learn``.
    draws : draws × interviews, True for those of a draw.
    """
    python, k, seed = settings.python, settings.k, settings.seed
    which = python if MODELS[name].startswith("peers") else Path(sys.executable)
    search = os.pathsep.join([str(ROOT / "benchmarks"), os.environ.get("PYTHONPATH", "")])
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "RAYON")}
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{part}.npz" for part in ("corpus", "draws", "result")]
        corpus.save(files[0])
        np.savez(files[1], learn=material.learn, draws=draws, shares=settings.own_shares)
        subprocess.run(
            [str(which), "-m", "theming.worker", MODELS[name], str(k), str(seed), *map(str, files)],
            env={**os.environ, **threads, "PYTHONPATH": search},
            check=True,
        )
        with np.load(files[2]) as arrays:
            weights = arrays["weights"]
            if "salience" in arrays:
                fields = {name: arrays[name] for name in ThemeModel._fields if name in arrays}
                model = ThemeModel(material.terms, **fields)
            else:
                model = theme_model(material, weights)
            return Fits(
                model,
                [arrays[f"draw{number}"] for number in range(len(draws))],
                Cost(*(float(arrays[f"cost_{name}"]) for name in Cost._fields)),
                arrays.get("shares"),
            )
