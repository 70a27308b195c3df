"""Turns → passages: what one person says in one answer, in pieces of about 60 words."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien import tables
from textlien.study.options import SegmentOptions
from textlien.text.marks import mark_spans

_WORD = re.compile(r"\S+")
_HAS_LETTER = re.compile(r"[^\W_]")
_STRENGTHS = ((6.0, ".?!…"), (5.0, ":"), (4.0, ";"), (1.0, ","))
_LINE_FEED_STRENGTH = 6.0
_NO_STRENGTH = 0.01
_QUOTES = "\"'»”’)]"
_BACKCHANNEL_WORDS = 6
_INTERJECTION_WORDS = 3
_BACKCHANNELS = frozenset(
    "ah alors bah ben bien bon bref certes effectivement eh euh exact exactement hein hm hmm "
    "hum mh mhm mm mmh mmm d'accord accord non oh ok okay ouais oui parfait si tout à fait très "
    "voilà c'est ça absolument entendu sûr merci x xx xxx".split()
)


class _Piece(NamedTuple):
    """Part of one turn that belongs to an answer, in offsets of the interview."""

    turn: int
    start: int
    end: int


class _Word(NamedTuple):
    start: int
    end: int
    strength: float
    counts: bool


def segment(turns: pd.DataFrame, options: SegmentOptions) -> pd.DataFrame:
    """Cut the interviewees' turns of one interview into passages.

    A passage lies within one answer of one speaker, so that what it says can be read beside
    what was asked. A listener's « mm », « d'accord » does not end an answer: the passage goes
    on behind it, without those words.

    Parameters
    ----------
    turns : table ``turns`` of one interview, in order.
    options : target and tolerance in words.

    Returns
    -------
    Table ``passages``, in order of appearance. Together they tile the interviewees' words:
    none lost, none twice. ``start`` and ``end`` span the passage in the interview's normalised
    text; ``text`` leaves out what others say in between (see :func:`offsets`).

    Notes
    -----
    The cut falls after the word i ≤ (1 + tolerance)·target that maximises
    strength / (|i − target| + 1), where the strength comes from the punctuation that ends the
    word; a remainder shorter than that limit is one passage. So what one answer holds is never
    cut into a passage and a few words left over unless the answer is long.

    References
    ----------
    Reinert, M. (1990). Alceste, une méthodologie d'analyse des données textuelles. *Bulletin
    de méthodologie sociologique* 26, 24-54 (strongest punctuation near a target length).
    """
    if turns.empty:
        return tables.make("passages", [])
    interview = str(turns["interview_id"].iloc[0])
    text = tables.normalised_text(turns)
    rows: list[dict[str, object]] = []
    for speaker, question, answer in _answers(turns):
        for pieces in _cut(text, answer, options):
            passage = "\n".join(text[piece.start : piece.end] for piece in pieces)
            rows.append(
                {
                    "interview_id": interview,
                    "turn_first": pieces[0].turn,
                    "turn_last": pieces[-1].turn,
                    "start": pieces[0].start,
                    "end": pieces[-1].end,
                    "speaker": speaker,
                    "question": question,
                    "text": passage,
                    "n_words": sum(1 for _ in words_of(passage)),
                }
            )
    rows.sort(key=lambda row: (row["start"], row["end"]))
    for number, row in enumerate(rows, start=1):
        row["passage_id"] = passage_id(interview, number)
    return tables.make("passages", rows)


def passage_id(interview: str, number: int) -> str:
    """Identifier of the ``number``-th passage of an interview, counted from 1."""
    return f"{interview}#{number:04d}"


def interview_of(passage: str) -> str:
    """Identifier of the interview that a passage identifier belongs to."""
    return passage.rpartition("#")[0]


def offsets(passages: pd.DataFrame, turns: pd.DataFrame) -> Iterator[NDArray[np.int64]]:
    """Where each character of each passage is in the interview's normalised text.

    Parameters
    ----------
    passages, turns : tables of one interview.

    Yields
    ------
    For each passage, an increasing array of as many offsets as its text has characters. The line
    feed between two pieces has the offset of the character that follows the first piece.
    """
    spoken: dict[str, list[tuple[int, int]]] = {}
    for speaker, text, start in zip(turns["speaker"], turns["text"], turns["start"], strict=True):
        if any(words_of(text)):
            first = start + len(text) - len(text.lstrip())
            spoken.setdefault(speaker, []).append((first, start + len(text.rstrip())))
    for speaker, text, start, end in zip(
        passages["speaker"], passages["text"], passages["start"], passages["end"], strict=True
    ):
        spans = spoken[speaker]
        pieces: list[NDArray[np.int64]] = []
        # The last turn that begins at or before the passage is where it begins.
        for low, high in spans[bisect_right(spans, (start, sys.maxsize)) - 1 :]:
            if low >= end:
                break
            if pieces:
                pieces.append(pieces[-1][-1:] + 1)
            pieces.append(np.arange(max(low, start), min(high, end)))
        positions = np.concatenate(pieces)
        if len(positions) != len(text):
            raise ValueError(f"the passage at {start}-{end} does not fit its turns")
        yield positions


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Words of a text: runs of non-blanks that hold a letter or digit outside marks.

    >>> [word.group() for word in words_of("le C.C.A.S. (rires) , [pause] oui")]
    ['le', 'C.C.A.S.', 'oui']
    """
    marks = mark_spans(text)
    position = 0
    for match in _WORD.finditer(text):
        while position < len(marks) and marks[position][1] <= match.start():
            position += 1
        said = match.group()
        if position < len(marks) and marks[position][0] < match.end():
            said = _outside(match, marks[position:])
        if _HAS_LETTER.search(said):
            yield match


def _outside(word: re.Match[str], marks: Sequence[tuple[int, int]]) -> str:
    """What is left of a word without the marks stuck to it, as in « oui(rires) »."""
    return "".join(
        character
        for place, character in enumerate(word.group(), start=word.start())
        if not any(start <= place < end for start, end in marks)
    )


def is_backchannel(text: str) -> bool:
    """Whether a turn only shows that its speaker listens (« mm d'accord (rires) »).

    >>> is_backchannel("Oui, d'accord."), is_backchannel("Oui et le CCAS ?")
    (True, False)
    """
    if "?" in text:
        return False
    spoken = " ".join(word.group() for word in words_of(text)).lower().replace("’", "'")
    found = re.findall(r"[^\W_]+(?:'[^\W_]+)?", spoken)
    return len(found) <= _BACKCHANNEL_WORDS and all(word in _BACKCHANNELS for word in found)


def _answers(turns: pd.DataFrame) -> Iterator[tuple[str, str, list[_Piece]]]:
    """Yield speaker, question and pieces of every answer, in order of their first turn."""
    question: list[str] = []
    asking = False
    open_answers: dict[str, tuple[str, list[_Piece]]] = {}
    finished: list[tuple[str, str, list[_Piece]]] = []

    def close(*, but: str | None = None) -> None:
        for speaker in [name for name in open_answers if name != but]:
            finished.append((speaker, *open_answers.pop(speaker)))

    for turn in turns.itertuples(index=False):
        text = str(turn.text)
        n_words = sum(1 for _ in words_of(text))
        if not n_words:
            continue
        if turn.role != "interviewee":
            if is_backchannel(text):
                continue
            close()
            if turn.role == "interviewer":
                question = [*question, text] if asking else [text]
                asking = True
            continue
        asking = False
        speaker = str(turn.speaker)
        # Where several are interviewed at once, the « oui », « de bouger » of one is kept as an
        # answer of its own but does not end that of another.
        if n_words > _INTERJECTION_WORDS:
            close(but=speaker)
        _, pieces = open_answers.setdefault(speaker, ("\n".join(question), []))
        pieces.append(_Piece(*_as_ints(turn.turn, turn.start, turn.end)))
    close()
    yield from finished


def _as_ints(*values: Any) -> tuple[int, int, int]:
    first, second, third = values
    return int(first), int(second), int(third)


def _cut(text: str, answer: Sequence[_Piece], options: SegmentOptions) -> Iterator[list[_Piece]]:
    """Cut one answer into passages, each a list of pieces without blanks at their ends."""
    words = [(piece, word) for piece in answer for word in _words_with_strength(text, piece)]
    window = 4 * options.target_words
    position = 0
    while position < len(words):
        length = _next_length([word for _, word in words[position : position + window]], options)
        # Marks and punctuation that stand alone go with the words before them.
        while position + length < len(words) and not words[position + length][1].counts:
            length += 1
        yield _pieces(words[position : position + length])
        position += length


def _next_length(words: Sequence[_Word], options: SegmentOptions) -> int:
    limit = int((1 + options.tolerance) * options.target_words)
    best, best_score = 0, -1.0
    count = 0
    for index, word in enumerate(words, start=1):
        count += word.counts
        if count > limit:
            return best
        score = word.strength / (abs(count - options.target_words) + 1)
        if score > best_score and count > 0:
            best, best_score = index, score
    return len(words)


def _words_with_strength(text: str, piece: _Piece) -> Iterator[_Word]:
    said = text[piece.start : piece.end]
    counting = {word.start() for word in words_of(said)}
    found = list(_WORD.finditer(said))
    for match, following in zip(found, [*found[1:], None], strict=True):
        end_of_line = following is None or "\n" in said[match.end() : following.start()]
        strength = _LINE_FEED_STRENGTH if end_of_line else _strength(match.group())
        start, end = piece.start + match.start(), piece.start + match.end()
        yield _Word(start, end, strength, match.start() in counting)


def _strength(word: str) -> float:
    last = word.rstrip(_QUOTES)[-1:]
    return next((value for value, marks in _STRENGTHS if last and last in marks), _NO_STRENGTH)


def _pieces(words: Sequence[tuple[_Piece, _Word]]) -> list[_Piece]:
    spans: dict[int, _Piece] = {}
    for piece, word in words:
        start = spans[piece.turn].start if piece.turn in spans else word.start
        spans[piece.turn] = _Piece(piece.turn, start, word.end)
    return list(spans.values())
