"""How the report speaks: its words, besides the numbers of :class:`Translator`."""

from __future__ import annotations

from dataclasses import dataclass

from textlien.messages.translator import Translator
from textlien.messages.typography import set_label
from textlien.report.locale import METHODS, WORDS


@dataclass(frozen=True, slots=True)
class Voice(Translator):
    """Words and numbers of the report in one language."""

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
