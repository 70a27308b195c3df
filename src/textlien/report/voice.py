"""How the report speaks: words and numbers of one language, with its typography."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from textlien.report.locale import METHODS, WORDS

NO_BREAK = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"


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


@dataclass(frozen=True, slots=True)
class Voice:
    """Words and numbers in one language.

    Attributes
    ----------
    language : a key of :data:`textlien.report.locale.WORDS`.
    """

    language: str

    def say(self, key: str, **values: object) -> str:
        """Text ``key`` with its placeholders filled."""
        template = WORDS[self.language][key]
        template = set_label(template) if self.language == "fr" else template.replace("'", "’")
        return template.format(**values)

    def method(self, text: str) -> str:
        """Column ``method`` of a table in this language; as it is without a translation."""
        translated = METHODS[self.language].get(text)
        return set_label(translated) if translated else text

    def counted(self, key: str, n: int, **values: object) -> str:
        """Text ``key_one`` or ``key_many``: French has the singular for 0, English has not."""
        single = n < 2 if self.language == "fr" else n == 1
        return self.say(f"{key}_{'one' if single else 'many'}", n=self.count(n), **values)

    def count(self, n: int) -> str:
        """A whole number, with thousands set apart: ``61 204``."""
        return f"{n:,}".replace(",", NARROW if self.language == "fr" else ",")

    def decimal(self, number: float, digits: int) -> str:
        """A number with ``digits`` decimals, or a dash where there is none."""
        if math.isnan(number):
            return self.say("none")
        text = f"{number:.{digits}f}"
        if float(text) == 0:
            text = text.lstrip("-")
        text = text.replace("-", MINUS)
        return text.replace(".", ",") if self.language == "fr" else text

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
            return self.say("none")
        write = self.points if signed else self.percent
        separator = f"{NARROW};{NO_BREAK}" if self.language == "fr" else f",{NO_BREAK}"
        return f"[{write(low)}{separator}{write(high)}]"

    def plain_interval(self, low: float, high: float) -> str:
        """An interval of scores with two decimals: ``[0,71 ; 0,83]``."""
        separator = f"{NARROW};{NO_BREAK}" if self.language == "fr" else f",{NO_BREAK}"
        return f"[{self.decimal(low, 2)}{separator}{self.decimal(high, 2)}]"

    def probability(self, p: float) -> str:
        """A p-value with three decimals: ``0,032`` or ``< 0,001``."""
        if p < 0.001:
            return f"<{NO_BREAK}{self.decimal(0.001, 3)}"
        return self.decimal(p, 3)

    def listed(self, parts: list[str]) -> str:
        """An enumeration, set apart by semicolons since its parts may hold commas."""
        separator = f"{NARROW}; " if self.language == "fr" else "; "
        return separator.join(parts)
