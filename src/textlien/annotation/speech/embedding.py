"""Word embedding from spelling, endings and the parts of speech that a lexicon knows."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.strings import StringStore, hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate

from textlien.annotation.speech.lemma_rules import without_inclusive

Keys = NDArray[np.uint64]
Vectors = NDArray[np.float32]

LEXICON = "lexicon"
"""Attribute of the embedding: its lexicon, packed by :func:`pack`."""

_ENDINGS = (2, 3, 4, 5)
_BEGINNING = 3
_PIECES = 3
FEATURES = 3 + len(_ENDINGS) + 1
"""Number of features of a word: form, shape, beginning, endings, word class."""

_HIDDEN_FORM = hash_string("form")
# Distinct words whose features are kept in memory: some 300 bytes each.
_MOST_WORDS = 200_000


@registry.architectures("textlien.LexicalEmbed.v1")  # type: ignore[untyped-decorator]
def lexical_embed(width: int, rows: list[int], word_dropout: float) -> Model[list[Doc], Any]:
    """Embed each word by its form, its shape, its beginning and endings, and its word class.

    The word class is the set of parts of speech that a lexicon gives the form (« ADJ|NOUN »): a
    word that the treebanks do not hold is then no unknown word. Each distinct word of a batch is
    embedded once.

    Parameters
    ----------
    width : of the vector of a word.
    rows : of the hash table of each of the ``FEATURES`` features: form, shape, beginning,
        endings of two to five letters, word class.
    word_dropout : share of the distinct words whose form is hidden in a training step, so that
        the tagger learns to do without it.

    References
    ----------
    Miranda, L. J. et al. (2022). Multi hash embeddings in spaCy. arXiv:2212.09255.
    """
    if len(rows) != FEATURES:
        raise ValueError(f"rows has {len(rows)} numbers instead of {FEATURES}")
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, number, column=column, seed=8 + column)
        for column, number in enumerate(rows)
    ]
    mixed = Maxout(width, width * len(rows), nP=_PIECES, normalize=True)
    return Model(
        "lexical_embed",
        _Embedding(word_dropout),
        init=_initialise,
        layers=[chain(concatenate(*tables), mixed)],
        dims={"nO": width},
        attrs={LEXICON: b""},
    )


def pack(word_classes: Mapping[str, str]) -> bytes:
    """A lexicon as few bytes, the same for the same lexicon.

    Parameters
    ----------
    word_classes : class of each form, in lower case.
    """
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form, word_class in sorted(word_classes.items()):
        forms[word_class].append(form)
    lines = (f"{word_class}\t{' '.join(words)}" for word_class, words in sorted(forms.items()))
    return zlib.compress("\n".join(lines).encode(), 9)


def unpack(packed: bytes) -> dict[str, str]:
    """The lexicon that :func:`pack` packed."""
    lines = zlib.decompress(packed).decode().splitlines() if packed else []
    word_classes: dict[str, str] = {}
    for word_class, forms in (line.split("\t") for line in lines):
        word_classes.update(dict.fromkeys(forms.split(" "), word_class))
    return word_classes


def features(word: str, lexicon: Mapping[str, str]) -> list[str]:
    """The features of a word, as strings distinguished by their prefix.

    Inclusive spellings have those of the masculine: « élu·e·s », « élu ».

    Parameters
    ----------
    lexicon : class of each word, in lower case.

    >>> features("Élus", {"élus": "ADJ|Vp"})
    ['form=élus', 'shape=T4', 'begins=élu', '2=us', '3=lus', '4=élus', '5=élus', 'class=ADJ|Vp']
    """
    low = word.lower()
    low = without_inclusive(low) or low
    return [
        f"form={low}",
        f"shape={_shape(word)}",
        f"begins={low[:_BEGINNING]}",
        *(f"{letters}={low[-letters:]}" for letters in _ENDINGS),
        f"class={_class(word, low, lexicon)}",
    ]


def _class(word: str, low: str, lexicon: Mapping[str, str]) -> str:
    """Class of a word, or of the last part of a compound: « co-construire », « construire »."""
    listed = lexicon.get(low) or lexicon.get(low.rpartition("-")[2])
    if listed:
        return listed
    return "acronym" if len(word) > 1 and word.isupper() else f"?{low[-3:]}"


def _shape(word: str) -> str:
    """Case, strokes and length up to four: « T4 » for « Mairie »."""
    if word.islower():
        case = "l"
    elif word.isupper():
        case = "U" if len(word) > 1 else "u"
    elif word[:1].isupper():
        case = "T"
    elif any(character.isdigit() for character in word):
        case = "d"
    else:
        case = "m" if word.isalpha() else "p"
    strokes = ("-" if "-" in word else "") + ("'" if word.endswith("'") else "")
    cut = "~" if word.endswith(("~", "-")) else ""
    return f"{case}{strokes}{cut}{min(len(word), 4)}"


class _Embedding:
    """Forward pass of the embedding; keeps the features of words, which no training changes."""

    def __init__(self, word_dropout: float) -> None:
        self._word_dropout = word_dropout
        self._packed = b""
        self._lexicon: dict[str, str] = {}
        self._cache: dict[int, Keys] = {}

    def __call__(
        self, model: Model[list[Doc], Any], docs: list[Doc], is_train: bool
    ) -> tuple[list[Vectors], Callable[[list[Vectors]], list[Doc]]]:
        """Vectors of the words of each document, and the function that backpropagates to them."""
        orths = np.concatenate([np.zeros(0, np.uint64), *(doc.to_array(ORTH) for doc in docs)])
        distinct, place = np.unique(orths, return_inverse=True)
        keys = self._keys(distinct, docs[0].vocab.strings if docs else StringStore(), model)
        if is_train and self._word_dropout:
            keys[np.random.random(len(keys)) < self._word_dropout, 0] = _HIDDEN_FORM
        inner: Model[Any, Any] = model.layers[0]
        vectors, backprop_inner = inner(keys, is_train)
        ends = np.cumsum([len(doc) for doc in docs])[:-1]

        def backprop(gradients: list[Vectors]) -> list[Doc]:
            gradient = np.zeros_like(vectors)
            np.add.at(gradient, place, np.concatenate(gradients))
            backprop_inner(gradient)
            return []

        return np.split(vectors[place], ends), backprop

    def _keys(self, orths: Keys, strings: StringStore, model: Model[list[Doc], Any]) -> Keys:
        """Keys of the features of words: words × ``FEATURES``."""
        if model.attrs[LEXICON] is not self._packed:
            self._packed = model.attrs[LEXICON]
            self._lexicon = unpack(self._packed)
            self._cache.clear()
        if len(self._cache) > _MOST_WORDS:
            self._cache.clear()
        keys = np.empty((len(orths), FEATURES), dtype=np.uint64)
        for row, orth in enumerate(orths.tolist()):
            if orth not in self._cache:
                self._cache[orth] = self._hashed(strings[orth])
            keys[row] = self._cache[orth]
        return keys

    def _hashed(self, word: str) -> Keys:
        """Keys of the features of a word."""
        keys = [hash_string(feature) for feature in features(word, self._lexicon)]
        return np.array(keys, dtype=np.uint64)


def _initialise(model: Model[list[Doc], Any], X: object = None, Y: object = None) -> None:  # noqa: ARG001, N803
    """Initialise the layers below; their shapes do not depend on the data."""
    model.layers[0].initialize(X=np.zeros((1, FEATURES), dtype=np.uint64))
