import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textlien.errors import TextlienError
from textlien.files.csvfile import read_csv


def rows_of(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "table.csv"
    path.write_bytes(content.encode(encoding))
    table = read_csv(path, "table.csv")
    return list(table.header), list(table.rows)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding_gives_the_same_rows(tmp_path, separator, encoding):
    content = separator.join(["ville", "élu"]) + "\r\n" + separator.join(["Besançon", "maire"])
    header, rows = rows_of(tmp_path, content, encoding)
    assert header == ["ville", "élu"]
    assert rows == [(2, {"ville": "Besançon", "élu": "maire"})]


def test_a_row_is_told_by_the_line_on_which_it_begins(tmp_path):
    _, rows = rows_of(tmp_path, '\na,b\n"une\ncitation",1\n\nx\n')
    assert rows == [(3, {"a": "une\ncitation", "b": "1"}), (6, {"a": "x", "b": ""})]


def test_a_comma_within_a_quoted_name_is_no_separator(tmp_path):
    header, _ = rows_of(tmp_path, '"a, b, c";d\n1;2\n')
    assert header == ["a, b, c", "d"]


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    with pytest.raises(TextlienError, match='line 1: column "ville" is there twice'):
        rows_of(tmp_path, "ville,ville\n")


_CELL = st.text("abcé ,;'\"\n", max_size=8).map(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.tuples(_CELL, _CELL).filter(any)))
def test_what_the_csv_module_writes_is_read_again(tmp_path, rows):
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(["gauche", "droite"])
    writer.writerows(rows)
    _, found = rows_of(tmp_path, buffer.getvalue())
    assert [tuple(row.values()) for _, row in found] == rows


def test_every_row_with_too_many_cells_is_listed(tmp_path):
    with pytest.raises(TextlienError) as raised:
        rows_of(tmp_path, "a;b\n1;2;3\n4;5\n6;7;8\n")
    assert [(p.id, p.location.line) for p in raised.value.problems] == [
        ("files.row-too-long", 2),
        ("files.row-too-long", 4),
    ]
