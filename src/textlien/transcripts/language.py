"""Language of a text, by the words that hold its sentences together.

Function words are a fifth to a half of any speech, few, and the same whatever is spoken of. Names,
titles and terms of a craft hardly have any.

References
----------
Ingle, N. C. (1976). A language identification table. *The Incorporated Linguist*, 15(4).
Grefenstette, G. (1995). Comparing two language identification schemes. *JADT 1995*, 263–268.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

from textlien.text.folding import fold

FRENCH = frozenset(
    "le les des et est que qui dans pour pas ce il je vous nous ils elle avec sur au aux du une "
    "mais ou donc c ca qu j l d n s y ai etait fait ont sont parce tres bien oui ouais".split()
)
"""The commonest words of spoken French that English, Spanish, German and Dutch hardly have."""

# Words of French that other languages have too: they are counted for French.
_SHARED = frozenset("la de a en un on tu te se ne me m t si son es as os eu non ma sa".split())

# The commonest function words of each language but those that French has, written as by ``fold``:
# « fur » (« für ») would be that of « au fur et à mesure ».
_OTHERS = MappingProxyType(
    {
        "german": "der die das und ist nicht ich sie wir mit auf von zu den dem ein eine einen "
        "einer eines auch sich sind wird werden haben hat wie aber oder wenn noch nur nach bei "
        "aus uber durch zum zur vom im ihr ihre unser unsere kein keine mich dass wurde kann "
        "fuer alle mehr",
        "english": "the and of to that is was were been this with for they we you he she it his "
        "her their our my have has had not but from by which would there what when who will can "
        "so if about your",
        "spanish": "el los y que una con por para pero muy como mas lo del al este esta esto eso "
        "ella ellos nosotros yo son era fue ser estar tiene hay cuando donde porque todo",
        "italian": "il gli che di una per con sono della delle degli dei nel nella alla al anche "
        "come piu questo questa perche quando era ha hanno essere molto io noi",
        "portuguese": "que nao uma com por para mas muito como mais do da dos das na ele ela sao "
        "era ser isso esta este porque quando tudo",
    }
)
OTHERS = MappingProxyType(
    {name: frozenset(words.split()) - FRENCH - _SHARED for name, words in _OTHERS.items()}
)
"""Function words by language."""

OTHER_SCRIPT = "script"
"""Language of what is mostly in other letters than Latin ones."""

LANGUAGES = (*OTHERS, OTHER_SCRIPT)

# One or two such words may be a name or a title (« The Wall », « Der Spiegel »), or a cut word of
# French (« aus- », « di- »). A word of a Latin script has four letters or five.
_FEWEST_WORDS = 3
_FEWEST_LETTERS = 4 * _FEWEST_WORDS


def other_language(text: str) -> str:
    """Language of a text that is not in French, one of :data:`LANGUAGES`; "" for French.

    A text is in another language when it has more function words of it than of French, and three
    at least; or more letters of other scripts than Latin ones. So French with a quotation remains
    French, and a text of which most is a quotation does not.

    >>> other_language("Wir haben nicht die Zeit, das zu sagen.")
    'german'
    >>> other_language("Elle disait toujours « wir haben die Zeit », ma grand-mère, et puis voilà.")
    ''
    """
    letters = [letter for letter in text if letter > "ɏ" and letter.isalpha()]
    if len(letters) >= _FEWEST_LETTERS and _is_in_other_script(text):
        return OTHER_SCRIPT
    words = fold(text).split()
    french = sum(word in FRENCH or word in _SHARED for word in words)
    counts = {name: sum(word in theirs for word in words) for name, theirs in OTHERS.items()}
    language = max(counts, key=counts.__getitem__)
    return language if counts[language] >= max(_FEWEST_WORDS, french + 1) else ""


def _is_in_other_script(text: str) -> bool:
    """True for a text most letters of which are not Latin."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return 2 * latin < len(letters)
