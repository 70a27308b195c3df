import pytest

from tests.making import text_of
from textlien.coding.codebook import load_codebook
from textlien.errors import TextlienError


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


def test_every_problem_of_a_codebook_is_told_with_its_axis(tmp_path):
    file = tmp_path / "axes.toml"
    file.write_text(
        '[[axis]]\nkey = "Projet !"\nlabel = "P"\nlabel_en = "P"\n'
        '[[axis]]\nkey = "b"\nlabel = "B"\ndefinitions = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(TextlienError) as raised:
        load_codebook(file)
    message = text_of(raised.value)
    assert "[[axis]] 1 (Projet !), key: " in message
    assert "[[axis]] 2 (b), label_en: this key is needed." in message
    assert '[[axis]] 2 (b), definitions: unknown key "definitions".' in message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("axis = ", "not a valid TOML file"),
        ("", "[axis]: this key is needed"),
        ('[[axis]]\nkey="a"\nlabel="A"\nlabel_en="A"\n' * 2, '2 axes have the key "a"'),
        ("[[axes]]\nkey = 1\n", 'unknown key "axes"'),
    ],
)
def test_a_broken_codebook_is_refused(tmp_path, content, expected):
    file = tmp_path / "axes.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(TextlienError) as raised:
        load_codebook(file)
    assert expected in text_of(raised.value)


def test_a_missing_codebook_is_named(tmp_path):
    with pytest.raises(TextlienError, match="no such codebook"):
        load_codebook(tmp_path / "absent.toml")
