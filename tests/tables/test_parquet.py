from __future__ import annotations

import pandas as pd
import pytest

from tests.making import turns_of
from textlien.errors import TextlienError
from textlien.messages.message import Location
from textlien.tables.parquet import count_rows, read_parquet, table_digest, write_parquet

TURNS = turns_of("E: Et le CCAS ?\nR: Il fait ce qu'il peut.")


def test_a_table_survives_its_file(tmp_path):
    write_parquet(tmp_path / "t.parquet", "turns", TURNS)
    pd.testing.assert_frame_equal(read_parquet(tmp_path / "t.parquet", "turns"), TURNS)


def test_same_table_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_parquet(tmp_path / name, "turns", TURNS)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_table_that_breaks_its_schema_is_not_written(tmp_path):
    wrong = TURNS.assign(role="enquêteur")
    with pytest.raises(TextlienError, match="role"):
        write_parquet(tmp_path / "t.parquet", "turns", wrong)
    assert not list(tmp_path.iterdir())


def test_a_damaged_file_is_named_with_what_to_do(tmp_path):
    (tmp_path / "t.parquet").write_bytes(b"PAR1 is not enough")
    with pytest.raises(TextlienError, match=r"t\.parquet: cannot be read.*\n.*textlien run STUDY"):
        read_parquet(tmp_path / "t.parquet", "turns")


def test_a_table_of_an_older_version_is_refused(tmp_path):
    TURNS.drop(columns="role").to_parquet(tmp_path / "t.parquet")
    with pytest.raises(TextlienError, match="role"):
        read_parquet(tmp_path / "t.parquet", "turns")


def test_the_order_of_rows_is_part_of_a_digest():
    assert table_digest(TURNS) != table_digest(TURNS.iloc[::-1])


def test_a_table_of_another_version_is_named_with_all_its_faults(tmp_path):
    path = tmp_path / "t.parquet"
    TURNS.assign(start=-1, end=-2).to_parquet(path)
    with pytest.raises(TextlienError) as raised:
        read_parquet(path, "turns")
    summary, *faults = raised.value.problems
    assert (summary.id, summary.location) == ("tables.other-version", Location(file=str(path)))
    assert summary.message.values["n"] == len(faults) == 3


def test_rows_are_counted_without_reading_them(tmp_path):
    write_parquet(tmp_path / "t.parquet", "turns", TURNS)
    assert count_rows(tmp_path / "t.parquet") == 2
    (tmp_path / "t.parquet").write_bytes(b"PAR1 is not enough")
    with pytest.raises(TextlienError, match="cannot be read"):
        count_rows(tmp_path / "t.parquet")
