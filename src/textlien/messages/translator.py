"""Messages and numbers in one language, with its typography."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textlien.messages.catalogue import default_language, text_of
from textlien.messages.message import Location, Message, Value
from textlien.messages.typography import MINUS, NARROW, NO_BREAK, typeset

_LISTED = re.compile(r"(corpus|axis|theme|speakers\.file) #(\d+(?: \(.*?\))?)(?:\.(.*))?")
"""An option of one of several tables of a name: ``corpus #2.path``, ``axis #1 (projet).key``."""

_PLAIN = re.compile(r"(\w+)(?:\.([^#]+?))?(?: #(\d+))?")
"""An option of a table, or a value in its list: ``axes.codings``, ``terms.pos #2``."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Gives texts of the catalogue and numbers in one language.

    Attributes
    ----------
    language : one of :data:`~textlien.messages.catalogue.LANGUAGES`.

    Notes
    -----
    In a template, ``{name}`` is a parameter: numbers are written as the language writes them, a
    tuple is an enumeration. ``{n:file|files}`` is the singular or the plural, ``{x:%}`` a share
    with its sign, ``{x:.2f}`` a number with two decimals, ``{n:d}`` one without separators,
    ``{name:quoted}`` a text or several in the quotation marks of the language.
    """

    language: str

    def text(self, identifier: str, /, **values: Value) -> str:
        """Text ``identifier`` with its parameters filled in."""
        return self._filled(text_of(identifier, self.language).text, values)

    def hint(self, identifier: str, /, **values: Value) -> str:
        """Hint of a message on what to do, or ""."""
        return self._filled(text_of(identifier, self.language).hint, values)

    def message(self, message: Message) -> str:
        """The text of a message."""
        return self.text(message.id, **message.values)

    def location(self, location: Location) -> str:
        """A file and the place in it: « metadata.csv, ligne 14 »."""
        return ", ".join(filter(None, (location.file, self.place(location))))

    def place(self, location: Location) -> str:
        """The place in a file, without the file: « page 2, ligne 14 », or ""."""
        return ", ".join(
            self._option(str(value))
            if part == "option"
            else self.text(f"location.{part}", value=str(value))
            for part, value in location.parts()
        )

    def _option(self, option: str) -> str:
        """An option as the study file writes it: « [[corpus]] n° 2, path », « [axes] codings »."""
        listed, plain = _LISTED.fullmatch(option), _PLAIN.fullmatch(option)
        if listed is not None:
            table, number, key = listed.groups()
            name = self.text("location.option-number", value=f"[[{table}]]", number=number)
            return ", ".join(filter(None, (name, key)))
        if plain is not None:
            table, key, number = plain.groups()
            name = f"[{table}] {key}" if key else f"[{table}]"
            return (
                self.text("location.option-number", value=name, number=number) if number else name
            )
        return f"[{option}]"

    def count(self, n: int) -> str:
        """A whole number, with thousands set apart: ``61 204``."""
        return f"{n:,}".replace(",", NARROW if self.language == "fr" else ",")

    def is_singular(self, n: float) -> bool:
        """True when ``n`` takes the singular: 0 and 1.5 do in French, but not in English."""
        return abs(n) < 2 if self.language == "fr" else n == 1

    def decimal(self, number: float, digits: int) -> str:
        """A number with ``digits`` decimals, or a dash where there is none."""
        if math.isnan(number):
            return "—"
        text = f"{number:,.{digits}f}"
        if float(text.replace(",", "")) == 0:
            text = text.lstrip("-")
        text = text.replace("-", MINUS)
        if self.language == "fr":
            text = text.replace(",", NARROW).replace(".", ",")
        return text

    def percent(self, share: float) -> str:
        """A share as a number of hundredths without its sign: ``12,3``."""
        return self.decimal(100 * share, 1)

    def share(self, share: float, *, digits: int = 1) -> str:
        """A share with its sign: ``12,3 %``."""
        return self.decimal(100 * share, digits) + (
            f"{NO_BREAK}%" if self.language == "fr" else "%"
        )

    def points(self, difference: float) -> str:
        """A difference of shares in percentage points, always signed: ``+3,2``."""
        text = self.percent(difference)
        return text if math.isnan(difference) or text[0] == MINUS else f"+{text}"

    def interval(self, low: float, high: float, *, signed: bool = False) -> str:
        """An interval of shares: ``[9,8 ; 15,1]``, or a dash where there is none."""
        if math.isnan(low) or math.isnan(high):
            return "—"
        write = self.points if signed else self.percent
        return f"[{write(low)}{self._semicolon}{write(high)}]"

    def plain_interval(self, low: float, high: float) -> str:
        """An interval of scores with two decimals: ``[0,71 ; 0,83]``."""
        return f"[{self.decimal(low, 2)}{self._semicolon}{self.decimal(high, 2)}]"

    def probability(self, p: float) -> str:
        """A p-value with three decimals: ``0,032`` or ``< 0,001``."""
        if p < 0.001:
            return f"<{NO_BREAK}{self.decimal(0.001, 3)}"
        return self.decimal(p, 3)

    def listed(self, parts: Sequence[str]) -> str:
        """An enumeration, set apart by semicolons since its parts may hold commas."""
        separator = f"{NARROW}; " if self.language == "fr" else "; "
        return separator.join(parts)

    def quoted(self, text: str) -> str:
        """A text in the quotation marks of the language."""
        return f"«{NO_BREAK}{text}{NO_BREAK}»" if self.language == "fr" else f'"{text}"'

    @property
    def _semicolon(self) -> str:
        """Separator of an enumeration: French puts a narrow no-break space before its semicolon."""
        return f"{NARROW};{NO_BREAK}" if self.language == "fr" else f",{NO_BREAK}"

    def _filled(self, template: str, values: Mapping[str, Value]) -> str:
        """A template in the typography of the language, with its parameters filled in."""
        return _Filler(self).vformat(typeset(template, self.language), (), values)


class _Filler(string.Formatter):
    """Fills the parameters of a template by the rules of :class:`Translator`."""

    def __init__(self, translator: Translator) -> None:
        self.translator = translator

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, tuple):
            return ", ".join(self.format_field(part, format_spec) for part in value)
        if isinstance(value, Message):
            return self.translator.message(value)
        if isinstance(value, Location):
            return self.translator.location(value)
        if isinstance(value, int | float):
            return self._number(value, format_spec)
        return self.translator.quoted(value) if format_spec == "quoted" else str(value)

    def _number(self, value: float, spec: str) -> str:
        """A number in the format that a template asks for."""
        if "|" in spec:
            singular, plural = spec.split("|")
            return singular if self.translator.is_singular(value) else plural
        if spec == "%":
            return self.translator.share(value)
        if isinstance(value, int):
            return format(value, spec) if spec else self.translator.count(value)
        return self.translator.decimal(value, int(spec.strip(".f") or 3))


def translator(language: str = "") -> Translator:
    """The translator of a language; by default that of :func:`default_language`."""
    return Translator(language or default_language())
