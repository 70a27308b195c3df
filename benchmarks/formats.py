"""Content read from real transcripts: turns, speakers and words of each role, by group of files.

Usage: python benchmarks/formats.py [FOLDER]

FOLDER holds ``artisans_docx``, ``cfpp2000_textgrid``, ``formats`` and ``iramuteq`` (by default
../shared/realdata). Folders of one kind are a group; of the others each file is one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from textlien.errors import TextlienError
from textlien.messages.translator import Translator
from textlien.study.options import LabelsOptions
from textlien.text.words import word_count
from textlien.transcripts import FORMATS, read

ENGLISH = Translator("en")
DEFAULT = Path(__file__).parents[2] / "shared" / "realdata"
ROLES = ("interviewer", "interviewee", "other")


def groups(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """Name and files of each group."""
    for name in ("artisans_docx", "cfpp2000_textgrid"):
        files = sorted(file for file in (folder / name).iterdir() if file.suffix.lower() in FORMATS)
        yield name, [file for file in files if "metadata" not in file.name]
    for name in ("formats", "iramuteq"):
        for file in sorted((folder / name).iterdir()):
            yield file.name, [file]


def row(name: str, files: list[Path]) -> None:
    """Print one row of the table, and the reason of each refusal."""
    count: Counter[str] = Counter()
    refusals = []
    for file in files:
        try:
            readings = read(file, file.name, LabelsOptions())
        except TextlienError as error:
            refusals += [f"{p.location.file}: {p.text(ENGLISH)}" for p in error.problems]
            continue
        count["read"] += 1
        for reading in readings:
            usable = not any(problem.severity == "error" for problem in reading.problems)
            count["interviews"] += usable
            count["left out"] += not usable
            count["turns"] += len(reading.turns)
            count["speakers"] += len(reading.roles)
            for role, text in zip(reading.turns["role"], reading.turns["text"], strict=True):
                count[role] += word_count(text)
    cells = [f"{count['read']} of {len(files)}", count["interviews"], count["turns"]]
    cells += [count["speakers"], *(count[role] for role in ROLES)]
    written = " | ".join(f"{cell:,}" if isinstance(cell, int) else cell for cell in cells)
    print(f"| `{name}` | {written} | {'; '.join(refusals)} |", flush=True)


if __name__ == "__main__":
    head = ("files", "read", "interviews", "turns", "speakers", *ROLES, "refused because")
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for title, members in groups(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT):
        row(title, members)
