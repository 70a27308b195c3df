"""Rows for review, from the uses of forms: one for each form and referent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from textlien.pseudonyms.linking.uses import Use
from textlien.pseudonyms.model import KIND_ORDER, Action, Kind, Name
from textlien.pseudonyms.reasons import Evidence, Reason
from textlien.pseudonyms.review.occurrences import Occurrences

_BY_CERTAINTY: tuple[Action, ...] = ("keep", "replace", "ask")


def rows_of(uses: Sequence[Use], occurrences: Mapping[str, Occurrences]) -> list[Name]:
    """Rows in the order in which they are to be reviewed.

    Parameters
    ----------
    uses : of all forms.
    occurrences : of each form; one without any has no row.
    """
    by_form: dict[str, dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    for use in uses:
        by_form[use.form][use.referent.ident].append(use)
    rows = [
        row
        for form, by_referent in by_form.items()
        if form in occurrences
        for row in _rows_of_form(form, by_referent, occurrences[form])
    ]
    return sorted(rows, key=_review_order)


def _rows_of_form(
    form: str, by_referent: Mapping[str, list[Use]], occurrences: Occurrences
) -> list[Name]:
    """Rows of one form: one a referent, and one that keeps it in interviews of none."""
    owner_of = _owners(by_referent)
    elsewhere = _files_elsewhere(by_referent, occurrences, owner_of)
    is_alone = len(set(owner_of.values())) == 1 and not elsewhere
    rows: list[Name] = []
    for ident, same in by_referent.items():
        owned = sorted(interview for interview, owner in owner_of.items() if owner == ident)
        files = tuple(interview for interview in owned if interview in occurrences.counts)
        if files:
            rows.append(_row(form, same, occurrences, () if is_alone else files))
    if elsewhere:
        kind = rows[-1].kind if rows else _best(next(iter(by_referent.values()))).referent.kind
        rows.append(_kept(form, kind, occurrences, elsewhere))
    return rows


def _owners(by_referent: Mapping[str, list[Use]]) -> dict[str, str]:
    """The referent of a form in each interview: the first that uses it there."""
    owner_of: dict[str, str] = {}
    for ident, same in by_referent.items():
        for use in same:
            owner_of.setdefault(use.interview, ident)
    return owner_of


def _files_elsewhere(
    by_referent: Mapping[str, list[Use]], occurrences: Occurrences, owner_of: Mapping[str, str]
) -> tuple[str, ...]:
    """Interviews that hold a form without naming anybody; none where it is kept everywhere."""
    if all(use.action == "keep" for same in by_referent.values() for use in same):
        return ()
    return tuple(sorted(set(occurrences.counts) - set(owner_of)))


def _best(same: Sequence[Use]) -> Use:
    """The most certain of several uses."""
    return min(same, key=lambda use: _BY_CERTAINTY.index(use.action))


def _row(form: str, same: Sequence[Use], occurrences: Occurrences, files: tuple[str, ...]) -> Name:
    """A row for the uses of a form for one referent; a doubt about any of them asks."""
    best = _best(same)
    is_doubtful = any(use.doubt is not None for use in same)
    reasons = [
        evidence for use in same for evidence in (use.evidence, use.doubt) if evidence is not None
    ]
    return Name(
        form,
        best.referent.kind,
        best.referent.ident,
        best.pseudonym,
        "ask" if is_doubtful and best.action == "replace" else best.action,
        files,
        occurrences.total(files),
        occurrences.interviews(files),
        tuple(dict.fromkeys(reasons)),
        occurrences.contexts(files),
    )


def _kept(form: str, kind: Kind, occurrences: Occurrences, files: tuple[str, ...]) -> Name:
    """A row that keeps a form where it is a word, or a part of something else."""
    return Name(
        form,
        kind,
        "",
        "",
        "keep",
        files,
        occurrences.total(files),
        occurrences.interviews(files),
        (Evidence(Reason.WORD_OR_PART),),
        occurrences.contexts(files),
    )


def _review_order(name: Name) -> tuple[int, str, int, int, str, tuple[str, ...]]:
    """Order of rows: kinds, then entities by number, then the longer forms of each."""
    number = name.entity.lstrip("plocsx")
    n_words = len(name.form.split(" "))
    return (
        KIND_ORDER.index(name.kind),
        "" if name.entity else "z",
        int(number) if number else 0,
        -n_words,
        name.form,
        name.files,
    )
