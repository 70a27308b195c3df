"""Original words of the file, from offsets of the normalised text."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.pipeline.run_folder import Run
from textlien.text.normalise import trace


class Original(NamedTuple):
    """A piece of one turn as its file has it.

    Attributes
    ----------
    turn : number of the turn.
    place : where the turn begins in the file.
    start, end : half-open span of the piece in the turn's original, in characters.
    text : that piece, with the time marks and blanks that normalised text does not have.
    """

    turn: int
    place: Location
    start: int
    end: int
    text: str


def with_originals(frame: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Add to each row its place in its file and the original text.

    Parameters
    ----------
    frame : a table with spans of interviews: ``passages``, ``codings``.
    run : holds table ``turns``.

    Returns
    -------
    The same rows with columns ``place`` and ``original``; pieces of several turns on one line
    each.

    Raises
    ------
    TextlienError
        When the table has no spans of text.
    """
    if not {"interview_id", "start", "end"} <= set(frame.columns):
        raise TextlienError(Problem.error("commands.no-spans", Location(argument="--original")))
    turns = {str(name): rows for name, rows in run["turns"].groupby("interview_id", sort=False)}
    pieces = [
        originals(turns[name], start, end)
        for name, start, end in zip(
            frame["interview_id"], frame["start"], frame["end"], strict=True
        )
    ]
    return frame.assign(
        place=[parts[0].place.code() if parts else "" for parts in pieces],
        original=["\n".join(part.text for part in parts) for parts in pieces],
    )


def originals(turns: pd.DataFrame, start: int, end: int) -> list[Original]:
    """Locate the span ``start``–``end`` of an interview's normalised text in its file.

    Parameters
    ----------
    turns : table ``turns`` of one interview, in order.
    start, end : half-open span in characters, of a passage, a coding or a token.

    Returns
    -------
    One piece per turn of which the span holds a character.
    """
    overlapping = turns[(turns["start"] < end) & (turns["end"] > start)]
    columns = overlapping[["turn", "place", "start", "end", "original"]].to_dict("records")
    pieces = []
    for turn in columns:
        original, begin = str(turn["original"]), int(turn["start"])
        span = max(start, begin) - begin, min(end, int(turn["end"])) - begin
        first, last = trace(original).original_span(*span)
        text = original[first:last]
        pieces.append(
            Original(int(turn["turn"]), Location.from_code(turn["place"]), first, last, text)
        )
    return pieces
