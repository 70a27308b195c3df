"""The corpus format of IRaMuTeQ: texts that begin at ``****`` with starred variables.

What IRaMuTeQ itself loses or damages without a word is reported here with its line: text
before the first ``****``, an empty text, a lone ``*``, a ``-`` in a variable, a space in a
theme, ``*`` in the body, text between ``****`` and the first theme, a byte-order mark.

Lines of stars are known by their variables rather than by their stars: indented, with three or five
stars, with stars of Asian keyboards, closed by stars, with words behind the variables, or numbered
as Alceste does (``0001 *ville_creil``), they begin a text too. « **** est venu » does not.

References
----------
Ratinaud, P. (2014). IRaMuTeQ : Interface de R pour les analyses multidimensionnelles de textes
et de questionnaires.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text.marks import LINE_END
from textlien.text.normalise import has_text
from textlien.transcripts.model import Document, Utterance

_STARS = str.maketrans(dict.fromkeys("＊∗⁎✱٭", "*"))
_ANY_STAR = re.compile("[*＊∗⁎✱٭]")
_AROUND = " \t\u00a0\u200b\ufeff"
_STARRED = re.compile(r"(?P<stars>\*{3,20})(?P<rest>.*?)(?:\*{3,20})?")
_NUMBERED = re.compile(r"\d{1,6}[.)]?[ \t\u00a0]{1,8}(?P<rest>\*\w.*)")
_GLUED = re.compile(r"(?<=[^\s*])\*(?=\w)")
_STARRED_TOKEN = re.compile(r"(?<!\S)\*\S*")
_THEME = re.compile(r"[-–—]\s{0,2}\*(?P<name>.*)")
_BARE = 4
"""Stars of a line without variables that begins a text."""
# Words behind the last variable from which they are the text, and no modality with a blank in it,
# as « *ville_Le Havre ». A judgement.
_FEWEST_WORDS = 4
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
    """True when a line of ``text`` begins a text: stars with variables, or four stars alone."""
    return any(header is not None for header in headers_of(text))


def headers_of(text: str) -> list[str | None]:
    """Of each line of a file what stands behind its stars, if it begins a text; else None."""
    if not _ANY_STAR.search(text):
        return []
    return [_header(line) for line in LINE_END.split(text.removeprefix(_BYTE_ORDER_MARK))]


def without_stars(text: str, headers: Sequence[str | None]) -> str:
    """The text with its lines of stars blank."""
    lines = LINE_END.split(text.removeprefix(_BYTE_ORDER_MARK))
    return "\n".join(
        line if header is None else "" for header, line in zip(headers, lines, strict=True)
    )


def _header(line: str) -> str | None:
    """The part of a line behind the stars that begin a text; None for any other line.

    >>> _header("  **** *ent_1*ville_creil ****"), _header("0001 *ent_1"), _header("****")
    ('*ent_1 *ville_creil', '*ent_1', '')
    >>> _header("**** est venu"), _header("*** "), _header("*Paul* est venu")
    (None, None, None)
    """
    line = line.strip(_AROUND)
    if not line[:1].isdigit() and line[:1].translate(_STARS) != "*":
        return None
    line = line.translate(_STARS)
    match = _STARRED.fullmatch(line) or _NUMBERED.fullmatch(line)
    if match is None:
        return None
    stars, rest = match.groupdict().get("stars", ""), match["rest"].strip(_AROUND)
    if not rest:
        return "" if len(stars) >= _BARE else None
    if len(stars) > _BARE and match["rest"] == rest:
        rest = f"*{rest}"  # « *****ent_1 »: the last star is the variable's
    rest = _GLUED.sub(" *", rest)
    return rest if _names_variables(rest.split()) else None


def _names_variables(tokens: list[str]) -> bool:
    """True for variables, the first at least with a modality or all with a star."""
    if "_" in tokens[0] or all(token.startswith("*") for token in tokens):
        return True
    starred = [token for token in tokens if token.startswith("*")]
    return tokens[0] in starred and any("_" in token for token in starred)


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
    starred = headers_of(text)
    headers = _without_closing(starred, lines)
    first = next(number for number, header in enumerate(headers) if header is not None)
    texts: list[_Text] = []
    for number, header in enumerate(headers, start=1):
        if header is not None:
            texts.append(_open(number, header, file))
        elif number > first and starred[number - 1] is None:
            _add(texts[-1], number, lines[number - 1], file)
    texts[0].problems[:0] = [*_byte_order_mark(text, file), *_before(lines[:first], file)]
    for part in texts:
        _check_empty(part, file)
    return [_document(rank, part) for rank, part in enumerate(texts, start=1)]


def _without_closing(headers: list[str | None], lines: list[str]) -> list[str | None]:
    """Headers without stars alone that close a text: another text or nothing follows them."""
    kept: list[str | None] = []
    follows = bool(any(headers))
    for header, line in zip(reversed(headers), reversed(lines), strict=True):
        is_closing = header == "" and follows
        kept.append(None if is_closing else header)
        if line.strip():
            follows = header is not None
    kept.reverse()
    return kept


def _byte_order_mark(text: str, file: str) -> Iterator[Problem]:
    """A warning where the text begins with a byte-order mark."""
    if text.startswith(_BYTE_ORDER_MARK):
        yield Problem.warning("transcripts.byte-order-mark", Location(file=file, line=1))


def _check_empty(text: _Text, file: str) -> None:
    """Say where a text without a word is, and a theme without one, which cannot be kept."""
    filled = [has_text("\n".join(lines)) for _, _, lines in text.parts]
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
        is_theme = _theme(line) is not None
        if not line.strip() or is_named[is_theme]:
            continue
        is_named[is_theme] = True
        place, excerpt = Location(file=file, line=number), _excerpt(line)
        if is_theme:
            yield Problem.warning("transcripts.theme-above-texts", place, excerpt=excerpt)
        else:
            yield Problem.warning("transcripts.text-above-texts", place, excerpt=excerpt)


def _open(number: int, header: str, file: str) -> _Text:
    """A new text from what stands behind the stars of its line."""
    text = _Text(number)
    place = Location(file=file, line=number)
    starred = [match.end() for match in _STARRED_TOKEN.finditer(header)]
    behind = header[starred[-1] :].strip() if starred else ""
    if len(behind.split()) >= _FEWEST_WORDS:
        header = header[: starred[-1]]
        text.parts.append((number, "", [behind]))
        problem = Problem.warning("transcripts.text-behind-stars", place, excerpt=_excerpt(behind))
        text.problems.append(problem)
    for token in header.split():
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


def _theme(line: str) -> str | None:
    """Name of the theme that a line begins, or None."""
    match = _THEME.fullmatch(line.strip(_AROUND).translate(_STARS))
    return match["name"].strip() if match else None


def _add(text: _Text, number: int, line: str, file: str) -> None:
    """Add a line to a text: a theme, or words of the one that is open."""
    place = Location(file=file, line=number)
    theme = _theme(line)
    if theme is not None:
        if len(theme.split()) > 1:
            problem = Problem.warning("transcripts.theme-with-blank", place, theme=f"*{theme}")
            text.problems.append(problem)
        if not text.has_theme and any(part.strip() for _, _, lines in text.parts for part in lines):
            text.problems.append(Problem.warning("transcripts.text-above-themes", place))
        text.has_theme = True
        text.parts.append((number, theme, []))
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
        if has_text(content := "\n".join(lines))
    )
    head = {name.lower(): value for name, value in text.variables}
    return Document(str(rank), head, utterances, tuple(text.problems), tuple(text.variables))


def _excerpt(line: str) -> str:
    """The beginning of a line, for a message."""
    text = line.strip()
    return f"{text[:_EXCERPT_LENGTH]}…" if len(text) > _EXCERPT_LENGTH + 1 else text
