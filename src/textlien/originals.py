"""From offsets of the normalised text back to the words as the file has them."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from textlien.transcripts.normal import trace


class Original(NamedTuple):
    """A piece of one turn as its file has it.

    Attributes
    ----------
    turn : number of the turn.
    place : where the turn begins in the file: "paragraph 12", "line 40".
    start, end : half-open span of the piece in the turn's original, in characters.
    text : that piece, with the time marks and blanks that normalised text does not have.
    """

    turn: int
    place: str
    start: int
    end: int
    text: str


def originals(turns: pd.DataFrame, start: int, end: int) -> list[Original]:
    """Where the span ``start``–``end`` of an interview's normalised text is in its file.

    Parameters
    ----------
    turns : table ``turns`` of one interview, in order.
    start, end : half-open span in characters, of a passage, a coding or a token.

    Returns
    -------
    One piece a turn that the span has a character of.
    """
    met = turns[(turns["start"] < end) & (turns["end"] > start)]
    columns = met[["turn", "place", "start", "end", "original"]].to_dict("records")
    pieces = []
    for turn in columns:
        original, begin = str(turn["original"]), int(turn["start"])
        span = max(start, begin) - begin, min(end, int(turn["end"])) - begin
        first, last = trace(original).original_span(*span)
        text = original[first:last]
        pieces.append(Original(int(turn["turn"]), str(turn["place"]), first, last, text))
    return pieces
