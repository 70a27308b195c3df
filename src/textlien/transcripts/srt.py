"""SubRip subtitles."""

from __future__ import annotations

import re
from dataclasses import replace

import srt

from textlien.encoding import read_text
from textlien.errors import Problem, TextlienError
from textlien.transcripts.cues import Cue, document_of
from textlien.transcripts.marks import LINE_END
from textlien.transcripts.model import Document, Source

_TAG = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]{1,40}\}", re.IGNORECASE)
_TIMES = re.compile(r"\d+:\d+:\d+[.,]\d+\s*-->")


def read(source: Source) -> list[Document]:
    """Read a ``.srt``: one document; speakers are labels in the text.

    Damaged cues are left out, with a warning that says how many.

    Raises
    ------
    TextlienError
        When no cue can be read.
    """
    raw, encoding, notes = read_text(source.path, source.shown)
    content = "\n".join(LINE_END.split(raw.removeprefix("\ufeff")))
    try:
        found = list(srt.parse(content, ignore_errors=True))
    except (ValueError, OverflowError):  # times beyond what a timedelta holds
        found = []
    if not found:
        raise TextlienError(
            f"{source.shown}: no SubRip subtitles; there is no « 00:00:01,000 --> … ».",
            "Export it again from the program that wrote it.",
        )
    cues = [
        Cue(
            round(item.start.total_seconds(), 3),
            round(item.end.total_seconds(), 3),
            _TAG.sub("", item.content),
            f"cue {number}",
        )
        for number, item in enumerate(found, start=1)
    ]
    problems = list(notes)
    lost = len(_TIMES.findall(content)) - len(found)
    if lost > 0:
        message = f"{lost:,} damaged cues were left out."
        hint = "Open it in a subtitle editor, which shows them, and save it again."
        problems.append(Problem(source.shown, message, hint, severity="warning"))
    document = document_of(cues, source.shown, source.declared)
    problems += document.problems
    return [replace(document, problems=tuple(problems), encoding=encoding)]
