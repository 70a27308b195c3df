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
from operator import itemgetter, not_
from statistics import median
from typing import NamedTuple

from textlien.messages.message import Message, message
from textlien.text.marks import collapse_blanks, normalise_characters
from textlien.text.words import word_count
from textlien.transcripts.model import Decision, Evidence, RoleReason
from textlien.transcripts.speakers.look import BOLD, Kind, Look, Piece, Trait, look_of
from textlien.transcripts.speakers.openings.candidates import Line
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.sides import ANSWER, ASKS, ENDS, QUESTION, Sides, sides_of

_PROMPTS = re.compile(
    r"\w-(?:vous|moi|nous|tu)\b|\b(?:vous|votre|vos|tu|ton|ta|tes)\b|\w{3}ez\b", re.I
)
"""Words by which one asks without « ? »: « Racontez-moi un peu. », « Votre parcours »."""

_ASIDE = re.compile(r"\W*[\[(][^\[\]()]{0,300}[\])]\W*")
_EMPHASIS = frozenset(Kind) - {Kind.INDENT, Kind.ALIGN, Kind.FONT, Kind.SIZE}
_REASONS = {
    True: (RoleReason.BOLD, RoleReason.NOT_BOLD),
    False: (RoleReason.SET_APART, RoleReason.NOT_SET_APART),
}
# Looks that are tried in a file: more have a few lines each.
_MOST_TRAITS = 40


class LookThresholds(NamedTuple):
    """Thresholds from which what has a look is the questions of an interview.

    Attributes
    ----------
    least : questions; with fewer, they are titles and a sentence stressed.
    share : lowest and highest share of the lines: more is a text of this look, less its titles.
    many : questions from which the sides are sure, and from which fewer than the lowest share
        are enough if nearly all ask, since answers may be of many paragraphs.
    mostly : share that must end in « ? », or in any mark that ends a sentence where they are no
        longer than answers (« Parlez-moi de vous. »).
    nearly_all : share that must ask where questions are rare.
    some : share that asks from which the sides are sure all the same, if most of the others say
        « vous » or « racontez », and
    caught : this share of all lines that end in « ? » have the look.
    contrast : times the share of answers that end in « ? ».
    longest : words of the median question; longer paragraphs are summaries.
    longest_title : words of a title.
    strays : share of the short lines that ask without having the look, beyond which the sides
        are doubtful: follow-up questions that nobody set apart.
    longest_stray : words of such a line; an answer that ends in « ? » is longer.
    cuts : paragraphs of both looks from which paragraphs are cut where the look changes.
    """

    least: int = 3
    share: tuple[float, float] = (0.15, 0.6)
    many: int = 5
    mostly: float = 0.6
    nearly_all: float = 0.8
    some: float = 0.3
    caught: float = 0.9
    contrast: float = 1.5
    longest: int = 60
    longest_title: int = 8
    strays: float = 0.15
    longest_stray: int = 25
    cuts: int = 3


LOOKS = LookThresholds()


class _Way(NamedTuple):
    """A way of telling questions: the lines of some traits, or those without them.

    ``named`` says that styles bear the name of a role.
    """

    traits: Look
    of_answers: bool
    named: bool


class _Habits(NamedTuple):
    """Habits of the lines that would be questions, and of the others.

    Attributes
    ----------
    questions : number of them, neighbours together.
    share : of the lines that are questions.
    asking, prompting, ending : shares of the questions that end in « ? », that ask in any way,
        that end a sentence.
    answers_asking : share of the other lines that end in « ? ».
    caught : share of the lines that end in « ? » which are questions.
    strays : short lines that ask and are no questions.
    opens : one of the first two lines is a question, as in interviews and seldom in leaflets.
    length, length_of_answers : median words of a question and of an answer.
    """

    questions: int
    share: float
    asking: float
    prompting: float
    ending: float
    answers_asking: float
    caught: float
    strays: int
    opens: bool
    length: float
    length_of_answers: float

    @property
    def agreement(self) -> float:
        """Harmonic mean of the share that asks and of the share of « ? » that it catches."""
        total = self.asking + self.caught
        return 2 * self.asking * self.caught / total if total else 0.0


class _Trial(NamedTuple):
    """A way of telling questions in a file, with the lines that it makes of it."""

    score: float
    way: _Way
    lines: list[Line]
    questions: list[bool]
    habits: _Habits


def by_look(lines: Sequence[Line]) -> Sides | None:
    """Separate questions from answers by their look; None where no look tells them apart."""
    dressed = [_dressed(line) for line in lines]
    counts = Counter(trait for line in dressed for trait in _traits_of(line))
    traits = sorted((trait for trait, _ in counts.most_common(_MOST_TRAITS)), key=_order)
    trials = [trial for way in _ways(dressed, traits) if (trial := _trial(dressed, way))]
    # The first of equals: bold before italics before a colour, one look before several.
    best = max(trials, key=lambda trial: trial.score, default=None)
    return _sides(best) if best else None


def _dressed(line: Line) -> Line:
    """A line with the traits that its letters show: capitals, and blanks in front."""
    traits = set()
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


def _ways(lines: Sequence[Line], traits: Sequence[Trait]) -> Iterator[_Way]:
    """Ways to try: styles named after a role, each trait, and all by which anybody asks."""
    for role in ("interviewer", "interviewee"):
        if named := frozenset(trait for trait in traits if _names(trait, role)):
            yield _Way(named, role == "interviewee", named=True)
    for of_answers in (False, True):
        yield from (_Way(frozenset({trait}), of_answers, named=False) for trait in traits)
    several = frozenset(part for part in traits if part.kind in _EMPHASIS and _asks(lines, part))
    if len(several) > 1:
        yield _Way(several, of_answers=False, named=False)


def _names(trait: Trait, role: str) -> bool:
    """True for a style that is named after a role: « Question », « Enquêté »."""
    return trait.kind is Kind.STYLE and known_role(trait.value) == role


def _asks(lines: Sequence[Line], trait: Trait) -> bool:
    """True if lines of a trait ask more often than others do."""
    has_trait = [trait in line.look for line in lines]
    texts = [line.text for line in lines]
    inside, outside = list(compress(texts, has_trait)), list(compress(texts, map(not_, has_trait)))
    if not inside or not outside:
        return False
    return _share(inside, ASKS) >= max(LOOKS.some, LOOKS.contrast * _share(outside, ASKS))


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
    questions = [way.traits.isdisjoint(line.look) is way.of_answers for line in lines]
    if len(lines) == sum(questions) or sum(questions) < LOOKS.least:
        return None
    lines, questions = _without_titles(lines, questions)
    spoken = [not _ASIDE.fullmatch(line.text) for line in lines]
    habits = _habits(list(compress(lines, spoken)), list(compress(questions, spoken)))
    if habits is None or not (way.named or _are_questions(habits)):
        return None
    score = habits.agreement or habits.prompting / 2
    return _Trial(score + way.named, way, lines, questions, habits)


def _habits(lines: Sequence[Line], questions: Sequence[bool]) -> _Habits | None:
    """Habits of questions and answers; None where there are too few."""
    runs = _runs(lines, questions)
    asked = [text for text, is_question in runs if is_question]
    answered = [text for text, is_question in runs if not is_question]
    if len(asked) < LOOKS.least or not answered:
        return None
    others = [line.text for line in compress(lines, map(not_, questions))]
    astray = [text for text in others if ASKS.search(text)]
    return _Habits(
        questions=len(asked),
        share=sum(questions) / len(lines),
        asking=_share(asked, ASKS),
        prompting=_share(asked, ASKS, _PROMPTS),
        ending=_share(asked, ENDS),
        answers_asking=len(astray) / len(others),
        caught=_caught(lines, len(astray)),
        strays=sum(len(text.split()) <= LOOKS.longest_stray for text in astray),
        opens=any(questions[:2]),
        length=median(map(word_count, asked)),
        length_of_answers=median(map(word_count, answered)),
    )


def _caught(lines: Sequence[Line], astray: int) -> float:
    """Share of the lines that ask which are questions, by the number of those that are not."""
    asking = sum(bool(ASKS.search(line.text)) for line in lines)
    return 1 - astray / asking if asking else 0.0


def _share(texts: Sequence[str], *patterns: re.Pattern[str]) -> float:
    """Share of some texts that match one of these patterns."""
    return sum(any(pattern.search(text) for pattern in patterns) for text in texts) / len(texts)


def _runs(lines: Sequence[Line], questions: Sequence[bool]) -> list[tuple[str, bool]]:
    """Texts of neighbours of one side, and whether they ask."""
    pairs = zip(lines, questions, strict=True)
    return [
        ("\n".join(line.text for line, _ in group), is_question)
        for is_question, group in groupby(pairs, key=itemgetter(1))
    ]


def _are_questions(habits: _Habits) -> bool:
    """True if lines are as short as questions, and ask or end as sentences do."""
    lowest, highest = LOOKS.share
    is_usual = lowest <= habits.share <= highest
    is_rare = habits.share < lowest and habits.questions >= LOOKS.many
    if not (is_usual or (is_rare and _nearly_all_ask(habits))):
        return False
    if habits.length > LOOKS.longest or not _ask_more_than_answers(habits):
        return False
    return habits.asking >= LOOKS.mostly or (
        habits.opens and habits.length <= habits.length_of_answers and _are_prompts(habits)
    )


def _are_prompts(habits: _Habits) -> bool:
    """True if nearly all say « vous » or « racontez », or many end sentences and some ask."""
    some_ask = habits.asking >= LOOKS.some and habits.questions >= LOOKS.many
    return habits.prompting >= LOOKS.nearly_all or (some_ask and habits.ending >= LOOKS.mostly)


def _ask_more_than_answers(habits: _Habits) -> bool:
    """True if questions end in « ? » more than answers, or say « vous » where nothing does."""
    if habits.asking:
        return habits.asking >= LOOKS.contrast * habits.answers_asking
    return not habits.answers_asking and habits.prompting >= LOOKS.mostly


def _nearly_all_ask(habits: _Habits) -> bool:
    """True if few lines are questions, yet nearly all ask: answers are of many paragraphs."""
    is_caught = habits.asking >= LOOKS.some and habits.caught >= LOOKS.caught
    return habits.asking >= LOOKS.nearly_all or is_caught


def _is_sure(way: _Way, habits: _Habits) -> bool:
    """True if nobody need look: many questions, by far most of which ask, and no other lines."""
    if way.named:
        return True
    lowest, highest = LOOKS.share
    is_usual = lowest <= habits.share <= highest and habits.questions >= LOOKS.many
    few_strays = habits.strays <= max(1, LOOKS.strays * habits.asking * habits.questions)
    return is_usual and few_strays and (habits.asking >= LOOKS.mostly or _all_prompt(habits))


def _all_prompt(habits: _Habits) -> bool:
    """True if some questions end in « ? », no other lines do, and the rest say « racontez »."""
    return (
        habits.asking >= LOOKS.some
        and habits.caught >= LOOKS.caught
        and habits.prompting >= LOOKS.mostly
        and habits.length <= habits.length_of_answers
    )


def _without_titles(
    lines: Sequence[Line], questions: Sequence[bool]
) -> tuple[list[Line], list[bool]]:
    """Titles among the questions become the section of the lines below them."""
    speech: list[Line] = []
    kept: list[bool] = []
    title, under = "", ""
    for line, is_question, next_asks in zip(lines, questions, [*questions[1:], False], strict=True):
        if line.section != under:  # a heading of the document counts for more
            title, under = "", line.section
        may_be_title = is_question or not any(kept)
        if may_be_title and _is_title(line, before_question=next_asks):
            title = collapse_blanks(line.text)
        else:
            speech.append(line._replace(section=title) if title else line)
            kept.append(is_question)
    return speech, kept


def _is_title(line: Line, *, before_question: bool) -> bool:
    """True for a few words that end no sentence, and are no prompt that an answer follows."""
    is_short = len(line.text.split()) <= LOOKS.longest_title and not ENDS.search(line.text)
    return is_short and (before_question or not _PROMPTS.search(line.text))


def _sides(trial: _Trial) -> Sides:
    """The two sides as a way tells them; asides go with who spoke before."""
    speakers: list[str] = []
    for line, is_question in zip(trial.lines, trial.questions, strict=True):
        is_aside = bool(speakers) and _ASIDE.fullmatch(line.text)
        speakers.append(speakers[-1] if is_aside else QUESTION if is_question else ANSWER)
    is_sure = _is_sure(trial.way, trial.habits)
    is_bold = trial.way.traits == BOLD and not trial.way.of_answers
    asked, answered = _REASONS[is_bold]
    return sides_of(
        trial.lines,
        speakers,
        Decision("interviewer", asked, is_sure, Evidence(habit=trial.habits.asking)),
        Decision("interviewee", answered, is_sure),
        _sign(trial.way),
    )


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
