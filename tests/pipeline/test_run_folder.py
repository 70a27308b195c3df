from __future__ import annotations

import pytest

from tests.making import turns_of
from textlien.errors import TextlienError
from textlien.messages.message import message
from textlien.pipeline.manifest import Manifest, StageEntry
from textlien.pipeline.run_folder import Run
from textlien.tables.parquet import write_parquet

KEYS = {"entretien": "new"}
TURNS = turns_of("E: Et le CCAS ?\nR: Il fait ce qu'il peut.")


def test_shards_that_no_longer_count_are_deleted(tmp_path):
    run = Run(tmp_path)
    for key in ("old", "new"):
        write_parquet(run.shard("turns", "entretien", key), "turns", TURNS)
    entry = StageEntry(key="k", summary=message("pipeline.no-model"), shards={"turns": KEYS})
    run.save(Manifest(stages={"read": entry}))
    run.delete_other_shards("turns", KEYS)
    assert [path.name for path in (tmp_path / "tables/turns").iterdir()] == [
        "entretien.new.parquet"
    ]
    assert len(Run(tmp_path)["turns"]) == 2


def test_a_table_that_was_not_made_says_what_to_run(tmp_path):
    with pytest.raises(TextlienError, match="textlien run"):
        Run(tmp_path)["profiles"]
    with pytest.raises(TextlienError, match='no table "profile"'):
        Run(tmp_path)["profile"]
