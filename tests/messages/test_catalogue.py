"""Every message in both languages, every parameter given, no message that nobody sends."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from textlien.messages.catalogue import LANGUAGES, files, identifiers, placeholders, text_of

SRC = Path(__file__).parents[2] / "src" / "textlien"
IDENTIFIER = re.compile(r"[a-z_]+\.[a-z0-9_*-]+")

MAKERS = {"error", "warning", "note", "message", "text", "hint"}
"""Functions and methods whose first argument is an identifier."""


class Use(NamedTuple):
    """One place of the code that sends a message; ``given`` is None where it cannot be known."""

    where: str
    identifier: str
    given: set[str] | None


def uses() -> Iterator[Use]:
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                yield from _calls(node, f"{path.relative_to(SRC)}:{node.lineno}")
    for path in sorted(SRC.rglob("*.j2")):
        for found in re.finditer(r'\.text\("([^"]+)"([^{}]*?)\)', path.read_text("utf-8")):
            given = set(re.findall(r"(\w+)=", found[2]))
            yield Use(path.name, found[1], given if given else None)


def _calls(node: ast.Call, where: str) -> Iterator[Use]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    identifier = _identifier(node.args[0])
    if name in MAKERS and identifier is not None and IDENTIFIER.fullmatch(identifier):
        given = {keyword.arg for keyword in node.keywords}
        known = None not in given and "*" not in identifier
        yield Use(where, identifier, {str(key) for key in given} if known else None)
    # An identifier may also be chosen first and sent later: then its parameters are not checked.
    for argument in ast.walk(node):
        text = _identifier(argument)
        if text is not None and argument is not node.args[0] and IDENTIFIER.fullmatch(text):
            yield Use(where, text, None)


def _identifier(node: ast.AST) -> str | None:
    """A text; « * » stands for what is known at run time only."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values
        )
    return None


def texts(identifier: str, language: str) -> str:
    text = text_of(identifier, language)
    return f"{text.text}\n{text.hint}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_and_every_text_can_be_read(language):
    assert files(language) == files(LANGUAGES[0])
    for identifier in identifiers(language):
        placeholders(texts(identifier, language))
        assert text_of(identifier, language).text.strip(), identifier


def test_every_message_is_there_in_both_languages():
    assert identifiers("fr") ^ identifiers("en") == set()


def test_both_languages_name_the_same_parameters():
    for identifier in sorted(identifiers("fr") & identifiers("en")):
        french, english = (placeholders(texts(identifier, lang)) for lang in ("fr", "en"))
        assert french == english, identifier


def test_the_code_sends_no_message_that_the_catalogue_lacks():
    known = identifiers("fr")
    prefixes = {identifier.partition(".")[0] for identifier in known}
    lacking = [
        f"{use.where}: {use.identifier}"
        for use in uses()
        if use.given is not None and use.identifier not in known
    ]
    lacking += [
        f"{use.where}: {use.identifier}"
        for use in uses()
        if "*" in use.identifier
        and use.identifier.partition(".")[0] in prefixes
        and not any(_matches(use.identifier, identifier) for identifier in known)
    ]
    assert lacking == []


def test_every_parameter_of_a_message_is_given_and_used():
    known = identifiers("fr")
    wrong = [
        f"{use.where}: {use.identifier} wants {sorted(wanted)}, gets {sorted(use.given)}"
        for use in uses()
        if use.given is not None and use.identifier in known
        for wanted in [placeholders(texts(use.identifier, "fr"))]
        if wanted != use.given
    ]
    assert wrong == []


def test_every_problem_has_a_place():
    """An option without a file gets that of the study from the runner (``Problem.in_file``)."""
    placeless = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in sorted(SRC.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Location"
        and not node.keywords
    ]
    assert placeless == []


def test_no_message_is_left_that_nobody_sends():
    sent = {use.identifier for use in uses()} | set(_constants())
    patterns = [identifier for identifier in sent if "*" in identifier]
    unsent = [
        identifier
        for identifier in sorted(identifiers("fr"))
        if identifier not in sent and not any(_matches(p, identifier) for p in patterns)
    ]
    assert unsent == []


def _constants() -> Iterator[str]:
    """Identifiers that stand anywhere else in the code, as in a table of them."""
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = _identifier(node)
            if text is not None and IDENTIFIER.fullmatch(text):
                yield text


def _matches(pattern: str, identifier: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", r"[a-z0-9_-]+"), identifier) is not None
