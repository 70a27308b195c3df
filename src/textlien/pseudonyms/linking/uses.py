"""Uses of forms: whom a form names in one interview, and how certain that is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from textlien.pseudonyms.finding.mentions import Mention
from textlien.pseudonyms.finding.predicates import is_common
from textlien.pseudonyms.finding.words import Turn, key_of, words_of
from textlien.pseudonyms.linking.people import People
from textlien.pseudonyms.linking.referents import Referent, Referents
from textlien.pseudonyms.model import TITLES, Action
from textlien.pseudonyms.reasons import Evidence, Reason


class Use(NamedTuple):
    """A form in one interview.

    Attributes
    ----------
    form, interview : as it is written, and where.
    referent : the person or thing that it names there.
    pseudonym, action : of the row that it goes to.
    evidence : why it is a name.
    doubt : reason why it may be another person's, or None.
    """

    form: str
    interview: str
    referent: Referent
    pseudonym: str
    action: Action
    evidence: Evidence
    doubt: Evidence | None = None


def uses_of(
    mentions: Sequence[Mention],
    cut: Sequence[Turn],
    referents: Referents,
    people: People,
    kept: frozenset[str],
) -> list[Use]:
    """One use or several a mention: its form, and the parts of a full name.

    Parameters
    ----------
    mentions : of the corpus, linked.
    cut : its turns.
    referents, people : whom mentions name.
    kept : keys of the cities that stay.
    """
    grouped: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        # A code or a word of the metadata is not a name; a name is also in the turns or labels.
        if mention.evidence.reason is not Reason.ROSTER or not mention.form.islower():
            grouped[mention.form, mention.interview].append(mention)
    uses = [
        _use(mention, referents, people, kept)
        for same in grouped.values()
        for mention in _untangled(same, cut, referents)
    ]
    return uses + _uses_of_parts(mentions, referents, uses)


def _untangled(same: list[Mention], cut: Sequence[Turn], referents: Referents) -> list[Mention]:
    """Mentions of one form in one interview: where two persons have it, those with their titles.

    « Bernard » and « Mme Bernard » are two rows; the longer form is looked for first.
    """
    if len({referents.of(mention).ident for mention in same}) == 1:
        return same
    bare = [mention for mention in same if not _title_before(mention, cut)]
    idents = Counter(referents.of(mention).ident for mention in bare or same)
    main = idents.most_common(1)[0][0]
    model = next(mention for mention in same if referents.of(mention).ident == main)
    doubtful = replace(model, sure=False, evidence=Evidence(Reason.SEVERAL_PERSONS))
    untangled = []
    for mention in same:
        title = _title_before(mention, cut)
        if referents.of(mention).ident == main:
            untangled.append(mention)
        elif title:
            untangled.append(replace(mention, form=f"{title}{mention.form}"))
        else:
            untangled.append(doubtful)
    return untangled


def _title_before(mention: Mention, cut: Sequence[Turn]) -> str:
    """« Mme » and the blank behind it, if they stand before a mention."""
    if mention.turn < 0:
        return ""
    turn = cut[mention.turn]
    before = [word for word in turn.words if word.end <= mention.start]
    if not before or before[-1].key not in TITLES:
        return ""
    title = turn.text[before[-1].start : mention.start]
    return title if title.strip(". \u00a0") == before[-1].text.strip(".") else ""


def _use(mention: Mention, referents: Referents, people: People, kept: frozenset[str]) -> Use:
    """The use of a whole form."""
    form, interview, referent = mention.form, mention.interview, referents.of(mention)
    if mention.kind == "place" and key_of(form) in kept:
        return Use(form, interview, referent, "", "keep", Evidence(Reason.CITY_OF_STUDY))
    pseudonym, doubt = referents.pseudonym(mention), None
    if mention.kind == "person":
        pseudonym, doubt = f"{_title_of(form)}{pseudonym}", people.doubt(mention)
    action: Action = "replace" if mention.sure and doubt is None else "ask"
    return Use(form, interview, referent, pseudonym, action, mention.evidence, doubt)


def _title_of(form: str) -> str:
    """The title that a form begins with, which its pseudonym keeps, and a blank."""
    first = words_of(form)[:1]
    if not first or first[0].key not in TITLES:
        return ""
    return form[: form.index(first[0].text) + len(first[0].text)] + " "


def _uses_of_parts(
    mentions: Iterable[Mention], referents: Referents, uses: Sequence[Use]
) -> list[Use]:
    """First name and surname of full names, where another interview has them alone.

    Those of interviewees are always there: their names stand in names of files.
    """
    covered = {(use.form, use.interview) for use in uses}
    forms = {use.form for use in uses}
    # « Haddad » alone is one referent's, a family's where several persons have the surname.
    owners = {use.pseudonym: use.referent for use in uses}
    parts: list[Use] = []
    for mention in mentions:
        if not _is_full_name(mention):
            continue
        for part in mention.form.split(" "):
            is_needed = part in forms or mention.turn < 0
            is_part = key_of(part) in (mention.first_name, mention.surname)
            if is_needed and is_part and (part, mention.interview) not in covered:
                covered.add((part, mention.interview))
                parts.append(_use_of_part(part, mention, referents.of(mention), owners))
    return parts


def _is_full_name(mention: Mention) -> bool:
    """True for a person's first name and surname together."""
    return mention.kind == "person" and mention.surname != "" and mention.first_name != ""


def _use_of_part(
    part: str, mention: Mention, referent: Referent, owners: dict[str, Referent]
) -> Use:
    """The use of one word of a full name.

    Parameters
    ----------
    owners : referents by pseudonym; the first one that has a pseudonym keeps it.
    """
    is_first_name = key_of(part) == mention.first_name
    pseudonym = referent.first_name if is_first_name else referent.surname
    owner = owners.setdefault(pseudonym, referent)
    is_sure = mention.sure and (part[0].isupper() or not is_common(part))
    action: Action = "replace" if is_sure else "ask"
    return Use(part, mention.interview, owner, pseudonym, action, Evidence(Reason.PART))
