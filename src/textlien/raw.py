"""Transitional: problems whose text is still English in the code."""

from __future__ import annotations

from textlien.errors import Problem, Severity, TextlienError
from textlien.messages.message import Location, Message
from textlien.messages.translator import Translator

_EN = Translator("en")


def raw_problem(
    file: str, text: str, hint: str = "", place: str = "", severity: Severity = "error"
) -> Problem:
    """A problem in English words."""
    message = Message("raw.problem", {"text": text, "hint": hint})
    return Problem(message, Location(file=file, raw=place), severity)


def raw_error(text: str, hint: str = "") -> TextlienError:
    """An error in English words."""
    return TextlienError(raw_problem("", text, hint))


def raw_text(problem: Problem | TextlienError) -> str:
    """Its words in English; of an error, with the place."""
    if isinstance(problem, TextlienError):
        return "\n".join(p.render(_EN).removesuffix(_hint(p)) for p in problem.problems)
    return problem.text(_EN)


def _hint(problem: Problem) -> str:
    hint = problem.hint(_EN).replace("\n", "\n  ")
    return f"\n  {hint}" if hint else ""


def raw_hint(problem: Problem | TextlienError) -> str:
    """Its hint in English."""
    return (problem.problems[0] if isinstance(problem, TextlienError) else problem).hint(_EN)


def raw_place(problem: Problem) -> str:
    """Its place in English."""
    return _EN.place(problem.location)
