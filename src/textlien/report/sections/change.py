"""Section on change between two waves: sentences, tables and data of the charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from textlien.messages.translator import Translator
from textlien.report.figures import Figure, interval_chart
from textlien.report.labels import Labels
from textlien.report.sections.distance import FarPlaces
from textlien.tables import ALL

_VERDICTS = ("increase", "decrease", "inconclusive")


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One change, as texts."""

    label: str
    left: str
    right: str
    difference: str
    interval: str
    p: str
    detectable: str
    n: str
    verdict: str
    verdict_key: str


@dataclass(frozen=True, slots=True)
class ComparisonBlock:
    """All changes of one measure in one place.

    Attributes
    ----------
    sentences : summary of the changes.
    item_heading : heading of the column of items.
    computed, conclusive : how many have a verdict, and are established.
    fragile : how many are of a fragile theme.
    paired : how many people were interviewed twice, in words, or "".
    figure : None where there is no interval to draw.
    """

    key: str
    measure: str
    title: str
    item_heading: str
    sentences: list[str]
    computed: int
    conclusive: int
    fragile: int
    paired: str
    rows: list[ComparisonRow]
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class ComparisonPlace:
    """A city, or the whole: its blocks and a summary of them in a few words."""

    name: str
    intro: str
    summary: str
    blocks: list[ComparisonBlock]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two waves compared.

    Attributes
    ----------
    whole : the panel, or everything where no city is known; None with a single city.
    """

    left: str
    right: str
    whole: ComparisonPlace | None
    cities: list[ComparisonPlace]


def comparisons(contrasts: pd.DataFrame, far: FarPlaces) -> list[Comparison]:
    """Content of table ``contrasts``, by pair of waves; ``far`` is said of changes of axes."""
    pairs = contrasts[["left", "right"]].drop_duplicates().itertuples(index=False, name=None)
    return [
        _comparison(
            contrasts[(contrasts["left"] == left) & (contrasts["right"] == right)],
            (left, right),
            number,
            far,
        )
        for number, (left, right) in enumerate(pairs, start=1)
    ]


def _comparison(
    changes: pd.DataFrame, waves: tuple[str, str], number: int, far: FarPlaces
) -> Comparison:
    """Compare two waves; ``number`` makes the identifiers of the page unique."""
    panel, by_city = (changes[changes["scope"] == scope] for scope in ("panel", "city"))
    labels, text = far.labels, far.labels.translator.text
    whole = None
    if set(by_city["city"]) == {""}:
        # A study that knows no city is compared as one place.
        whole = _place(by_city, text("report.all"), "", f"{number}-0", far)
        by_city = by_city.iloc[:0]
    elif len(panel):
        intro = text("report.panel-intro")
        whole = _place(panel, text("report.panel"), intro, f"{number}-0", far)
    cities = [
        _place(by_city[by_city["city"] == city], labels.city(city), "", f"{number}-{index}", far)
        for index, city in enumerate(labels.cities(by_city["city"]), start=1)
    ]
    left, right = map(labels.wave, waves)
    return Comparison(left, right, whole, cities)


def _place(
    changes: pd.DataFrame, name: str, intro: str, key: str, far: FarPlaces
) -> ComparisonPlace:
    """The changes of one place: one block per measure."""
    blocks = [
        _block(changes[changes["measure"] == measure], measure, name, f"{key}-{measure}", far)
        for measure in ("theme", "axis")
        if (changes["measure"] == measure).any()
    ]
    conclusive = sum(block.conclusive for block in blocks)
    computed = sum(block.computed for block in blocks)
    text = far.labels.translator.text
    summary = (
        text("report.city-summary", n=conclusive, total=computed)
        if computed
        else text("report.city-summary-not-computed")
    )
    return ComparisonPlace(name, intro, summary, blocks)


def _block(
    changes: pd.DataFrame, measure: str, place: str, key: str, far: FarPlaces
) -> ComparisonBlock:
    """All changes of one measure in one place, the greatest rise first."""
    labels, translator = far.labels, far.labels.translator
    ordered = changes.sort_values("difference", ascending=False, kind="stable")
    records = ordered.to_dict("records")
    rows = [_row(record, labels) for record in records]
    title = f"{translator.text(f'report.contrast-{measure}')} · {place}"
    n_paired = max(record["n_paired"] for record in records)
    left, right = labels.wave(records[0]["left"]), labels.wave(records[0]["right"])
    computed = sum(row.verdict_key in _VERDICTS for row in rows)
    fragile = sum(row.verdict_key == "fragile" for row in rows)
    label = translator.text("report.chart-label", title=title, left=left, right=right)
    return ComparisonBlock(
        key,
        measure,
        title,
        translator.text(f"report.col-item-{measure}"),
        _sentences(rows, labels) + _far(records[0], measure, far),
        computed,
        sum(row.verdict_key in ("increase", "decrease") for row in rows),
        fragile,
        translator.text("report.paired", n=n_paired) if n_paired else "",
        rows,
        _chart(f"chart-{key}", ordered, rows, label, translator) if computed + fragile else None,
    )


def _far(record: dict[Any, Any], measure: str, far: FarPlaces) -> list[str]:
    """Sentence on places that are far from what the model of the axes learnt, if there are any."""
    city = record["city"] if record["scope"] == "city" else ""
    note = far.note([record["left"], record["right"]], city or ALL)
    return [note] if note and measure == "axis" else []


def _chart(
    key: str,
    changes: pd.DataFrame,
    rows: list[ComparisonRow],
    label: str,
    translator: Translator,
) -> Figure:
    """The intervals of a block, drawn."""
    hovers = [
        translator.text(
            "report.chart-hover",
            item=row.label,
            difference=row.difference,
            interval=row.interval,
            verdict=row.verdict,
        )
        for row in rows
    ]
    return interval_chart(key, [row.label for row in rows], changes, hovers, translator, label)


def _row(record: dict[Any, Any], labels: Labels) -> ComparisonRow:
    """One row of table ``contrasts`` as texts."""
    translator = labels.translator
    verdict = record["verdict"]
    return ComparisonRow(
        labels.item(record["measure"], record["item"]),
        translator.share(record["estimate_left"]),
        translator.share(record["estimate_right"]),
        translator.points(record["difference"]),
        translator.interval(record["low"], record["high"], signed=True),
        translator.probability(record["p_adjusted"]),
        translator.percent(record["detectable"]),
        f"{record['n_interviews_left']} / {record['n_interviews_right']}",
        translator.text(f"values.verdict-{verdict.replace(' ', '-')}"),
        verdict,
    )


def _sentences(rows: list[ComparisonRow], labels: Labels) -> list[str]:
    """Summary of the changes of a block, in words."""
    translator = labels.translator
    up = [f"{row.label} ({row.difference})" for row in rows if row.verdict_key == "increase"]
    down = [f"{row.label} ({row.difference})" for row in rows if row.verdict_key == "decrease"]
    missing = sum(row.verdict_key == "not computed" for row in rows)
    uncorrected = sum(row.verdict_key == "uncorrected" for row in rows)
    fragile = [row.label for row in rows if row.verdict_key == "fragile"]
    total = len(rows) - missing - uncorrected - len(fragile)
    sentences = [_established(len(up) + len(down), total, translator)] if total else []
    sentences += _without_verdict(missing, uncorrected, fragile, labels)
    if up:
        sentences.append(translator.text("report.up", list=translator.listed(up)))
    if down:
        sentences.append(translator.text("report.down", list=translator.listed(down[::-1])))
    return sentences


def _without_verdict(
    missing: int, uncorrected: int, fragile: list[str], labels: Labels
) -> list[str]:
    """Changes that have no interval, and fragile themes, in words."""
    text, sentences = labels.translator.text, []
    if missing:
        fewest = labels.study.profiles.min_interviews
        sentences.append(text("report.summary-not-computed", n=missing, fewest=fewest))
    if uncorrected:
        sentences.append(text("report.summary-uncorrected", n=uncorrected))
    if fragile:
        names = labels.translator.listed(fragile)
        sentences.append(text("report.summary-fragile", n=len(fragile), list=names))
    return sentences


def _established(n: int, total: int, translator: Translator) -> str:
    """Number of established changes among those examined, in words."""
    if n == 0:
        return translator.text("report.summary-none", total=total)
    if n == 1:
        return translator.text("report.summary-one", total=total)
    if n == total:
        return translator.text("report.summary-all", total=total)
    return translator.text("report.summary-few", n=n, total=total)
