"""French typography (spaces that do not break, apostrophes that curve), and tables in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NO_BREAK = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"

_CODE = re.compile(r"(`[^`]*`)")


def set_french_spaces(text: str) -> str:
    """Replace the spaces of French punctuation by no-break ones.

    Narrow before « ; ! ? », full before « : » and « % » and inside « », as the Imprimerie
    nationale's rules have it (*Lexique des règles typographiques*, 2002).
    """
    text = re.sub(r" ([;!?])", NARROW + r"\1", text)
    text = re.sub(r" ([:%»])", NO_BREAK + r"\1", text)
    return text.replace("« ", "«" + NO_BREAK)


def set_label(text: str) -> str:
    """Set a French label as the text around it: no-break spaces and a curved apostrophe."""
    return set_french_spaces(text).replace("'", "’")


def typeset(template: str, language: str) -> str:
    """Set a template of the catalogue in the typography of its language.

    What stands between backticks is to be typed or pasted: it stays letter by letter, without
    the backticks.
    """
    parts = _CODE.split(template)
    return "".join(
        part[1:-1]
        if _CODE.fullmatch(part)
        else set_label(part)
        if language == "fr"
        else part.replace("'", "’")
        for part in parts
    )


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table of cells that are text already."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
