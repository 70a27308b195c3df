"""Training the annotator on Universal Dependencies treebanks: the recipe of the shipped model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.loop import train as train_pipeline
from spacy.util import load_model_from_config, registry
from thinc.api import Config, fix_random_seed

from textlien.annotation.speech.embedding import LEXICON, pack
from textlien.annotation.training import transcribed
from textlien.annotation.training.lemma_training import train as learn_lemmas
from textlien.annotation.training.lexique import Lexique, word_classes
from textlien.annotation.training.treebank import GoldToken, Sentence, read_conllu

_ALONE = 0.4  # share of the documents that are one sentence; the others are two to …
_MOST_TOGETHER = 6
_CONTRACTIONS_CUT = 0.25  # share of the documents where « du » is « de le », as in gold tokens
# What is added to speech, and how often: written treebanks have no hesitation at all.
_ADDED = (
    (transcribed.hesitating, 0.4),
    (transcribed.cut_words, 0.1),
    (transcribed.timed, 0.05),
)
# One of these, by weight, is how the document is then written.
_WRITTEN = (
    (transcribed.as_written, 0.4),
    (transcribed.bare, 0.25),
    (transcribed.sentence_case, 0.1),
    (transcribed.without_punctuation, 0.1),
    (transcribed.lower_case, 0.1),
    (transcribed.recognised, 0.05),
)


def train_annotator(
    settings: Path,
    train: Sequence[Path],
    lexique: Lexique,
    *,
    dev: Sequence[Path],
    overrides: Mapping[str, object],
    output: TextIO,
) -> Language:
    """Train tagger and lemmatizer.

    Parameters
    ----------
    settings : a spaCy configuration, as ``configs/annotator.cfg``.
    train : CoNLL-U files to learn from.
    lexique : the lexicon of word classes and lemmas.
    dev : CoNLL-U files whose accuracy is printed during training; nothing else follows from it.
    overrides : of the settings, by dotted name (``training.max_steps``).
    output : where spaCy's training prints.

    Returns
    -------
    The pipeline. The same files, settings and machine give the same weights.
    """
    paths = {"paths.train": _strings(train), "paths.dev": _strings(dev)}
    config = Config().from_disk(settings, overrides={**paths, **overrides})
    seed = config["system"]["seed"]
    fix_random_seed(seed)
    pipeline = load_model_from_config(config, auto_fill=True)
    embedder: Any = pipeline.get_pipe("tok2vec")
    for node in embedder.model.walk():
        if LEXICON in node.attrs:
            node.attrs[LEXICON] = pack(word_classes(lexique))
    pipeline.initialize(lambda: treebanks(_strings(train), False, seed)(pipeline))
    with TemporaryDirectory() as folder:
        train_pipeline(pipeline, Path(folder), stdout=output, stderr=output)
        # What is saved are the averaged weights.
        pipeline = spacy.load(Path(folder) / "model-last")
    # A model does not reveal where it was trained, and loads without its training texts.
    pipeline.config["paths"]["train"] = [path.name for path in train]
    pipeline.config["paths"]["dev"] = [path.name for path in dev]
    pipeline.config["corpora"] = {}
    lemmatizer: Any = pipeline.add_pipe("textlien_lemmatizer", name="lemmatizer")
    lemmatizer.tables = learn_lemmas(_sentences(train), lexique)
    return pipeline


def _strings(paths: Iterable[Path]) -> list[str]:
    """Paths as a spaCy configuration has them."""
    return [str(path) for path in paths]


def _sentences(paths: Iterable[Path]) -> list[Sentence]:
    """Sentences of several files."""
    return [sentence for path in paths for sentence in read_conllu(path)]


@registry.readers("textlien.treebanks.v1")  # type: ignore[untyped-decorator]
def treebanks(
    paths: Sequence[str], augmented: bool, seed: int
) -> Callable[[Language], Iterator[Example]]:
    """Reader of the sentences of treebanks, for spaCy's training.

    Parameters
    ----------
    paths : CoNLL-U files.
    augmented : put sentences that follow each other together, as in the passages of an interview,
        and write them in the ways of :mod:`textlien.annotation.training.transcribed`, drawn anew
        each time that the reader is called. Otherwise each sentence is a document, as the
        treebank has it.
    seed : of the draws.
    """
    banks = [read_conllu(Path(path)) for path in paths]
    random = Random(seed)

    def read(pipeline: Language) -> Iterator[Example]:
        """Give the examples of one pass."""
        if augmented:
            documents = list(_documents(banks, random))
            random.shuffle(documents)
        else:
            documents = [sentence.words for bank in banks for sentence in bank]
        return (example(pipeline, tokens) for tokens in documents if tokens)

    return read


def _documents(banks: Sequence[Sequence[Sentence]], random: Random) -> Iterator[list[GoldToken]]:
    """Documents of one to six sentences that follow each other, each written in some way."""
    for bank in banks:
        begin = 0
        while begin < len(bank):
            many = 1 if random.random() < _ALONE else random.randint(2, _MOST_TOGETHER)
            yield _written(_joined(bank[begin : begin + many], random), random)
            begin += many


def _joined(sentences: Sequence[Sentence], random: Random) -> list[GoldToken]:
    """Tokens of sentences put together, contractions whole or in parts."""
    cut = random.random() < _CONTRACTIONS_CUT
    tokens: list[GoldToken] = []
    for sentence in sentences:
        tokens += sentence.words if cut else sentence.surface
        tokens[-1] = tokens[-1]._replace(space_after=True)
    return tokens


def _written(tokens: list[GoldToken], random: Random) -> list[GoldToken]:
    """Tokens as one of many transcribers would write them."""
    for change, share in _ADDED:
        if random.random() < share:
            tokens = change(tokens, random)
    write = random.choices([change for change, _ in _WRITTEN], [weight for _, weight in _WRITTEN])[
        0
    ]
    return write(tokens, random)


def example(pipeline: Language, tokens: Sequence[GoldToken]) -> Example:
    """A document with its gold parts of speech, and the same without them."""
    gold = document(pipeline, tokens)
    for token, (_, _, pos, _) in zip(gold, tokens, strict=True):
        token.pos_ = pos
    return Example(document(pipeline, tokens), gold)


def document(pipeline: Language, tokens: Sequence[GoldToken]) -> Doc:
    """A document of gold tokens, without annotation."""
    return Doc(
        pipeline.vocab,
        words=[token.form for token in tokens],
        spaces=[token.space_after for token in tokens],
    )
