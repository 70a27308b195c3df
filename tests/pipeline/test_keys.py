"""Every option of a study file is in the key of a stage, or only the report shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from tests.making import interviews_of, passages_of
from textlien import tables
from textlien.errors import TextlienError
from textlien.messages.message import message
from textlien.pipeline.catalogue import STAGES
from textlien.pipeline.libraries import library_versions
from textlien.pipeline.manifest import Manifest, StageEntry
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Inputs
from textlien.study.options import Study

SHOWN_ONLY = {
    "study.name": "names the run folder, and the folder of a model that is trained",
    "study.title": "heads the page",
    "report.language": "the words of the page",
    "pseudonyms.pipeline": "textlien pseudonymise reads it; no stage does",
}
"""Options that change no result, and why: they are in the key of ``report`` alone."""

TEXTS = ("autre.toml", "annotateur")
"""Other texts for an option: the first is a codebook, the second the folder of a pipeline."""


class Option(NamedTuple):
    """One option: its name in the documentation, its place in a study, the type it is given."""

    name: str
    steps: tuple[str | int, ...]
    annotation: Any


def options(
    model: BaseModel, steps: tuple[str | int, ...] = (), name: str = ""
) -> Iterator[Option]:
    """Every option of a study, with those of the tables in it and of the first in each list."""
    for field, details in type(model).model_fields.items():
        value = getattr(model, field)
        path, dotted = (*steps, field), f"{name}.{field}".removeprefix(".")
        if isinstance(value, BaseModel):
            yield from options(value, path, dotted)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            yield from options(value[0], (*path, 0), dotted)
        elif dotted != "file":
            yield Option(dotted, path, details.annotation)


def others(value: object, annotation: Any) -> list[object]:
    """Other values of the same type. An option of a new type has to be thought of here."""
    if get_origin(annotation) is Literal:
        return [choice for choice in get_args(annotation) if choice != value]
    match value:
        case bool():
            values: list[object] = [not value]
        case int():
            values = [value + 1, value - 1]
        case float():
            values = [value * 0.9]
        case str():
            values = [text for text in TEXTS if text != value]
        case tuple():
            values = [(*value, TEXTS[0]), value[:-1], value[::-1]]
        case dict():
            values = [{**value, "autre": "autre"}, {**value, "autre": {"yes": 0.5}}]
        case _:
            raise TypeError(f"no other value is known for {annotation}")
    return values


def changed(study: Study, steps: tuple[str | int, ...], value: object) -> Study:
    """The study with another value of one option."""
    content = study.model_dump()
    part: Any = content
    for step in steps[:-1]:
        part[step] = list(part[step]) if isinstance(part[step], tuple) else part[step]
        part = part[step]
    part[steps[-1]] = value
    return Study.model_validate(content)


def keys(study: Study) -> dict[str, str]:
    """Key of each stage, in a run in which all stages before it are up to date."""
    run = Run(study.folder / "run")
    inputs = Inputs(study, run, library_versions(study))
    return {stage.name: stage.key(inputs) for stage in STAGES}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A study in which every list holds something, and the run folder of one that was run."""
    folder = tmp_path_factory.mktemp("study")
    for wave in ("2013", "2015"):
        (folder / wave).mkdir()
        (folder / wave / "a.txt").write_text(f"E : Et en {wave} ?\nR : Voilà.\n")
    (folder / "metadata.csv").write_text("file;city\na.txt;Creil\n")
    (folder / "codings.csv").write_text("interview_id;start;end;text;projet\n")
    (folder / TEXTS[0]).write_text(
        '[[axis]]\nkey = "projet"\nlabel = "Projet"\nlabel_en = "Project"\n'
    )
    (folder / "livre.toml").write_bytes((folder / TEXTS[0]).read_bytes())
    (folder / "mots.csv").write_text("term\nbailleur social\n")
    (folder / "themes.toml").write_text('[[theme]]\nwords = "bus"\nname = "Bus"\n')
    (folder / TEXTS[1]).mkdir()
    (folder / TEXTS[1] / "meta.json").write_text('{"lang": "fr", "name": "x", "version": "1"}')
    content: dict[str, Any] = {
        "corpus": [
            {"wave": wave, "path": wave, "metadata": "metadata.csv"} for wave in ("2013", "2015")
        ],
        "speakers": {"file": [{"path": "2013/a.txt", "interviewer": ["E"]}]},
        "terms": {"expressions": ["mots.csv"]},
        "themes": {"file": "themes.toml"},
        "axes": {"codings": ["codings.csv"], "codebook": "livre.toml"},
        "contrasts": {"waves": ["2013", "2015"]},
    }
    study = Study(file=folder / "study.toml", **content)
    fill(Run(folder / "run"), study)
    return study


def fill(run: Run, study: Study) -> None:
    """Write what keys are computed from: two tables, entries of stages, a model."""
    interviews = interviews_of([("2013", "Creil", "maire"), ("2015", "Creil", "maire")])
    run.write("interviews", interviews)
    names = list(interviews["interview_id"])
    passages = passages_of({name: [50] for name in names})
    rows = [
        {"passage_id": passage, "axis": "projet", "value": 1.0, "n_coders": 1}
        for passage in passages["passage_id"]
    ]
    run.write("labels", tables.make("labels", rows))
    (study.folder / "model").mkdir()
    (study.folder / "model" / "manifest.json").write_text(json.dumps({}))
    summary = message("pipeline.no-model")
    stages = {
        stage.name: StageEntry(
            key=stage.name,
            summary=summary,
            shards={table: dict.fromkeys(names, table) for table in stage.outputs},
            model="model" if stage.name == "train" else "",
        )
        for stage in STAGES
    }
    run.save(Manifest(stages=stages))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "option" in metafunc.fixturenames:
        # The lists of this study are those of the fixture: tables in a list need one to be seen.
        file = {"path": "a.txt"}
        corpus = {"wave": "2013", "path": "t"}
        example = Study(file=Path("s.toml"), corpus=[corpus], speakers={"file": [file]})
        listed = list(options(example))
        metafunc.parametrize("option", listed, ids=[option.name for option in listed])


def test_an_option_is_in_the_key_of_a_stage_or_only_shown(study, option):
    before = keys(study)
    value: Any = study.model_dump()
    for step in option.steps:
        value = value[step]
    for other in others(value, option.annotation):
        try:
            after = keys(changed(study, option.steps, other))
        except (ValidationError, TextlienError):  # no such value, or none with such a file
            continue
        stages = {name for name, key in after.items() if key != before[name]}
        assert "report" in stages
        assert (stages == {"report"}) == (option.name in SHOWN_ONLY)
        return
    pytest.fail(f"no other value of {option.name} is valid")


def with_model_and_pipeline(study: Study) -> Study:
    """The study with a model and an annotator of its own: folders beside the study file."""
    with_model = changed(study, ("axes", "model"), "model")
    return changed(with_model, ("annotate", "pipeline"), TEXTS[1])


@pytest.mark.parametrize(
    ("file", "text", "other", "stages"),
    [
        ("2013/a.txt", "Voilà", "Voici", {"read"}),
        ("metadata.csv", "Creil", "Arras", {"read"}),
        ("annotateur/meta.json", '"version": "1"', '"version": "2"', {"annotate", "report"}),
        ("mots.csv", "bailleur", "logement", {"terms"}),
        ("themes.toml", '"Bus"', '"Se déplacer"', {"themes"}),
        ("codings.csv", "text;projet", "text;Projet", {"codings"}),
        ("livre.toml", 'label = "Projet"', 'label = "Le projet"', {"codings", "train", "report"}),
        ("livre.toml", 'label_en = "Project"', 'label_en = "Plan"', {"train", "report"}),
        ("model/manifest.json", "{}", '{"version": "x"}', {"train", "axes", "distance", "words"}),
    ],
)
def test_a_file_that_changed_is_in_the_key_of_the_stages_that_read_it(
    study, file, text, other, stages
):
    """What follows is executed because its key holds the key, or a digest, of what was made."""
    study = with_model_and_pipeline(study)
    before = keys(study)
    path = study.folder / file
    content = path.read_text(encoding="utf-8")
    assert text in content
    path.write_text(content.replace(text, other), encoding="utf-8")
    try:
        after = keys(study)
    finally:
        path.write_text(content, encoding="utf-8")
    assert {name for name in after if after[name] != before[name]} == stages
    assert keys(study) == before


def test_what_is_only_shown_is_an_option(study):
    assert set(SHOWN_ONLY) <= {option.name for option in options(study)}


def test_keys_are_the_same_for_the_same_inputs(study):
    assert keys(study) == keys(study.model_copy(deep=True))


def test_an_option_of_a_type_that_nobody_thought_of_is_refused():
    with pytest.raises(TypeError, match="no other value"):
        others(object(), object)
