"""Heat maps: tables of shares, coloured in the cells so that they survive copy and paste."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from textlien.report.labels import Labels
from textlien.report.sections.distance import FarPlaces
from textlien.tables import ALL, OUTSIDE

_STOPS = ((255, 255, 255), (222, 235, 247), (158, 202, 225), (66, 146, 198), (8, 81, 156))
"""One hue from white to dark, distinguished by lightness alone: safe for colour-blind readers and
on a grey printer (ColorBrewer « Blues », Brewer 2003)."""

_LEGEND_STEPS = 5

_APART = "#eceff3"
"""Colour of the speech outside of all themes, which is off the scale: on it, it would make every
theme pale."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One share.

    Attributes
    ----------
    text : in %, without the sign.
    interval : ``[9,8 ; 15,1]``, or "" where there is none.
    title : everything about it in words.
    background, ink : colours; "" for a cell without interviews.
    bare : a share without interval.
    """

    text: str
    interval: str
    title: str
    background: str
    ink: str
    bare: bool


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table of shares: items in rows, cities or actors in columns.

    Attributes
    ----------
    columns : label and number of interviews.
    rows : label and one cell per column.
    legend : background, ink and text of some steps of the scale.
    bare, absent : whether some cell has no interval, no interviews.
    note : what limits all of its figures, or "".
    """

    key: str
    caption: str
    columns: list[tuple[str, str]]
    rows: list[tuple[str, list[Cell]]]
    legend: list[tuple[str, str, str]]
    bare: bool
    absent: bool
    note: str = ""


def heat_maps(
    profiles: pd.DataFrame,
    measure: str,
    by: Literal["city", "actor"],
    labels: Labels,
    far: FarPlaces | None = None,
) -> list[HeatMap]:
    """One heat map per wave, all on the same colour scale.

    Parameters
    ----------
    profiles : table.
    measure : ``theme`` or ``axis``: the rows.
    by : the columns; the other of city and actor is taken as a whole.
    far : places to be named beside their figures.
    """
    other = "actor" if by == "city" else "city"
    shares = profiles[(profiles["measure"] == measure) & (profiles[other] == ALL)]
    if by == "actor" and (shares["actor"] == ALL).all():
        return []
    on_scale = shares.loc[shares["item"] != OUTSIDE, "estimate"]
    top = float(on_scale.max()) if len(on_scale) else 0.0
    return [
        replace(
            _heat_map(shares[shares["wave"] == wave], wave, measure, by, labels, top),
            note=_note(shares[shares["wave"] == wave], wave, labels, far),
        )
        for wave in labels.waves(shares["wave"])
    ]


def _note(shares: pd.DataFrame, wave: str, labels: Labels, far: FarPlaces | None) -> str:
    """Doubts about the figures of a wave: shares that nothing corrects, places that are far."""
    alone = (shares["basis"] == "uncorrected").any()
    notes = [labels.translator.text("report.uncorrected")] if alone else []
    notes += [far.note([wave])] if far else []
    return " ".join(filter(None, notes))


def _heat_map(
    shares: pd.DataFrame, wave: str, measure: str, by: str, labels: Labels, top: float
) -> HeatMap:
    """The heat map of one wave; ``top`` is the share that has the darkest colour."""
    order, label = (labels.cities, labels.city) if by == "city" else (labels.actors, labels.actor)
    keys = order(shares[by])
    cells = {(row[by], row["item"]): row for row in shares.to_dict("records")}
    sizes = {row[by]: int(row["n_interviews"]) for row in cells.values()}
    rows = [
        (head, [_cell(cells.get((key, item)), labels, head, label(key), top) for key in keys])
        for item in _items(shares, measure, labels)
        for head in [labels.item(measure, item)]
    ]
    suffix = "" if by == "city" else "-actor"
    return HeatMap(
        f"{measure}-{by}-{labels.waves([*labels.study.waves, wave]).index(wave) + 1}",
        labels.translator.text(f"report.heat-{measure}{suffix}", wave=labels.wave(wave)),
        [(label(key), labels.translator.count(sizes[key])) for key in keys],
        rows,
        _legend(top, labels),
        _some(rows, lambda cell: cell.bare),
        _some(rows, lambda cell: not cell.background),
    )


def _some(rows: list[tuple[str, list[Cell]]], is_so: Callable[[Cell], bool]) -> bool:
    """True when a condition holds for some cell."""
    return any(is_so(cell) for _, row in rows for cell in row)


def _items(shares: pd.DataFrame, measure: str, labels: Labels) -> list[str]:
    """Items that have a share, in the order of the report; those without a label last."""
    present = set(shares["item"])
    labelled = [item for item in labels.items[measure] if item in present]
    return labelled + sorted(present - set(labelled))


def _cell(
    row: dict[Any, Any] | None, labels: Labels, row_label: str, column_label: str, top: float
) -> Cell:
    """One cell, None where nobody was interviewed."""
    translator = labels.translator
    if row is None:
        return Cell(translator.text("report.none"), "", "", "", "", bare=False)
    bare = math.isnan(row["low"]) or math.isnan(row["high"])
    interval = "" if bare else translator.interval(row["low"], row["high"])
    few = row["n_interviews"] < labels.study.profiles.min_interviews
    background = _APART if row["item"] == OUTSIDE else shade(row["estimate"] / top if top else 0.0)
    size = {
        "row": row_label,
        "column": column_label,
        "share": translator.share(row["estimate"]),
        "interviews": translator.text("report.interviews", n=int(row["n_interviews"])),
        "passages": translator.text("report.passages", n=int(row["n_passages"])),
    }
    if bare:
        reason = translator.text("report.bare-few" if few else "report.bare-flat")
        if row["basis"] == "uncorrected":
            reason = translator.text("report.bare-uncorrected")
        title = translator.text("report.cell-title-bare", **size, reason=reason)
    else:
        title = translator.text("report.cell-title", **size, interval=interval)
    return Cell(
        translator.percent(row["estimate"]), interval, title, background, ink(background), bare
    )


def _legend(top: float, labels: Labels) -> list[tuple[str, str, str]]:
    """Background, ink and text of evenly spaced steps of the scale."""
    shares = [top * step / (_LEGEND_STEPS - 1) for step in range(_LEGEND_STEPS)]
    colours = [shade(share / top if top else 0.0) for share in shares]
    return [
        (colour, ink(colour), labels.translator.percent(share))
        for colour, share in zip(colours, shares, strict=True)
    ]


def shade(position: float) -> str:
    """Colour of the scale at ``position`` in [0, 1], as ``#rrggbb``."""
    scaled = min(max(position, 0.0), 1.0) * (len(_STOPS) - 1)
    index = min(int(scaled), len(_STOPS) - 2)
    rest = scaled - index
    low, high = _STOPS[index], _STOPS[index + 1]
    mixed = [round(a + (b - a) * rest) for a, b in zip(low, high, strict=True)]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def ink(background: str) -> str:
    """Black or white, whichever is easier to read on ``background``."""
    return max(("#000000", "#ffffff"), key=lambda colour: contrast_ratio(colour, background))


def contrast_ratio(left: str, right: str) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.1, § 1.4.3: text needs 4.5)."""
    lights = sorted((_luminance(left), _luminance(right)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, by the formula of WCAG 2.1."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
