import pytest

from textlien.coding.codebook import load_codebook
from textlien.errors import TextlienError
from textlien.messages.message import Location


def problems_of(file, content):
    file.write_text(content, encoding="utf-8")
    with pytest.raises(TextlienError) as raised:
        load_codebook(file)
    return raised.value.problems


def test_the_codebook_that_comes_with_textlien_has_the_four_axes():
    axes = load_codebook()
    assert [axis.key for axis in axes] == [
        "projet",
        "action_sociale",
        "gouvernance_interne",
        "gouvernance_externe",
    ]
    assert axes[1].label == "Renouveler l'action sociale"
    assert axes[3].question.startswith("Quels types de gouvernance externe")
    assert all(axis.definition and axis.include and axis.exclude for axis in axes)


def test_every_problem_of_a_codebook_is_reported_with_its_axis(tmp_path):
    problems = problems_of(
        tmp_path / "axes.toml",
        '[[axis]]\nkey = "Projet !"\nlabel = "P"\nlabel_en = "P"\n'
        '[[axis]]\nkey = "b"\nlabel = "B"\ndefinitions = "x"\n',
    )
    assert {(p.id, p.location.option) for p in problems} == {
        ("coding.codebook-wrong-value", "axis #1 (Projet !).key"),
        ("coding.codebook-missing-key", "axis #2 (b).label_en"),
        ("coding.codebook-unknown-key", "axis #2 (b).definitions"),
    }
    assert {p.location.file for p in problems} == {str(tmp_path / "axes.toml")}
    (unknown,) = (p for p in problems if p.id == "coding.codebook-unknown-key")
    assert unknown.message.values["suggestion"].values == {"nearest": "definition"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("label = 3", "text"),
        ('label = ""', "text"),
        ('key = "1a"', "key"),
        ('include = "rien"', "list"),
    ],
)
def test_a_wrong_value_is_reported_with_what_was_expected(tmp_path, line, expected):
    values = {"key": '"a"', "label": '"A"', "label_en": '"A"'}
    name, value = line.split(" = ")
    axis = "\n".join(f"{key} = {text}" for key, text in {**values, name: value}.items())
    (problem,) = problems_of(tmp_path / "axes.toml", f"[[axis]]\n{axis}\n")
    assert problem.id == "coding.codebook-wrong-value"
    assert problem.message.values["expected"].id == f"coding.expected-{expected}"
    assert str(problem)


@pytest.mark.parametrize(
    ("content", "identifier", "option"),
    [
        ("axis = ", "files.not-toml", ""),
        ("", "coding.codebook-missing-key", "axis"),
        ("axis = []", "coding.codebook-wrong-value", "axis"),
        ('axis = ["a"]', "coding.codebook-wrong-value", "axis #1"),
        ('[[axis]]\nkey="a"\nlabel="A"\nlabel_en="A"\n' * 2, "coding.twin-axes", "axis.key"),
        ("[[axes]]\nkey = 1\n", "coding.codebook-unknown-key", "axes"),
    ],
)
def test_a_broken_codebook_is_refused(tmp_path, content, identifier, option):
    problems = problems_of(tmp_path / "axes.toml", content)
    assert (identifier, option) in {(p.id, p.location.option) for p in problems}


def test_a_codebook_in_another_encoding_is_refused(tmp_path):
    file = tmp_path / "axes.toml"
    file.write_bytes('[[axis]]\nlabel = "é"'.encode("cp1252"))
    with pytest.raises(TextlienError) as raised:
        load_codebook(file)
    assert raised.value.problems[0].id == "files.toml-not-utf8"


def test_a_missing_codebook_is_named(tmp_path):
    with pytest.raises(TextlienError) as raised:
        load_codebook(tmp_path / "absent.toml")
    (problem,) = raised.value.problems
    assert problem.id == "coding.codebook-absent"
    assert problem.location == Location(file=str(tmp_path / "absent.toml"))
