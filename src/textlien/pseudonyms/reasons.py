"""Reasons for suggesting a name, and doubts about it.

Rules and rows decide by these members. Their words are in the catalogue of messages, and
:mod:`textlien.pseudonyms.review.wording` puts them on the sheet.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """A rule that suggested a name, or a doubt about it.

    The value is the end of an identifier of the catalogue: ``pseudonyms.reason-first-name``.
    """

    # Words and labels around
    TITLE = "title"
    KINSHIP = "kinship"
    CALLED = "called"
    OWN_NAME = "own-name"
    AFFECTIONATE = "affectionate"
    FAMILY = "family"
    HEAD = "head"
    POST = "post"
    LABEL = "label"
    LABEL_INITIALS = "label-initials"
    ROSTER = "roster"
    ROSTER_INITIALS = "roster-initials"

    # Lists
    CITY_OF_STUDY = "city-of-study"
    FIRST_NAME = "first-name"
    FIRST_NAME_OR_WORD = "first-name-or-word"
    FULL_NAME = "full-name"
    SURNAME = "surname"
    COMMUNE = "commune"
    COMMUNE_OR_COUNTRY = "commune-or-country"
    COUNTRY_OR_TOWN = "country-or-town"
    COUNTRY_OR_REGION = "country-or-region"
    TOWN_ABROAD = "town-abroad"
    NATIONAL = "national"
    PUBLIC_FIGURE = "public-figure"

    # Shape
    ENTITY = "entity"
    CAPITAL = "capital"
    PLACE_WORD = "place-word"
    ORDINAL = "ordinal"
    ACRONYM = "acronym"
    NO_DICTIONARY = "no-dictionary"
    MAIL = "mail"
    MAIL_DICTATED = "mail-dictated"
    WEB = "web"
    NETWORK_ACCOUNT = "network-account"
    SOCIAL_SECURITY = "social-security"
    BANK_ACCOUNT = "bank-account"
    TELEPHONE = "telephone"
    TELEPHONE_DICTATED = "telephone-dictated"
    POSTCODE = "postcode"
    STREET_ADDRESS = "street-address"

    # Other places of the corpus
    KNOWN_NAME = "known-name"
    FOUND_ELSEWHERE = "found-elsewhere"
    NEAR = "near"
    PART = "part"
    WORD_OR_PART = "word-or-part"
    KEY = "key"

    # Doubts
    SEVERAL_PERSONS = "several-persons"
    ONE_OF = "one-of"
    PERHAPS = "perhaps"
    SEVERAL_TOWNS = "several-towns"
    OTHER_NAME = "other-name"
    SHORT_FOR = "short-for"

    AS_WRITTEN = "as-written"
    """A reason of a sheet that was read; its words are kept."""


INITIALS = frozenset({Reason.LABEL_INITIALS, Reason.ROSTER_INITIALS})
"""Reasons of labels that hold no more of a name than its initials."""


class Evidence(NamedTuple):
    """A reason with its details.

    Attributes
    ----------
    reason : a rule or a doubt.
    names : the word before, the label of the entity model, the names of the persons in question.
    """

    reason: Reason
    names: tuple[str, ...] = ()
