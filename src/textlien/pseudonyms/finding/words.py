"""Words of a turn, with the signs of names: capitals, beginnings of sentences, joined words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from textlien.pseudonyms.folded_forms import folded_words
from textlien.text.marks import mark_spans

Casing = Literal["mixed", "single"]
"""``single``: an interview all in small letters or all in capitals, where they mean nothing."""

# « N'Diaye » and « O'BRIEN » are one word, « l'Alma » and « d'Inès » are two; « Karim-là » ends
# before its hyphen.
_ENCLITICS = (
    "mêmes?|là|ci|t|je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|lui|leur|le|la|les|y|en"
)
_PIECE = re.compile(
    r"(?:[NM]['’](?=[A-ZÀ-Ý][a-zà-ÿ])|[Oo]['’])[^\W_]+(?:[-‐‑][^\W_]+)*"
    r"|[Aa]ujourd['’]hui|(?:[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uelqu|[A-Za-zÀ-ÿ])['’]"
    r"|[Qq]u['’]|[A-ZÀ-Ý]\.(?:-?[A-ZÀ-Ý]\.)*"
    rf"|[^\W_]+(?:[-‐‑](?!(?:{_ENCLITICS})(?![\w-]))[^\W_]+)*"
)
_SENTENCE_ENDS = re.compile(r"[.!?…:«\"“\n]|(?:^|\s)[-–—]\s")
_CAPITALS = re.compile(r"[A-ZÀ-Ý]")
_SMALL = re.compile(r"[a-zà-ÿ]")
# After « bâtiment C. » these begin a sentence; after « J. » a surname continues.
_OPENING = frozenset(
    "je j' il elle on le la les l' et mais c' nous vous ils un une moi alors".split()
)

_HYPHENS = ("-", "‐", "‑")

_FEW_CAPITALS = 100
"""Words per capital above which a transcript is an automatic one: the marked interviews
have one in 3.5 to 4.9 words, or none in 545."""

_MANY_CAPITALS = 0.7
"""Share of capitals among letters above which an interview is typed in capitals; the marked
interviews have 0.05 to 0.07."""


class Word(NamedTuple):
    """A word of a text.

    Attributes
    ----------
    start, end : characters.
    text : as it stands there.
    key : folded, its parts joined by spaces: "jean marc".
    capital : begins with a capital; a word that is broken off, « Ju- », counts as without.
    begins : is the first of a sentence, where everything has a capital.
    joined : follows the word before with nothing but a blank or nothing between.
    """

    start: int
    end: int
    text: str
    key: str
    capital: bool
    begins: bool
    joined: bool


FormKeys = tuple[str, ...]
"""Keys of the words of a form."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn, cut into words."""

    interview: str
    number: int
    text: str
    words: tuple[Word, ...]
    casing: Casing

    def span(self, first: int, last: int) -> str:
        """The text from word ``first`` to word ``last``, both included."""
        return self.text[self.words[first].start : self.words[last].end]


def words_of(text: str) -> tuple[Word, ...]:
    """Cut a text into words.

    >>> [word.text for word in words_of("L'oncle d'Ali N'Diaye, Jean-Marc, est-il là ?")]
    ["L'", 'oncle', "d'", 'Ali', "N'Diaye", 'Jean-Marc', 'est', 'il', 'là']
    """
    words: list[Word] = []
    silent = [range(*span) for span in mark_spans(text)]
    last = 0
    for match in _PIECE.finditer(text):
        if any(match.start() in span for span in silent):
            continue
        between = text[last : match.start()]
        piece = match.group()
        words.append(
            Word(
                match.start(),
                match.end(),
                piece,
                key_of(piece),
                piece[0].isupper() and not _is_cut_off(text, match.end()),
                not words or _ends(words[-1], between, piece),
                bool(words) and between in ("", " ", "\u00a0", "\n"),
            )
        )
        last = match.end()
    return tuple(words)


@lru_cache(maxsize=1 << 16)
def key_of(text: str) -> str:
    """Key by which words are compared: « Jean-Marc » is "jean marc"; « d' » stays "d'"."""
    key = " ".join(folded_words(text))
    return f"{key}'" if text[-1:] in "'’" else key


@lru_cache(maxsize=1 << 16)
def keys_of(form: str) -> FormKeys:
    """Keys of the words of a form."""
    return tuple(word.key for word in words_of(form))


def _is_cut_off(text: str, end: int) -> bool:
    """True for a word that the speaker broke off: « Ju- Julien »."""
    return text[end : end + 1] in _HYPHENS and not text[end + 1 : end + 2].isalnum()


def _ends(last: Word, between: str, piece: str) -> bool:
    """True when a sentence ends between two words; « J. Dupont » and « M. Dupont » are one."""
    if last.text.endswith("."):
        return last.text != "M." and piece.lower() in _OPENING
    return _SENTENCE_ENDS.search(between) is not None


def casing_of(texts: Iterable[str]) -> Casing:
    """Tell whether capitals mean anything in an interview.

    >>> casing_of(["alors moi je m'appelle karim", "oui"]), casing_of(["Moi, Karim ?", "Oui."])
    ('single', 'mixed')
    """
    capitals = small = words = 0
    for text in texts:
        capitals += len(_CAPITALS.findall(text))
        small += len(_SMALL.findall(text))
        words += text.count(" ") + 1
    shouted = capitals > _MANY_CAPITALS * (capitals + small)
    return "single" if shouted or capitals * _FEW_CAPITALS < words else "mixed"


def turns_of(rows: Sequence[tuple[str, str]]) -> list[Turn]:
    """Turns, in order, of (interview, text) pairs."""
    texts: dict[str, list[str]] = {}
    for interview, text in rows:
        texts.setdefault(interview, []).append(text)
    casing = {interview: casing_of(its_texts) for interview, its_texts in texts.items()}
    return [
        Turn(interview, number, text, words_of(text), casing[interview])
        for number, (interview, text) in enumerate(rows)
    ]
