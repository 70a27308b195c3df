from __future__ import annotations

import re
import tomllib

import pytest

from textlien.coding.codebook import load_codebook
from textlien.commands.check import check_study
from textlien.commands.scaffold import create_study
from textlien.errors import TextlienError
from textlien.messages.catalogue import LANGUAGES
from textlien.study.loading import load

ENGLISH = re.compile(r"\b(the|of|and|with|where|what|is|are|this|for|which|when)\b", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_study_is_named_after_its_folder_and_can_be_loaded(tmp_path, language):
    study = load(create_study(tmp_path / "Enquête 2024", language))
    assert study.name == "Enquête 2024"
    assert study.report.language == language
    assert [(tmp_path / "Enquête 2024" / corpus.path).is_dir() for corpus in study.corpus] == [True]
    assert (tmp_path / "Enquête 2024" / "transcripts" / "2015").is_dir()


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("mon-etude", "mon-etude"),
        ("Enquête à Évry", "Enquête à Évry"),
        ('l"étude', "l-étude"),
        ("l'étude \\1", "l'étude 1"),
        ("Lien social : vague 2", "Lien social vague 2"),
        ("étude.", "étude"),
        ("con", "etude"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_is_named_and_titled_as_asked(tmp_path, folder, name, language):
    file = create_study(tmp_path / folder, language)
    study = load(file)
    assert (study.name, study.study.title) == (name, folder)
    assert f"runs/{name}/" in file.read_text(encoding="utf-8").split("[[corpus]]")[0]


def test_the_metadata_of_a_new_study_work_as_they_stand(tmp_path):
    """A person takes the comment sign off and writes the table that the comment describes."""
    file = create_study(tmp_path / "x", "fr")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('# metadata = "', 'metadata = "'), encoding="utf-8")
    answer = "R : " + "Nous avons ouvert un local avec les habitants du quartier. " * 5
    transcript = file.parent / "transcripts" / "2013" / "adjointe.txt"
    transcript.write_text(f"Enquêteur : Et ici ?\n{answer}", encoding="utf-8")
    (columns,) = re.findall(r"colonnes (.*) et une ligne", text)
    row = ["2013/adjointe.txt", "Évry", "elu", "p1", "2013-05-02"]
    lines = [columns.replace(", ", ";"), ";".join(row)]
    (file.parent / "metadata.csv").write_text("\n".join(lines), encoding="utf-8")
    report = check_study(file)
    (interview,) = report.interviews.to_dict("records")
    assert (interview["city"], interview["actor"], interview["person"]) == ("Évry", "elu", "p1")
    assert [problem.id for problem in report.problems if problem.id.startswith("corpus.")] == []


def test_what_is_commented_out_is_valid_too(tmp_path):
    text = create_study(tmp_path / "x", "fr").read_text(encoding="utf-8")
    options = [
        line.removeprefix("# ")
        for line in text.splitlines()
        if re.match(r"# (\[|\w+ = )", line) and not re.match(r"# (pattern|metadata)", line)
    ]
    content = tomllib.loads("\n".join(["[[corpus]]", *options]))
    assert set(content) == {"corpus", "speakers", "terms", "axes", "report"}


def test_the_files_of_a_french_study_are_in_french(tmp_path):
    create_study(tmp_path / "x", "fr")
    for name in ("study.toml", "axes.toml"):
        text = (tmp_path / "x" / name).read_text(encoding="utf-8")
        french = re.sub(
            r'^\w+_en = ("""\\\n.*?"""|"""\n.*?"""|".*?"$)', "", text, flags=re.M | re.S
        )
        assert ENGLISH.findall(french) == []


def test_both_codebooks_have_the_same_axes_and_as_many_rules(tmp_path):
    french, english = (
        load_codebook(create_study(tmp_path / language, language).parent / "axes.toml")
        for language in LANGUAGES
    )
    assert french == load_codebook()
    for left, right in zip(french, english, strict=True):
        same = {"include", "exclude"}
        assert left.model_dump(exclude=same) == right.model_dump(exclude=same)
        assert len(left.include) == len(right.include)
        assert len(left.exclude) == len(right.exclude)
        assert left.definition_en != left.definition
        assert left.question_en


def test_nothing_that_exists_is_overwritten(tmp_path):
    (tmp_path / "axes.toml").write_text("mine")
    create_study(tmp_path)
    assert (tmp_path / "axes.toml").read_text() == "mine"
    (tmp_path / "study.toml").write_text("mine")
    with pytest.raises(TextlienError) as caught:
        create_study(tmp_path)
    assert caught.value.problems[0].id == "scaffold.exists"
    assert (tmp_path / "study.toml").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TextlienError) as caught:
        create_study(tmp_path / "file" / "x")
    assert caught.value.problems[0].id == "scaffold.cannot-write"
    assert caught.value.problems[0].location.file.endswith("x")
