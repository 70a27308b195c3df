"""The names of a corpus, each with a pseudonym, for a person to review."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from textlien.pseudonyms.finding.common import is_common
from textlien.pseudonyms.finding.detect import find, keys_to_keep
from textlien.pseudonyms.finding.mentions import STAYS, Mention
from textlien.pseudonyms.finding.propagate import spread
from textlien.pseudonyms.finding.rules.labels import INITIALS, named
from textlien.pseudonyms.finding.rules.persons import OWN
from textlien.pseudonyms.finding.words import Turn, key_of, turns_of, words_of
from textlien.pseudonyms.linking.aliases import People, Where, as_they_are
from textlien.pseudonyms.linking.naming import Entities, Entity
from textlien.pseudonyms.model import Action, Kind, Name
from textlien.pseudonyms.review.occurrences import Occurrences, occurrences_in
from textlien.pseudonyms.review.rows import TITLES

_ROSTER = "liste des personnes"
_ORDER: tuple[Kind, ...] = ("person", "contact", "place", "organisation", "service", "other")


def suggest(
    turns: pd.DataFrame,
    interviews: pd.DataFrame,
    *,
    pipeline: str,
    keep: Sequence[str],
    roster: Sequence[str],
) -> list[Name]:
    """Names that a corpus holds, with entities and pseudonyms.

    No name is found for certain, and none is left out for certain: what is doubtful has the
    action ``ask``.

    Parameters
    ----------
    turns : table ``turns`` of all interviews, in order.
    interviews : table ``interviews``: city and person of each.
    pipeline : the spaCy pipeline whose entity model is asked.
    keep : cities of the study, which stay.
    roster : interviewees, as the metadata name them.

    Returns
    -------
    Rows in the order in which they are to be reviewed. A form that is not the same person's, or
    not a name, everywhere has several rows, each with its interviews.
    """
    cut = turns_of(_texts(turns))
    kept = keys_to_keep(keep)
    known = [*_labels(turns), *_rostered(interviews, set(roster))]
    mentions = spread(cut, [*known, *find(cut, pipeline, kept)])
    where = _where(interviews, mentions, turns)
    mentions = as_they_are(mentions, where)
    persons = [one for one in mentions if one.kind == "person"]
    people = People(persons, where)
    entities = Entities(mentions, people, where, _words(cut, turns, interviews) | kept)
    uses = _uses(mentions, cut, entities, people, kept)
    occurring = occurrences_in(sorted({use.form for use in uses}), turns)
    return _rows(uses, occurring)


def _texts(turns: pd.DataFrame) -> list[tuple[str, str]]:
    """Interview and text of each turn, then of each section."""
    said = list(zip(turns["interview_id"].astype(str), turns["text"].astype(str), strict=True))
    sections = zip(turns["interview_id"].astype(str), turns["section"].astype(str), strict=True)
    return said + [pair for pair in dict.fromkeys(sections) if pair[1]]


def _labels(turns: pd.DataFrame) -> list[Mention]:
    pairs = turns[["interview_id", "speaker", "role"]].drop_duplicates()
    return [
        mention if role != "interviewer" else replace(mention, sure=False)
        for interview, label, role in pairs.itertuples(index=False)
        for mention in named(str(interview), str(label), "étiquette de locuteur")
    ]


def _rostered(interviews: pd.DataFrame, roster: set[str]) -> list[Mention]:
    return [
        mention
        for interview, person in zip(interviews["interview_id"], interviews["person"], strict=True)
        if str(person) in roster
        for mention in named(str(interview), str(person), _ROSTER)
    ]


def _where(
    interviews: pd.DataFrame, mentions: Iterable[Mention], turns: pd.DataFrame
) -> dict[str, Where]:
    own: dict[str, set[str]] = defaultdict(set)
    asked = turns.loc[turns["role"] == "interviewer", ["interview_id", "speaker"]]
    askers = {(str(interview), str(label)) for interview, label in asked.itertuples(index=False)}
    for one in mentions:
        listed = one.turn < 0 and (one.interview, one.form) not in askers
        if one.given and INITIALS not in one.reason and (listed or one.reason == OWN):
            own[one.interview].add(one.given)
    columns = interviews[["interview_id", "city", "person"]].astype(str)
    found = {}
    for interview, city, person in columns.itertuples(index=False):
        circle = f"{city}/{person}" if person else interview
        found[interview] = Where(circle, city, frozenset(own[interview]))
    return found


def _words(cut: Sequence[Turn], turns: pd.DataFrame, interviews: pd.DataFrame) -> set[str]:
    """Keys of all words of a corpus and its metadata, which no pseudonym may be."""
    words = {word.key for turn in cut for word in turn.words}
    about = (turns["speaker"], interviews["person"], interviews["interview_id"])
    for column in about:
        words |= {word.key for value in column.unique() for word in words_of(str(value))}
    return words | {part for word in words for part in word.split(" ")}


class _Use(NamedTuple):
    """A form in one interview: whom it names there, and how sure that is."""

    form: str
    interview: str
    entity: Entity
    pseudonym: str
    action: Action
    reason: str
    is_name: bool = True


def _uses(
    mentions: Sequence[Mention],
    cut: Sequence[Turn],
    entities: Entities,
    people: People,
    kept: frozenset[str],
) -> list[_Use]:
    """One use or several a mention: its form, and the parts of a full name."""
    grouped: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for one in mentions:
        if one.reason == _ROSTER and one.form.islower():
            continue  # a code or a word of the metadata; what is said is found in the turns
        grouped[one.form, one.interview].append(one)
    uses: list[_Use] = []
    for same in grouped.values():
        for one in _untangled(same, cut, entities):
            uses.append(_use(one, entities, people, kept))
    return uses + _parts(mentions, entities, uses)


def _untangled(same: list[Mention], cut: Sequence[Turn], entities: Entities) -> list[Mention]:
    """Mentions of one form in one interview: where two persons have it, those with their titles.

    « Bernard » and « Mme Bernard » are two rows; the longer form is looked for first.
    """
    counts = Counter(entities.of(one).ident for one in same)
    if len(counts) == 1:
        return same
    bare = [one for one in same if not _title_before(one, cut)]
    main = Counter(entities.of(one).ident for one in bare or same).most_common(1)[0][0]
    kept = []
    for one in same:
        title = _title_before(one, cut)
        if entities.of(one).ident == main:
            kept.append(one)
        elif title:
            kept.append(replace(one, form=f"{title}{one.form}"))
        else:
            model = next(other for other in same if entities.of(other).ident == main)
            kept.append(replace(model, sure=False, reason="plusieurs personnes possibles"))
    return kept


def _title_before(one: Mention, cut: Sequence[Turn]) -> str:
    """« Mme » and the blank behind it, if they stand before a mention."""
    if one.turn < 0:
        return ""
    turn = cut[one.turn]
    before = [word for word in turn.words if word.end <= one.start]
    if not before or before[-1].key not in TITLES:
        return ""
    title = turn.text[before[-1].start : one.start]
    return title if title.strip(". \u00a0") == before[-1].text.strip(".") else ""


def _use(one: Mention, entities: Entities, people: People, kept: frozenset[str]) -> _Use:
    entity = entities.of(one)
    pseudonym = entities.pseudonym(one)
    first = words_of(one.form)[:1]
    if one.kind == "person" and first and first[0].key in TITLES:
        title = one.form[: one.form.index(first[0].text) + len(first[0].text)]
        pseudonym = f"{title} {pseudonym}"
    if one.kind == "place" and key_of(one.form) in kept:
        return _Use(one.form, one.interview, entity, "", "keep", STAYS)
    doubt = people.doubt(one) if one.kind == "person" else ""
    action: Action = "replace" if one.sure and not doubt else "ask"
    reason = f"{one.reason} ; {doubt}" if doubt else one.reason
    return _Use(one.form, one.interview, entity, pseudonym, action, reason.replace(",", " "))


def _parts(mentions: Iterable[Mention], entities: Entities, uses: Sequence[_Use]) -> list[_Use]:
    """First name and surname of full names, where another interview has them alone.

    Those of interviewees are always there: their names stand in names of files.
    """
    have = {(use.form, use.interview) for use in uses}
    forms = {use.form for use in uses}
    # « Haddad » alone is one entity's, a family's where several persons have the surname.
    owners = {use.pseudonym: use.entity for use in uses}
    found: dict[tuple[str, str], _Use] = {}
    for one in mentions:
        if one.kind != "person" or not one.family or not one.given:
            continue
        for part in one.form.split(" "):
            place = (part, one.interview)
            if place in have or place in found or not (part in forms or one.turn < 0):
                continue
            as_given = key_of(part) == one.given
            if not as_given and key_of(part) != one.family:
                continue
            entity = entities.of(one)
            text = entity.given if as_given else entity.family
            entity = owners.setdefault(text, entity)
            action: Action = (
                "replace" if one.sure and (part[0].isupper() or not is_common(part)) else "ask"
            )
            found[place] = _Use(part, one.interview, entity, text, action, "partie d'un nom")
    return list(found.values())


def _rows(uses: Sequence[_Use], occurring: Mapping[str, Occurrences]) -> list[Name]:
    by_form: dict[str, dict[str, list[_Use]]] = defaultdict(lambda: defaultdict(list))
    for use in uses:
        by_form[use.form][use.entity.ident].append(use)
    rows: list[Name] = []
    for form, by_entity in by_form.items():
        there = occurring.get(form)
        if there is None:
            continue
        covered: dict[str, str] = {}
        for ident, same in by_entity.items():
            for use in same:
                covered.setdefault(use.interview, ident)
        elsewhere = sorted(set(there.counts) - set(covered))
        if all(use.action == "keep" for same in by_entity.values() for use in same):
            elsewhere = []
        alone = len(set(covered.values())) == 1 and not elsewhere
        for ident, same in by_entity.items():
            files = sorted(
                interview
                for interview, owner in covered.items()
                if owner == ident and interview in there.counts
            )
            if files:
                rows.append(_row(form, same, there, () if alone else tuple(files)))
        if elsewhere:
            rows.append(_left(form, rows[-1].kind, there, tuple(elsewhere)))
    return sorted(rows, key=_review_order)


def _row(form: str, same: Sequence[_Use], there: Occurrences, files: tuple[str, ...]) -> Name:
    best = min(same, key=lambda use: ("keep", "replace", "ask").index(use.action))
    doubts = any(";" in use.reason for use in same)
    action: Action = "ask" if doubts and best.action == "replace" else best.action
    reasons = [reason.strip() for use in same for reason in use.reason.split(";")]
    return Name(
        form,
        best.entity.kind,
        best.entity.ident,
        best.pseudonym,
        action,
        files,
        there.total(files),
        there.interviews(files),
        tuple(dict.fromkeys(reasons)),
        there.contexts(files),
    )


def _left(form: str, kind: Kind, there: Occurrences, files: tuple[str, ...]) -> Name:
    """A row that keeps a form where it is a word, or a part of something else."""
    reasons = ("mot courant ou partie d'un autre nom",)
    counted = there.total(files), there.interviews(files)
    return Name(form, kind, "", "", "keep", files, *counted, reasons, there.contexts(files))


def _review_order(name: Name) -> tuple[int, str, int, int, str, tuple[str, ...]]:
    number = name.entity.lstrip("plocsx")
    size = -len(name.form.split(" "))
    return (
        _ORDER.index(name.kind),
        "" if name.entity else "z",
        int(number) if number else 0,
        size,
        name.form,
        name.files,
    )
