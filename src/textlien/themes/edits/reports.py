"""Problems that say what each entry of ``themes.toml`` has come to in a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.themes.edits.anchors import Match
from textlien.themes.edits.applying import Claim, Edited
from textlien.themes.edits.resolving import Edit


def reports(edited: Edited, edits: Sequence[Edit], forms: Sequence[str]) -> list[Problem]:
    """Say which entries match no theme, which only by a guess, and which cannot be followed.

    Parameters
    ----------
    edited, edits : :func:`textlien.themes.edits.applying.apply`, and what it was called with.
    forms : commonest form of each term.

    Returns
    -------
    Warnings in the order of the entries, and a note of how many hold.
    """
    problems: list[Problem] = []
    for claim in edited.claims:
        problems += _report(claim, edits, forms)
    problems += [
        Problem.warning("themes.part-without-terms", edits[number].place)
        for number in edited.unsplit
    ]
    if edits:
        holding = {claim.edit for claim in edited.claims if claim.theme is not None}
        place = Location(file=edits[0].place.file)
        problems.append(
            Problem.note("themes.entries-hold", place, n=len(holding), entries=len(edits))
        )
    return problems


def _report(claim: Claim, edits: Sequence[Edit], forms: Sequence[str]) -> Iterator[Problem]:
    """Problems of one list of words."""
    edit = edits[claim.edit]
    place, match = edit.place, claim.match
    if match is None:
        yield Problem.warning("themes.no-theme-at-all", place)
        return
    nearest = tuple(forms[number] for number in claim.theme_words)
    if claim.part is not None:
        name = edit.parts[claim.part].name
        yield Problem.note("themes.part-is-a-theme", place, name=name, words=nearest)
    is_weak = not match.others and not match.is_sure
    if claim.rival is not None and not is_weak:
        other = edits[claim.rival].place
        yield Problem.warning("themes.theme-of-two-entries", place, words=nearest, other=other)
    elif not match.is_sure:
        yield _doubt(claim, match, edit, nearest)


def _doubt(claim: Claim, match: Match, edit: Edit, words: tuple[str, ...]) -> Problem:
    """The warning of words that mean no theme for sure."""
    place, held, n = edit.place, match.n_held, match.n_words
    if claim.theme is not None and match.others:
        return Problem.warning("themes.tied-match", place, held=held, n=n, words=words)
    if claim.theme is not None:
        return Problem.warning("themes.weak-match", place, held=held, n=n, words=words)
    if edit.is_asked:
        return Problem.warning("themes.asked-theme-not-made", place, held=held, n=n, words=words)
    return Problem.warning("themes.no-theme-matches", place, held=held, n=n, words=words)
