"""Words of a text, as counted and cut everywhere in textlien.

Another cut differs on purpose, since it is looked up in lists rather than counted:
``pseudonyms.finding.words`` parts « l' » from « oncle » and drops punctuation, to find names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textlien.text.marks import mark_spans

_RUN = re.compile(r"\S+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# A word from its first letter or digit: as many as words, where marks hold none.
_FROM_LETTER = re.compile(r"[^\W_]\S*")


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Words of a text: runs of non-blanks that hold a letter or digit outside marks.

    >>> [word.group() for word in words_of("le C.C.A.S. (rires) , [pause] oui")]
    ['le', 'C.C.A.S.', 'oui']
    """
    marks = mark_spans(text)
    position = 0
    for run in _RUN.finditer(text):
        while position < len(marks) and marks[position][1] <= run.start():
            position += 1
        speech = run.group()
        if position < len(marks) and marks[position][0] < run.end():
            speech = _without_marks(run, marks, position)
        if _LETTER_OR_DIGIT.search(speech):
            yield run


def word_count(text: str) -> int:
    """Number of words of a text (:func:`words_of`).

    >>> word_count("Oui [inaudible] c'est (rires) ça !")
    3
    """
    pieces: list[str] = []
    at = 0
    for start, end in mark_spans(text):
        pieces += [text[at:start], _LETTER_OR_DIGIT.sub("_", text[start:end])]
        at = end
    return len(_FROM_LETTER.findall("".join([*pieces, text[at:]])))


def _without_marks(run: re.Match[str], marks: Sequence[tuple[int, int]], position: int) -> str:
    """Characters of a run that lie outside the marks stuck to it, as in « oui(rires) ».

    ``position`` is the number of the first mark that ends behind the start of the run.
    """
    pieces = []
    at = run.start()
    while position < len(marks) and marks[position][0] < run.end():
        start, end = marks[position]
        pieces.append(run.string[at : max(at, start)])
        at = max(at, end)
        position += 1
    return "".join([*pieces, run.string[at : run.end()]])
