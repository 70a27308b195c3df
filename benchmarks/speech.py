"""Do the demonstration interviews look like speech? Measured beside real speech and writing.

Usage: python benchmarks/speech.py [FOLDER]

FOLDER holds ``artisans_docx``, ``cfpp2000_textgrid``, ``archelec_two_waves`` and
``republique_numerique`` (by default ../shared/realdata). Of interviews, what interviewees say.

Columns: texts; words; words a sentence (mean) and a turn (median); different forms among the first
600 words of a text (mean), and among the first 5,000 and 20,000 of the corpus; words such as « euh,
ben, hein, quoi, voilà » in 1,000; words said twice running in 1,000; how many of 100 negations
(pas, jamais, rien) have their « ne »; how many of 100 « on, nous » are « on », of 100 « ça, cela »
are « ça », of 100 « y a » have no « il ».
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import isnan, nan
from pathlib import Path
from statistics import mean, median

import pandas as pd

from textlien.errors import TextlienError
from textlien.study.loading import load
from textlien.study.options import LabelsOptions
from textlien.text.marks import mark_spans
from textlien.transcripts import FORMATS, read

DEMO = Path(__file__).parents[1] / "corpora" / "demo"
REAL = Path(__file__).parents[2] / "shared" / "realdata"
FILLERS = frozenset("euh heu ben bah hein quoi voilà enfin bon ouais mm hum".split())
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?")
SENTENCE = re.compile(r"[.?!…]+(?=\s|$)")
NAMES = (
    "corpus", "texts", "words", "a sentence", "a turn", "forms of 600", "of 5,000", "of 20,000",
    "fillers", "repeated", "ne", "on", "ça", "y a",
)  # fmt: skip


def without_marks(text: str) -> str:
    """``text`` without what the transcriber put into it."""
    kept, last = [], 0
    for start, end in mark_spans(text):
        kept.append(text[last:start])
        last = end
    return " ".join([*kept, text[last:]]).replace("’", "'")


def measures(texts: Sequence[Sequence[str]]) -> dict[str, float]:
    """The measures of some texts, each a list of turns, by the names of the columns.

    What a corpus is too small for, or has no full stops for, is nan.
    """
    cleaned = [[clean for turn in text if (clean := without_marks(turn)).strip()] for text in texts]
    by_text = [[_words(turn) for turn in text] for text in cleaned]
    turns = [turn for text in by_text for turn in text]
    words = [word for turn in turns for word in turn]
    sentences = [
        len(WORD.findall(part))
        for text in cleaned
        for turn in text
        for part in SENTENCE.split(turn)
        if WORD.search(part)
    ]
    stops = sum(len(SENTENCE.findall(turn)) for text in cleaned for turn in text)
    twice = sum(before == after for turn in turns for before, after in pairwise(turn))
    return {
        "texts": len(texts),
        "words": len(words),
        "a sentence": mean(sentences) if stops > len(words) / 100 else nan,
        "a turn": median(len(turn) for turn in turns),
        "forms of 600": _forms_of_one(by_text),
        "of 5,000": _forms(words, 5_000),
        "of 20,000": _forms(words, 20_000),
        "fillers": 1000 * sum(word in FILLERS for word in words) / len(words),
        "repeated": 1000 * twice / len(words),
        **_habits(" ".join(words)),
    }


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _forms(words: Sequence[str], size: int) -> float:
    return len(set(words[:size])) if len(words) >= size else nan


def _forms_of_one(texts: Iterable[Iterable[Sequence[str]]]) -> float:
    flat = [[word for turn in text for word in turn] for text in texts]
    found = [_forms(words, 600) for words in flat if len(words) >= 600]
    return mean(found) if found else nan


def _habits(text: str) -> dict[str, float]:
    """Shares in 100 of what speech has and writing has not; ``text`` is words and blanks."""

    def count(pattern: str) -> int:
        return len(re.findall(rf"(?<!\S)(?:{pattern})(?!\S)", text))

    def share(part: str, other: str) -> float:
        found = count(part)
        return 100 * found / max(1, found + count(other))

    there_is = max(1, count("y a|y avait"))
    return {
        "ne": 100 * count("ne|n'") / max(1, count("pas|jamais|rien")),
        "on": share("on", "nous"),
        "ça": share("ça", "cela"),
        "y a": 100 * (1 - count("il y a|il y avait|qu'il y a|s'il y a") / there_is),
    }


def interviewees(files: Iterable[Path]) -> list[list[str]]:
    """Speech of those who answer in some files, one list per interview."""
    found = []
    for file in files:
        if file.suffix.lower() not in FORMATS or "metadata" in file.name:
            continue
        try:
            readings = read(file, file.name, LabelsOptions())
        except TextlienError:
            continue
        for reading in readings:
            turns = reading.turns
            found.append(list(turns.loc[turns["role"] == "interviewee", "text"]))
    return found


def demo_files() -> list[Path]:
    """The transcripts of the demonstration."""
    study = load(DEMO / "demo.toml")
    return [
        file
        for corpus in study.corpus
        for file in sorted((DEMO / corpus.path).iterdir())
        if file.suffix.lower() in FORMATS
    ]


def corpora(real: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Name of each corpus, and the turns of each of its texts."""
    yield "demonstration", interviewees(demo_files())
    yield "craftspeople (speech)", interviewees(sorted((real / "artisans_docx").iterdir()))
    yield "CFPP2000 (speech)", interviewees(sorted((real / "cfpp2000_textgrid").iterdir()))
    written = pd.read_csv(real / "republique_numerique" / "passages.csv")
    yield "contributions (writing)", [[text] for text in written["text"].astype(str)]
    leaflets = sorted((real / "archelec_two_waves" / "texts").glob("*1993*.txt"))
    yield "leaflets (writing)", [[file.read_text("utf-8")] for file in leaflets]


if __name__ == "__main__":
    print(f"| {' | '.join(NAMES)} |\n|{'---|' * len(NAMES)}")
    for title, texts in corpora(Path(sys.argv[1]) if len(sys.argv) > 1 else REAL):
        found = measures(texts)
        cells = [title] + [
            "–"
            if isnan(value)
            else f"{value:,.0f}"
            if value >= 100 or float(value).is_integer()
            else f"{value:.1f}"
            for value in (found[name] for name in NAMES[1:])
        ]
        print(f"| {' | '.join(cells)} |", flush=True)
