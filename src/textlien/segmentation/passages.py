"""Turns → passages: the words of one person in one answer, in pieces of about 60 words."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien import tables
from textlien.study.options import SegmentOptions
from textlien.text.words import word_count, words_of

REVISION = 1
"""Raised when the same input gives other passages."""

_RUN = re.compile(r"\S+")
_FORM = re.compile(r"[^\W_]+(?:'[^\W_]+)?")

# Strength of a cut behind punctuation: the weights of IRaMuTeQ (Ratinaud 2014), so that segments
# are cut alike. A full stop five words before the target is worth a comma at the target.
_STRENGTHS = ((6.0, ".?!…"), (5.0, ":"), (4.0, ";"), (1.0, ","))
_LINE_FEED_STRENGTH = 6.0
# Above 0, so that speech without any punctuation is cut at the target.
_NO_STRENGTH = 0.01
_CLOSING = "\"'»”’)]"

# Longest « mm mm d'accord oui d'accord » of a listener. Only words of the list below count, so a
# generous limit takes no answer away.
_BACKCHANNEL_WORDS = 6
# Longest « oui », « de bouger » by which one of several interviewees does not end the answer of
# another; from four words on she takes the floor.
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
    """A run of non-blanks; a mark or lone punctuation does not count as a word."""

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
    word; a remainder shorter than that limit is one passage. So only a
    long answer is cut into a passage and a few words left over.

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
                    "n_words": word_count(passage),
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
    """Give the place of each character of each passage in the interview's normalised text.

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
        if word_count(text):
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


def is_backchannel(text: str) -> bool:
    """True for a turn that only shows that its speaker listens (« mm d'accord (rires) »).

    >>> is_backchannel("Oui, d'accord."), is_backchannel("Oui et le CCAS ?")
    (True, False)
    """
    if "?" in text:
        return False
    speech = " ".join(word.group() for word in words_of(text)).lower().replace("’", "'")
    forms = _FORM.findall(speech)
    return len(forms) <= _BACKCHANNEL_WORDS and all(form in _BACKCHANNELS for form in forms)


class _Answer(NamedTuple):
    """The pieces of one interviewee's speech between two questions."""

    speaker: str
    question: str
    pieces: list[_Piece]


class _Dialogue:
    """Gathers the answers of an interview turn by turn; several may be open at once."""

    def __init__(self) -> None:
        """Begin without any answer or question."""
        self.answers: list[_Answer] = []
        self._open: dict[str, _Answer] = {}
        self._question: list[str] = []
        self._is_asking = False

    def ask(self, text: str, role: str) -> None:
        """Take a turn of an interviewer, or of another person present."""
        if is_backchannel(text):
            return
        self.close()
        if role == "interviewer":
            self._question = [*self._question, text] if self._is_asking else [text]
            self._is_asking = True

    def answer(self, speaker: str, piece: _Piece, n_words: int) -> None:
        """Take a turn of an interviewee.

        Where several are interviewed at once, a few words of one (« oui », « de bouger ») are an
        answer by themselves and do not end that of another.
        """
        self._is_asking = False
        if n_words > _INTERJECTION_WORDS:
            self.close(but=speaker)
        opened = _Answer(speaker, "\n".join(self._question), [])
        self._open.setdefault(speaker, opened).pieces.append(piece)

    def close(self, *, but: str | None = None) -> None:
        """End the open answers, except that of one speaker."""
        for speaker in [name for name in self._open if name != but]:
            self.answers.append(self._open.pop(speaker))


def _answers(turns: pd.DataFrame) -> list[_Answer]:
    """Answers of an interview, in the order in which they end."""
    dialogue = _Dialogue()
    columns = [turns[name] for name in ("turn", "start", "end", "role", "speaker", "text")]
    for number, start, end, role, speaker, text in zip(*columns, strict=True):
        n_words = word_count(text)
        if not n_words:
            continue
        if role == "interviewee":
            piece = _Piece(int(number), int(start), int(end))
            dialogue.answer(str(speaker), piece, n_words)
        else:
            dialogue.ask(text, role)
    dialogue.close()
    return dialogue.answers


def _cut(text: str, answer: Sequence[_Piece], options: SegmentOptions) -> Iterator[list[_Piece]]:
    """Cut one answer into passages, each a list of pieces without blanks at their ends."""
    words = [(piece, word) for piece in answer for word in _words_with_strength(text, piece)]
    # A passage has twice the target of words at most (tolerance ≤ 1); marks do not count as words,
    # so the window leaves room for as many of them.
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
    """Number of words of the next passage: all that are left, or up to the best cut."""
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
    """Words of a piece with the strength of a cut behind each."""
    speech = text[piece.start : piece.end]
    counting = {word.start() for word in words_of(speech)}
    runs = list(_RUN.finditer(speech))
    for run, following in zip(runs, [*runs[1:], None], strict=True):
        end_of_line = following is None or "\n" in speech[run.end() : following.start()]
        strength = _LINE_FEED_STRENGTH if end_of_line else _strength(run.group())
        start, end = piece.start + run.start(), piece.start + run.end()
        yield _Word(start, end, strength, run.start() in counting)


def _strength(word: str) -> float:
    """Strength of the punctuation that ends a word, closing quotes and brackets aside."""
    last = word.rstrip(_CLOSING)[-1:]
    return next((value for value, marks in _STRENGTHS if last and last in marks), _NO_STRENGTH)


def _pieces(words: Sequence[tuple[_Piece, _Word]]) -> list[_Piece]:
    """The pieces that words lie in, each from its first word to its last."""
    spans: dict[int, _Piece] = {}
    for piece, word in words:
        start = spans[piece.turn].start if piece.turn in spans else word.start
        spans[piece.turn] = _Piece(piece.turn, start, word.end)
    return list(spans.values())
