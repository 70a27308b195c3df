"""Names in the labels of turns and in the roster of interviewees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.finding.mentions import CUE, Mention
from textlien.pseudonyms.finding.predicates import is_common, is_function
from textlien.pseudonyms.finding.rules.persons import comes_second
from textlien.pseudonyms.finding.words import Word, words_of
from textlien.pseudonyms.reasons import INITIALS, Evidence, Reason
from textlien.transcripts.speakers.roles import known_role

_INITIALS = re.compile(r"[A-ZÀ-Ý]\.?(?:[ -]?[A-ZÀ-Ý]\.?){1,2}")
_NOBODY = frozenset(
    "speaker spk locuteur locutrice intervenant intervenante participant participante homme femme "
    "dga dgs dgas as es cesf dir resp pdt vp adj ens ccas caf pmi "  # posts, shortened
    "voix animateur animatrice moderateur moderatrice personne individu usager usagere habitant "
    "habitante resident residente agent enq int itw mod obs".split()
)
_CODE = re.compile(r"\d")
_GAP = 4
"""Characters of blanks and particles for each word of a name; with more between, a label is a
phrase: « la fille de chez Dupont et son voisin ». From 1 to 10 the marked interviews give the
same."""

_OF_INITIALS = {
    Reason.LABEL: Reason.LABEL_INITIALS,
    Reason.ROSTER: Reason.ROSTER_INITIALS,
}


def named(interview: str, label: str, reason: Reason) -> Iterator[Mention]:
    """The person that a label or a roster names; none for « Enquêtrice », « E1 », « spk_0 ».

    Parameters
    ----------
    interview : its interview.
    label : as it stands there.
    reason : ``LABEL`` or ``ROSTER``.
    """
    words = words_of(label)
    if _is_role_or_code(label, words):
        return
    form = label.strip()
    if _INITIALS.fullmatch(form):
        if _are_initials(form):
            yield _mention(interview, form, _OF_INITIALS[reason], {"first_name": form.lower()})
        return
    parts = [word for word in words if _is_part(word)]
    titled = bool(words) and words[0].key in cues().titles
    if parts and _is_name(words, parts, titled=titled):
        gender = cues().titles.get(words[0].key, "") if titled else ""
        fields = _fields(parts, titled=titled) | ({"gender": gender} if gender else {})
        yield _mention(interview, label[parts[0].start : parts[-1].end], reason, fields)


def _is_role_or_code(label: str, words: tuple[Word, ...]) -> bool:
    """True for « Enquêtrice » and « E1 », but not for « Enquêtrice Dupont »."""
    return (known_role(label) is not None and len(words) < 2) or bool(_CODE.search(label))


def _are_initials(form: str) -> bool:
    """True for « M.D. » and « MD », but not for an abbreviated post or service, « DGS »."""
    return "." in form or form.lower() not in _NOBODY


def _is_part(word: Word) -> bool:
    """True for a word of a label that can be a part of a name."""
    return not (
        word.key in cues().titles
        or word.key in cues().post_heads
        or word.key in _NOBODY
        or word.text.endswith(("'", "’"))
        or len(word.key) < 2
        or is_function(word)
        or known_role(word.text) is not None
        or cues().is_never_a_name(word.key)
    )


def _is_name(words: tuple[Word, ...], parts: list[Word], *, titled: bool) -> bool:
    """True when the parts of a label stand together and name somebody.

    Parameters
    ----------
    words : of the label; ``parts`` are those that can be a part of a name.
    titled : True when the first word is a title.
    """
    is_phrase = parts[-1].end - parts[0].start > sum(len(word.text) + _GAP for word in parts)
    is_post = titled and any(word.key in ("le", "la", "l'") for word in words)
    lists = gazetteers()
    listed = any(lists.is_first_name(w.key) or not is_common(w.text) for w in parts)
    return not is_phrase and not is_post and (listed or titled)


def _fields(parts: list[Word], *, titled: bool) -> dict[str, str]:
    """First name, surname and gender of a mention, from the words of a name."""
    keys = [word.key for word in parts]
    if len(keys) == 1:
        return {"surname" if titled else "first_name": keys[0]}
    if comes_second(keys[0], keys[-1]):
        keys = [keys[-1], *keys[:-1]]
    gender = gazetteers().gender(keys[0])
    return {
        "first_name": keys[0],
        "surname": " ".join(keys[1:]),
        "gender": "" if gender == "mf" else gender,
    }


def _mention(interview: str, form: str, reason: Reason, fields: dict[str, str]) -> Mention:
    """A mention outside of turns."""
    return Mention(
        -1,
        interview,
        0,
        0,
        form,
        "person",
        Evidence(reason),
        sure=reason not in INITIALS,
        rank=CUE,
        **fields,  # type: ignore[arg-type]
    )
