"""The ways in which the same speech is transcribed, as changes of gold tokens.

They augment the training data, and each is measured by itself (``benchmarks/annotation.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from textlien.annotation.training.treebank import GoldToken

Tokens = list[GoldToken]
Change = Callable[[Sequence[GoldToken], Random], Tokens]

_FILLERS = ("euh", "euh", "euh", "heu", "ben", "bah", "hein", "bon", "ouais", "mm", "mmh", "hum")
_REPEATED = frozenset({"DET", "PRON", "ADP", "SCONJ", "CCONJ"})
_CUT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV"})
_SENTENCE_END = frozenset({".", "?", "!", "…", "..."})
_FILLER_EVERY, _REPEATED_EVERY, _CUT_EVERY, _TIME_EVERY = 15, 12, 30, 40
_SHORTEST_CUT = 4


def as_written(tokens: Sequence[GoldToken], random: Random) -> Tokens:  # noqa: ARG001
    """As the treebank has it."""
    return list(tokens)


def without_punctuation(tokens: Sequence[GoldToken], random: Random) -> Tokens:  # noqa: ARG001
    """No punctuation; capitals stay."""
    kept: Tokens = []
    for token in tokens:
        if token.pos != "PUNCT":
            kept.append(token)
        elif kept and token.space_after:
            kept[-1] = kept[-1]._replace(space_after=True)
    return kept


def lower_case(tokens: Sequence[GoldToken], random: Random) -> Tokens:  # noqa: ARG001
    """No capitals; punctuation stays."""
    return [token._replace(form=token.form.lower()) for token in tokens]


def bare(tokens: Sequence[GoldToken], random: Random) -> Tokens:
    """Neither punctuation nor capitals, as many transcripts are."""
    return lower_case(without_punctuation(tokens, random), random)


def sentence_case(tokens: Sequence[GoldToken], random: Random) -> Tokens:  # noqa: ARG001
    """A capital at the beginning of each sentence: the spoken treebanks have none."""
    changed: Tokens = []
    begins = True
    for token in tokens:
        form = token.form[:1].upper() + token.form[1:] if begins else token.form
        changed.append(token._replace(form=form))
        begins = token.form in _SENTENCE_END
    return changed


def hesitating(tokens: Sequence[GoldToken], random: Random) -> Tokens:
    """Fillers added (« la euh commune ») and small words repeated (« de de la commune »)."""

    def added(token: GoldToken) -> GoldToken | None:
        if token.pos in _REPEATED and random.randrange(_REPEATED_EVERY) == 0:
            return token._replace(space_after=True)
        if token.pos != "PUNCT" and random.randrange(_FILLER_EVERY) == 0:
            filler = random.choice(_FILLERS)
            return GoldToken(filler, filler, "INTJ", True)
        return None

    return _with_added(tokens, added)


def cut_words(tokens: Sequence[GoldToken], random: Random) -> Tokens:
    """Words cut short before they are said: « un par- partenariat », « un par~ partenariat »."""

    def added(token: GoldToken) -> GoldToken | None:
        long_enough = token.pos in _CUT and len(token.form) >= _SHORTEST_CUT
        if not long_enough or random.randrange(_CUT_EVERY):
            return None
        begun = token.form[: random.randint(1, len(token.form) - 2)] + random.choice("-~")
        return GoldToken(begun, begun, "X", True)

    return _with_added(tokens, added)


def timed(tokens: Sequence[GoldToken], random: Random) -> Tokens:
    """Time marks left between the words: « 00:12:31 »."""

    def added(token: GoldToken) -> GoldToken | None:
        if token.pos == "PUNCT" or random.randrange(_TIME_EVERY):
            return None
        clock = f"{random.randrange(60):02}:{random.randrange(60):02}"
        mark = f"{random.randrange(3):02}:{clock}" if random.random() < 0.5 else clock
        return GoldToken(mark, mark, "NUM", True)

    return _with_added(tokens, added)


def _with_added(
    tokens: Sequence[GoldToken], added: Callable[[GoldToken], GoldToken | None]
) -> Tokens:
    """The tokens, each behind the one that ``added`` puts before it, if any."""
    changed: Tokens = []
    for token in tokens:
        extra = added(token)
        changed += [token] if extra is None else [extra, token]
    return changed


def recognised(tokens: Sequence[GoldToken], random: Random) -> Tokens:
    """As a speech recogniser writes it: bare, no « euh », « est ce » for « est-ce ».

    One in two also loses its apostrophes: « c est », « qu on ».
    """
    kept: Tokens = []
    elided = random.random() < 0.5
    for token in bare(tokens, random):
        if token.pos in {"X", "INTJ"} and token.lemma.lower() == "euh":
            continue
        if elided and token.form.endswith(("'", "’")) and len(token.form) > 1:
            kept.append(token._replace(form=token.form[:-1], space_after=True))
            continue
        if token.form.startswith("-") and len(token.form) > 1 and kept:
            kept[-1] = kept[-1]._replace(space_after=True)
            kept.append(token._replace(form=token.form[1:]))
        else:
            kept.append(token)
    return kept


CHANGES: Mapping[str, Change] = {
    "as written": as_written,
    "bare": bare,
    "without punctuation": without_punctuation,
    "lower case": lower_case,
    "sentence case": sentence_case,
    "hesitating": hesitating,
    "cut words": cut_words,
    "time marks": timed,
    "speech recogniser": recognised,
}
"""Each way of transcribing, by the name that tables of results give it."""
