"""Words as a reader knows them: forms under their lemma, tool words aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import simplemma
from numpy.typing import NDArray

from textlien.terms.loading import default_stop_words
from textlien.text.folding import fold
from textlien.text.marks import mark_spans
from textlien.transcripts.language import FRENCH

_RUN = re.compile(r"\S+")

# « l'aide » and « d'aide » are one word; « aujourd'hui » has no such beginning.
_CORE = re.compile(r"\W*(?:(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)['’])?(\w.*?)\W*", re.I)

_FEWEST_LETTERS = 3
"""Letters of a word of content."""

# Beside the commonest words of French, what any speech has, whatever it is about.
_ALSO_TOOLS = frozenset(
    "la son sa non comme quand comment encore même aussi moins plus très si aujourd'hui est-ce "
    "est-à-dire c'est-à-dire peut-être alors après avant déjà toujours jamais parce beaucoup "
    "celui celle ceux celles celui-là celle-là lequel rien leur leurs notre nos votre vos mon ma "
    "mes tes ses lui deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente "
    "vingts dedans dessus dessous "
    "quarante cinquante soixante cent mille eux moi toi soi chacun chacune dont depuis pendant "
    "vers chez entre sous sans ni car puis ensuite ici là-bas là-dessus tant trop assez "
    "allez-y grand-chose combien presque plutôt euh heu ben bah hein hop bof ah oh eh allô".split()
)

# A stop word of terms, since « vivre ensemble » is a term by itself; here words stand alone.
_NO_TOOLS = frozenset(["ensemble"])


class Words(NamedTuple):
    """Words of passages, in order.

    Attributes
    ----------
    forms, lemmas : (words,), as they are written, and what they are counted under.
    tool : (words,), True for those that say nothing of what is spoken of, and for marks of the
        transcriber, as « (rires) ».
    """

    forms: NDArray[np.object_]
    lemmas: NDArray[np.object_]
    tool: NDArray[np.bool_]


def places_of(text: str) -> Iterator[tuple[int, int]]:
    """Place of each run of signs, but for what is elided before the word and for punctuation.

    Empty where a run has no letter.

    >>> text = "« L'aide, aujourd'hui »"
    >>> [text[start:end] for start, end in places_of(text)]
    ['', 'aide', "aujourd'hui", '']
    """
    for run in _RUN.finditer(text):
        core = _CORE.fullmatch(run.group())
        start, end = core.span(1) if core else (0, 0)
        yield run.start() + start, run.start() + end


def words_of(texts: Sequence[str]) -> Words:
    """Read the words of passages, in the order of :func:`places_of`."""
    words = [word for text in texts for word in _words(text)]
    forms, lemmas, tool = zip(*words, strict=True) if words else ((), (), ())
    return Words(np.array(forms, object), np.array(lemmas, object), np.array(tool, bool))


def has_content(text: str) -> bool:
    """True for a text with a word that is neither a tool word nor a mark of the transcriber.

    >>> has_content("Ben oui, voilà. (rires)"), has_content("Ben oui, les voisins.")
    (False, True)
    """
    return not all(tool for _, _, tool in _words(text))


def _words(text: str) -> Iterator[tuple[str, str, bool]]:
    """Form, lemma and whether it is a tool word, of each word of a text."""
    marks = mark_spans(text)
    for start, end in places_of(text):
        form = text[start:end]
        lemma, is_tool = _lemma(form.lower())
        yield form, lemma, is_tool or any(left <= start < right for left, right in marks)


@cache
def _lemma(form: str) -> tuple[str, bool]:
    """Lemma of a form in lower case, and True where it is a tool word."""
    lemma = str(simplemma.lemmatize(form, lang="fr")).lower() if form else ""
    letters = sum(character.isalpha() for character in form)
    folded, tools = fold(form), _tools()
    is_tool = folded in tools or fold(lemma) in tools
    # « vingt-cinq », « là-dedans »: nothing but tool words.
    return lemma, letters < _FEWEST_LETTERS or is_tool or tools.issuperset(folded.split())


@cache
def _tools() -> frozenset[str]:
    """Tool words, folded."""
    return frozenset(map(fold, FRENCH | _ALSO_TOOLS | (default_stop_words() - _NO_TOOLS)))
