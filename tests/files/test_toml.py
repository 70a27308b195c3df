import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.errors import TextlienError
from textlien.files.toml import inline, read_toml
from textlien.messages.message import Location

VALUES = st.recursive(
    st.text() | st.booleans() | st.integers(-(2**62), 2**62) | st.dates(),
    st.lists,
    max_leaves=5,
)


@given(VALUES)
def test_a_value_is_read_again_from_one_line(value):
    line = inline(value)
    assert "\n" not in line
    assert tomllib.loads(f"value = {line}")["value"] == value


def test_a_path_that_is_no_text_can_still_be_typed():
    assert inline("t/\udce9.txt") == '"t/?.txt"'


@pytest.mark.parametrize(
    ("content", "identifier", "line"),
    [
        (b"[study]\nname = Odas\n", "files.not-toml", 2),
        (b'[study]\nname = "Odas\n', "files.not-toml", 2),
        (b"[study]\nname = '''Odas", "files.not-toml", None),
        ("name = 'Élan'".encode("cp1252"), "files.toml-not-utf8", None),
    ],
)
def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path, content, identifier, line):
    path = tmp_path / "s.toml"
    path.write_bytes(content)
    with pytest.raises(TextlienError) as raised:
        read_toml(path, "s.toml")
    (problem,) = raised.value.problems
    assert (problem.id, problem.location) == (identifier, Location(file="s.toml", line=line))


def test_a_missing_file_is_told_apart_from_a_wrong_one(tmp_path):
    with pytest.raises(TextlienError) as raised:
        read_toml(tmp_path / "s.toml", "s.toml")
    assert [problem.id for problem in raised.value.problems] == ["files.missing"]
