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
from textlien.transcripts.marks import LINE_END
from textlien.transcripts.model import Document, Utterance
from textlien.transcripts.normal import normalise

_START = re.compile(r"^\*\*\*\*", re.MULTILINE)
_BYTE_ORDER_MARK = "\ufeff"


@dataclass
class _Text:
    """One text while it is being read: numbered lines, cut at its themes."""

    line: int
    head: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[int, list[str]]] = field(default_factory=list)
    has_theme: bool = False
    problems: list[Problem] = field(default_factory=list)


def is_corpus(text: str) -> bool:
    """Whether a line of ``text`` begins with ``****``."""
    return bool(_START.search(text.removeprefix(_BYTE_ORDER_MARK)))


def parse(text: str, shown: str) -> list[Document]:
    """Split an IRaMuTeQ corpus into its texts.

    Parameters
    ----------
    text : content of the file, with at least one ``****`` line.
    shown : name of the file in messages.

    Returns
    -------
    One document a text, named by its rank from 1; starred variables are its head; a theme
    (``-*name``) begins a new utterance.
    """
    lines = LINE_END.split(text)
    first = next(number for number, line in enumerate(lines) if line.startswith("****"))
    texts: list[_Text] = []
    for number, line in enumerate(lines[first:], start=first + 1):
        if line.startswith("****"):
            texts.append(_open(number, line, shown))
        else:
            _add(texts[-1], number, line, shown)
    texts[0].problems[:0] = _before(lines[:first], shown)
    return [_document(rank, found) for rank, found in enumerate(texts, start=1)]


def _before(lines: list[str], shown: str) -> Iterator[Problem]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield Problem(
                shown,
                f'text before the first "****" belongs to no text: {_excerpt(line)}.',
                'Put a line "**** *variable_modality" above it; it was left out.',
                f"line {number}",
                "warning",
            )
            return


def _open(number: int, line: str, shown: str) -> _Text:
    text = _Text(number)
    for token in line[4:].split():
        variable, _, modality = token.removeprefix("*").partition("_")
        fault = ""
        if not token.startswith("*"):
            fault = f'"{token}" has no star.'
        elif not variable:
            fault = f'"{token}" names no variable.'
        elif "-" in variable:
            fault = f'"{token}": IRaMuTeQ refuses "-" in a variable name.'
        if fault:
            hint = "Write *variable_modality, with letters, digits and _ only."
            text.problems.append(Problem(shown, fault, hint, f"line {number}", "warning"))
        if variable and token.startswith("*"):
            text.head[variable.lower()] = modality
    return text


def _add(text: _Text, number: int, line: str, shown: str) -> None:
    place = f"line {number}"
    if line.startswith("-*"):
        if len(line.split()) > 1:
            message = f'a space in the theme "{line[1:].strip()}".'
            hint = "IRaMuTeQ keeps its first word only; write it with _."
            text.problems.append(Problem(shown, message, hint, place, "warning"))
        if not text.has_theme and any(part.strip() for _, lines in text.parts for part in lines):
            message = 'text between "****" and the first theme.'
            hint = "It was kept here; IRaMuTeQ ignores it."
            text.problems.append(Problem(shown, message, hint, place, "warning"))
        text.has_theme = True
        text.parts.append((number, []))
        return
    if "*" in line:
        message = f"a star inside the text: {_excerpt(line)}."
        hint = "It was kept here; IRaMuTeQ takes it for a variable. Remove it."
        text.problems.append(Problem(shown, message, hint, place, "warning"))
    if not text.parts:
        text.parts.append((number, []))
    text.parts[-1][1].append(line)


def _document(rank: int, text: _Text) -> Document:
    utterances = tuple(
        Utterance("", content, place=f"line {number}")
        for number, lines in text.parts
        if normalise(content := "\n".join(lines))
    )
    return Document(str(rank), text.head, utterances, tuple(text.problems))


def _excerpt(line: str) -> str:
    short = line.strip()
    return f"« {short[:40]}… »" if len(short) > 41 else f"« {short} »"
