"""Speech fix: lemmas and parts of speech that a pipeline trained on writing gets wrong.

Pure functions of one token. They need no model: a short list of fillers and the look-up lemmas
of simplemma. What they bring is measured by ``benchmarks/annotation.py``.
"""

from __future__ import annotations

from functools import lru_cache

import simplemma

FILLERS = frozenset(
    "euh oui bah bon mh ouais hein ah ben eh bref hum oh pff heu merci ouh fff".split()
)
"""Forms that are interjections in at least 80 % of their uses, and used twice or more, in the
training sets of ParisStories and Rhapsodie (Universal Dependencies). « tiens » also is (5 uses of
6) but « je tiens à » is too common in interviews to follow so small a count."""

FILLER_SPELLINGS = frozenset("beh euhh heuu hm hmm mhm mm mmh mmm ouaip pfff pfiou rho".split())
"""Other spellings of those fillers by transcribers, not found in the training sets."""

CLOSED = {
    "c'est-à-dire": "CCONJ",
    "etc": "ADV",
    "etc.": "ADV",
    "là-bas": "ADV",
    "là-haut": "ADV",
    "l'on": "PRON",
    "tu": "PRON",
}
"""Function words that the pipeline takes for nouns, adjectives or verbs in speech."""

_STROKES = frozenset({"-", "–", "—"})
_LEXICAL = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
_INFINITIVE = ("er", "ir", "re")


def fix_speech(form: str, lemma: str, pos: str) -> tuple[str, str]:
    """Correct the lemma and part of speech of one token of French speech.

    Parameters
    ----------
    form : the token, with straight apostrophes.
    lemma, pos : what the pipeline says.

    Returns
    -------
    Lemma and part of speech (Universal Dependencies).

    Notes
    -----
    In this order: fillers are interjections; function words get the look-up lemma; an acronym
    stays as it is (the rule lemmatizer makes « CCAS » a plural of « cca »); a verb whose lemma
    is not an infinitive, and a noun or adjective whose lemma is not a word, get the look-up lemma
    too, which corrects the rule lemmatizer where it cuts endings off (« océanographi »,
    « je demande » → « demande »).

    >>> fix_speech("Euh", "euh", "NOUN")
    ('euh', 'INTJ')
    >>> fix_speech("demande", "demande", "VERB")
    ('demander', 'VERB')
    """
    low = form.lower()
    if low in FILLERS or low in FILLER_SPELLINGS:
        return low, "INTJ"
    if low in _STROKES:
        return low, "PUNCT"
    pos = CLOSED.get(low, pos)
    if pos not in _LEXICAL:
        return _looked_up(form), pos
    return _lexical_lemma(form, lemma, pos), pos


def _lexical_lemma(form: str, lemma: str, pos: str) -> str:
    """Lemma of a noun, name, verb or adjective."""
    low = _accented(form.lower())
    if pos == "PROPN" or (len(form) > 1 and form.isupper() and not _is_word(low)):
        return lemma if pos == "PROPN" else form
    if pos == "VERB":
        return _infinitive(low, lemma)
    if low != form.lower():
        return _looked_up(low)
    return _ligature(_looked_up(low) if not _is_word(lemma) and _is_word(low) else lemma)


def _infinitive(low: str, lemma: str) -> str:
    """Lemma of a verb: an infinitive wherever one is to be had."""
    if lemma.endswith(_INFINITIVE):
        return lemma
    looked_up = _looked_up(low)
    if looked_up.endswith(_INFINITIVE):
        return looked_up
    return f"{lemma}r" if _is_word(f"{lemma}r") else lemma


def _accented(low: str) -> str:
    """« education » → « éducation »: capital letters are often typed without their accent."""
    if low.startswith("e") and not _is_word(low) and _is_word(f"é{low[1:]}"):
        return f"é{low[1:]}"
    return low


def _ligature(lemma: str) -> str:
    """« soeur » → « sœur », so that both spellings are one lemma."""
    joined = lemma.replace("oe", "œ")
    return joined if joined != lemma and _is_word(joined) else lemma


@lru_cache(maxsize=200_000)
def _looked_up(form: str) -> str:
    """Lemma of a form by simplemma."""
    return str(simplemma.lemmatize(form, lang="fr"))


@lru_cache(maxsize=200_000)
def _is_word(form: str) -> bool:
    """True for a form that simplemma lists."""
    return bool(simplemma.is_known(form, lang="fr"))
