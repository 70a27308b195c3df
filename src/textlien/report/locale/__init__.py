"""What the report says, in each of its languages."""

from textlien.report.locale import en, fr

WORDS: dict[str, dict[str, str]] = {"fr": fr.WORDS, "en": en.WORDS}
"""Language → key → text. A key ``x_one`` / ``x_many`` is chosen by :meth:`Voice.counted`."""

METHODS: dict[str, dict[str, str]] = {"fr": fr.METHODS, "en": {}}
"""Language → what a table says in column ``method``, in English → translation."""
