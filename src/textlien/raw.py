"""Transitional: problems whose text is still English in the code."""

from __future__ import annotations

from dataclasses import replace

from textlien.errors import Problem, Severity, TextlienError
from textlien.messages.message import Location, Message
from textlien.messages.translator import Translator

ENGLISH = Translator("en")


def raw_problem(
    file: str,
    text: str,
    hint: str = "",
    place: str | Location = "",
    severity: Severity = "error",
) -> Problem:
    """A problem in English words."""
    message = Message("raw.problem", {"text": text, "hint": hint})
    if isinstance(place, Location):
        return Problem(message, replace(place, file=file), severity)
    return Problem(message, Location(file=file, raw=place), severity)


def raw_error(text: str, hint: str = "") -> TextlienError:
    """An error in English words."""
    return TextlienError(raw_problem("", text, hint))


def raw_text(problem: Problem | TextlienError) -> str:
    """Its words in English; of an error, with the place."""
    if isinstance(problem, TextlienError):
        return "\n".join(p.render(ENGLISH).removesuffix(_hint(p)) for p in problem.problems)
    return problem.text(ENGLISH)


def _hint(problem: Problem) -> str:
    hint = problem.hint(ENGLISH).replace("\n", "\n  ")
    return f"\n  {hint}" if hint else ""


def raw_hint(problem: Problem | TextlienError) -> str:
    """Its hint in English."""
    return (problem.problems[0] if isinstance(problem, TextlienError) else problem).hint(ENGLISH)


def raw_place(problem: Problem) -> str:
    """Its place in English."""
    return ENGLISH.place(problem.location)
