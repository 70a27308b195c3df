"""From a form and its part of speech to a lemma: the order in which lists and rules are tried.

Lists of words come from Universal Dependencies treebanks of French and from Lexique 3 (see
``lexique.py``), rules from ``lemma_rules.py``. Lists take precedence over rules.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

import simplemma

from textlien.annotation.speech.lemma_rules import (
    INFINITIVE,
    INVARIABLE,
    VERB_PREFIXES,
    acronym,
    infinitives,
    nominals,
    regular_infinitive,
    regular_nominal,
    without_inclusive,
)
from textlien.text.folding import without_accents
from textlien.text.ligatures import with_ligature

OPEN = frozenset({"NOUN", "ADJ", "VERB"})
# Speech recognisers and hurried transcribers write « c est », « qu on ».
_ELIDED = frozenset("c d j jusqu l lorsqu m n puisqu qu quoiqu s t".split())
_ELIDING = frozenset({"ADP", "ADV", "CCONJ", "DET", "PRON", "SCONJ"})
# Letters of an acronym that may look like an inflected word (« ASE », « PLIE »); six capitals in
# a row are a word that is shouted.
_SHORT = 5
_AS_WRITTEN = frozenset({"PROPN", "PUNCT", "SYM", "SPACE"})
_PARTICIPLE = ("é", "i", "u", "s", "t")
# Capital letters are often typed without their accent: « Etat », « Ile ».
_ACCENTED = {"E": "éêè", "A": "àâ", "I": "î", "O": "ô", "C": "ç"}
_FIRST = re.compile(r"1(?:ère|re)s?")
_CLITIC = re.compile(r"^-(?:t-)?(?=[^\W\d])")


class LemmaTables(NamedTuple):
    """Tables that lemmas are chosen from, as the training makes them.

    Attributes
    ----------
    words : lemmas of each open part of speech.
    exceptions : lemma of a form and part of speech where the rules, knowing ``words``, would give
        another.
    """

    words: dict[str, frozenset[str]]
    exceptions: dict[tuple[str, str], str]

    def to_bytes(self) -> bytes:
        """Gzipped JSON; the same tables give the same bytes."""
        by_pos: dict[str, dict[str, str]] = defaultdict(dict)
        for (form, pos), lemma in self.exceptions.items():
            by_pos[pos][form] = lemma
        content = {
            "exceptions": by_pos,
            "words": {pos: sorted(words) for pos, words in self.words.items()},
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return gzip.compress(text.encode("utf-8"), mtime=0)

    @classmethod
    def from_bytes(cls, data: bytes) -> LemmaTables:
        """Tables that :meth:`to_bytes` wrote."""
        content = json.loads(gzip.decompress(data))
        return cls(
            {pos: frozenset(words) for pos, words in content["words"].items()},
            {
                (form, pos): lemma
                for pos, lemmas in content["exceptions"].items()
                for form, lemma in lemmas.items()
            },
        )


class Lemmas:
    """Chooses lemmas, from tables and rules, without a cache."""

    def __init__(self, tables: LemmaTables) -> None:
        self._words = tables.words
        self._exceptions = tables.exceptions

    def lemma(self, form: str, pos: str) -> str:
        """The lemma of a form, never empty unless the form is.

        Parameters
        ----------
        form : as written.
        pos : Universal Dependencies.
        """
        form = form.replace("’", "'")
        if pos in _AS_WRITTEN or not form:
            return form
        low = with_ligature(form.lower())
        if low[:1].isdigit():
            return _FIRST.sub("1er", low)
        if form[:1] in _ACCENTED and not self.known(low, pos):
            accented = (letter + low[1:] for letter in _ACCENTED[form[0]])
            low = next((word for word in accented if self.known(word, pos)), low)
        if pos in OPEN:
            return with_ligature(self._open(form, low, pos)) or low
        return self._closed(low, pos) or low

    def known(self, low: str, pos: str) -> str | None:
        """Lemma of a form of a known word, in lower case and with « œ »; None for other words."""
        listed = self._exceptions.get((low, pos))
        if listed is not None or pos not in OPEN:
            return listed
        words = self._words.get(pos, frozenset())
        candidates = infinitives(low) if pos == "VERB" else nominals(low, pos)
        return next((word for word in candidates if word in words), None)

    def _closed(self, low: str, pos: str) -> str:
        """Lemma of a function word."""
        if low in _ELIDED and pos in _ELIDING:
            low = f"{low}'"
        listed = self.known(low, pos)
        if listed:
            return listed
        if pos == "AUX":
            return self._verb(low)
        if clitic := _CLITIC.match(low):
            return self._closed(low[clitic.end() :], pos)
        return re.sub("'$", "e", low) if len(low) > 1 and pos != "INTJ" else low

    def _open(self, form: str, low: str, pos: str) -> str:
        """Lemma of a noun, adjective or verb; ``low`` is its form in lower case."""
        low = _CLITIC.sub("", low)
        listed, letters = self.known(low, pos), acronym(form)
        # « ASE » is not the feminine of « as », nor « PLIE » of « pli »; « MAIRE » is a word.
        if listed and not (letters and len(form) <= _SHORT and low not in {listed, f"{listed}s"}):
            return listed
        if letters:
            return letters
        if pos == "VERB":
            return self._verb(low)
        return (self._accented(low, pos) if form.isupper() else None) or self._nominal(low, pos)

    def _verb(self, low: str) -> str:
        """Infinitive of a verb: listed, listed without its prefix, looked up, or regular."""
        listed = self.known(low, "VERB") or self._prefixed(low)
        if listed:
            return listed
        looked_up = str(simplemma.lemmatize(low, lang="fr"))
        if INFINITIVE.search(looked_up) and simplemma.is_known(low, lang="fr"):
            return looked_up
        return regular_infinitive(low) or low

    def _prefixed(self, low: str) -> str | None:
        """« co-construit » → « co-construire »: prefix and a listed verb of over three letters."""
        for prefix in VERB_PREFIXES:
            if low.startswith(prefix):
                rest = low[len(prefix) :]
                verb = self.known(rest.removeprefix("-"), "VERB")
                if verb and len(verb) > 3:
                    return prefix + ("-" if rest.startswith("-") else "") + verb
        return None

    def _accented(self, low: str, pos: str) -> str | None:
        """« SECURITE » → « sécurité »: words in capitals are typed without accents."""
        words = (self._unaccented[pos].get(without_accents(word)) for word in nominals(low, pos))
        return next(filter(None, words), None)

    @cached_property
    def _unaccented(self) -> dict[str, dict[str, str]]:
        """Listed words by part of speech and spelling without accents."""
        return {
            pos: {without_accents(word): word for word in sorted(self._words.get(pos, ()))}
            for pos in OPEN
        }

    def _nominal(self, low: str, pos: str) -> str:
        """Masculine singular of a noun or adjective that is not listed."""
        masculine = without_inclusive(low)
        if masculine:
            return self.known(masculine, pos) or self._nominal(masculine, pos)
        other = self.known(low, "ADJ" if pos == "NOUN" else "NOUN")
        if other:
            return other
        if "-" in low.strip("-"):
            return self._compound(low, pos)
        candidates = nominals(low, pos)
        for word in reversed(candidates):
            if word.endswith(_PARTICIPLE) and self.known(word, "VERB"):
                return word
        for word in candidates:
            if simplemma.is_known(word, lang="fr") and (
                simplemma.lemmatize(word, lang="fr") == word
            ):
                return word
        return regular_nominal(low, pos)

    def _compound(self, low: str, pos: str) -> str:
        """« maires-adjoints » → « maire-adjoint »; « sous- », « porte- » … stay."""
        *firsts, last = low.split("-")
        parts = [
            part
            if part in INVARIABLE
            else self.known(part, "NOUN") or self.known(part, "ADJ") or part
            for part in firsts
        ]
        end = self.known(last, pos) or self._nominal(last, pos) if last else ""
        return "-".join([*parts, end])
