"""Characters, time marks and transcriber's marks: small functions from text to text."""

from __future__ import annotations

import re
import unicodedata

from textlien.text import clocks

_MOMENT = rf"(?:{clocks.COLONS}|{clocks.PRIMES}|{clocks.LONG_UNITS})"


def _span(moment: str) -> str:
    """Pattern of a moment, or of a span of two."""
    return rf"{moment}(?:(?:\s*(?:-->|->|→|[-–—]|à)\s*|\s+){moment})?"


TIME_RANGE = re.compile(_span(_MOMENT))
"""A moment or a span as transcribers write it: ``0:01 - 0:11``, ``00:12:33``, ``12'33''``."""

_ANY_MOMENT = rf"(?:{_MOMENT}|{clocks.OPEN_PRIMES})"
# In square brackets and braces no price and no length of a pause stands, as in round ones.
_MOMENT_IN_SQUARE = rf"(?:{_ANY_MOMENT}|{clocks.DOTS}|[Tt] ?= ?\d{{1,6}}(?:[.,:]\d{{1,3}}){{0,2}})"
BRACKETED_TIME = re.compile(
    rf"[\[(<{{]\s*{_span(_ANY_MOMENT)}\s*[\])>}}]"
    rf"|[\[{{]\s*{_span(_MOMENT_IN_SQUARE)}\s*[\]}}]"
    rf"|[<⟨]\s*{_span(clocks.DOTS_OF_THREE)}\s*[>⟩]"
    rf"|#\s?{_ANY_MOMENT}(?:-\d{{1,3}})?\s?#"
)
"""A time set apart from the speech. A bare ``17:30`` may be what was said, and stays."""

_BARE_TIME_LINE = re.compile(rf"^\s*{_span(_MOMENT)}\s*$", re.MULTILINE)
_ONE_MOMENT = re.compile(
    rf"{_ANY_MOMENT}|{clocks.UNITS}|{clocks.DOTS}|(?<=[Tt]=)\d{{1,6}}(?:[.,]\d{{1,3}})?|{clocks.DECIMALS}"
)
# Behind another one, a second moment would leave the first to be taken out later.
_PRIME_TIME = re.compile(rf"(?<![\w'’′]){clocks.PRIMES}(?!\w)")

_ASIDE = (
    r"rires?|rit|il\ rit|elle\ rit|rient|ils\ rient|sourires?|sourit|silences?|pauses?|"
    r"long\ silence|soupirs?|soupire|toux|tousse|hésitations?|hésite|inaudibles?|"
    r"incompréhensibles?|inintelligibles?|bruits?|brouhaha|applaudissements|pleurs?|pleure|sonneries?|"
    r"téléphone|sonne|interruption|coupure|chevauchement|(?:mots?|passages?)\ (?:in|non\ )\w+|"
    r"acquiesce|acquiescement|approbation|sic|mm|mmh|hum"
)
_MARK = re.compile(
    rf"""
      \[[^\[\]\n]{{0,120}}\]                      # [rire], [inaudible], [mm mm], [...]
    | \{{[^{{}}\n]{{0,120}}\}}                    # {{pause}}
    | \(\s*(?:\.\.\.|…|\?+|x+)\s*\)               # (...), (?), (xxx)
    | \((?:(?:petits?|longs?|gros|courte?|léger|nouveau)\s+)?(?:{_ASIDE})\b[^()\n]{{0,80}}\)
    | (?<!\w)/[^/,\n]{{1,40}}(?P<other>,[^/\n]{{1,40}}/)(?!\w)   # /ou, où/: first hearing kept
    | (?<![\w+])\+++(?!\d) | (?<=\w)\+++(?!\w)   # pauses: +, +++, « enfin+ », « +bon »
    | (?<!\S)/+(?!\S)
    | \b(?-i:x{{2,}}|X{{3,}})\b                  # syllables not understood; XX may be a century
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
# Runs of blanks but those that are a single space already, which are nearly all.
_BLANKS = re.compile(r" [^\S\n]+|[^\S\n ][^\S\n]*")
# A quick look: every mark has one of these.
_MARK_SIGN = re.compile(r"[\[{(/+]|xx|XXX")
TIME_REMOVALS = ((BRACKETED_TIME, " "), (_BARE_TIME_LINE, ""), (_PRIME_TIME, " "))
"""Patterns that take time marks out of a text, in order, with their replacements."""

BLANK_REMOVALS = (
    (_BLANKS, " "),
    (re.compile(r" *\n[ \n]*"), "\n"),
    (re.compile(r"\A[ \n]+|[ \n]+\Z"), ""),
)
"""Patterns that make blanks single, in order, with their replacements."""

LINE_END = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
"""Ends of lines, of any system."""

_WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls but tab and line feed; soft hyphens, zero-width, bidi and byte-order marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


# Ligatures that typesetters and PDF files have; « œ » is a letter of its own, and stays.
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# A quick look: whatever is replaced or left out has one of these.
_TO_MEND = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ufb00-\ufb06\ufeff]"
)


def normalise_characters(text: str) -> str:
    r"""NFC, plain spaces for no-break ones, ``\n`` line ends, no control or bidi characters.

    Typographic ligatures are their letters: « \ufb01nancer » has eight.

    Tabs stay, for a label may end at one.

    >>> normalise_characters("Le\u0301a\u202f: «\u00a0oui\u00a0»\r\n\x00")
    'Léa : « oui »\n'
    """
    text = unicodedata.normalize("NFC", text)
    if not _TO_MEND.search(text):
        return text
    text = _LIGATURE.sub(_letters_of, LINE_END.sub("\n", text))
    return _INVISIBLE.sub("", _WIDE_SPACE.sub(" ", text))


def _letters_of(ligature: re.Match[str]) -> str:
    """Letters of a ligature."""
    return unicodedata.normalize("NFKC", ligature.group())


def collapse_blanks(text: str) -> str:
    r"""One space for each run of blanks; lines are stripped, empty ones go.

    >>> collapse_blanks("  Oui \t bien  sûr \n\n Voilà ")
    'Oui bien sûr\nVoilà'
    """
    (blanks, space), (line_ends, line_end), _ = BLANK_REMOVALS
    text = blanks.sub(space, text)
    if "\n" in text:
        text = line_ends.sub(line_end, text)
    return text.strip(" \n")


def without_times(text: str) -> str:
    """``text`` without the time marks set apart from speech.

    >>> without_times("On ouvre à 17:30 [00:12:33] tous les jours (0:00:48.5)")
    'On ouvre à 17:30 tous les jours'
    """
    if _DIGIT.search(text):
        for pattern, replacement in TIME_REMOVALS:
            text = pattern.sub(replacement, text)
    return collapse_blanks(text)


def times_of(text: str) -> tuple[float | None, float | None]:
    """First two moments in ``text``, in seconds.

    >>> times_of("(0:01 - 1:00:11)")
    (1.0, 3611.0)
    >>> times_of("12'33''"), times_of("[00.12.33]"), times_of("3 minutes 17 secondes")
    ((753.0, None), (753.0, None), (197.0, None))
    """
    moments = [clocks.seconds(match.group()) for match in _ONE_MOMENT.finditer(text)]
    return (moments[0] if moments else None, moments[1] if len(moments) > 1 else None)


def mark_spans(text: str) -> list[tuple[int, int]]:
    """Spans of ``text`` that the transcriber wrote and the speaker did not say.

    Of two hearings ``/ou, où/`` the first counts as said. Parentheses are marks only around
    what transcribers note, ``(rires)`` or ``(...)``: ``on (n') avait`` is speech.

    Returns
    -------
    Half-open ``(start, end)``, in order, without overlap.

    >>> [text[start:end] for text in ["oui (rires) + enfin [pause]"]
    ...  for start, end in mark_spans(text)]
    ['(rires)', '+', '[pause]']
    """
    spans: list[tuple[int, int]] = []
    for match in _MARK.finditer(text) if _MARK_SIGN.search(text) else ():
        if match.group("other"):
            spans += [(match.start(), match.start() + 1), match.span("other")]
        else:
            spans.append(match.span())
    return spans


def clean_label(text: str) -> str:
    """A speaker's label or a heading of the file: one line, single blanks."""
    return collapse_blanks(normalise_characters(text))
