"""Lexique 3: lemmas and parts of speech of 140,000 French forms, for training the annotator.

IRaMuTeQ's dictionary of French comes from the same lexicon, so its users find the lemmas they
know. The file is read at training time only and is no part of textlien.

References
----------
New, B., Pallier, C., Brysbaert, M., & Ferrand, L. (2004). Lexique 2: A new French lexical
database. Behavior Research Methods, Instruments, & Computers, 36(3), 516-524. The file,
Lexique383.tsv, is at http://www.lexique.org (CC BY-SA 4.0).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.encoding import read_text
from textlien.messages.message import Location
from textlien.text.ligatures import with_ligature

_COLUMNS = ("1_ortho", "3_lemme", "4_cgram", "9_freqfilms2", "10_freqlivres", "11_infover")

_POS = {
    "NOM": "NOUN",
    "VER": "VERB",
    "AUX": "AUX",
    "ADJ": "ADJ",
    "ADV": "ADV",
    "PRE": "ADP",
    "CON": "CCONJ",
    "ONO": "INTJ",
    "LIA": "X",
}

# « ADJ:pos », « ADJ:num » … are determiners; « PRO:per », « ART:def » …
_POS_OF_FAMILY = {"ART": "DET", "PRO": "PRON", "ADJ": "DET"}

_MOODS = {"par": "p", "inf": "i", "imp": "m"}


class Entry(NamedTuple):
    """A form as one part of speech.

    Attributes
    ----------
    lemma : the most frequent one, with « œ » where French has it.
    frequency : of the form, per million words of films plus per million words of books.
    verb_forms : of a verb, sorted letters: f finite, i infinitive, m imperative, p participle.
    """

    lemma: str
    frequency: float
    verb_forms: str


Lexique = dict[str, dict[str, Entry]]
"""Form in lower case, part of speech (Universal Dependencies), entry."""


def read_lexique(path: Path) -> Lexique:
    """Entries of Lexique 3, by form and part of speech; forms with « œ » are there both ways.

    Parameters
    ----------
    path : Lexique383.tsv, in UTF-8 or Latin-1.

    Raises
    ------
    TextlienError
        When the file cannot be read, or lacks a column.
    """
    entries: Lexique = {}
    best: dict[tuple[str, str], float] = {}
    for form, pos, row in _rows(path):
        frequency = _number(row["9_freqfilms2"]) + _number(row["10_freqlivres"])
        lemma = with_ligature(row["3_lemme"].lower())
        verb_forms = _verb_forms(row["11_infover"]) if pos == "VERB" else ""
        by_pos = entries.setdefault(form, {})
        if (earlier := by_pos.get(pos)) is not None:
            if frequency <= best[form, pos]:
                lemma = earlier.lemma
            verb_forms = "".join(sorted({*verb_forms, *earlier.verb_forms}))
        best[form, pos] = max(frequency, best.get((form, pos), 0.0))
        total = frequency + (earlier.frequency if earlier else 0.0)
        by_pos[pos] = Entry(lemma, total, verb_forms)
    for form in list(entries):
        if (joined := with_ligature(form)) != form:
            entries[joined] = entries[form]
    return entries


def word_class(entries: dict[str, Entry]) -> str:
    """The parts of speech that one form can have, with the verb forms that it can be.

    >>> word_class({"VERB": Entry("élire", 9.0, "p"), "NOUN": Entry("élu", 9.0, "")})
    'NOUN|Vp'
    """
    return "|".join(
        sorted(f"V{entry.verb_forms}" if pos == "VERB" else pos for pos, entry in entries.items())
    )


def word_classes(lexique: Lexique) -> dict[str, str]:
    """The class (see :func:`word_class`) of every form."""
    return {form: word_class(entries) for form, entries in lexique.items()}


def _rows(path: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Form, part of speech and cells of the rows that have a part of speech."""
    reader = csv.DictReader(io.StringIO(read_text(path, str(path)).text), delimiter="\t")
    lacking = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if lacking:
        raise TextlienError(
            Problem.error(
                "annotation.lexique-columns", Location(file=str(path)), columns=tuple(lacking)
            )
        )
    for number, row in enumerate(reader, 2):
        if any(row[name] is None for name in _COLUMNS):
            location = Location(file=str(path), line=number)
            raise TextlienError(Problem.error("annotation.lexique-short-row", location))
        code = row["4_cgram"]
        pos = _POS.get(code) or _POS_OF_FAMILY.get(code.split(":")[0])
        if pos:
            yield row["1_ortho"].lower(), pos, row


def _verb_forms(moods: str) -> str:
    """« par:pas;ind:pre:3s; » → « fp »; a verb form without details is finite."""
    names = [mood.split(":")[0] for mood in moods.split(";") if mood]
    return "".join(sorted({_MOODS.get(name, "f") for name in names})) or "f"


def _number(cell: str) -> float:
    """A decimal number; 0 for an empty cell."""
    return float(cell.replace(",", ".") or 0)
