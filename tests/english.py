"""English where French is expected: function words that French does not have."""

from __future__ import annotations

import re

FUNCTION_WORDS = frozenset(
    """
    all although among and any are at because been before below both by cannot could
    did does each either every few for from given has have how if in into is it its known least
    less made many may most must neither no-one nobody nor not nothing of one only other over
    same several shall should since so some such than that the their them then there these they
    this those to too under unless until up upon very was were what when where whether which
    while who whole whose why will with within without would you your
    """.split()
)


def english_words(text: str) -> set[str]:
    """English function words in a text, apart from options, names of files and of columns."""
    prose = re.sub(r"--[\w-]+|\[[^\]]*\]|\S*[/_=]\S*|\S+\.\w{2,5}\b", " ", text)
    return set(re.findall(r"[a-zà-ÿ-]+", prose.lower())) & FUNCTION_WORDS
