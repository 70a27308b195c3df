"""Makes the tables of the lemmatizer from treebanks and Lexique 3."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable

from textlien.annotation.speech.lemma_choice import OPEN, Lemmas, LemmaTables
from textlien.annotation.speech.lemma_rules import INFINITIVE, nominals
from textlien.annotation.training.lexique import Lexique
from textlien.annotation.training.treebank import GoldToken, Sentence
from textlien.text.ligatures import with_ligature

Wanted = dict[tuple[str, str], str]
Counts = dict[tuple[str, str], Counter[str]]

_LEFT_OUT = frozenset({"PROPN", "PUNCT", "SYM", "X", "_"})
# Treebanks disagree: « directrice » has itself as lemma twice in Sequoia, « présidente »
# has « président » fifteen times. Lexique, and so IRaMuTeQ, always gives the masculine: a job is
# one term, whatever the gender of its holder.
_TITLES = ("trice", "euse", "ère", "ante", "ente", "ée", "ienne", "onne", "eure")
# Treebanks disagree: here the lemma that « la », « l' » and « ils » have.
_PRONOUNS = {"le": "lui", "elles": "lui"}
# Lexique knows « papas » as a Greek priest only, and not the singular of « ados ».
_BY_HAND = {("papas", "NOUN"): "papa", ("ados", "NOUN"): "ado"}
_BY_HAND |= {
    (short, "NOUN"): long
    for short, long in {"mme": "madame", "mlle": "mademoiselle", "mr": "monsieur"}.items()
}
# « ars », « ram » are words, but a transcriber who types ARS or RAM means the agency or the
# « relais ». Rarer than this per million, short nouns are left.
_SHORT, _RARE = re.compile("[a-z]{1,4}"), 2.0
_PLURAL_COMPOUND = re.compile(r"(?:\w+-)?\w+[sx]-\w+[sx]")
# A treebank overrides Lexique when most of its uses agree. Chosen on the development sets.
_LEAST_SHARE = 0.6


def train(sentences: Iterable[Sentence], lexique: Lexique) -> LemmaTables:
    """Tables for the lemmatizer: known words, and what the rules get wrong.

    Function words follow the treebanks. So do the others where Lexique lacks them, or where most
    uses agree on another lemma that is plausible; but for feminine titles, which follow Lexique.

    Parameters
    ----------
    sentences : of treebanks; contractions are learnt whole (« du ») and in parts (« de », « le »).
    lexique : see :func:`textlien.annotation.training.lexique.read_lexique`.
    """
    counts = _counts(sentences)
    wanted = _of_lexique(lexique)
    words = {pos: {lemma for (_, p), lemma in wanted.items() if p == pos} for pos in OPEN}
    wanted |= _closed_of_lexique(counts, wanted)
    of_nouns: Wanted = {}
    for (form, pos), uses in counts.items():
        lemma = uses.most_common(1)[0][0]
        if pos not in OPEN:
            wanted[form, pos] = _PRONOUNS.get(form, lemma) if pos == "PRON" else lemma
        elif (form, pos) in wanted and pos == "NOUN":
            of_nouns |= _of_both_numbers(form, counts, wanted)
        elif _takes_treebank(form, pos, uses, wanted, words[pos]):
            wanted[form, pos] = lemma
            words[pos].add(lemma)
    wanted |= of_nouns
    wanted |= _BY_HAND
    lemmas = {pos: frozenset(lemmas) for pos, lemmas in words.items()}
    return LemmaTables(lemmas, _exceptions(lemmas, wanted))


def _closed_of_lexique(counts: Counts, wanted: Wanted) -> Wanted:
    """Function words of Lexique with the lemma that treebanks give to a form of theirs."""
    lemmas = {
        (uses.most_common(1)[0][0], pos) for (_, pos), uses in counts.items() if pos not in OPEN
    }
    return {
        (form, pos): next((word for word in nominals(form, pos) if (word, pos) in lemmas), lemma)
        for (form, pos), lemma in wanted.items()
        if pos not in OPEN
    }


def _takes_treebank(
    form: str, pos: str, uses: Counter[str], wanted: Wanted, words: Container[str]
) -> bool:
    """True where a treebank gives the lemma of a word that Lexique lacks, or takes precedence."""
    lemma = uses.most_common(1)[0][0]
    if (form, pos) not in wanted:
        return _plausible(form, lemma, pos)
    return _goes_before(wanted[form, pos], uses) and lemma in words


def _counts(sentences: Iterable[Sentence]) -> Counts:
    """Uses of each lemma by form and part of speech; names, numbers and acronyms left out."""
    counts: Counts = defaultdict(Counter)
    for sentence in sentences:
        for token in (*sentence.words, *sentence.surface):
            if _countable(token):
                form = with_ligature(token.form.lower().replace("’", "'"))
                counts[form, token.pos][with_ligature(token.lemma.lower())] += 1
    return counts


def _countable(token: GoldToken) -> bool:
    """True for a word with a lemma; names, numbers, punctuation and acronyms have none."""
    if token.pos in _LEFT_OUT or token.lemma in {"", "_"} or any(map(str.isdigit, token.form)):
        return False
    slip = any(map(str.isdigit, token.lemma))
    return not slip and (len(token.lemma) == 1 or not token.lemma.isupper())


def _of_lexique(lexique: Lexique) -> Wanted:
    """Lemmas of Lexique by form and part of speech, without its slips."""
    wanted: Wanted = {}
    frequencies: dict[tuple[str, str], float] = defaultdict(float)
    for entries in lexique.values():
        for pos, entry in entries.items():
            frequencies[entry.lemma, pos] += entry.frequency
    for form, entries in lexique.items():
        for pos, entry in entries.items():
            nominal = pos in {"NOUN", "ADJ"}
            if nominal and _SHORT.fullmatch(entry.lemma) and frequencies[entry.lemma, pos] < _RARE:
                continue
            lemma = _corrected(form, entry.lemma, lexique) if pos == "NOUN" else entry.lemma
            if lemma:
                wanted[with_ligature(form), pos] = with_ligature(lemma)
    return wanted


def _corrected(form: str, lemma: str, lexique: Lexique) -> str | None:
    """The lemma of a noun, slips of the file corrected; None where the rules do better.

    A masculine that is not a noun is skipped: « galère » is not a form of « galer », nor is
    « maternelle » (the school) a form of the adjective. « petits-enfants » is not a lemma.
    """
    if _PLURAL_COMPOUND.fullmatch(form) and (lemma == form or lemma not in lexique):
        return None
    if "NOUN" in lexique.get(lemma, ()) or form in {f"{lemma}s", f"{lemma}x"}:
        return lemma
    singular = next((w for w in nominals(form, "NOUN")[1:] if "NOUN" in lexique.get(w, ())), form)
    if singular.endswith(("ère", "ée")) or not singular.rstrip("s").endswith(_TITLES):
        return singular
    return lemma


def _plausible(form: str, lemma: str, pos: str) -> bool:
    """True for a lemma of a treebank, of a word that Lexique lacks, that is not a slip."""
    if pos == "VERB":
        return INFINITIVE.search(lemma) is not None
    abbreviated = form.endswith(".")  # « M. » is « monsieur »
    return abbreviated or (lemma in nominals(form, pos) and not lemma.endswith("trice"))


def _of_both_numbers(form: str, counts: Counts, wanted: Wanted) -> Wanted:
    """Lemmas that treebanks give a noun, for its singular and plural: « voisine », « voisines »."""
    singular = form.removesuffix("s")
    forms = [singular, f"{singular}s"]
    if wanted.get((singular, "NOUN")) != wanted.get((f"{singular}s", "NOUN")):
        forms = [form]  # « fond » and « fonds » are two words
    uses: Counter[str] = Counter()
    for number in forms:
        # « champs » as its own lemma is from names of streets, « allur » a slip.
        uses.update(
            {
                lemma: count
                for lemma, count in counts.get((number, "NOUN"), Counter()).items()
                if (lemma, "NOUN") in wanted and lemma != f"{wanted[number, 'NOUN']}s"
            }
        )
    if not uses or not _goes_before(wanted[form, "NOUN"], uses):
        return {}
    lemma = uses.most_common(1)[0][0]
    if lemma not in nominals(form, "NOUN") or lemma.endswith(_TITLES):
        return {}
    return {(number, "NOUN"): lemma for number in forms}


def _goes_before(of_lexique: str, uses: Counter[str]) -> bool:
    """True where the lemma of the treebanks takes precedence over that of Lexique."""
    lemma, count = uses.most_common(1)[0]
    return lemma != of_lexique and count > _LEAST_SHARE * uses.total()


def _exceptions(words: dict[str, frozenset[str]], wanted: Wanted) -> Wanted:
    """Lemmas that the rules, knowing the words, would not give."""
    rules = Lemmas(LemmaTables(words, {}))
    exceptions: Wanted = {}
    for (form, pos), lemma in wanted.items():
        if pos in OPEN:
            by_rule = rules.known(form, pos)
        else:
            # Auxiliaries are looked up as verbs when they are not listed: always list them.
            by_rule = None if pos == "AUX" else rules.lemma(form, pos)
        if by_rule != lemma:
            exceptions[form, pos] = lemma
    return exceptions
