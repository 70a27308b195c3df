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
        (b"[study]\nname = Odas\n", "files.toml-no-quotes", 2),
        (b'[study]\nname = "Odas\n', "files.toml-no-quotes", 2),
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


@pytest.mark.parametrize(
    ("line", "identifier", "repaired"),
    [
        ("name = “Mon étude”", "curly-quotes", 'name = "Mon étude"'),
        ("name = « Mon étude »", "curly-quotes", 'name = "Mon étude"'),
        ("name = «\u00a0Mon étude\u00a0»", "curly-quotes", 'name = "Mon étude"'),
        ("name = ‘mon-etude’", "curly-quotes", 'name = "mon-etude"'),
        ("title = “L’enquête”", "curly-quotes", 'title = "L’enquête"'),
        ("cities = [“Creil”, “Évry”]", "curly-quotes", 'cities = ["Creil", "Évry"]'),
        ('cities = ["Creil", "Évry”]', "curly-quotes", 'cities = ["Creil", "Évry"]'),
        ('path = "C:\\Users\\Léa\\2013"', "backslash", 'path = "C:/Users/Léa/2013"'),
        ('path = "entretiens\\2013"', "backslash", 'path = "entretiens/2013"'),
        ("path = entretiens/2013", "no-quotes", 'path = "entretiens/2013"'),
        ("fictional = Vrai", "no-quotes", "fictional = true"),
        ("wave = vague 1  # la première", "no-quotes", 'wave = "vague 1"  # la première'),
        ('élu = "Élu"', "key-quotes", '"élu" = "Élu"'),
        ('conseil général = "conseil"', "key-quotes", '"conseil général" = "conseil"'),
        ('name : "mon-etude"', "colon", 'name = "mon-etude"'),
        ("name: mon-etude", "colon", 'name = "mon-etude"'),
        ('name\u00a0= "x"', "odd-blanks", 'name = "x"'),
    ],
)
def test_a_usual_fault_is_told_with_the_line_as_it_should_be(tmp_path, line, identifier, repaired):
    path = tmp_path / "s.toml"
    path.write_text(f"# étude\n[study]\n  {line}\nseed = 1\n", encoding="utf-8")
    with pytest.raises(TextlienError) as raised:
        read_toml(path, "s.toml")
    (problem,) = raised.value.problems
    assert problem.id == f"files.toml-{identifier}"
    assert problem.message.values["line"] == repaired
    assert problem.location.line == 3


@pytest.mark.parametrize(
    ("text", "identifier", "line"),
    [
        ('[corpus]\nwave = "1"\n[corpus]\nwave = "2"\n', "files.toml-section-twice", 3),
        ('[[corpus]]\nwave = "1"\n[corpus]\nwave = "2"\n', "files.toml-section-twice", 3),
        ('[a]\nwave = "1"\nwave = "2"\n', "files.toml-key-twice", 3),
        ("cities = [\n“Creil”,\n“Évry”]\n", "files.toml-curly-quotes-somewhere", 2),
        ("[study\nname = 1", "files.not-toml", 1),
        ('name = "x" y\n', "files.not-toml", 1),
    ],
)
def test_what_stands_twice_is_named(tmp_path, text, identifier, line):
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TextlienError) as raised:
        read_toml(path, "s.toml")
    (problem,) = raised.value.problems
    assert (problem.id, problem.location.line) == (identifier, line)
