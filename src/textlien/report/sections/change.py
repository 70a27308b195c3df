"""Section on change between two waves: sentences, tables and what the charts draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from textlien.report.figures import Figure, interval_chart
from textlien.report.names import Names
from textlien.report.voice import Voice


@dataclass(frozen=True, slots=True)
class Row:
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
class Block:
    """All changes of one measure in one place.

    Attributes
    ----------
    sentences : what they come to.
    computed, conclusive : how many have an interval, and are established.
    paired : how many people were interviewed twice, in words, or "".
    figure : None where there is no interval to draw.
    """

    key: str
    measure: str
    title: str
    sentences: list[str]
    computed: int
    conclusive: int
    paired: str
    rows: list[Row]
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Place:
    """A city, or the whole: its blocks and a summary of them in a few words."""

    name: str
    intro: str
    summary: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two waves compared.

    Attributes
    ----------
    whole : the panel, or everything where no city is known; None with a single city.
    """

    left: str
    right: str
    whole: Place | None
    cities: list[Place]


def comparisons(contrasts: pd.DataFrame, names: Names) -> list[Comparison]:
    """Everything that table ``contrasts`` says, by pair of waves."""
    pairs = contrasts[["left", "right"]].drop_duplicates().itertuples(index=False, name=None)
    return [
        _comparison(
            contrasts[(contrasts["left"] == left) & (contrasts["right"] == right)],
            (names.wave(left), names.wave(right)),
            number,
            names,
        )
        for number, (left, right) in enumerate(pairs, start=1)
    ]


def _comparison(own: pd.DataFrame, waves: tuple[str, str], number: int, names: Names) -> Comparison:
    panel, by_city = (own[own["scope"] == scope] for scope in ("panel", "city"))
    say = names.voice.say
    whole = None
    if set(by_city["city"]) == {""}:
        # A study that knows no city is compared as one place.
        whole, by_city = _place(by_city, say("all"), "", f"{number}-0", names), by_city.iloc[:0]
    elif len(panel):
        whole = _place(panel, say("panel"), say("panel_intro"), f"{number}-0", names)
    cities = [
        _place(by_city[by_city["city"] == city], names.city(city), "", f"{number}-{index}", names)
        for index, city in enumerate(names.cities(by_city["city"]), start=1)
    ]
    return Comparison(*waves, whole, cities)


def _place(own: pd.DataFrame, name: str, intro: str, key: str, names: Names) -> Place:
    blocks = [
        _block(own[own["measure"] == measure], measure, name, f"{key}-{measure}", names)
        for measure in ("theme", "axis")
        if (own["measure"] == measure).any()
    ]
    conclusive = sum(block.conclusive for block in blocks)
    computed = sum(block.computed for block in blocks)
    if computed:
        total = names.voice.count(computed)
        summary = names.voice.counted("city_summary", conclusive, total=total)
    else:
        summary = names.voice.say("city_summary_not_computed")
    return Place(name, intro, summary, blocks)


def _block(own: pd.DataFrame, measure: str, place: str, key: str, names: Names) -> Block:
    voice = names.voice
    ordered = own.sort_values("difference", ascending=False, kind="stable")
    records = ordered.to_dict("records")
    rows = [_row(record, names) for record in records]
    title = f"{voice.say(f'contrast_{measure}')} · {place}"
    n_paired = max(record["n_paired"] for record in records)
    left, right = names.wave(records[0]["left"]), names.wave(records[0]["right"])
    computed = sum(row.verdict_key != "not computed" for row in rows)
    label = voice.say("chart_label", title=title, left=left, right=right)
    return Block(
        key,
        measure,
        title,
        _sentences(rows, names),
        computed,
        sum(row.verdict_key in ("increase", "decrease") for row in rows),
        voice.counted("paired", n_paired) if n_paired else "",
        rows,
        _chart(f"chart-{key}", ordered, rows, label, voice) if computed else None,
    )


def _chart(key: str, changes: pd.DataFrame, rows: list[Row], label: str, voice: Voice) -> Figure:
    hovers = [
        voice.say(
            "chart_hover",
            item=row.label,
            difference=row.difference,
            interval=row.interval,
            verdict=row.verdict,
        )
        for row in rows
    ]
    return interval_chart(key, [row.label for row in rows], changes, hovers, voice, label)


def _row(record: dict[Any, Any], names: Names) -> Row:
    voice = names.voice
    return Row(
        names.item(record["measure"], record["item"]),
        voice.share(record["estimate_left"]),
        voice.share(record["estimate_right"]),
        voice.points(record["difference"]),
        voice.interval(record["low"], record["high"], signed=True),
        voice.probability(record["p_adjusted"]),
        voice.percent(record["detectable"]),
        f"{record['n_interviews_left']} / {record['n_interviews_right']}",
        voice.say(f"verdict_{record['verdict']}"),
        record["verdict"],
    )


def _sentences(rows: list[Row], names: Names) -> list[str]:
    voice = names.voice
    up = [f"{row.label} ({row.difference})" for row in rows if row.verdict_key == "increase"]
    down = [f"{row.label} ({row.difference})" for row in rows if row.verdict_key == "decrease"]
    missing = sum(row.verdict_key == "not computed" for row in rows)
    n, total = len(up) + len(down), len(rows) - missing
    sentences = []
    if total:
        key = {0: "summary_none", total: "summary_all", 1: "summary_one"}.get(n, "summary_few")
        sentences.append(voice.say(key, n=voice.count(n), total=voice.count(total)))
    if missing:
        fewest = names.study.profiles.min_interviews
        sentences.append(voice.counted("summary_not_computed", missing, fewest=fewest))
    if up:
        sentences.append(voice.say("up", list=voice.listed(up)))
    if down:
        sentences.append(voice.say("down", list=voice.listed(down[::-1])))
    return sentences
