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
from textlien.raw import raw_problem
from textlien.text.marks import LINE_END
from textlien.text.normalise import normalise
from textlien.transcripts.model import Document, Utterance

_START = re.compile(r"^\*\*\*\*", re.MULTILINE)
_BYTE_ORDER_MARK = "\ufeff"


@dataclass
class _Text:
    """One text while it is being read: numbered lines, cut at its themes."""

    line: int
    variables: list[tuple[str, str]] = field(default_factory=list)
    parts: list[tuple[int, str, list[str]]] = field(default_factory=list)
    has_theme: bool = False
    problems: list[Problem] = field(default_factory=list)


def is_corpus(text: str) -> bool:
    """Whether a line of ``text`` begins with ``****``."""
    return bool(_START.search(text.removeprefix(_BYTE_ORDER_MARK)))


def count(text: str) -> int:
    """How many texts a corpus has, without reading them."""
    return sum(1 for _ in _START.finditer(text))


def parse(text: str, shown: str) -> list[Document]:
    """Split an IRaMuTeQ corpus into its texts.

    Parameters
    ----------
    text : content of the file, with at least one ``****`` line.
    shown : name of the file in messages.

    Returns
    -------
    One document a text, named by its rank from 1; starred variables are its head, and as written
    its ``variables``; a theme (``-*name``) begins a new utterance, of which it is the section.
    """
    lines = LINE_END.split(text.removeprefix(_BYTE_ORDER_MARK))
    first = next(number for number, line in enumerate(lines) if line.startswith("****"))
    texts: list[_Text] = []
    for number, line in enumerate(lines[first:], start=first + 1):
        if line.startswith("****"):
            texts.append(_open(number, line, shown))
        else:
            _add(texts[-1], number, line, shown)
    texts[0].problems[:0] = [*_marked(text, shown), *_before(lines[:first], shown)]
    for found in texts:
        _check_empty(found, shown)
    return [_document(rank, found) for rank, found in enumerate(texts, start=1)]


def _marked(text: str, shown: str) -> Iterator[Problem]:
    if text.startswith(_BYTE_ORDER_MARK):
        message = "the file begins with a byte-order mark."
        hint = "It was read all the same; IRaMuTeQ loses the first text. Save as UTF-8 without BOM."
        yield raw_problem(shown, message, hint, Location(line=1), "warning")


def _check_empty(text: _Text, shown: str) -> None:
    """Say where a text without a word is, and a theme without one, which cannot be kept."""
    filled = [bool(normalise("\n".join(lines))) for _, _, lines in text.parts]
    hint = "IRaMuTeQ drops it without a word. Restore it, or remove the line."
    if not any(filled):
        message = f"a text without a word{_named(text)}."
        text.problems.append(raw_problem(shown, message, hint, Location(line=text.line), "warning"))
        return
    for (number, theme, _), has_words in zip(text.parts, filled, strict=True):
        if theme and not has_words:
            message = f"the theme « {theme} » has no text, and was left out."
            text.problems.append(
                raw_problem(shown, message, hint, Location(line=number), "warning")
            )


def _named(text: _Text) -> str:
    stars = " ".join(f"*{name}_{value}" for name, value in text.variables)
    return f", {stars}" if stars else ""


def _before(lines: list[str], shown: str) -> Iterator[Problem]:
    told: set[str] = set()
    for number, line in enumerate(lines, start=1):
        what = "a theme" if line.startswith("-*") else "text"
        if line.strip() and what not in told:
            told.add(what)
            yield raw_problem(
                shown,
                f'{what} before the first "****" belongs to no text: {_excerpt(line)}.',
                'Put a line "**** *variable_modality" above it; it was left out.',
                Location(line=number),
                "warning",
            )


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
            text.problems.append(raw_problem(shown, fault, hint, Location(line=number), "warning"))
        if variable and token.startswith("*"):
            text.variables.append((variable, modality))
    return text


def _add(text: _Text, number: int, line: str, shown: str) -> None:
    place = Location(line=number)
    if line.startswith("-*"):
        if len(line.split()) > 1:
            message = f'a space in the theme "{line[1:].strip()}".'
            hint = "IRaMuTeQ keeps its first word only; write it with _."
            text.problems.append(raw_problem(shown, message, hint, place, "warning"))
        if not text.has_theme and any(part.strip() for _, _, lines in text.parts for part in lines):
            message = 'text between "****" and the first theme.'
            hint = "It was kept here; IRaMuTeQ ignores it."
            text.problems.append(raw_problem(shown, message, hint, place, "warning"))
        text.has_theme = True
        text.parts.append((number, line[2:].strip(), []))
        return
    if "*" in line:
        message = f"a star inside the text: {_excerpt(line)}."
        hint = "It was kept here; IRaMuTeQ takes it for a variable. Remove it."
        text.problems.append(raw_problem(shown, message, hint, place, "warning"))
    if not text.parts:
        text.parts.append((number, "", []))
    text.parts[-1][2].append(line)


def _document(rank: int, text: _Text) -> Document:
    utterances = tuple(
        Utterance("", content, place=Location(line=number), section=theme)
        for number, theme, lines in text.parts
        if normalise(content := "\n".join(lines))
    )
    head = {name.lower(): value for name, value in text.variables}
    return Document(str(rank), head, utterances, tuple(text.problems), tuple(text.variables))


def _excerpt(line: str) -> str:
    short = line.strip()
    return f"« {short[:40]}… »" if len(short) > 41 else f"« {short} »"
