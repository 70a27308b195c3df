"""Names found once, looked for everywhere: without a cue, in other letters, nearly spelt so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from textlien.pseudonyms.finding.common import is_common, is_demonym
from textlien.pseudonyms.finding.mentions import CUE, GUESS, STAYS, Mention, mention
from textlien.pseudonyms.finding.nameword import follows, is_function
from textlien.pseudonyms.finding.words import Turn, words_of

_ARTICLES = frozenset("un une le la les l' des du en ma mon sa son de d' cette ce".split())
_NEAR = 5
_SHORTEST = 3
Keys = tuple[str, ...]


def spread(turns: Sequence[Turn], found: Sequence[Mention]) -> list[Mention]:
    """Mentions, and further ones of the same names in other turns and interviews.

    Parameters
    ----------
    turns : all turns; ``Mention.turn`` counts them.
    found : by the rules, without overlap.
    """
    settled = _respelt(_one_kind(found))
    known = _prototypes(settled)
    seen = {(keys_of(one.form), one.interview) for one in settled}
    by_turn: dict[int, list[Mention]] = defaultdict(list)
    for one in settled:
        by_turn[one.turn].append(one)
    more = [one for turn in turns for one in _in_turn(turn, by_turn[turn.number], known, seen)]
    return sorted([*settled, *more], key=lambda one: (one.turn, one.start))


@lru_cache(maxsize=1 << 16)
def keys_of(form: str) -> Keys:
    """Keys of the words of a form."""
    return tuple(word.key for word in words_of(form))


def _one_kind(found: Sequence[Mention]) -> list[Mention]:
    """Each form of one word as one kind: that of the surest mention, then of most."""
    votes: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    staying = {_only_key(one): one for one in found if one.reason == STAYS}
    staying.pop("", None)  # a city of several words says nothing of other names of several words
    for one in found:
        if len(keys_of(one.form)) == 1:
            votes[keys_of(one.form)[0]][one.kind].append(one)
    best = {
        key: min(
            kinds.values(),
            key=lambda some: (
                min((not m.sure, m.rank, m.kind == "other") for m in some),
                -len(some),
            ),
        )[0]
        for key, kinds in votes.items()
    }
    best |= staying
    return [_as_model(one, best.get(_only_key(one), one)) for one in found]


def _only_key(one: Mention) -> str:
    """The key of a form of one word; empty for one of several."""
    keys = keys_of(one.form)
    return keys[0] if len(keys) == 1 else ""


def _as_model(one: Mention, model: Mention) -> Mention:
    """A mention with the kind that its form has elsewhere."""
    # « Paris » stays wherever it is; « Mme Paris » is somebody.
    stays = model.reason == STAYS
    if model.kind == one.kind or (stays and one.rank <= CUE):
        return one
    return replace(
        one,
        kind=model.kind,
        label=model.label,
        given=model.given,
        family=model.family,
        gender=model.gender,
        sure=one.sure or (model.sure and not is_common(one.form)),
        reason=STAYS if stays else one.reason,
    )


def _respelt(found: Sequence[Mention]) -> list[Mention]:
    """Unknown words one letter from a sure name are that name, misspelt: a person confirms it."""
    sure = {
        key
        for one in found
        if one.kind == "person" and one.sure
        for key in (one.given, one.family)
        if len(key) >= _NEAR
    }
    models = {one.given: one for one in found if one.given in sure}
    models |= {one.family: one for one in found if one.family in sure and one.family not in models}
    # One letter changes the beginning of a word or its end, not both.
    ends: dict[str, list[str]] = defaultdict(list)
    for key in sorted(models):
        ends[f"{key[:2]}…"].append(key)
        ends[f"…{key[-2:]}"].append(key)
    return [_as_near(one, models, ends) for one in found]


def _as_near(one: Mention, models: Mapping[str, Mention], ends: Mapping[str, list[str]]) -> Mention:
    key = _only_key(one)
    if one.sure or one.kind not in ("person", "other") or not key or key in models:
        return one
    alike = (*ends.get(f"{key[:2]}…", ()), *ends.get(f"…{key[-2:]}", ()))
    near = sorted(other for other in alike if _near(key, other))
    if not near:
        return one
    model = models[near[0]]
    as_given = model.given == near[0]
    return replace(
        one,
        kind="person",
        label="",
        given=near[0] if as_given else "",
        family="" if as_given else near[0],
        gender=model.gender,
        reason=f"proche de « {near[0]} »",
    )


def _near(left: str, right: str) -> bool:
    """Whether two words differ by one letter: another one, one more, or two exchanged."""
    if left == right or abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < _NEAR:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest_left, rest_right = left[start:], right[start:]
    swapped = rest_left[:2] == rest_right[1::-1] and rest_left[2:] == rest_right[2:]
    return (
        rest_left[1:] == rest_right[1:]
        or rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or (len(rest_left) >= 2 and swapped)
    )


def _prototypes(found: Sequence[Mention]) -> dict[str, list[tuple[Keys, Mention]]]:
    """Names to look for by their first word, the longest first; parts of full names as well."""
    known: dict[Keys, Mention] = {}
    for one in sorted(found, key=lambda m: (not m.sure, m.rank)):
        if one.kind in ("contact",) or one.label == "poste":
            continue
        known.setdefault(keys_of(one.form), one)
    for one in found:
        if one.kind == "person" and one.given and one.family and one.sure:
            known.setdefault((one.given,), replace(one, family="", rank=GUESS))
            parts = tuple(one.family.split(" "))
            known.setdefault(parts, replace(one, given="", gender="", rank=GUESS))
    listed: dict[str, list[tuple[Keys, Mention]]] = defaultdict(list)
    for keys, one in known.items():
        if keys:
            listed[keys[0]].append((keys, one))
    for some in listed.values():
        some.sort(key=lambda pair: -len(pair[0]))
    return listed


def _in_turn(
    turn: Turn,
    taken: Sequence[Mention],
    known: Mapping[str, list[tuple[Keys, Mention]]],
    seen: set[tuple[Keys, str]],
) -> Iterator[Mention]:
    index = 0
    while index < len(turn.words):
        size = 1
        for keys, model in known.get(turn.words[index].key, ()):
            last = index + len(keys) - 1
            here = (keys, turn.interview) in seen
            if not _is_there(turn, index, keys) or _meets(turn, index, last, taken):
                continue
            if _is_name(turn, index, last, here=here, sure=model.sure):
                yield _again(turn, index, last, model)
                size = len(keys)
                break
        index += size


def _is_there(turn: Turn, index: int, keys: Keys) -> bool:
    if index + len(keys) > len(turn.words):
        return False
    return all(
        turn.words[index + place].key == key and (place == 0 or follows(turn, index + place))
        for place, key in enumerate(keys)
    )


def _meets(turn: Turn, first: int, last: int, taken: Sequence[Mention]) -> bool:
    start, end = turn.words[first].start, turn.words[last].end
    return any(one.start < end and start < one.end for one in taken)


def _is_name(turn: Turn, first: int, last: int, *, here: bool, sure: bool) -> bool:
    """Whether the words of a known name name somebody here too.

    Parameters
    ----------
    here : whether a rule found the name in this interview.
    sure : whether one did for certain.
    """
    word = turn.words[first]
    if last > first:
        capitals = sum(each.capital for each in turn.words[first : last + 1])
        return turn.casing == "single" or capitals > word.begins or not is_common(word.text)
    if is_function(word) or len(word.key) < _SHORTEST:
        return False
    if turn.casing == "mixed" and not word.capital:
        # « karim » in a hurry, but no beginnings of words and nothing that was a guess
        return sure and len(word.key) > _SHORTEST and not is_common(word.text)
    if not is_common(word.text):
        return sure or not is_demonym(word.text)
    if turn.casing == "mixed":
        return here or not word.begins
    before = turn.words[first - 1].key if first else ""
    return here and before not in _ARTICLES


def _again(turn: Turn, first: int, last: int, model: Mention) -> Mention:
    sure = model.sure and not (first == last and is_common(turn.words[first].text))
    reason = "nom trouvé ailleurs" if model.rank > CUE or not model.sure else "nom connu"
    again = mention(turn, first, last, model.kind, reason, rank=GUESS, sure=sure)
    return replace(
        again,
        label=model.label,
        given=model.given,
        family=model.family,
        gender=model.gender,
    )
