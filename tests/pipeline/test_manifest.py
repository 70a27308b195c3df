from __future__ import annotations

import json

import pytest

from textlien.errors import Problem
from textlien.messages.message import Location, message
from textlien.pipeline.manifest import Manifest, StageEntry

SUMMARY = message("pipeline.summary-read", interviews=63, turns=1579)
PROBLEMS = (
    Problem.warning(
        "pipeline.wave-not-compared",
        Location(file="s.toml", option="contrasts"),
        wave="2014",
        left="2013",
        right="2015",
    ),
    Problem.error(
        "pipeline.unknown-table",
        Location(file="a.docx", paragraph=3),
        table="x",
        suggestion=message("common.possible-values", choices=("a", "b")),
    ),
)
READ = StageEntry(
    key="k",
    summary=SUMMARY,
    problems=PROBLEMS,
    shards={"turns": {"b": "2", "a": "1"}},
    inputs={"2013/a.docx": "0f"},
)
MANIFEST = Manifest(
    study="s", options={"study": {"seed": 2013}}, named={"s.toml": "0e"}, stages={"read": READ}
)


def stored(manifest: Manifest) -> str:
    return json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False)


def test_a_manifest_survives_its_file():
    again = Manifest.from_json(stored(MANIFEST).encode())
    assert again == MANIFEST
    assert again.stages["read"].problems == PROBLEMS
    assert list(again.shards["turns"]) == ["b", "a"]
    assert again.inputs == {"s.toml": "0e", "2013/a.docx": "0f"}


def test_an_entry_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        READ.key = "other"


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ('"format": 3', '"format": 2'),
        ("pipeline.summary-read", "pipeline.summary-of-another-version"),
        ("common.possible-values", "common.gone"),
        ('"model": ""', '"model": "", "seconds": 1.5'),
        ('"severity"', '"gravity"'),
        ('"shards": {"turns": {"b": "2", "a": "1"}}', '"shards": ["turns"]'),
        ('"key": "k", ', ""),
    ],
)
def test_a_manifest_of_another_version_counts_as_absent(part, other):
    content = stored(MANIFEST)
    assert part in content
    assert Manifest.from_json(content.replace(part, other).encode()) is None
