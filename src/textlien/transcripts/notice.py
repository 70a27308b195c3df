"""The head notice of a transcript: who was interviewed, where and when."""

from __future__ import annotations

import re

from textlien.text.folding import fold

FIELDS: dict[str, tuple[str, ...]] = {
    "file": ("file", "fichier", "filename", "nom du fichier"),
    "wave": ("wave", "vague", "campagne"),
    "city": ("city", "ville", "commune", "site", "collectivite", "territoire"),
    "actor": ("actor", "acteur", "fonction", "categorie", "type d acteur", "profil"),
    "person": ("person", "personne", "interviewe", "interviewee", "enquete", "enquetee"),
    "date": ("date", "date de l entretien", "jour"),
    "fictional": ("fictional", "fictif", "fiction"),
}
"""Names, folded, of what a notice says of an interview; of several the first counts."""

_OTHER_KEYS = frozenset(
    "lieu duree enqueteur enquetrice chercheur chercheuse interviewer interviewe par mene par "
    "realise par nom prenom age sexe poste profession service institution structure organisme "
    "entretien entretien n numero code transcription transcripteur transcrit par heure titre "
    "sujet theme etude campagne anonymisation statut contexte quartier departement".split()
) | {"entretien n", "mene par", "realise par", "transcrit par", "conditions de l entretien"}
KEYS = _OTHER_KEYS | {name for names in FIELDS.values() for name in names}
"""Names, folded, of all that a notice holds."""

_PAIR = re.compile(r"\W*(?P<key>[^\W\d_][\w'’ °]{0,30}?)\s*[:\t]\s*(?P<value>\S.*)")
# A quick look: every entry has one of these.
_SEPARATOR = re.compile(r"[:\t]")
_BETWEEN_PAIRS = re.compile(r"\s[–—|•-]\s|;|\t(?=[^\t]*:)")
_FICTION = re.compile(
    r"\b(?:entretien|interview|transcription|personne|texte)s? fictifs?\b"
    r"|\bfictive?s?\b|\bfiction\b"
)
# Words of a sentence that says that the interview is invented; in a longer one, « fictif » is a
# word like others. A judgement.
_LONGEST_STATEMENT = 25
# Characters of a line of a notice; a longer one is speech, and searching it would cost time.
_LONGEST_LINE = 1000
# Words of an entry that ends in a full stop, as « Lieu : chez Mme L. » may.
_LONGEST_ENTRY = 6
_MONTHS = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|"
    "décembre|decembre"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:er)? (?:{_MONTHS}) \d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}})\b", re.I
)
_INTERVIEW = re.compile(r"\W*(?:entretien|interview)", re.I)


def pairs(line: str) -> dict[str, str]:
    """Keys and values of a line of a head notice; empty when it is not one.

    >>> pairs("Ville : Le Havre – Date : 12 mars 2013")
    {'ville': 'Le Havre', 'date': '12 mars 2013'}
    >>> pairs("Attention : cela change tout")
    {}
    """
    if len(line) > _LONGEST_LINE or not _SEPARATOR.search(line):
        return {}
    cells = _cells(line) if "\t" in line else {}
    if cells:
        return {key: value for key, value in cells.items() if value}
    texts = _BETWEEN_PAIRS.split(line)
    parts = list(filter(None, map(_pair, texts)))
    if len(parts) == len(texts):
        return dict(parts)
    whole = _pair(line) if len(texts) > 1 else None
    return dict([whole]) if whole else {}


def is_entry(line: str) -> bool:
    """True when a line amid or below speech is an entry of a notice, and no sentence of it.

    >>> is_entry("Durée : 1h12"), is_entry("Ville : c'est là que tout se joue.")
    (True, False)
    """
    entries = pairs(line)
    is_sentence = line.endswith((".", "!", "?", "…")) and len(line.split()) > _LONGEST_ENTRY
    return bool(entries) and not is_sentence


def columns(line: str, below: str) -> dict[str, str]:
    r"""Keys and values of two rows of a table, names above values; empty for other rows.

    >>> columns("Ville\tDate\tFonction", "Creil\t3 mai 2013\tMaire")
    {'ville': 'Creil', 'date': '3 mai 2013', 'fonction': 'Maire'}
    """
    if "\t" not in line or max(len(line), len(below)) > _LONGEST_LINE:
        return {}
    keys, values = [fold(cell) for cell in line.split("\t")], below.split("\t")
    if len(keys) != len(values) or not all(key in KEYS for key in keys):
        return {}
    return {key: value.strip() for key, value in zip(keys, values, strict=True) if value.strip()}


def in_title(title: str) -> dict[str, str]:
    """Date in a title such as « Entretien n° 12 — Le Havre — 12 mars 2013 ».

    >>> in_title("Entretien n° 12 — Le Havre — 12 mars 2013")
    {'date': '12 mars 2013'}
    >>> in_title("La loi du 12 mars 2013")
    {}
    """
    date = _DATE.search(title) if _INTERVIEW.match(title) else None
    return {"date": date.group()} if date else {}


def opens_title(line: str) -> bool:
    """True when a line opens as the title of an interview does.

    >>> opens_title("Entretien 2 – M. P."), opens_title("Après l'entretien")
    (True, False)
    """
    return bool(_INTERVIEW.match(line))


def says_fictional(line: str) -> bool:
    """True when a line of a head notice says that the interview is invented.

    >>> says_fictional("Entretien fictif, écrit pour la démonstration")
    True
    """
    return (
        len(line) <= _LONGEST_LINE
        and len(line.split()) <= _LONGEST_STATEMENT
        and bool(_FICTION.search(fold(line)))
    )


def _cells(line: str) -> dict[str, str]:
    """Cells of a row in which names and values take turns, two of each at least; else nothing."""
    cells = [cell.strip(" :") for cell in line.split("\t")]
    keys, values = [fold(key) for key in cells[::2]], cells[1::2]
    is_row = len(keys) == len(values) >= 2 and all(key in KEYS for key in keys)
    return dict(zip(keys, values, strict=True)) if is_row else {}


def _pair(text: str) -> tuple[str, str] | None:
    """Key, folded, and value of « Ville : Creil »; None for anything else."""
    match = _PAIR.fullmatch(text.strip())
    key = fold(match["key"]) if match else ""
    return (key, match["value"].strip(" .")) if match and key in KEYS else None
