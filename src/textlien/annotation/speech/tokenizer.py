"""The tokenizer for French speech: spaCy's own, with rules of ours.

Chosen on the training and development sets of the spoken treebanks of Universal Dependencies
(Rhapsodie, ParisStories), and on what transcribers write that no treebank has: inclusive writing,
missing blanks, time marks. In short:

- a compound keeps its hyphens (« là-bas »), a clitic is cut with its own (« année », « -là »);
- an elided word is cut after its apostrophe (« qu' », « il ») at the beginning of a word only,
  so that « quelqu'un » and « aujourd'hui » stay whole;
- a cut word keeps its stroke (« p~ », « par- »);
- a full stop is a token of its own: speech has few abbreviations, and « sept. », « etc. »,
  « il y a. » end a sentence.

There are no special cases: spaCy looks for them over again in every text. Infixes are places
rather than characters: spaCy overlooks an infix that touches the one before (« oui,(rires) »).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

if TYPE_CHECKING:
    from spacy.language import Language

_LETTER = r"[^\W\d_]"
_LOWER = "[a-zß-öø-ÿœ]"
_UPPER = "[A-ZÀ-ÖØ-ÞŒŸ]"
_APOSTROPHE = "['’ʼ]"
_HYPHEN = "[-‐‑]"
_QUOTES = '"“”„«»‹›`'
# Pictures, arrows and bullets, with what changes their colour or ties them together.
_PICTURE = "[\u2022\u25aa\u25e6\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_PICTURES = f"(?:{_PICTURE}[\ufe0f\u200d]*)+"

# « y'a », « z'avez » are written in speech.
_ELIDED = "[cdjlmnstyz]|(?:jus|lors|puis|quoi|pres)?qu"
# After which apostrophe nothing is cut. The treebanks take « l'on » for one word; « d'jà »,
# « m'sieur » are « déjà », « monsieur » as they are said.
_UNCUT = (
    rf"(?!(?:est{_HYPHEN}à{_HYPHEN}dire|(?<=l.)on|(?<=u.)île|(?<=d.)(?:jà|puis|main)"
    r"|(?<=m.)(?:sieur|man)|(?<=s.)r(?:as?|ai[st]|ont|aient))(?![\w-]))"
)
# « N'Diaye », « M'Barek »
_NAME = f"[KMN]{_APOSTROPHE}(?![AÀÂEÉÈÊIÎOÔUY]){_UPPER}"
_ELISION = f"(?!{_NAME})(?i:(?:{_ELIDED}){_APOSTROPHE}{_UNCUT})"

# « professionnel-le » is not a verb with a pronoun.
_CLITIC = (
    rf"(?:t{_HYPHEN})?(?:ils?|elles?|on|y)|[mt]{_APOSTROPHE}(?:en|y)"
    r"|je|tu|nous|vous|ce|moi|toi|lui|leur|en|là|ci|la|(?<!l.)les?"
)
# What such a word takes as its own: « celui-là », « rendez-vous ».
_NO_CLITIC = {
    "là|ci": "celui celle ceux celles jusque par hop oh ouh".split(),
    "vous|nous|moi|toi|lui|elles?": "rendez chez".split(),
}

# « sept. », « etc. » are not among them.
_ABBREVIATIONS = "M MM Mr Mme Mmes Mlle Mlles Dr Pr St Ste cf c-à-d av pp janv févr juill".split()

# « habitant(e)s », « AUTRE(S) », « élu/e/s »
_ENDINGS = (
    "e s x es ne nes le les te tes se ses ve ves fe re ère ères euse euses rice rices trice trices"
).split()
_ENDING = f"(?i:{'|'.join(_ENDINGS)})"

_URL = (
    r"^(?:(?:(?:https?|ftp)://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:[\w-]+\.)+(?:fr|com|org|net|eu|info|io|be|ch|ca|lu|re)(?:/\S*)?)$"
)


def _not_after(words: Iterable[str], before: str = "", after: str = "") -> str:
    """Not behind one of ``words``; ``before`` and ``after`` each of them are patterns."""
    return "".join(f"(?<!{before}{word}{after})" for word in words)


def _around(mark: str) -> str:
    """The places before and after a character."""
    return f"(?={mark})|(?<={mark})"


def _around_runs(mark: str) -> str:
    """The places before and after a run of characters."""
    return f"(?<!{mark})(?={mark})|(?<={mark})(?!{mark})"


def _before_clitics() -> str:
    """The place before a clitic, where nothing else follows in the word."""
    allowed = "".join(
        rf"(?:(?!{_HYPHEN}(?:{clitics})(?!\w))|" + _not_after(hosts, before=r"\b") + ")"
        for clitics, hosts in _NO_CLITIC.items()
    )
    # Three at most (« allez-vous-y-en »): without a limit, a long chain takes minutes.
    rest = rf"(?=(?:{_HYPHEN}(?:{_CLITIC})){{1,3}}(?![\w~]|{_HYPHEN}\w))"
    # « a », « -t-il », not « a », « -t », « -il »
    return rf"(?i:(?<={_LETTER})(?<!{_HYPHEN}t){allowed}{rest})"


_CLOSING = _not_after(_ENDINGS, before=r"\w\((?i:", after=")") + r"\)"
_PAIRED = r"\[\]{}"
_SIGNS = "[*_=<>|]"

_PREFIXES = (
    _ELISION,
    rf"\.{{2,}}|…+|[?!]+|[,;:]|[{_QUOTES}{_PAIRED}()]|{_SIGNS}+|[—–]+|--+|§",
    # « 'fin », « 'tain » are « enfin », « putain ».
    r"['‘’](?!(?:fin|tain)(?!\w))",
    rf"\.(?={_LETTER})|/+(?={_LETTER})|&(?=\w)",
    # « -Oui », « -Il y a », not « sais -tu »
    rf"{_HYPHEN}(?={_LETTER})(?!(?:{_CLITIC}|dessus|même|chose)(?![\w~]))",
    r"(?i:n°)(?=\d)|[€$£](?=\d)",
    _PICTURES,
)

_SUFFIXES = (
    rf"\.{{2,}}|…+|[?!]+|[,;:]|[{_QUOTES}{_PAIRED}(]|{_SIGNS}+|&|[—–]+|--+",
    _CLOSING,
    # « quelqu' », « p' » are words cut short.
    rf"(?<!qu)(?<!^{_LETTER})['‘’]",
    # « Mme. », « J.-C. », « R.E.M. »
    _not_after(_ABBREVIATIONS, before="^") + rf"(?<!{_UPPER}\.{_UPPER})(?<!{_UPPER}\.-{_UPPER})\.",
    rf"(?<=[^\w~'’/-]){_HYPHEN}",
    r"(?<=\d)(?:[%‰]|[kKM]?[€$£]|°[CF]?|[kcm]m|k?m²|kg|ha)",
    _PICTURES,
)

_INFIXES = (
    _around(f"[;—{_QUOTES}{_PAIRED}]"),
    # « 3,5 », « 00:12:31 », « 2013–2015 »
    r"(?=[,:–])(?!(?<=\d).\d)|(?<=[,:–])(?!(?<=\d.)\d)",
    _around_runs("[?!]"),
    r"(?<!-)(?=--)|(?<=--)(?!-)",
    _around_runs("…") + r"|(?<!\.)(?=\.\.)|(?<=\.\.)(?!\.)",
    rf"(?=\((?!{_ENDING}\)))|(?<=\()(?!{_ENDING}\))",
    rf"(?={_CLOSING})|(?<=\))" + _not_after(_ENDINGS, before=r"\w\((?i:", after=r")\)"),
    # « fin.Début », not « élu.e.s »
    rf"(?<={_LOWER}{_LOWER})(?=\.{_UPPER}(?!\.))|(?<={_LOWER}{_LOWER}\.)(?={_UPPER}(?!\.))",
    rf"(?<={_LETTER})(?=/(?:{_LETTER}|$))(?!/{_ENDING}(?!{_LETTER}))",
    rf"(?<={_LETTER}/)(?={_LETTER})(?!{_ENDING}(?!{_LETTER}))",
    _before_clitics(),
    # As the treebanks do.
    rf"(?i:(?<=\bgrand)(?={_HYPHEN}chose(?!\w)))",
    # « …c'est »: the text after a mark is not searched again for prefixes.
    rf"(?i:(?<=[^\w'’‐‑~-][cdjlmnsty]{_APOSTROPHE})(?=\w){_UNCUT})",
    rf"(?i:(?<=[^\w'’‐‑~-]qu{_APOSTROPHE})(?=\w))",
    # « 20h30 »
    r"(?i:(?<=\d)(?=h(?:\d\d)?$)|(?<=\dh)(?=\d\d$))",
    f"(?<!{_PICTURE})(?={_PICTURE})",
)


@registry.tokenizers("textlien.speech_tokenizer.v1")  # type: ignore[untyped-decorator]
def speech_tokenizer() -> Callable[[Language], Tokenizer]:
    """A tokenizer for French speech, for ``[nlp.tokenizer]`` of a spaCy configuration.

    Returns
    -------
    Function from a spaCy pipeline to its tokenizer. No token has blanks, but those tokens that
    spaCy makes of blanks other than one plain blank between words.

    Notes
    -----
    Blanks are what ``str.isspace`` says: no-break spaces too, thin ones included.
    """
    return _make


def _make(nlp: Language) -> Tokenizer:
    """The tokenizer of one pipeline."""
    return Tokenizer(
        nlp.vocab,
        prefix_search=compile_prefix_regex(_grouped(_PREFIXES)).search,
        suffix_search=compile_suffix_regex(_grouped(_SUFFIXES)).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        url_match=re.compile(_URL).match,
    )


def _grouped(patterns: Iterable[str]) -> list[str]:
    """Patterns to which spaCy can add « ^ » or « $ »."""
    return [f"(?:{pattern})" for pattern in patterns]
