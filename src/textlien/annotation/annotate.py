"""Passages → tokens with lemma and part of speech, by a spaCy pipeline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien import tables
from textlien.annotation.repair import fix_speech
from textlien.annotation.speech.folder import check_folder, files_of, shipped, title
from textlien.annotation.spelling import (
    Respelling,
    Token,
    full_form,
    respellings,
    with_whole_numbers,
)
from textlien.errors import Problem, TextlienError
from textlien.files.digests import digest
from textlien.files.shipped import package_folder
from textlien.messages.message import Location
from textlien.segmentation.passages import offsets
from textlien.study.options import ANNOTATOR, AnnotateOptions
from textlien.text.marks import mark_spans

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

REVISION = 3
"""Raised when the same input gives other tokens."""

# Nothing here uses sentences, dependencies or names; lemmas and parts of speech are the same
# without them, at twice the speed.
_OPTION = "annotate.pipeline"
"""Option of the study file that names the pipeline."""

_EXCLUDED = ("parser", "ner", "senter")
_SAMPLE = "La ville soutient les habitants."
# Passages a batch: larger ones are not faster and take more memory.
_BATCH = 64
# Character by character, so that offsets hold.
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "′": "'", "‘": "'", "‑": "-", "\n": " ", "\t": " "})
_CUT_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w'’]*[-~](?=$|[\s.,;:!?…)])")
_SHOUTED = re.compile(r"[^\W\d_a-zà-öø-ÿœ]{2,}(?:['’\s-]+[^\W\d_a-zà-öø-ÿœ]+){2,}(?!\w)")


def annotate(passages: pd.DataFrame, turns: pd.DataFrame, options: AnnotateOptions) -> pd.DataFrame:
    """Cut the passages of one interview into tokens with lemma and part of speech.

    Each passage is annotated by itself: its tokens do not depend on its neighbours.

    Parameters
    ----------
    passages, turns : those tables of one interview.
    options : the pipeline, and whether to correct the output of one not made for speech
        (:func:`textlien.annotation.repair.fix_speech`).

    Returns
    -------
    Table ``tokens``. ``start`` and ``end`` point into the interview's normalised text, ``form``
    is spelt as there. Blanks are no tokens. A transcriber's mark (« (rires) ») and a word cut
    short (« par- ») are one token each, with ``pos`` « X », and the pipeline does not see them.

    Raises
    ------
    TextlienError
        When the pipeline is missing or made for another version of spaCy.
    """
    if passages.empty:
        return tables.make("tokens", [])
    pipeline = load_pipeline(options.pipeline)
    texts = [str(text) for text in passages["text"]]
    unsaid = [_unsaid(text) for text in texts]
    plain = [text.translate(_PLAIN) for text in texts]
    respelt = [respellings(text) for text in plain]
    docs = pipeline.pipe(map(_as_read, plain, unsaid, respelt), batch_size=_BATCH)
    fix = options.speech_fix and not made_for_speech(pipeline)
    rows: list[Token] = []
    names: list[tuple[str, int]] = []
    places: list[NDArray[np.int64]] = []
    ends_of_words = [
        {word.start + len(word.spelling): word.end for word in words} for words in respelt
    ]
    for name, where, text, spans, ends, doc in zip(
        passages["passage_id"],
        offsets(passages, turns),
        texts,
        unsaid,
        ends_of_words,
        docs,
        strict=True,
    ):
        tokens = list(with_whole_numbers(_tokens(text, spans, ends, doc, fix=fix), text))
        rows += tokens
        names += [(name, number) for number in range(len(tokens))]
        # From first and last character in the passage to those in the interview.
        outer = np.array([(token.start, token.end - 1) for token in tokens], dtype=np.int64)
        places.append(where[outer.reshape(-1, 2)])
    frame = pd.DataFrame(rows, columns=Token._fields)
    frame[["start", "end"]] = np.concatenate(places) + np.array([0, 1])
    frame[["passage_id", "token"]] = pd.DataFrame(names, columns=["passage_id", "token"])
    return tables.make("tokens", frame)


def _unsaid(text: str) -> list[tuple[int, int]]:
    """Spans of the transcriber's marks and of words cut short, in order."""
    marks = mark_spans(text)
    cut = [match.span() for match in _CUT_WORD.finditer(text)]
    outside = [
        span for span in cut if not any(span[0] < end and start < span[1] for start, end in marks)
    ]
    return sorted(marks + outside)


def _as_read(text: str, unsaid: Iterable[tuple[int, int]], respelt: Iterable[Respelling]) -> str:
    """Text for the pipeline: as long as ``text``, whose apostrophes are plain, without marks.

    Words of speech are respelt, with blanks behind them (:mod:`textlien.annotation.spelling`).
    Three words or more in capitals, as in headings, are read in lower case: the pipeline would
    take each for a name.
    """
    characters = list(text)
    for start, end in unsaid:
        characters[start:end] = " " * (end - start)
    for word in respelt:
        characters[word.start : word.end] = word.spelling.ljust(word.end - word.start)
    plain = "".join(characters)
    lowered = _SHOUTED.sub(lambda match: match.group().lower(), plain)
    return lowered if len(lowered) == len(text) else plain


def _tokens(
    text: str,
    unsaid: Iterable[tuple[int, int]],
    ends: Mapping[int, int],
    doc: Doc,
    *,
    fix: bool,
) -> Iterator[Token]:
    """Tokens of a passage in order: those of the pipeline, and the marks that it did not see.

    Parameters
    ----------
    ends : end of a word in the passage, by its end as the pipeline read it, where they differ.
    """
    waiting = [Token(start, end, text[start:end], text[start:end], "X") for start, end in unsaid]
    waiting.reverse()
    for token in doc:
        if token.is_space:
            continue
        start = token.idx
        end = ends.get(start + len(token), start + len(token))
        while waiting and waiting[-1].start < start:
            yield waiting.pop()
        lemma, pos = token.lemma_ or token.text, token.pos_ or "X"
        if fix:
            lemma, pos = fix_speech(token.text, lemma, pos)
        yield Token(start, end, text[start:end], *full_form(token.text, lemma, pos))
    yield from reversed(waiting)


def load_pipeline(name: str) -> Language:
    """Load a spaCy pipeline, once per process.

    Parameters
    ----------
    name : ``fr_textlien_speech``, an installed package, or a folder.

    Raises
    ------
    TextlienError
        See :func:`check_pipeline`; and when the pipeline cannot be loaded, or gives no parts of
        speech.
    """
    meta = _folder(name) / "meta.json"
    return _load(name, meta.stat().st_mtime_ns if meta.is_file() else 0)


@lru_cache(maxsize=2)
def _load(name: str, written: int) -> Language:  # noqa: ARG001 - a folder may be written anew
    """Load a pipeline; ``written`` is when, so that a folder written anew is loaded anew."""
    check_pipeline(name)
    pipeline = loaded_without(name, _EXCLUDED)
    if not any(token.pos for token in pipeline(_SAMPLE)):
        raise TextlienError(
            Problem.error(
                "annotation.no-parts-of-speech",
                Location(option=_OPTION),
                name=name,
                shipped=ANNOTATOR,
            )
        )
    _index_by_hash(pipeline)
    return pipeline


def loaded_without(name: str, excluded: Sequence[str], option: str = _OPTION) -> Language:
    """A spaCy pipeline without some of its components.

    Raises
    ------
    TextlienError
        When it cannot be loaded.
    """
    import spacy
    from thinc.api import use_ops

    try:
        # numpy multiplies matrices faster than what spaCy takes by default.
        with use_ops("numpy", use_blis=False):
            return spacy.load(name if package_folder(name) else _folder(name), exclude=excluded)
    except (ImportError, OSError, ValueError, KeyError) as error:
        reason = next(filter(str.strip, str(error).splitlines()), type(error).__name__)
        raise TextlienError(
            Problem.error(
                "annotation.not-loaded", Location(option=option), name=name, reason=reason
            )
        ) from error


def made_for_speech(pipeline: Language) -> bool:
    """True for a pipeline with the lemmatizer of textlien, whose output needs no correction."""
    return "textlien_lemmatizer" in pipeline.pipe_factories.values()


def _index_by_hash(pipeline: Language) -> None:
    """Let the rule lemmatizer find words in sets: it searches lists of up to 60,000 words."""
    if not pipeline.has_pipe("lemmatizer"):
        return
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        table = lookups.get_table("lemma_index")
        for pos in list(table):
            table[pos] = frozenset(table[pos])


def check_pipeline(name: str, option: str = _OPTION) -> None:
    """Refuse a pipeline that would fail later, without loading it.

    Parameters
    ----------
    name : an installed package, or a folder.
    option : of the study file that names it.

    Raises
    ------
    TextlienError
        When there is no such pipeline, it was made for another version of spaCy, or its folder is
        not as it was written (:func:`textlien.annotation.speech.folder.check_folder`).
    """
    folder, meta = _folder(name), _meta(name, option)
    from spacy.about import __version__ as installed
    from spacy.util import is_compatible_version

    wanted = str(meta.get("spacy_version", ""))
    if wanted and not is_compatible_version(installed, wanted):
        raise TextlienError(
            Problem.error(
                "annotation.other-spacy",
                Location(option=option),
                name=name,
                wanted=wanted,
                installed=installed,
            )
        )
    check_folder(folder)


def pipeline_version(name: str) -> str:
    """Name and version of a pipeline, read from its ``meta.json``: spaCy is not imported.

    Parameters
    ----------
    name : ``fr_textlien_speech``, an installed package, or a folder.

    Returns
    -------
    A folder also has eight digits of its content: trained again, it is another one.

    Raises
    ------
    TextlienError
        When there is no such pipeline.
    """
    meta = _meta(name)
    named = f"{meta.get('lang', '')}_{meta.get('name', '')} {meta.get('version', '')}"
    if package_folder(name):
        return named
    folder = _folder(name)
    return title(folder) or f"{named} ({digest(files_of(folder))[:8]})"


def _folder(name: str) -> Path:
    """Folder of a pipeline; an installed package takes precedence over a folder of its name."""
    return package_folder(name) or (shipped() if name == ANNOTATOR else Path(name))


def _meta(name: str, option: str = _OPTION) -> dict[str, Any]:
    """Content of the ``meta.json`` of a pipeline."""
    try:
        content = json.loads((_folder(name) / "meta.json").read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise TextlienError(
            Problem.error(
                "annotation.no-pipeline",
                Location(option=option),
                name=Path(name).name,
                shipped=ANNOTATOR,
            )
        ) from error
    if not isinstance(content, dict):
        raise TextlienError(
            Problem.error("annotation.meta-no-table", Location(option=option), name=name)
        )
    return content
