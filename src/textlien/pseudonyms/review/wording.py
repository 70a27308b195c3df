"""The words of reasons, in the language of the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from textlien.messages.message import Message, Value, message
from textlien.messages.translator import Translator
from textlien.pseudonyms.reasons import Evidence, Reason

_ENTITIES = frozenset(["PER", "LOC", "ORG", "MISC"])
"""Labels of the French models of spaCy; another pipeline's are shown as they are."""


def reasons_cell(reasons: Iterable[Evidence], translator: Translator) -> str:
    """Reasons as a cell of the sheet: « prénom, peut-être : Karim Belaïdi »."""
    return ", ".join(translator.message(reason_message(evidence)) for evidence in reasons)


def reasons_of(cell: str) -> tuple[Evidence, ...]:
    """Reasons of a sheet that was read: they keep their words, whatever the language."""
    parts = filter(None, map(str.strip, cell.split(",")))
    return tuple(Evidence(Reason.AS_WRITTEN, (part,)) for part in parts)


def reason_message(evidence: Evidence) -> Message:
    """The message of one reason."""
    names = _alternatives(evidence.names)
    if evidence.reason is Reason.ENTITY and evidence.names[0] in _ENTITIES:
        names = message(f"pseudonyms.entity-{evidence.names[0].lower()}")
    return message(f"pseudonyms.reason-{evidence.reason}", names=names)


def _alternatives(names: tuple[str, ...]) -> Value:
    """Names joined by « ou »."""
    if not names:
        return ""
    alternatives: Value = names[0]
    return reduce(
        lambda first, second: message("pseudonyms.either", first=first, second=second),
        names[1:],
        alternatives,
    )
