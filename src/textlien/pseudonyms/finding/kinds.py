"""Settle the kind of each name by all its mentions in the corpus.

One sentence says little: « le petit Montreuil » does not make a person of a town that ninety
sentences live in. A name that is a commune or a country of the lists is a person only where a
title, a label or the roster say so, and then a person decides. A person whose name is also that of
a street or a school, or who stands behind « métro » or « jusqu'à », is to be decided too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.mentions import CUE, Mention
from textlien.pseudonyms.finding.predicates import is_common, is_frequent
from textlien.pseudonyms.finding.words import FormKeys
from textlien.pseudonyms.reasons import Evidence, Reason

_NAMING = frozenset(
    [
        Reason.TITLE,
        Reason.OWN_NAME,
        Reason.LABEL,
        Reason.LABEL_INITIALS,
        Reason.ROSTER,
        Reason.ROSTER_INITIALS,
    ]
)
"""Reasons that make a person of a name whatever the lists say."""

_PERSONAL = _NAMING | {Reason.KINSHIP, Reason.CALLED, Reason.AFFECTIONATE, Reason.FAMILY}
"""Reasons by which somebody of the speaker's life is named."""

_LISTED_PLACE = frozenset(
    [
        Reason.COMMUNE,
        Reason.COMMUNE_OR_COUNTRY,
        Reason.COUNTRY_OR_TOWN,
        Reason.COUNTRY_OR_REGION,
        Reason.TOWN_ABROAD,
    ]
)
_LINKS = frozenset("de du d' des la le les l' au aux".split())


def settle_kinds(mentions: Sequence[Mention]) -> list[Mention]:
    """Give each form one kind, and make sure or doubtful what the corpus makes so.

    Parameters
    ----------
    mentions : of the rules, without overlap.
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for each in mentions:
        groups[_key(each)].append(each)
    staying = {only_key(each): each for each in mentions if each.stays}
    staying.pop("", None)  # a city of several words says nothing of other names of several words
    models = {key: _model(key, group) for key, group in groups.items()}
    settled = [_as_model(each, models[_key(each)], staying) for each in mentions]
    return _doubted(settled)


def only_key(mention: Mention) -> str:
    """The key of a form of one word; empty for one of several."""
    return mention.keys[0] if len(mention.keys) == 1 else ""


def _key(mention: Mention) -> str:
    """Key by which mentions are one form: « Saint Ouen » is « Saint-Ouen »."""
    return " ".join(mention.keys)


def _model(key: str, group: Sequence[Mention]) -> Mention | None:
    """The mention whose kind the others of a form take; None where each keeps its own."""
    kinds: dict[str, list[Mention]] = defaultdict(list)
    for each in group:
        kinds[each.kind].append(each)
    persons = kinds.get("person", ())
    if _is_listed_place(kinds.get("place", ())):
        is_both = persons and is_frequent(key)
        if is_both or any(each.evidence.reason in _NAMING for each in persons):
            return None
        return min(kinds["place"], key=_rank)
    if len(kinds) > 1 and not only_key(group[0]):
        return None
    return min(kinds.values(), key=lambda some: (min(map(_rank, some)), -len(some)))[0]


def _rank(mention: Mention) -> tuple[bool, int, bool]:
    """Order of mentions of one form: the surest first."""
    return not mention.sure, mention.rank, mention.kind == "other"


def _is_listed_place(places: Iterable[Mention]) -> bool:
    """True for a commune or country of the lists that a rule took as a place somewhere."""
    return any(each.evidence.reason in _LISTED_PLACE for each in places)


def _as_model(mention: Mention, model: Mention | None, staying: Mapping[str, Mention]) -> Mention:
    """A mention with the kind that its form has elsewhere."""
    city = staying.get(only_key(mention))
    # « Paris » stays wherever it is; « Mme Paris » is somebody.
    if city is not None:
        if city.kind == mention.kind or mention.rank <= CUE:
            return mention
        return mention.named_like(
            city, evidence=city.evidence, sure=mention.sure or not is_common(mention.form)
        )
    if model is None:
        is_person = mention.evidence.reason in _NAMING
        return mention if is_person else replace(mention, sure=False)
    if model.kind == mention.kind:
        return mention
    sure = model.sure and (mention.sure or not is_common(mention.form))
    return mention.named_like(model, sure=sure)


def _doubted(mentions: Sequence[Mention]) -> list[Mention]:
    """Make persons doubtful whose names are rather those of places, works or public figures."""
    personal = {_key(each) for each in mentions if each.evidence.reason in _PERSONAL}
    eponyms = {name_tail(each.keys) for each in mentions if each.kind in ("place", "organisation")}
    places = {_key(each) for each in mentions if each.evidence.reason is Reason.PLACE_WORD}
    spoken_of = _spoken_of(mentions)
    return [
        _doubted_person(each, eponyms, places - personal, spoken_of)
        if each.kind == "person" and each.sure and each.evidence.reason not in _PERSONAL
        else each
        for each in mentions
    ]


def _spoken_of(mentions: Iterable[Mention]) -> set[tuple[str, str]]:
    """First names that stand alone somewhere, and surnames behind a title, by interview."""
    return {
        (each.interview, each.first_name or each.surname)
        for each in mentions
        if each.kind == "person"
        and (not each.first_name or not each.surname or each.evidence.reason in _PERSONAL)
        and (each.evidence.reason in _PERSONAL or each.sure or is_frequent(each.first_name))
    }


def _doubted_person(
    mention: Mention,
    eponyms: Container[FormKeys],
    places: Container[str],
    spoken_of: Container[tuple[str, str]],
) -> Mention:
    """A person without a cue, doubtful where the corpus speaks of something else or of nobody.

    Parameters
    ----------
    eponyms : names behind « rue », « lycée »…
    places : keys that stand behind a word for places.
    spoken_of : parts of names by which somebody is named alone, by interview.
    """
    if mention.keys in eponyms or _key(mention) in places:
        return replace(mention, sure=False)
    parts = (mention.first_name, mention.surname)
    if not all(parts) or any((mention.interview, part) in spoken_of for part in parts):
        return mention
    return replace(mention, sure=False, evidence=Evidence(Reason.FULL_NAME))


def name_tail(keys: FormKeys) -> FormKeys:
    """The name without its head: « Mare Rouge » of « secteur de la Mare Rouge »."""
    lists, first = cues(), 0
    if keys and (keys[0] in lists.places or keys[0] in lists.organisations):
        first = 1
        while first < len(keys) and keys[first] in lists.middles | _LINKS:
            first += 1
    while first < len(keys) and keys[first] in _LINKS:
        first += 1
    return keys[first:]
