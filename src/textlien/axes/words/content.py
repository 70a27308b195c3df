"""Words as a reader knows them: forms under their lemma, tool words aside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import simplemma
from numpy.typing import NDArray

from textlien.axes.words.contributions import Contributions
from textlien.terms.loading import default_stop_words
from textlien.text.folding import fold
from textlien.text.marks import mark_spans
from textlien.transcripts.language import FRENCH

_FEWEST_LETTERS = 3
"""Letters of a word of content."""

# Beside the commonest words of French, what any speech has, whatever it is about.
_ALSO_TOOLS = frozenset(
    "la son sa non comme quand comment encore même aussi moins plus très si aujourd'hui est-ce "
    "est-à-dire c'est-à-dire peut-être alors après avant déjà toujours jamais parce beaucoup "
    "celui celle ceux celles celui-là celle-là lequel rien leur leurs notre nos votre vos mon ma "
    "mes tes ses lui deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente "
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


def words_of(texts: Sequence[str], apart: Contributions) -> Words:
    """Read the words of passages at the places where their contributions have them."""
    marks = [mark_spans(text) for text in texts]
    places = zip(apart.passages.tolist(), apart.starts.tolist(), apart.ends.tolist(), strict=True)
    forms, lemmas, tool = [], [], []
    for passage, start, end in places:
        form = texts[passage][start:end]
        lemma, is_tool = _lemma(form.lower())
        forms.append(form)
        lemmas.append(lemma)
        tool.append(is_tool or any(left <= start < right for left, right in marks[passage]))
    return Words(np.array(forms, object), np.array(lemmas, object), np.array(tool, bool))


@cache
def _lemma(form: str) -> tuple[str, bool]:
    """Lemma of a form in lower case, and True where it is a tool word."""
    lemma = str(simplemma.lemmatize(form, lang="fr")).lower() if form else ""
    letters = sum(character.isalpha() for character in form)
    return lemma, letters < _FEWEST_LETTERS or not _tools().isdisjoint((fold(form), fold(lemma)))


@cache
def _tools() -> frozenset[str]:
    """Tool words, folded."""
    return frozenset(map(fold, FRENCH | _ALSO_TOOLS | (default_stop_words() - _NO_TOOLS)))
