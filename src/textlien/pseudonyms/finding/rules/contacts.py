"""Telephone numbers, addresses of mail, of the web and of streets, by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.mentions import CONTACT, Mention, at
from textlien.pseudonyms.finding.words import Turn, key_of
from textlien.pseudonyms.reasons import Reason

_DIGIT = r"(?:z[ée]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_TENS = (
    r"(?:dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|"
    r"quatre[- ]vingts?)"
)
_NUMBER = rf"(?:{_TENS}(?:[- ](?:et[- ])?(?:{_DIGIT}|{_TENS}))*|{_DIGIT})"
_SHAPES: tuple[tuple[str, Reason, re.Pattern[str]], ...] = tuple(
    (label, reason, re.compile(pattern, re.IGNORECASE))
    for label, reason, pattern in (
        ("courriel", Reason.MAIL, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
        (
            "courriel",
            Reason.MAIL_DICTATED,
            r"\b\w+(?: (?:point|tiret) \w+)* arobase \w+(?: tiret \w+)*(?: point \w+)+",
        ),
        (
            "site",
            Reason.WEB,
            r"(?:https?://|www\.)[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]]"
            r"|(?<![@\w.])(?:[\w-]{2,}\.)+(?:fr|com|org|net|eu|info)\b(?:/[^\s<>«»\",;)]*[\w/])?",
        ),
        ("compte", Reason.NETWORK_ACCOUNT, r"(?<![\w.])@\w[\w.]*\w"),
        (
            "numéro",
            Reason.SOCIAL_SECURITY,
            r"(?<!\d)[12][ .]?\d\d[ .]?(?:0\d|1[0-2])[ .]?\d[\dAB][ .]?\d{3}[ .]?\d{3}"
            r"(?:[ .]?\d\d)?(?!\d)",
        ),
        ("compte", Reason.BANK_ACCOUNT, r"\bFR\d\d(?: ?[\dA-Z]{4}){5} ?[\dA-Z]{3}\b"),
        (
            "téléphone",
            Reason.TELEPHONE,
            r"(?<![\w+])(?:\+33|0033) ?(?:\(0\) ?)?[1-9](?:[ .\-\u00a0]?\d\d){4}(?!\d)"
            r"|(?<!\d)0[1-9](?:[ .\-\u00a0/]?\d\d){4}(?!\d)|(?<!\d)3\d{3}(?= gratuit)"
            r"|(?<![\w+])\+(?!33)\d{2,3}(?:[ .\-]?\d{2,3}){3,4}(?!\d)",
        ),
        (
            "téléphone",
            Reason.TELEPHONE_DICTATED,
            rf"\bz[ée]ro (?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)(?:,? {_NUMBER}){{4,}}",
        ),
    )
)
_HOUSE = re.compile(
    r"(?<![\w.])\d{1,4}(?: ?(?:bis|ter|quater|[a-d])\b)?,? (?:de l'|de la |du |de )?(?=[^\W\d_])",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<!\d)\d{5} (?=[A-ZÀ-Ý])[^\W\d_]+(?:[-' ](?:[A-ZÀ-Ý][^\W\d_]+|sur|en|les?|la|de|du|sous))*"
)
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def contacts(turn: Turn) -> Iterator[Mention]:
    """Contacts of a turn; street addresses are those of :func:`with_houses`."""
    for label, reason, shape in _SHAPES:
        for match in shape.finditer(turn.text):
            yield at(turn, *match.span(), "contact", reason, label=label, rank=CONTACT)
    for match in _POSTCODE.finditer(turn.text):
        yield at(turn, *match.span(), "contact", Reason.POSTCODE, label="adresse", rank=CONTACT)


def with_houses(turn: Turn, places: list[Mention]) -> Iterator[Mention]:
    """Street addresses: a number before one of the streets among the places of the turn."""
    streets = {place.start: place for place in places if key_of(place.label) in cues().streets}
    for match in _HOUSE.finditer(turn.text):
        word = _NEXT_WORD.match(turn.text, match.end())
        street = streets.get(match.end())
        if word and street and key_of(word.group()) in cues().streets:
            span = match.start(), street.end
            yield at(turn, *span, "contact", Reason.STREET_ADDRESS, label="adresse", rank=CONTACT)
