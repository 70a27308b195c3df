"""Lemmatizer of the annotator, as a spaCy component.

``lemma_choice.py`` chooses lemmas; ``lemma_training.py`` makes the tables it chooses from.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from textlien.annotation.speech.lemma_choice import Lemmas, LemmaTables
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location

_FILE = "lemmas.json.gz"
# A corpus of 350 interviews has about 60,000 pairs of form and part of speech.
_MOST_REMEMBERED = 200_000


class SpeechLemmatizer:
    """spaCy component that sets ``token.lemma`` from form and part of speech.

    Pairs seen before are kept as numbers of the vocabulary, so that a text costs one look-up
    of integers a token.
    """

    def __init__(self, name: str = "lemmatizer", tables: LemmaTables | None = None) -> None:
        self.name = name
        self.tables = tables or LemmaTables({}, {})

    @property
    def tables(self) -> LemmaTables:
        """Tables that lemmas are chosen from. Setting them clears the cache of lemmas."""
        return self._tables

    @tables.setter
    def tables(self, tables: LemmaTables) -> None:
        """Replace the tables, and clear the cache of lemmas."""
        self._tables = tables
        self._lemmas = Lemmas(tables)
        self._remembered: dict[tuple[int, int], int] = {}

    def lemma(self, form: str, pos: str) -> str:
        """The lemma of one form, given its part of speech (Universal Dependencies)."""
        return self._lemmas.lemma(form, pos)

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token; parts of speech must be there."""
        remembered = self._remembered
        for token in doc:
            key = (token.orth, token.pos)
            lemma = remembered.get(key)
            if lemma is None:
                lemma = doc.vocab.strings.add(self.lemma(token.text, token.pos_))
                if len(remembered) >= _MOST_REMEMBERED:
                    remembered.clear()
                remembered[key] = lemma
            token.lemma = lemma
        return doc

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 - spaCy passes it
        """The tables; the same give the same bytes."""
        return self.tables.to_bytes()

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> SpeechLemmatizer:  # noqa: ARG002
        """Take the tables that :meth:`to_bytes` gave."""
        self.tables = LemmaTables.from_bytes(data)
        return self

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the tables to a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(self.tables.to_bytes())

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> SpeechLemmatizer:  # noqa: ARG002
        """Take the tables of a folder.

        Raises
        ------
        TextlienError
            When the folder has none, or they cannot be read.
        """
        file = Path(path) / _FILE
        try:
            self.tables = LemmaTables.from_bytes(file.read_bytes())
        except (OSError, EOFError, ValueError, KeyError, zlib.error) as error:
            location = Location(file=str(file))
            raise TextlienError(
                Problem.error("annotation.no-lemma-tables", location, reason=str(error))
            ) from error
        return self


@Language.factory("textlien_lemmatizer", assigns=["token.lemma"], requires=["token.pos"])
def make_lemmatizer(nlp: Language, name: str) -> SpeechLemmatizer:  # noqa: ARG001 - spaCy passes it
    """A lemmatizer without tables: ``from_disk`` of the pipeline gives it its own."""
    return SpeechLemmatizer(name)
