"""Names in the labels of turns and in the roster of interviewees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from textlien.pseudonyms.finding.common import is_common
from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.finding.mentions import CUE, Mention
from textlien.pseudonyms.finding.nameword import is_function
from textlien.pseudonyms.finding.rules.persons import comes_second
from textlien.pseudonyms.finding.words import Word, words_of
from textlien.transcripts.speakers.roles import known_role

INITIALS = "initiales"
"""In the reason of a label that has no more of a name."""

_INITIALS = re.compile(r"[A-ZÀ-Ý]\.?(?:[ -]?[A-ZÀ-Ý]\.?){1,2}")
_NOBODY = frozenset(
    "speaker spk locuteur locutrice intervenant intervenante participant participante homme femme "
    "dga dgs dgas as es cesf dir resp pdt vp adj ens ccas caf pmi "  # posts, shortened
    "voix animateur animatrice moderateur moderatrice personne individu usager usagere habitant "
    "habitante resident residente agent enq int itw mod obs".split()
)
_CODE = re.compile(r"\d")


def named(interview: str, label: str, reason: str) -> Iterator[Mention]:
    """The person that a label or a roster names; none for « Enquêtrice », « E1 », « spk_0 ».

    Parameters
    ----------
    interview : its interview.
    label : as it stands there.
    reason : in words.
    """
    if (known_role(label) is not None and len(words_of(label)) < 2) or _CODE.search(label):
        return
    if _INITIALS.fullmatch(label.strip()):
        form = label.strip()
        if form.count(".") or (len(form) > 1 and form.lower() not in _NOBODY):
            yield _mention(interview, form, f"{reason} ({INITIALS})", {"given": form.lower()})
        return
    words = words_of(label)
    titled = bool(words) and words[0].key in cues().titles
    gender = cues().titles.get(words[0].key, "") if titled else ""
    core = [word for word in words if _is_part(word)]
    if not core or core[-1].end - core[0].start > sum(len(w.text) + 4 for w in core):
        return
    if titled and any(word.key in ("le", "la", "l'") for word in words):
        return
    lists = gazetteers()
    if not any(lists.is_first_name(w.key) or not is_common(w.text) for w in core) and not titled:
        return
    yield _mention(
        interview,
        label[core[0].start : core[-1].end],
        reason,
        _parts(core, titled=titled) | ({"gender": gender} if gender else {}),
    )


def _is_part(word: Word) -> bool:
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


def _parts(core: list[Word], *, titled: bool) -> dict[str, str]:
    keys = [word.key for word in core]
    if len(keys) == 1:
        return {"family" if titled else "given": keys[0]}
    if comes_second(keys[0], keys[-1]):
        keys = [keys[-1], *keys[:-1]]
    gender = gazetteers().gender(keys[0])
    return {
        "given": keys[0],
        "family": " ".join(keys[1:]),
        "gender": "" if gender == "mf" else gender,
    }


def _mention(interview: str, form: str, reason: str, parts: dict[str, Any]) -> Mention:
    sure = INITIALS not in reason
    return Mention(-1, interview, 0, 0, form, "person", reason=reason, sure=sure, rank=CUE, **parts)
