"""Rules of French inflection: what a lemma may be, the likeliest first, without a dictionary.

Callers take the first candidate that is a listed word, and the ``regular_…`` lemma of a word that
no list has (« budgétisé », « partenariaux »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

INFINITIVE = re.compile(r".(?:er|ir|re)$")

# Endings of regular conjugation, by what the infinitive has in their place.
_FIRST = (
    "eraient erions eriez erais erait erons erez eront erai eras era assions assiez assent asses"
    " asse aient èrent âmes âtes ions iez ais ait ant ons ez ent ai as ât ées ée és é es a e"
).split()
_SECOND = (
    "issaient iraient issions issiez issais issait issant issons issent isses isse issez irions"
    " iriez irais irait irons iront irent irez irai iras ira îmes îtes ies ie ît is it i"
).split()
_SHORT = "aient ions iez ais ait ant ons ez ent es e s t".split()
_THIRD = (
    "raient rions riez rais rait rons ront irent aient rez rai ras ions ra iez ais ait ant ons"
    " ues ent ue us is it ez es e u s"
).split()
_GROUPS = tuple(
    (sorted(endings, key=len, reverse=True), infinitive)
    for endings, infinitive in ((_FIRST, "er"), (_SECOND, "ir"), (_THIRD, "re"), (_SHORT, "ir"))
)
_REGULAR = re.compile(rf"(.*[aeiouyéèêïüœ].*?|.{{3,}}?)(?:{'|'.join(_FIRST)})$")
_REGULAR_SECOND = re.compile(r"(..+?)iss(?:aient|ions|iez|ais|ait|ant|ons|ent|ez)")
_REGULAR_SHORT = re.compile(r"(..+)i(?:e?s?|t)")

VERB_PREFIXES = (
    "contre auto entre inter sous télé trans anti co con dés dis mé pré sur re ré dé r".split()
)
"""Prefixes that make verbs of verbs; the longest that fits comes first."""

_PLURALS = (("eaux", ("eau",)), ("aux", ("al", "au", "ail")), ("x", ("",)), ("s", ("",)))
_FEMININES = (
    ("trice", ("teur",)),
    ("euse", ("eur", "eux")),
    ("ère", ("er",)),
    ("ienne", ("ien",)),
    ("enne", ("en",)),
    ("onne", ("on",)),
    ("elle", ("el", "eau")),
    ("ille", ("il",)),
    ("ette", ("et",)),
    ("ète", ("et",)),
    ("ive", ("if",)),
    ("euve", ("euf",)),
    ("ffe", ("f",)),
    ("sse", ("s",)),
    ("che", ("c",)),
    ("que", ("c",)),
    ("gue", ("g",)),
    ("e", ("",)),
)
# Feminines of unlisted words: endings that are hardly ever those of a masculine, or of a
# feminine noun without one. « -ière », « -elle », « -ive », « -ée » are safe for adjectives only.
_SAFE_FEMININES: dict[str, tuple[tuple[str, str], ...]] = {
    "NOUN": (("trice", "teur"), ("ienne", "ien"), ("euse", "eur"), ("eure", "eur")),
    "ADJ": (
        ("trice", "teur"),
        ("ienne", "ien"),
        ("euse", "eux"),
        ("eure", "eur"),
        ("ière", "ier"),
        ("elle", "el"),
        ("ive", "if"),
        ("ée", "é"),
        ("ale", "al"),
        ("ante", "ant"),
        ("ente", "ent"),
        ("aine", "ain"),
        ("ine", "in"),
        ("oise", "ois"),
        ("aise", "ais"),
    ),
}
# A final « s » of these is seldom a plural: « lillois », « rennais », « express », « campus ».
_SINGULAR_S = re.compile(r"(?:s|[oa]i|[^oe]u)s$")

_INCLUSIVE = re.compile(
    r"(?P<word>\w{2,}?)(?:\(s\)|s?[·•⋅‧∙./(-]\(?"
    r"(?:e|ne|le|te|se|ve|fe|euse|rice|trice|teuse|ère|ière|ienne|ive)s?\)?(?:[·•⋅‧∙./(-]?s\)?)?)"
)
_ACRONYM = re.compile(
    r"(?=(?:.*[A-ZÀ-Ý]){2})(?P<letters>[A-ZÀ-Ý0-9][A-ZÀ-Ý0-9.&'/-]*)(?P<plural>s?)"
)
# Longer words in capitals are shouted words or headings, not acronyms.
_LONGEST_ACRONYM = 7

INVARIABLE = frozenset(
    "après arrière auto avant bi co contre demi e éco en entre ex extra hyper infra inter intra"
    " maxi mi micro mini mono multi non néo outre para péri pluri poly porte post pré pro pseudo"
    " quasi re ré sans semi socio sous sur super supra sus télé tri ultra uni vice".split()
)
"""First parts of compounds that never take a plural."""


def infinitives(form: str) -> Iterator[str]:
    """Infinitives that a form may belong to.

    >>> list(infinitives("placé"))
    ['placer', 'placére']
    """
    if INFINITIVE.search(form):
        yield form
    for endings, infinitive in _GROUPS:
        for ending in endings:
            if form.endswith(ending) and len(form) > len(ending):
                stem = form[: -len(ending)]
                yield stem + infinitive
                if infinitive == "er":
                    yield from (f"{other}er" for other in _other_stems(stem))
    yield f"{form}re"


def _other_stems(stem: str) -> Iterator[str]:
    """Stems before « -er »: « plaç » is « plac », « mange » « mang », « appell » « appel »."""
    if stem.endswith("ç"):
        yield f"{stem[:-1]}c"
    elif stem.endswith(("ge", "ll", "tt")):
        yield stem[:-1]
    elif stem.endswith("i"):
        yield f"{stem[:-1]}y"
    before, grave, after = stem.rpartition("è")
    if grave and 0 < len(after) <= 3:
        yield f"{before}e{after}"
        yield f"{before}é{after}"


def regular_infinitive(form: str) -> str | None:
    """Infinitive of a verb that no list has, which is then of the first or second group.

    >>> regular_infinitive("budgétisé"), regular_infinitive("okay")
    ('budgétiser', None)
    """
    if form.endswith(("er", "ir")) and len(form) > 3:
        return form
    second = _REGULAR_SECOND.fullmatch(form)
    first = None if second else _REGULAR.fullmatch(form)
    if first is None:
        second = second or _REGULAR_SHORT.fullmatch(form)
        return f"{second[1]}ir" if second else None
    stem = first[1]
    if stem.endswith("ç"):
        stem = f"{stem[:-1]}c"
    elif stem.endswith("ge") and form[len(stem)] in "aoâ":
        stem = stem[:-1]
    return f"{stem}er"


def nominals(form: str, pos: str) -> list[str]:
    """Masculine singulars that a noun or adjective may belong to, itself first.

    >>> nominals("élues", "NOUN")
    ['élues', 'élue', 'élu']
    """
    singulars = [form]
    for ending, others in _PLURALS:
        if form.endswith(ending) and len(form) > len(ending) + 1:
            singulars += [form[: -len(ending)] + other for other in others]
            break
    candidates = list(singulars)
    for singular in singulars:
        for feminine, masculines in _FEMININES:
            if singular.endswith(feminine) and len(singular) > len(feminine):
                stem = singular[: -len(feminine)]
                ordered = masculines[::-1] if pos == "ADJ" else masculines
                candidates += [stem + other for other in ordered if len(stem + other) > 1]
    return list(dict.fromkeys(candidates))


def regular_nominal(form: str, pos: str) -> str:
    """Masculine singular of a noun or adjective that no list has, where its ending is sure.

    >>> regular_nominal("partenariaux", "ADJ"), regular_nominal("coordinatrices", "NOUN")
    ('partenarial', 'coordinateur')
    """
    singular = form
    if form.endswith("eaux"):
        singular = form[:-1]
    elif form.endswith("aux") and len(form) > 4:
        singular = f"{form[:-2]}l"
    elif form.endswith("s") and not _SINGULAR_S.search(form) and len(form) > 3:
        singular = form[:-1]
    for feminine, masculine in _SAFE_FEMININES.get(pos, ()):
        if singular.endswith(feminine) and len(singular) > len(feminine) + 1:
            return singular[: -len(feminine)] + masculine
    return singular


def without_inclusive(form: str) -> str | None:
    """« habitant·e·s », « élu(e)s », « élu-e-s » → the masculine; None for other words.

    >>> without_inclusive("habitant.e.s"), without_inclusive("acteur·rice·s")
    ('habitant', 'acteur')
    """
    match = _INCLUSIVE.fullmatch(form)
    return match["word"] if match else None


def acronym(form: str) -> str | None:
    """The acronym without « s » of plural, or None for a word not all in capitals.

    >>> acronym("CCAS"), acronym("C.C.A.S."), acronym("HLMs"), acronym("Maire")
    ('CCAS', 'C.C.A.S.', 'HLM', None)
    """
    match = _ACRONYM.fullmatch(form)
    if match is None or sum(map(str.isalpha, form)) > _LONGEST_ACRONYM:
        return None
    return match["letters"]
