"""The corpus format of IRaMuTeQ: texts that begin at ``****`` with starred variables.

What IRaMuTeQ itself loses or damages without a word is reported here with its line: text
before the first ``****``, an empty text, a lone ``*``, a ``-`` in a variable, a space in a
theme, ``*`` in the body, text between ``****`` and the first theme, a byte-order mark.

References
----------
Ratinaud, P. (2014). IRaMuTeQ : Interface de R pour les analyses multidimensionnelles de textes
et de questionnaires.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text.marks import LINE_END
from textlien.text.normalise import normalise
from textlien.transcripts.model import Document, Utterance

_START = re.compile(r"^\*\*\*\*", re.MULTILINE)
_BYTE_ORDER_MARK = "\ufeff"
_EXCERPT_LENGTH = 40
"""Characters of a line that a message quotes."""


@dataclass
class _Text:
    """One text while it is being read: numbered lines, cut at its themes."""

    line: int
    variables: list[tuple[str, str]] = field(default_factory=list)
    parts: list[tuple[int, str, list[str]]] = field(default_factory=list)
    has_theme: bool = False
    problems: list[Problem] = field(default_factory=list)


def is_corpus(text: str) -> bool:
    """True when a line of ``text`` begins with ``****``."""
    return bool(_START.search(text.removeprefix(_BYTE_ORDER_MARK)))


def count(text: str) -> int:
    """Count the texts of a corpus without reading them."""
    return sum(1 for _ in _START.finditer(text))


def parse(text: str, file: str) -> list[Document]:
    """Split an IRaMuTeQ corpus into its texts.

    Parameters
    ----------
    text : content of the file, with at least one ``****`` line.
    file : its name in messages.

    Returns
    -------
    One document per text, named by its rank from 1; starred variables are its head, and as written
    its ``variables``; a theme (``-*name``) begins a new utterance, of which it is the section.
    """
    lines = LINE_END.split(text.removeprefix(_BYTE_ORDER_MARK))
    first = next(number for number, line in enumerate(lines) if line.startswith("****"))
    texts: list[_Text] = []
    for number, line in enumerate(lines[first:], start=first + 1):
        if line.startswith("****"):
            texts.append(_open(number, line, file))
        else:
            _add(texts[-1], number, line, file)
    texts[0].problems[:0] = [*_byte_order_mark(text, file), *_before(lines[:first], file)]
    for part in texts:
        _check_empty(part, file)
    return [_document(rank, part) for rank, part in enumerate(texts, start=1)]


def _byte_order_mark(text: str, file: str) -> Iterator[Problem]:
    """A warning where the text begins with a byte-order mark."""
    if text.startswith(_BYTE_ORDER_MARK):
        yield Problem.warning("transcripts.byte-order-mark", Location(file=file, line=1))


def _check_empty(text: _Text, file: str) -> None:
    """Say where a text without a word is, and a theme without one, which cannot be kept."""
    filled = [bool(normalise("\n".join(lines))) for _, _, lines in text.parts]
    if not any(filled):
        place = Location(file=file, line=text.line)
        stars = " ".join(f"*{name}_{value}" for name, value in text.variables)
        text.problems.append(
            Problem.warning("transcripts.starred-text-without-words", place, variables=stars)
            if stars
            else Problem.warning("transcripts.text-without-words", place)
        )
        return
    for (number, theme, _), has_words in zip(text.parts, filled, strict=True):
        if theme and not has_words:
            place = Location(file=file, line=number)
            text.problems.append(
                Problem.warning("transcripts.theme-without-text", place, theme=theme)
            )


def _before(lines: list[str], file: str) -> Iterator[Problem]:
    """Warnings of the first text and of the first theme above the first ``****``."""
    is_named = {False: False, True: False}
    for number, line in enumerate(lines, start=1):
        is_theme = line.startswith("-*")
        if not line.strip() or is_named[is_theme]:
            continue
        is_named[is_theme] = True
        place, excerpt = Location(file=file, line=number), _excerpt(line)
        if is_theme:
            yield Problem.warning("transcripts.theme-above-texts", place, excerpt=excerpt)
        else:
            yield Problem.warning("transcripts.text-above-texts", place, excerpt=excerpt)


def _open(number: int, line: str, file: str) -> _Text:
    """A new text from its ``****`` line."""
    text = _Text(number)
    place = Location(file=file, line=number)
    for token in line[4:].split():
        variable, _, modality = token.removeprefix("*").partition("_")
        if not token.startswith("*"):
            text.problems.append(
                Problem.warning("transcripts.variable-without-star", place, token=token)
            )
        elif not variable:
            text.problems.append(
                Problem.warning("transcripts.variable-without-name", place, token=token)
            )
        elif "-" in variable:
            text.problems.append(
                Problem.warning("transcripts.variable-with-dash", place, token=token)
            )
        if variable and token.startswith("*"):
            text.variables.append((variable, modality))
    return text


def _add(text: _Text, number: int, line: str, file: str) -> None:
    """Add a line to a text: a theme, or words of the one that is open."""
    place = Location(file=file, line=number)
    if line.startswith("-*"):
        if len(line.split()) > 1:
            problem = Problem.warning("transcripts.theme-with-blank", place, theme=line[1:].strip())
            text.problems.append(problem)
        if not text.has_theme and any(part.strip() for _, _, lines in text.parts for part in lines):
            text.problems.append(Problem.warning("transcripts.text-above-themes", place))
        text.has_theme = True
        text.parts.append((number, line[2:].strip(), []))
        return
    if "*" in line:
        problem = Problem.warning("transcripts.star-in-text", place, excerpt=_excerpt(line))
        text.problems.append(problem)
    if not text.parts:
        text.parts.append((number, "", []))
    text.parts[-1][2].append(line)


def _document(rank: int, text: _Text) -> Document:
    """The text as an interview; a theme without a word is dropped."""
    utterances = tuple(
        Utterance("", content, place=Location(line=number), section=theme)
        for number, theme, lines in text.parts
        if normalise(content := "\n".join(lines))
    )
    head = {name.lower(): value for name, value in text.variables}
    return Document(str(rank), head, utterances, tuple(text.problems), tuple(text.variables))


def _excerpt(line: str) -> str:
    """The beginning of a line, for a message."""
    text = line.strip()
    return f"{text[:_EXCERPT_LENGTH]}…" if len(text) > _EXCERPT_LENGTH + 1 else text
