"""Questions of a file without labels that are set apart by their look, or answers that are.

The look, bold, italics, a colour, a style…, is learnt from the file: each is tried, and the
look that best coincides with « ? » is taken, if what has it is as short as questions are. Where a
paragraph goes from one look to the other, and many do, it is cut there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, groupby, pairwise
from statistics import fmean
from typing import NamedTuple

from textlien.messages.message import Message, message
from textlien.text.marks import collapse_blanks, normalise_characters
from textlien.transcripts.look import BOLD, Kind, Look, Piece, Trait, look_of
from textlien.transcripts.model import Decision, Evidence, RoleReason
from textlien.transcripts.speakers.asking import (
    LOOKS,
    Habits,
    are_questions,
    asks_surely,
    facts_of,
    habits_of,
    may_ask,
)
from textlien.transcripts.speakers.openings.candidates import Line
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.sides import (
    ANSWER,
    ASKS,
    ENDS,
    QUESTION,
    Sides,
    share_of,
    sides_of,
)

_ASIDE = re.compile(r"\W*[\[(][^\[\]()]{0,300}[\])]\W*")
_STARRED = re.compile(r"\s{0,4}([*_]{1,3})([^\s*_](?:[^*_\n]{0,2000}[^\s*_])?)\1\s{0,4}")
_EMPHASIS = frozenset(Kind) - {Kind.INDENT, Kind.ALIGN, Kind.FONT, Kind.SIZE}
_REASONS = {
    True: (RoleReason.BOLD, RoleReason.NOT_BOLD),
    False: (RoleReason.SET_APART, RoleReason.NOT_SET_APART),
}
# Looks that are tried in a file: more have a few lines each.
_MOST_TRAITS = 24


class _Way(NamedTuple):
    """A way of telling questions: the lines of some traits, or those without them.

    ``named`` says that styles bear the name of a role.
    """

    traits: Look
    of_answers: bool
    named: bool


class _Trial(NamedTuple):
    """A way of telling questions in a file, with the lines that it makes of it."""

    score: float
    way: _Way
    lines: list[Line]
    questions: list[bool]
    habits: Habits


def by_look(lines: Sequence[Line]) -> Sides | None:
    """Separate questions from answers by their look; None where no look tells them apart."""
    dressed = [_dressed(line) for line in lines]
    counts = Counter(trait for line in dressed for trait in _traits_of(line))
    traits = sorted((trait for trait, _ in counts.most_common(_MOST_TRAITS)), key=_order)
    trials = [trial for way in _ways(traits) if (trial := _trial(dressed, way))]
    # The first of equals: bold before italics before a colour.
    best = max(trials, key=lambda trial: trial.score, default=None)
    several = _trial(dressed, _Way(_asking(dressed, traits), of_answers=False, named=False))
    if several and (best is None or _is_part(best, several)):
        best = several
    return _sides(best) if best else None


def _is_part(best: _Trial, several: _Trial) -> bool:
    """True if several looks tell what the best of them alone does, and more questions."""
    is_inside = best.way.traits < several.way.traits and not best.way.of_answers
    return (
        is_inside
        and sum(several.questions) > sum(best.questions)
        and several.score >= LOOKS.nearly_all * best.score
    )


def _dressed(line: Line) -> Line:
    """A line with the traits that its letters show: capitals, blanks in front, stars around."""
    traits = set()
    if starred := _STARRED.fullmatch(line.raw):
        traits.add(Trait(Kind.BOLD if len(starred[1]) > 1 else Kind.ITALIC))
        line = line._replace(raw=starred[2], text=normalise_characters(starred[2]).strip(" "))
    if line.text.isupper() and sum(map(str.isalpha, line.text)) > 3:
        traits.add(Trait(Kind.CAPITALS))
    if line.raw.startswith(("\t", "  ", "\u00a0\u00a0")):
        traits.add(Trait(Kind.INDENT, "blanks"))
    return line._replace(look=line.look | traits) if traits else line


def _traits_of(line: Line) -> Look:
    """All traits of a line, in any of its pieces."""
    return line.look.union(*(look for _, look in line.pieces))


def _order(trait: Trait) -> tuple[int, str]:
    """Place of a trait among those tried."""
    return list(Kind).index(trait.kind), trait.value


def _ways(traits: Sequence[Trait]) -> Iterator[_Way]:
    """Ways to try: styles named after a role, and each trait."""
    for role in ("interviewer", "interviewee"):
        if named := frozenset(trait for trait in traits if _names(trait, role)):
            yield _Way(named, role == "interviewee", named=True)
    for of_answers in (False, True):
        yield from (_Way(frozenset({trait}), of_answers, named=False) for trait in traits)


def _names(trait: Trait, role: str) -> bool:
    """True for a style that is named after a role: « Question », « Enquêté »."""
    return trait.kind is Kind.STYLE and known_role(trait.value) == role


def _asking(lines: Sequence[Line], traits: Sequence[Trait]) -> Look:
    """Traits whose lines ask more often than lines without any such trait."""
    emphasis = frozenset(trait for trait in traits if trait.kind in _EMPHASIS)
    plain = [facts_of(line.text).prompts for line in lines if emphasis.isdisjoint(line.look)]
    if not plain:
        return frozenset()
    least = max(LOOKS.mostly, LOOKS.contrast * fmean(plain))
    prompts = {
        trait: [facts_of(line.text).prompts for line in lines if trait in line.look]
        for trait in emphasis
    }
    return frozenset(trait for trait, asked in prompts.items() if asked and fmean(asked) >= least)


def _cut(lines: Sequence[Line], traits: Look) -> list[Line]:
    """Lines cut where the look changes between sentences, if that is a habit of the file."""
    segments = {index: _segments(line, traits) for index, line in enumerate(lines) if line.pieces}
    mixed = {index: parts for index, parts in segments.items() if len(parts) > 1}
    clean = {index: parts for index, parts in mixed.items() if _are_sentences(parts)}
    if len(clean) < max(LOOKS.cuts, len(mixed) / 2):
        return list(lines)
    return [
        part
        for index, line in enumerate(lines)
        for part in (_parted(line, clean[index]) if index in clean else [line])
    ]


def _segments(line: Line, traits: Look) -> list[list[Piece]]:
    """Pieces of a line, those of the traits together and the others together."""
    groups = groupby(line.pieces, key=lambda piece: traits.isdisjoint(piece[1]))
    return [list(group) for _, group in groups]


def _are_sentences(segments: Sequence[Sequence[Piece]]) -> bool:
    """True if each segment but the last ends a sentence, or the next begins like another one."""
    texts = ["".join(text for text, _ in segment).strip() for segment in segments]
    return all(
        ENDS.search(before) or (after[:1].isupper() and len(before.split()) >= LOOKS.least)
        for before, after in pairwise(texts)
    )


def _parted(line: Line, segments: Sequence[Sequence[Piece]]) -> Iterator[Line]:
    """A line of each segment of a line."""
    for segment in segments:
        raw = "".join(text for text, _ in segment).strip(" ")
        text = normalise_characters(raw).strip(" ")
        yield _dressed(line._replace(raw=raw, text=text, look=look_of(segment), pieces=()))


def _trial(dressed: Sequence[Line], way: _Way) -> _Trial | None:
    """Try one way of telling questions; None where what it tells are no questions."""
    lines = _cut(dressed, way.traits)
    questions = [_has(line, way) is not way.of_answers for line in lines]
    if not may_ask(lines, questions):
        return None
    lines, questions = _without_titles(lines, questions)
    spoken = [not _ASIDE.fullmatch(line.text) for line in lines]
    habits = habits_of(list(compress(lines, spoken)), list(compress(questions, spoken)))
    if habits is None or not (way.named or are_questions(habits)):
        return None
    score = habits.agreement or habits.prompting / 2
    return _Trial(score + way.named, way, lines, questions, habits)


def _has(line: Line, way: _Way) -> bool:
    """True for a line of the traits of a way, or a short one that asks and has them in part."""
    if not way.traits.isdisjoint(line.look):
        return True
    if way.of_answers or not line.pieces or len(line.text.split()) > LOOKS.longest_stray:
        return False
    letters = sum(len(text) for text, look in line.pieces if not way.traits.isdisjoint(look))
    return letters >= LOOKS.part * len(line.raw) and facts_of(line.text).prompts


def _without_titles(
    lines: Sequence[Line], questions: Sequence[bool]
) -> tuple[list[Line], list[bool]]:
    """Titles among the questions become the section of the lines below them."""
    speech: list[Line] = []
    kept: list[bool] = []
    title, under = "", ""
    punctuated = share_of([line.text for line in compress(lines, questions)], ENDS) >= LOOKS.some
    followers = [*zip(lines[1:], questions[1:], strict=True), (None, False)]
    for line, is_question, (after, asks) in zip(lines, questions, followers, strict=True):
        if line.section != under:  # a heading of the document counts for more
            title, under = "", line.section
        question = after if asks else None
        is_candidate = (is_question or not any(kept)) and (punctuated or question is not None)
        if is_candidate and _is_title(line, question, opens=not any(kept)):
            title = collapse_blanks(line.text)
        else:
            speech.append(line._replace(section=title) if title else line)
            kept.append(is_question)
    return speech, kept


def _is_title(line: Line, question: Line | None, *, opens: bool) -> bool:
    """True for a few words above a question that end no sentence, or open and look otherwise.

    Parameters
    ----------
    line : that may be a title.
    question : the one that follows it, or None where an answer does: that makes it a prompt,
        if it is worded as one.
    opens : nobody has asked before.
    """
    if len(line.text.split()) > LOOKS.longest_title or ASKS.search(line.text):
        return False
    ends = bool(ENDS.search(line.text))
    if question is None:
        return not ends and not facts_of(line.text).prompts
    return not ends or (opens and line.look != question.look)


def _sides(trial: _Trial) -> Sides:
    """The two sides as a way tells them; asides go with who spoke before."""
    speakers: list[str] = []
    for line, is_question in zip(trial.lines, trial.questions, strict=True):
        is_aside = bool(speakers) and _ASIDE.fullmatch(line.text)
        speakers.append(speakers[-1] if is_aside else QUESTION if is_question else ANSWER)
    is_sure = trial.way.named or asks_surely(trial.habits)
    is_bold = trial.way.traits == BOLD and not trial.way.of_answers
    asked, answered = _REASONS[is_bold]
    sides = sides_of(
        trial.lines,
        speakers,
        Decision("interviewer", asked, is_sure, Evidence(habit=trial.habits.asking)),
        Decision("interviewee", answered, is_sure),
        _sign(trial.way),
    )
    return sides._replace(look=trial.way.traits, of_answers=trial.way.of_answers)


def _sign(way: _Way) -> Message:
    """The look that tells questions apart, for a note: « l'italique des réponses »."""
    signs = tuple(
        message("speakers.by-style", name=trait.value)
        if trait.kind is Kind.STYLE
        else message(f"speakers.by-{trait.kind}")
        for trait in sorted(way.traits, key=_order)
    )
    signs = tuple(dict.fromkeys(signs))
    sign = signs[0] if len(signs) == 1 else message("speakers.by-several-looks", looks=signs)
    return message("speakers.by-look-of-answers", look=sign) if way.of_answers else sign
