"""Openings of lines that may be labels: « R : », « [R] (0:12) », « ENQ1 – » and the like.

One line at a time, without a judgement: whether « Ville : » or « JD : » is a label of this file is
learnt from all its lines, in :mod:`textlien.transcripts.speakers.learning`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from textlien.messages.message import Location
from textlien.text import marks
from textlien.text.folding import fold
from textlien.text.normalise import trace_characters
from textlien.transcripts.look import PLAIN, Look, Piece, lines_of_pieces, look_of
from textlien.transcripts.speakers.roles import known_role

TITLES = frozenset("m mm mr mme mlle monsieur madame mademoiselle dr docteur maitre me".split())
"""What stands before a name, folded."""

WEAK = frozenset(("initial", "dash", "paren"))
"""Forms that speech has too: their openings are learnt only where no label has another form."""

LAST = frozenset(("alone", "bare"))
"""Forms that any short line or sentence may have: considered only in files without a label."""

STATED = "stated"
"""Form of a label that is no text of its line: the layout of the file states it."""

LAID_OUT = "laid-out"
"""Form of a label that stands beside its speech, in a column of a table."""

_NAME = r"[^\W\d_][\w.'’/&°·• -]{0,39}?(?:\s?\([^\W\d_][^()\d]{0,30}\))?"
_TITLED = r"(?:M|MM|Mr|Mme|Mlle|Dr|Me)\.?\s[^\W\d_][\w.'’ -]{0,30}?,\s[\w.'’ -]{2,40}?"
_S = r"\s{0,4}"  # never unbounded: a line of blanks must not cost its square
_TIME = rf"(?:{marks.BRACKETED_TIME.pattern}|[\[(<]?\s?(?:{marks.TIME_RANGE.pattern})\s?[\])>]?)"
_BRACKETED = rf"(?:{marks.BRACKETED_TIME.pattern}|[\[(]\s?(?:{marks.TIME_RANGE.pattern})\s?[\])]?)"
_COLON = (
    rf"(?P<name>{_NAME}|{_TITLED}){_S}\*{{0,2}}{_S}[:：]\*{{0,2}}(?!//)"
    r"(?P<rest>\s.*|(?=[^\W\d_«\"“(\[…]).*|$)"
)
_FORMS = {
    # [Chercheur] (0:01 - 0:11), a missing bracket forgiven where the time is there
    "timed": rf"\[?{_S}(?P<name>{_NAME}){_S}\]?{_S}(?P<time>{_BRACKETED}){_S}:?\s*(?P<rest>.*)",
    "bracket": rf"\[{_S}(?P<name>{_NAME}){_S}\]{_S}(?P<time>{_TIME})?{_S}:?\s*(?P<rest>.*)",
    # « **Mme Dupont, élue :** » and « 00:12 #Q1: »
    "colon": rf"(?:(?P<time>{_TIME}){_S}[-–—]?)?{_S}[#*]{{0,2}}{_S}{_COLON}",
    "bulleted": rf"(?:(?P<time>{_TIME}){_S})?[•>–—-]{_S}{_COLON}",
    "tab": rf"(?:(?P<time>{_TIME})\s+)?(?P<name>{_NAME}){_S}(?:\t| {{3}})\s*(?P<rest>.*)",
    "dated": rf"(?P<name>{_NAME})\s{_S}[-–—]?{_S}(?P<time>{_TIME})(?P<rest>)",
    "clocked": rf"(?P<time>{_TIME})\s{_S}[-–—]?{_S}(?P<name>{_NAME})(?P<rest>)",
    # [Chercheur alone on its line, or Chercheur]
    "half": rf"(?=\[|[^\[\]]*\]$)\[?{_S}(?P<name>{_NAME}){_S}\]?(?P<time>)(?P<rest>)",
    "paren": rf"(?P<time>)[(<]{_S}(?P<name>{_NAME}){_S}[)>]{_S}:?\s*(?P<rest>.*)",
    "initial": rf"(?P<time>)(?P<name>[A-Z]{{1,2}}\d{{0,2}}){_S}[.)/>–—-]\s+(?P<rest>\S.*)",
    "dash": rf"(?P<time>)(?P<name>{_NAME})(?:\.?{_S}[–—]|\.?\s-|[.)>]|(?<=\d)-)\s+(?P<rest>\S.*)",
    "bare": r"(?P<time>)(?P<name>[^\W\d_]{3,15}\d?)\s(?P<rest>[A-ZÀÂÇÉÈÊÎÔ«(\[…].*)",
    "alone": rf"(?P<time>)(?P<name>{_NAME})(?P<rest>)",
}
_PATTERNS = {form: re.compile(pattern) for form, pattern in _FORMS.items()}
# Every form but the last three has one of these near the beginning.
_SIGN = re.compile(r"[\[(<{#:：\t\])>]|   |\d ?[’'′m]")
_WEAK_SIGN = re.compile(r"[A-ZÉ\d._ ]{1,12}[.)/>–—-]|\w{2,20}(?:[.)>–—]| [–—-])")
_CAPITAL = re.compile(r"[^\W\d_]{3,15}\d? [A-ZÀÂÇÉÈÊÎÔ«(\[…]")
# Characters in which a label with two times ends; regular expressions look no further.
_LONGEST = 120
# « Mme Dupont, adjointe au maire de Creil » is a label of six words.
_MOST_WORDS = 6
# A line of its own is a name of four words and 40 characters, or it is a heading.
_MOST_WORDS_ALONE, _LONGEST_ALONE = 4, 40
_CODED = re.compile(r"[A-ZÉ]{1,6}(?:[ _]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or line of a file, and where it stands.

    Attributes
    ----------
    text : as the file has it; line feeds inside are soft breaks.
    place : where it is in the file, without the file.
    look : of all of it, as of questions without a label.
    section : the heading that it stands under, or "".
    pieces : its text by look, where it has several; else empty.
    label : the speaker of it and of what follows, where the layout itself names one, or "".
    speaker, time : in a column beside it; a speaker "" goes on with a turn, and None has to be
        looked for in the text.
    """

    text: str
    place: Location
    look: Look = PLAIN
    section: str = ""
    pieces: tuple[Piece, ...] = ()
    label: str = ""
    speaker: str | None = None
    time: str = ""


class Line(NamedTuple):
    """One line, and the label that it may begin with; ``key`` is that label folded.

    ``raw`` is the line as written, without a prefix that all lines or labels of its file have;
    ``text`` is ``raw`` without invisible characters, ``rest`` what of ``raw`` follows the label;
    ``pieces`` are there where ``look`` is not that of all of it. ``time`` is a time mark of the
    label, ``clock`` that of such a prefix.
    """

    raw: str
    text: str
    place: Location
    look: Look = PLAIN
    section: str = ""
    pieces: tuple[Piece, ...] = ()
    form: str = ""
    name: str = ""
    key: str = ""
    time: str = ""
    rest: str = ""
    clock: str = ""


def bare_lines(paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    """The lines of all paragraphs that are not blank, their openings not looked at."""
    for paragraph in paragraphs:
        if paragraph.speaker is None:
            lines = _bare_lines(paragraph)
            yield from (line._replace(clock=paragraph.time) for line in lines)
        else:
            yield from _lines_beside(paragraph, paragraph.speaker)


def _lines_beside(paragraph: Paragraph, speaker: str) -> Iterator[Line]:
    """Lines of a paragraph whose speaker stands beside it; the label is of the first."""
    name = speaker
    for line in _bare_lines(paragraph):
        key = fold(name) or name
        yield line._replace(form=LAID_OUT, name=name, key=key, rest=line.raw, clock=paragraph.time)
        name = ""


def _bare_lines(paragraph: Paragraph) -> Iterator[Line]:
    """Lines of a paragraph that are not blank, their openings not looked at."""
    if paragraph.label:
        where = (paragraph.place, paragraph.look, paragraph.section)
        label = paragraph.label
        yield Line("", "", *where, (), STATED, label, fold(label))
    if paragraph.pieces:
        for pieces in lines_of_pieces(paragraph.pieces):
            raw = "".join(text for text, _ in pieces)
            if raw and not raw.isspace():
                yield _bare(raw, paragraph, look_of(pieces), pieces)
        return
    for raw in marks.LINE_END.split(paragraph.text):
        if raw and not raw.isspace():
            yield _bare(raw, paragraph, paragraph.look)


def _bare(raw: str, paragraph: Paragraph, look: Look, pieces: tuple[Piece, ...] = ()) -> Line:
    """A line whose opening is not looked at."""
    text = marks.normalise_characters(raw).strip(" ")
    pieces = pieces if len(pieces) > 1 else ()
    return Line(raw, text, paragraph.place, look, paragraph.section, pieces)


def lines_of(paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    """The lines of all paragraphs that are not blank, each with its opening."""
    return map(opened, bare_lines(paragraphs))


def opened(line: Line, declared: frozenset[str] = frozenset()) -> Line:
    """A line with the first form of a label that it opens with, if any.

    A line that has a label or a form by now keeps it.

    Parameters
    ----------
    line : as it was read.
    declared : labels of the study file, folded: « XX » is one then, and no inaudible word.
    """
    if line.form:
        return line
    text = line.text
    opening = text[:_LONGEST]
    for form in _possible(opening, whole=len(text) <= _LONGEST):
        match = _PATTERNS[form].fullmatch(opening)
        if match is None:
            continue
        name = match["name"].strip()
        key = _key(form, name) or _declared_key(form, name, declared)
        if not key:
            continue
        start = match.start("rest")
        is_more = match["rest"].strip() or len(text) > _LONGEST
        rest = remainder(line.raw, text, start) if is_more else ""
        return line._replace(form=form, name=name, key=key, time=match["time"] or "", rest=rest)
    return line


def _possible(opening: str, *, whole: bool) -> Iterator[str]:
    """Forms that a line may have, from a quick look at it."""
    if _SIGN.search(opening, 0, 90):
        yield from ("timed", "bracket", "colon", "bulleted")
        if whole:  # before "tab": what follows « Speaker 1   00:03 » is no speech
            yield from ("dated", "clocked")
        yield "tab"
        if whole:
            yield "half"
        yield "paren"
    if _WEAK_SIGN.match(opening):
        yield from ("initial", "dash")
    if _CAPITAL.match(opening):
        yield "bare"
    if whole and len(opening) <= _LONGEST_ALONE:
        yield "alone"


@lru_cache(maxsize=4096)
def _key(form: str, name: str) -> str:
    """``name`` folded, or "" where what has this form can be no label."""
    key, words = fold(name), len(name.split())
    if not key or words > _MOST_WORDS or marks.mark_spans(f"({name})"):
        return ""
    sided = known_role(name) in ("interviewer", "interviewee")
    coded = bool(_CODED.fullmatch(name))
    fits = {
        "initial": key not in TITLES,
        "dash": (coded or (sided and words <= 2)) and key not in TITLES,
        "bare": sided and len(key) > 2,
        "paren": sided or coded,
        "bulleted": sided or coded,
        "alone": words <= _MOST_WORDS_ALONE and not name.endswith((".", "!", "?", "…", ",", ";")),
    }
    return key if fits.get(form, True) else ""


def _declared_key(form: str, name: str, declared: frozenset[str]) -> str:
    """``name`` folded where the study file declares it, and a clear sign follows it."""
    key = fold(name) if declared and form in ("colon", "bracket", "timed") else ""
    return key if key in declared else ""


def remainder(raw: str, text: str, start: int, end: int | None = None) -> str:
    """The part of ``raw`` from ``start`` to ``end`` of ``text``, which is ``raw`` normalised."""
    end = len(text) if end is None else end
    if text in raw:
        first = raw.index(text)
        last = len(raw) if end == len(text) else first + end
        return raw[first + start : last].strip(" ")
    traced = trace_characters(raw)
    blanks = len(traced.text) - len(traced.text.lstrip(" "))
    last = len(raw) if end == len(text) else traced.at[blanks + end]
    return raw[traced.at[blanks + start] : last].strip(" ")


def cut(line: Line, start: int, end: int) -> Line:
    """A line of which only ``text[start:end]`` remains."""
    raw = remainder(line.raw, line.text, start, end)
    text = line.text[start:end].strip(" ")
    first = line.raw.index(raw)
    pieces = tuple(_pieces_between(line.pieces, first, first + len(raw)))
    return line._replace(raw=raw, text=text, pieces=pieces if len(pieces) > 1 else ())


def _pieces_between(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """The parts of some pieces that lie between two characters of the text that they make."""
    offset = 0
    for text, look in pieces:
        part = text[max(0, start - offset) : max(0, end - offset)]
        offset += len(text)
        if part:
            yield part, look
