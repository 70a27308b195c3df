"""Measure halves of one corpus on the themes of each other: nothing is new in them.

python benchmarks/projection.py RUN [--wave 1988] [--halves 10]

RUN is the folder of a run. Its interviews are divided at random in two halves, many times; themes
are found in the one, as a study would keep them, and the other is measured on them. Printed are
how often it is called farther, and how many possible new themes are called new. With two waves,
``--wave 1988 --new 1993``, the second is measured on the themes of the first instead.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textlien.pipeline.run_folder import Run
from textlien.study.options import TermsOptions, ThemesOptions
from textlien.tables import ALL, make
from textlien.themes.find import as_numbered, find_themes
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of
from textlien.themes.projection.keeping import Corpus, keep
from textlien.themes.projection.project import project
from textlien.themes.projection.saved import Origin, SavedThemes

SEED = 2013


def half(run: Run, names: set[str], expected: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``terms`` and ``passage_terms`` of some interviews, by the options of the terms."""
    counts = run["passage_terms"]
    interviews = counts["passage_id"].str.partition("#")[0]
    counts = counts[interviews.isin(names)].assign(interview=interviews)
    by_term = counts.groupby("term").agg(
        count=("count", "sum"),
        n_passages=("passage_id", "size"),
        n_interviews=("interview", "nunique"),
    )
    options = TermsOptions()
    enough = by_term["n_passages"] >= options.min_passages
    enough &= by_term["n_interviews"] >= options.min_interviews
    by_term = by_term[enough | by_term.index.isin(expected)]
    terms = run["terms"].drop(columns=by_term.columns).merge(by_term.reset_index(), on="term")
    kept = counts[counts["term"].isin(terms["term"])].drop(columns="interview")
    return make("terms", terms), kept.reset_index(drop=True)


def learn(terms: pd.DataFrame, passage_terms: pd.DataFrame, options: ThemesOptions) -> SavedThemes:
    """The themes of some interviews, as they would be kept."""
    material, passages = material_of(terms, passage_terms)
    fit = StudyFit(options)
    themes, _ = find_themes(material, passages, terms, passage_terms, fit, SEED)
    edited = as_numbered(fit.edited(material, options.k, SEED), material, themes.themes)
    origin = Origin(
        "half", ("",), int(material.interviews.max()) + 1, len(passages),
        int(passage_terms["count"].sum()), False, options.engine, options.k, SEED,
        TermsOptions().model_dump(mode="json"), {},
    )  # fmt: skip
    corpus = Corpus(terms, material, frozenset(), frozenset(), origin)
    return keep(edited.model, themes.themes, corpus, fit)


def measure(run: Run, old: set[str], new: set[str], options: ThemesOptions) -> dict[str, object]:
    """What a projection says of the new interviews."""
    saved = learn(*half(run, old, set()), options)
    terms, counts = half(run, new, set(saved.kinds))
    table = pd.DataFrame({"interview_id": sorted(new)}).assign(wave="new", digest="")
    result, _ = project(saved, terms, counts, table, options)
    wave = result.theme_fit[result.theme_fit["interview_id"] == ALL].set_index("measure")
    candidates = result.theme_candidates
    return {
        "themes": len(saved.themes),
        **{f"{name} {part}": wave.loc[name, part] for name in wave.index for part in _PARTS},
        "candidates": len(candidates),
        "new": int((candidates["verdict"] == "new").sum()),
        "ratios": " ".join(f"{ratio:.1f}" for ratio in candidates["ratio"]),
    }


_PARTS = ("estimate", "expected", "verdict")


def main() -> None:
    """Print a row a division."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--wave", default="")
    parser.add_argument("--new", default="")
    parser.add_argument("--halves", type=int, default=10)
    parser.add_argument("--engine", default="graph")
    arguments = parser.parse_args()
    run = Run(arguments.run)
    interviews = run["interviews"]
    interviews = interviews[interviews["included"]]
    of_wave = interviews[interviews["wave"] == arguments.wave] if arguments.wave else interviews
    names = sorted(of_wave["interview_id"])
    options = ThemesOptions(engine=arguments.engine)
    generator = np.random.default_rng(SEED)
    pd.set_option("display.width", 250, "display.max_columns", 20)
    rows = []
    with threadpool_limits(limits=1):
        if arguments.new:
            new = set(interviews[interviews["wave"] == arguments.new]["interview_id"])
            rows.append(measure(run, set(names), new, options))
        else:
            for _ in range(arguments.halves):
                order = generator.permutation(names)
                old = set(order[: len(order) // 2])
                rows.append(measure(run, old, set(names) - old, options))
    print(pd.DataFrame(rows).round(3).to_string())


if __name__ == "__main__":
    main()
