"""Propagate detected names to further occurrences.

Without context cues, in another case, or with a one-letter misspelling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from textlien.pseudonyms.finding.kinds import only_key, settle_kinds
from textlien.pseudonyms.finding.mentions import CUE, GUESS, Mention, mention
from textlien.pseudonyms.finding.predicates import (
    follows,
    is_common,
    is_demonym,
    is_frequent,
    is_function,
)
from textlien.pseudonyms.finding.words import FormKeys, Turn
from textlien.pseudonyms.reasons import Evidence, Reason
from textlien.text.phrase_index import PhraseIndex

_ARTICLES = frozenset("un une le la les l' des du en ma mon sa son de d' cette ce".split())

_SHORTEST_NEAR = 5
"""Letters of a word that may be another one misspelt: short words are near too many others. From 3
to 6 the marked interviews give the same."""

_SHORTEST = 3
"""Letters of a name that is looked for elsewhere: shorter ones are parts of too many things."""


def propagate(turns: Sequence[Turn], mentions: Sequence[Mention]) -> list[Mention]:
    """Add further mentions of the same names in other turns and interviews.

    Parameters
    ----------
    turns : all turns; ``Mention.turn`` counts them.
    mentions : of the rules, without overlap.

    Returns
    -------
    All mentions, in order; those of the rules with the kind that their form has elsewhere.
    """
    settled = _respelt(settle_kinds(mentions))
    index = _prototypes(settled)
    seen = {(mention.keys, mention.interview) for mention in settled}
    by_turn: dict[int, list[Mention]] = defaultdict(list)
    for each in settled:
        by_turn[each.turn].append(each)
    more = [again for turn in turns for again in _in_turn(turn, by_turn[turn.number], index, seen)]
    return sorted([*settled, *more], key=lambda mention: (mention.turn, mention.start))


def _respelt(mentions: Sequence[Mention]) -> list[Mention]:
    """Take unknown words one letter from a sure name as that name, for a person to confirm."""
    models = _sure_persons(mentions)
    # One letter changes the beginning of a word or its end, not both.
    ends: dict[str, list[str]] = defaultdict(list)
    for key in sorted(models):
        ends[f"{key[:2]}…"].append(key)
        ends[f"…{key[-2:]}"].append(key)
    return [_as_near(each, models, ends) for each in mentions]


def _sure_persons(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """A mention for each first name and surname of a person that is sure and long enough."""
    sure = {
        key
        for each in mentions
        if each.kind == "person" and each.sure
        for key in (each.first_name, each.surname)
        if len(key) >= _SHORTEST_NEAR
    }
    models = {each.first_name: each for each in mentions if each.first_name in sure}
    return models | {
        each.surname: each
        for each in mentions
        if each.surname in sure and each.surname not in models
    }


def _as_near(
    mention: Mention, models: Mapping[str, Mention], ends: Mapping[str, list[str]]
) -> Mention:
    """A mention as the sure name that is one letter from it, if there is one.

    Parameters
    ----------
    models : mentions by the first name or surname that is sure.
    ends : these names by their first two and their last two letters.
    """
    key = only_key(mention)
    if mention.sure or mention.kind not in ("person", "other") or not key or key in models:
        return mention
    alike = (*ends.get(f"{key[:2]}…", ()), *ends.get(f"…{key[-2:]}", ()))
    near = min((other for other in alike if _is_near(key, other)), default="")
    if not near:
        return mention
    is_first_name = models[near].first_name == near
    return replace(
        mention,
        kind="person",
        label="",
        first_name=near if is_first_name else "",
        surname="" if is_first_name else near,
        gender=models[near].gender,
        evidence=Evidence(Reason.NEAR, (near,)),
    )


def _is_near(left: str, right: str) -> bool:
    """True when two words differ by one letter: another one, one more, or two exchanged."""
    shortest = min(len(left), len(right))
    if left == right or abs(len(left) - len(right)) > 1 or shortest < _SHORTEST_NEAR:
        return False
    start = 0
    while start < shortest and left[start] == right[start]:
        start += 1
    rest_left, rest_right = left[start:], right[start:]
    swapped = rest_left[:2] == rest_right[1::-1] and rest_left[2:] == rest_right[2:]
    return (
        rest_left[1:] == rest_right[1:]
        or rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or (len(rest_left) >= 2 and swapped)
    )


def _prototypes(mentions: Sequence[Mention]) -> PhraseIndex[str, Mention]:
    """Names to look for, the surest mention of each; parts of full names as well."""
    models: dict[FormKeys, Mention] = {}
    for each in sorted(mentions, key=lambda m: (not m.sure, m.rank)):
        if each.kind != "contact" and each.evidence.reason is not Reason.POST:
            models.setdefault(each.keys, each)
    for each in mentions:
        if each.kind == "person" and each.first_name and each.surname and each.sure:
            models.setdefault((each.first_name,), replace(each, surname="", rank=GUESS))
            parts = tuple(each.surname.split(" "))
            models.setdefault(parts, replace(each, first_name="", gender="", rank=GUESS))
    for keys, each in list(models.items()):
        if each.kind == "person":
            for spelling in _spellings(keys):
                models.setdefault(spelling, each)
    return PhraseIndex(models.items())


def _spellings(keys: FormKeys) -> Iterator[FormKeys]:
    """« Jean-Luc Roux » without its hyphens, « Jean Luc Roux » with one."""
    apart = tuple(" ".join(keys).split(" "))
    yield apart
    for index in range(len(apart) - 1):
        yield (*apart[:index], " ".join(apart[index : index + 2]), *apart[index + 2 :])


def _in_turn(
    turn: Turn,
    mentions: Sequence[Mention],
    index: PhraseIndex[str, Mention],
    seen: Collection[tuple[FormKeys, str]],
) -> Iterator[Mention]:
    """Further mentions of one turn.

    Parameters
    ----------
    mentions : of the turn, which nothing may meet.
    index : names to look for.
    seen : forms with the interviews where a rule found them.
    """
    keys = [word.key for word in turn.words]
    first = 0
    while first < len(keys):
        length = 1
        for match in index.matches(keys, first):
            last = first + match.length - 1
            if not _is_free(turn, first, last, mentions):
                continue
            here = (tuple(keys[first : last + 1]), turn.interview) in seen
            if _is_name(turn, first, last, here=here, sure=match.value.sure):
                yield _again(turn, first, last, match.value)
                length = match.length
                break
        first += length


def _is_free(turn: Turn, first: int, last: int, mentions: Sequence[Mention]) -> bool:
    """True for words that go on from each other and meet no mention."""
    start, end = turn.words[first].start, turn.words[last].end
    return all(follows(turn, index) for index in range(first + 1, last + 1)) and not any(
        mention.start < end and start < mention.end for mention in mentions
    )


def _is_name(turn: Turn, first: int, last: int, *, here: bool, sure: bool) -> bool:
    """True where the words of a name name somebody at this place too.

    Parameters
    ----------
    here : True when a rule found the name in this interview.
    sure : True when a rule found it for certain.
    """
    word = turn.words[first]
    if last > first:
        words = turn.words[first : last + 1]
        if turn.casing == "single" or sum(each.capital for each in words) > word.begins:
            return True
        # « jean luc » in a hurry; but « rose pierre » is two words
        return not is_common(word.text) or is_frequent(" ".join(each.key for each in words))
    return _is_name_of_one_word(turn, first, here=here, sure=sure)


def _is_name_of_one_word(turn: Turn, index: int, *, here: bool, sure: bool) -> bool:
    """True where a word that names somebody elsewhere does so at this place too."""
    word = turn.words[index]
    if is_function(word) or len(word.key) < _SHORTEST:
        return False
    if turn.casing == "mixed" and not word.capital:
        # « karim » in a hurry, but no beginnings of words and nothing that was a guess
        return sure and len(word.key) > _SHORTEST and not is_common(word.text)
    if not is_common(word.text):
        return sure or not is_demonym(word.text)
    return _is_name_not_word(turn, index, here=here)


def _is_name_not_word(turn: Turn, index: int, *, here: bool) -> bool:
    """True where a name that is also a word of French (« Rose ») is meant as a name."""
    if turn.casing == "mixed":
        return here or not turn.words[index].begins
    before = turn.words[index - 1].key if index else ""
    return here and before not in _ARTICLES


def _again(turn: Turn, first: int, last: int, model: Mention) -> Mention:
    """A further mention, as sure as the first one unless it is also a word."""
    sure = model.sure and not (first == last and is_common(turn.words[first].text))
    is_guess = model.rank > CUE or not model.sure
    reason = Reason.FOUND_ELSEWHERE if is_guess else Reason.KNOWN_NAME
    again = mention(turn, first, last, model.kind, reason, rank=GUESS, sure=sure)
    return again.named_like(model)
