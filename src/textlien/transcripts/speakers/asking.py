"""Habits of lines that would be the questions of a file without labels, and the judgement on them.

Who sets questions apart by a look often leaves « ? » out: « Racontez-moi un peu. » So three things
are looked at together: « ? », words by which one asks, and the length of what is between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, groupby
from operator import itemgetter, not_
from statistics import fmean as mean
from statistics import median
from typing import NamedTuple

from textlien.text.words import word_count
from textlien.transcripts.speakers.openings.candidates import Line
from textlien.transcripts.speakers.sides import ASKS, ENDS

PROMPTS = re.compile(
    r"\w-(?:vous|moi|nous|tu)\b|\b(?:vous|votre|vos|tu|ton|ta|tes)\b|\w{3}ez\b|\best-ce qu",
    re.IGNORECASE,
)
"""Words by which one asks without « ? »: « Racontez-moi un peu. », « Votre parcours »."""

OPENERS = re.compile(
    r"^(?:(?:d['’]accord|ok|oui|bien|alors|ah)\W{1,3})?(?:et|comment|pourquoi|combien|où|quand|qui"
    r"|quoi|que|quels?|quelles?)\b",
    re.IGNORECASE,
)
"""First words of questions, and of some titles: « Et le marché », « Pourquoi le lien social »."""


class LookThresholds(NamedTuple):
    """Thresholds from which what has a look is the questions of an interview.

    Attributes
    ----------
    least : questions; with fewer, they are titles and a sentence stressed.
    share : lowest and highest share of the lines: more is a text of this look, less its titles.
    many : questions from which the sides are sure, and from which fewer than the lowest share
        are enough if nearly all ask, since answers may be of many paragraphs.
    plenty : questions from which the sides are sure for such answers too.
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
    part : share of the letters of a short line that asks by which it has the look all the same.
    cuts : paragraphs of both looks from which paragraphs are cut where the look changes.
    """

    least: int = 3
    share: tuple[float, float] = (0.15, 0.6)
    many: int = 5
    plenty: int = 10
    mostly: float = 0.6
    nearly_all: float = 0.8
    some: float = 0.3
    caught: float = 0.9
    contrast: float = 1.5
    longest: int = 60
    longest_title: int = 8
    strays: float = 0.15
    longest_stray: int = 25
    part: float = 0.3
    cuts: int = 3


LOOKS = LookThresholds()


class Habits(NamedTuple):
    """Habits of the lines that would be questions, and of the others.

    Attributes
    ----------
    questions : number of them, neighbours together.
    share : of the lines that are questions.
    asking, addressing, prompting, ending : shares of the questions that end in « ? », that say
        « vous » or « racontez », that ask in any way, that end a sentence.
    answers_asking : share of the other lines that end in « ? ».
    caught : share of the lines that end in « ? » which are questions.
    strays : short lines that ask and are no questions.
    opens : one of the first two lines is a question, as in interviews and seldom in leaflets.
    length, length_of_answers : median words of a question and of an answer.
    """

    questions: int
    share: float
    asking: float
    addressing: float
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
        """Harmonic mean of the share that asks in any way and of the share of « ? » caught."""
        total = self.prompting + self.caught
        return 2 * self.prompting * self.caught / total if total else 0.0


class Facts(NamedTuple):
    """Facts on one line, or on neighbours of one side together.

    Attributes
    ----------
    asks, ends : it ends in « ? »; it ends a sentence.
    addresses, prompts : it says « vous » or « racontez »; it asks in any way.
    words : number of them.
    """

    asks: bool
    ends: bool
    addresses: bool
    prompts: bool
    words: int


# Each look is tried on the same lines: a long interview has some thousand.
@lru_cache(maxsize=50_000)
def facts_of(text: str) -> Facts:
    """Facts on a line."""
    asks, addresses = bool(ASKS.search(text)), bool(PROMPTS.search(text))
    prompts = asks or addresses or bool(OPENERS.search(text))
    return Facts(asks, bool(ENDS.search(text)), addresses, prompts, word_count(text))


def habits_of(lines: Sequence[Line], questions: Sequence[bool]) -> Habits | None:
    """Habits of questions and answers; None where there are too few."""
    facts = [facts_of(line.text) for line in lines]
    runs = _runs(facts, questions)
    asked = [run for run, is_question in runs if is_question]
    answered = [run for run, is_question in runs if not is_question]
    if len(asked) < LOOKS.least or not answered:
        return None
    astray = [fact.words for fact in compress(facts, map(not_, questions)) if fact.asks]
    shares = _shares(asked)
    return Habits(
        questions=len(asked),
        share=sum(questions) / len(lines),
        asking=shares.asks,
        addressing=shares.addresses,
        prompting=shares.prompts,
        ending=shares.ends,
        answers_asking=len(astray) / (len(lines) - sum(questions)),
        caught=_caught(facts, len(astray)),
        strays=sum(words <= LOOKS.longest_stray for words in astray),
        opens=any(questions[:2]),
        length=shares.words,
        length_of_answers=median(run.words for run in answered),
    )


class _Shares(NamedTuple):
    """Shares of some questions that have each of the facts, and their median words."""

    asks: float
    ends: float
    addresses: float
    prompts: float
    words: float


def _shares(runs: Sequence[Facts]) -> _Shares:
    """Shares of some runs of lines that have each of the facts."""
    asks, ends, addresses, prompts, words = zip(*runs, strict=True)
    return _Shares(mean(asks), mean(ends), mean(addresses), mean(prompts), median(words))


def _caught(facts: Sequence[Facts], astray: int) -> float:
    """Share of the lines that ask which are questions, by the number of those that are not."""
    asking = sum(fact.asks for fact in facts)
    return 1 - astray / asking if asking else 0.0


def _runs(facts: Sequence[Facts], questions: Sequence[bool]) -> list[tuple[Facts, bool]]:
    """Neighbours of one side together, and whether they ask."""
    runs = []
    for is_question, group in groupby(zip(facts, questions, strict=True), key=itemgetter(1)):
        parts = [fact for fact, _ in group]
        whole = parts[-1]._replace(
            addresses=any(part.addresses for part in parts),
            prompts=any(part.prompts for part in parts),
            words=sum(part.words for part in parts),
        )
        runs.append((whole, is_question))
    return runs


def may_ask(lines: Sequence[Line], questions: Sequence[bool]) -> bool:
    """Guess quickly if lines may be questions: they ask as often as the others, if any do."""
    asks = [facts_of(line.text).asks for line in lines]
    asking = sum(compress(asks, questions))
    n_questions, others = sum(questions), sum(asks) - asking
    if not LOOKS.least <= n_questions < len(lines):
        return False
    return asking * (len(lines) - n_questions) >= others * n_questions


def are_questions(habits: Habits) -> bool:
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


def _are_prompts(habits: Habits) -> bool:
    """True if nearly all say « vous » or « racontez », or many end sentences and some ask."""
    some_ask = habits.asking >= LOOKS.some and habits.questions >= LOOKS.many
    return habits.prompting >= LOOKS.nearly_all or (some_ask and habits.ending >= LOOKS.mostly)


def _ask_more_than_answers(habits: Habits) -> bool:
    """True if questions end in « ? » more than answers, or say « vous » where nothing does."""
    if habits.asking:
        return habits.asking >= LOOKS.contrast * habits.answers_asking
    return not habits.answers_asking and habits.addressing >= LOOKS.mostly


def _nearly_all_ask(habits: Habits) -> bool:
    """True if few lines are questions, yet nearly all ask: answers are of many paragraphs."""
    is_caught = habits.asking >= LOOKS.some and habits.caught >= LOOKS.caught
    return habits.asking >= LOOKS.nearly_all or is_caught


def asks_surely(habits: Habits) -> bool:
    """True if nobody need look: many questions, by far most of which ask, and no other lines."""
    lowest, highest = LOOKS.share
    is_usual = lowest <= habits.share <= highest and habits.questions >= LOOKS.many
    are_plenty = habits.share < lowest and habits.questions >= LOOKS.plenty
    few_strays = habits.strays <= max(1, LOOKS.strays * habits.asking * habits.questions)
    asks = _all_prompt(habits) or (is_usual and habits.asking >= LOOKS.mostly)
    return (is_usual or are_plenty) and few_strays and asks


def _all_prompt(habits: Habits) -> bool:
    """True if some questions end in « ? », no other lines do, and the rest say « racontez »."""
    return (
        habits.asking >= LOOKS.some
        and habits.caught >= LOOKS.caught
        and habits.prompting >= LOOKS.mostly
        and habits.length <= habits.length_of_answers
    )
