"""Card of a model of themes: its words, the corpus it is of, and how far it may be used."""

from __future__ import annotations

import numpy as np

from textlien.messages.translator import Translator
from textlien.messages.typography import markdown_table
from textlien.themes.projection.remainder import MEASURES
from textlien.themes.projection.saved import FEWEST_INTERVIEWS, SavedThemes

_WORDS = 10
_NAMES = 20


def card(saved: SavedThemes, translator: Translator) -> str:
    """Text of the card, in Markdown."""
    text, origin = translator.text, saved.origin
    parts = [f"# {saved.version}", text("themes.card-purpose"), _themes(saved, translator)]
    if origin.fictional:
        parts.append("> " + text("themes.card-fictional"))
    parts += [
        "## " + text("themes.card-origin-title"),
        text(
            "themes.card-origin",
            study=origin.study,
            waves=origin.waves,
            interviews=origin.n_interviews,
            passages=origin.n_passages,
            engine=origin.engine,
            k=origin.k,
            seed=origin.seed,
            terms=len(saved.model.terms),
        ),
        "## " + text("themes.card-remainder-title"),
        _remainder(saved, translator),
        "## " + text("themes.card-sharing-title"),
        text("themes.card-sharing", least=FEWEST_INTERVIEWS),
        _proper_names(saved, translator),
        "## " + text("themes.card-limits-title"),
        text("themes.card-limits"),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def proper_names(saved: SavedThemes) -> tuple[str, ...]:
    """Terms with a capital, which may be names: of places, institutions, or persons."""
    return tuple(term for term in saved.model.terms if term != term.lower())


def _themes(saved: SavedThemes, translator: Translator) -> str:
    """A Markdown table: number, name, share, first words of each theme."""
    names = ("theme", "label", "share", "words")
    header = [translator.text(f"themes.card-column-{name}") for name in names]
    rows = []
    for number, label, share, weights in zip(
        saved.themes["theme"],
        saved.themes["label"],
        saved.themes["share"],
        saved.model.weights,
        strict=True,
    ):
        best = np.argsort(-weights, kind="stable")[:_WORDS]
        words = ", ".join(saved.model.terms[term] for term in best if weights[term] > 0)
        rows.append([translator.count(int(number)), label, translator.share(share), words])
    return markdown_table(header, rows)


def _remainder(saved: SavedThemes, translator: Translator) -> str:
    """Text on what to expect outside of the themes in interviews like those of the corpus."""
    if not len(saved.held_out):
        return translator.text("themes.card-no-remainder")
    means = dict(zip(MEASURES, np.nanmean(saved.held_out, axis=0), strict=True))
    return translator.text(
        "themes.card-remainder",
        interviews=len(saved.held_out),
        passages=float(means["passages"]),
        words=float(means["words"]),
        unknown=float(means["unknown"]),
    )


def _proper_names(saved: SavedThemes, translator: Translator) -> str:
    """The first of the terms that may be names, and their number."""
    names = proper_names(saved)
    if not names:
        return ""
    return translator.text("themes.card-names", n=len(names), names=names[:_NAMES])
