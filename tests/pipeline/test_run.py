"""The runner, on stages that take no time: the first two of the catalogue and an invented one."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from textlien import tables
from textlien.errors import Problem, TextlienError
from textlien.files.digests import digest
from textlien.messages.message import Location, message
from textlien.pipeline.catalogue import STAGES
from textlien.pipeline.run import Selection, execute, plan
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Inputs, Result, Stage
from textlien.pipeline.watcher import StageReport
from textlien.study.loading import load

ANSWER = "Les gens du quartier se connaissent, mais ils ne se parlent pas dans la rue. " * 12
PROBLEM = Problem.note("pipeline.no-panel", Location(file="s.toml"), left="1", right="2")


def count_key(inputs: Inputs) -> str:
    return digest(inputs.shards("passages"), inputs.study.themes.k)


def count(inputs: Inputs) -> Result:
    total = len(inputs.run["passages"])
    return Result(
        message("pipeline.summary-segment", rows=total),
        {"labels": tables.make("labels", [])},
        [PROBLEM],
        files={"count.txt": str(total).encode()},
    )


COUNT = Stage("count", count_key, ("labels",), count, files=("count.txt",))
THREE = (*STAGES[:2], COUNT)


class Log:
    """Remembers the progress of a run."""

    def __init__(self) -> None:
        self.reports: list[StageReport] = []
        self.advances: list[tuple[str, int, int]] = []

    def started(self, stage: str) -> None:
        pass

    def advanced(self, stage: str, done: int, total: int) -> None:
        self.advances.append((stage, done, total))

    def finished(self, report: StageReport) -> None:
        self.reports.append(report)

    @property
    def executed(self) -> list[str]:
        return [report.name for report in self.reports if report.changed]


class Elsewhere:
    """An executor that hands over nothing but bytes, as one on other machines would."""

    def __init__(self) -> None:
        self.most: list[int] = []

    def map(
        self, function: Callable[[Any], Any], jobs: Sequence[Any], *, most: int
    ) -> Iterator[Any]:
        self.most.append(most)
        for job in jobs:
            sent = pickle.dumps((function, job))
            function_there, job_there = pickle.loads(sent)  # noqa: S301 - made a line above
            yield function_there(job_there)


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    (tmp_path / "t").mkdir()
    for number in range(3):
        add(tmp_path, f"{number}.txt")
    file = tmp_path / "s.toml"
    file.write_text('[[corpus]]\nwave = "2013"\npath = "t"\n')
    return file


def add(folder: Path, name: str) -> None:
    text = f"Ville : Creil\nEnquêteur : Et ici, au {name} ?\nR : {ANSWER}\n"
    (folder / "t" / name).write_text(text, encoding="utf-8")


def go(study_file: Path, stages: Sequence[Stage] = THREE, **selection: str) -> tuple[Run, Log]:
    log = Log()
    run, _ = execute(stages, load(study_file), Selection(**selection), watcher=log)
    return run, log


def state(folder: Path) -> dict[str, int]:
    return {str(p): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def shards(run: Run, table: str) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in (run.folder / "tables" / table).iterdir()}


def test_a_second_run_does_nothing_and_keeps_problems(study_file):
    run, log = go(study_file)
    assert log.executed == ["read", "segment", "count"]
    before = state(run.folder)
    again, problems = execute(THREE, load(study_file))
    assert state(run.folder) == before
    assert PROBLEM in problems
    assert [stage.current for stage in plan(load(study_file), stages=THREE)] == [True] * 3
    assert again.manifest == run.manifest


def test_the_bytes_of_a_run_do_not_depend_on_what_was_run_before(study_file, tmp_path):
    text = study_file.read_text()
    go(study_file)
    study_file.write_text(text + "[segment]\ntarget_words = 25\n[themes]\nk = 3\n")
    add(study_file.parent, "de trop.txt")
    (study_file.parent / "t" / "1.txt").unlink()
    go(study_file, last="segment")
    add(study_file.parent, "1.txt")
    study_file.write_text(text)
    (study_file.parent / "t" / "de trop.txt").unlink()
    go(study_file, first="segment")
    go(study_file, only="count")
    whole, _ = execute(THREE, load(study_file), folder=tmp_path / "whole")
    content = {p.relative_to(whole.folder): p for p in whole.folder.rglob("*") if p.is_file()}
    run = study_file.parent / "runs" / "s"
    assert {p.relative_to(run) for p in run.rglob("*") if p.is_file()} == set(content)
    for name, path in content.items():
        assert (run / name).read_bytes() == path.read_bytes(), name


def test_one_more_interview_costs_that_interview_alone(study_file):
    run, _ = go(study_file)
    before = shards(run, "passages")
    add(study_file.parent, "neuf.txt")
    run, log = go(study_file)
    after = shards(run, "passages")
    assert {name: time for name, time in after.items() if name in before} == before
    assert len(after) == len(before) + 1
    assert log.advances == [("read", 1, 1), ("segment", 1, 1)]
    summary = log.reports[1].summary
    assert (summary.id, summary.values["done"], summary.values["total"]) == (
        "pipeline.partly-anew",
        1,
        4,
    )
    assert run.manifest.stages["segment"].summary.id == "pipeline.summary-segment"


def test_an_interview_that_is_gone_takes_its_shards_along(study_file):
    run, _ = go(study_file)
    (study_file.parent / "t" / "1.txt").unlink()
    run, log = go(study_file)
    assert log.executed == ["read", "segment", "count"]
    assert log.advances == []
    assert len(shards(run, "turns")) == len(shards(run, "passages")) == 2
    assert len(run["interviews"]) == 2


def test_a_shard_that_was_lost_is_made_again_alone(study_file):
    run, _ = go(study_file)
    lost = sorted((run.folder / "tables" / "passages").iterdir())[0]
    content = lost.read_bytes()
    lost.unlink()
    _, log = go(study_file)
    assert log.executed == ["segment"]
    assert log.advances == [("segment", 1, 1)]
    assert lost.read_bytes() == content


@pytest.mark.parametrize("file", ["count.txt", "tables/labels.parquet"])
def test_a_file_or_table_that_was_lost_is_made_again(study_file, file):
    run, _ = go(study_file)
    (run.folder / file).unlink()
    _, log = go(study_file)
    assert log.executed == ["count"]
    assert (run.folder / file).exists()


def test_a_long_stage_tells_how_much_is_done(study_file):
    def compute(inputs: Inputs) -> Result:
        inputs.advanced(1, 2)
        inputs.advanced(2, 2)
        return Result(message("pipeline.no-codings"))

    stages = (Stage("train", lambda _: "key", (), compute),)
    assert go(study_file, stages)[1].advances == [("train", 1, 2), ("train", 2, 2)]


def test_a_model_whose_folder_is_gone_is_made_again(study_file):
    folder = study_file.parent / "model"

    def compute(_: Inputs) -> Result:
        folder.mkdir()
        (folder / "manifest.json").write_text("{}")
        return Result(message("pipeline.no-codings"), model="model")

    stages = (Stage("train", lambda _: "key", (), compute),)
    assert go(study_file, stages)[1].executed == ["train"]
    assert go(study_file, stages)[1].executed == []
    (folder / "manifest.json").unlink()
    folder.rmdir()
    assert go(study_file, stages)[1].executed == ["train"]


def test_a_changed_option_executes_its_stage_and_what_follows_may_be_unchanged(study_file):
    go(study_file)
    study_file.write_text(study_file.read_text() + "[segment]\ntarget_words = 200\n")
    planned = plan(load(study_file), stages=THREE)
    assert [(stage.name, stage.current) for stage in planned] == [
        ("read", True),
        ("segment", False),
        ("count", False),
    ]
    assert go(study_file)[1].executed == ["segment", "count"]


def test_an_option_of_no_stage_is_noted_in_the_manifest(study_file):
    go(study_file)
    study_file.write_text(study_file.read_text() + '[report]\nlanguage = "en"\n')
    run, log = go(study_file)
    assert log.executed == []
    assert Run(run.folder).manifest.options["report"] == {"language": "en"}


def test_one_stage_alone_is_refused_if_one_before_is_not_up_to_date(study_file):
    run, _ = go(study_file)
    study_file.write_text(study_file.read_text() + "[segment]\ntarget_words = 200\n")
    before = state(run.folder)
    with pytest.raises(TextlienError) as error:
        go(study_file, only="count")
    (problem,) = error.value.problems
    assert problem.id == "pipeline.stage-before-not-current"
    assert problem.message.values == {"only": "count", "stage": "segment"}
    assert state(run.folder) == before


def test_stages_are_executed_from_one_on_alone_or_up_to_one(study_file):
    go(study_file)
    assert go(study_file, first="segment")[1].executed == ["segment", "count"]
    assert go(study_file, first="segment")[1].advances == [("segment", n, 3) for n in (1, 2, 3)]
    assert go(study_file, only="segment")[1].executed == ["segment"]
    assert [report.name for report in go(study_file, last="segment")[1].reports] == [
        "read",
        "segment",
    ]


def test_a_stage_that_is_none_is_refused_with_the_nearest(study_file):
    with pytest.raises(TextlienError, match=r'no stage "segmnt"(.|\n)*"segment"'):
        go(study_file, last="segmnt")


def test_a_run_that_was_stopped_is_taken_up_again(study_file):
    def stop(_: Inputs) -> Result:
        raise KeyboardInterrupt

    stages = (*STAGES[:2], Stage("count", count_key, ("labels",), stop))
    with pytest.raises(KeyboardInterrupt):
        go(study_file, stages)
    run, log = go(study_file)
    assert log.executed == ["count"]
    assert (run.folder / "count.txt").read_text() == str(len(run["passages"]))


def test_tables_that_were_half_written_are_not_taken_for_those_of_before(study_file):
    run, _ = go(study_file)
    before = study_file.read_text()
    study_file.write_text(before + "[themes]\nk = 3\n")
    # A folder where a file is to be written: the table is there by then, the file is not.
    (run.folder / "count.txt").unlink()
    (run.folder / "count.txt").mkdir()
    with pytest.raises(TextlienError, match=r"count\.txt"):
        go(study_file)
    (run.folder / "count.txt").rmdir()
    (run.folder / "count.txt").write_text("of before")
    study_file.write_text(before)
    _, log = go(study_file)
    assert log.executed == ["count"]


def test_rows_are_counted_after_a_segmentation_that_was_stopped(study_file, tmp_path):
    """Some of the new shards are there, the manifest knows those of before."""
    stopped, _ = go(study_file)
    study_file.write_text(study_file.read_text() + "[segment]\ntarget_words = 25\n")
    whole, _ = execute(THREE, load(study_file), folder=tmp_path / "whole")
    (made, *_) = sorted((whole.folder / "tables" / "passages").iterdir())
    shutil.copy(made, stopped.folder / "tables" / "passages" / made.name)
    _, log = go(study_file)
    assert log.advances == [("segment", 1, 2), ("segment", 2, 2)]
    expected = whole.manifest.stages["segment"].summary
    assert log.reports[1].summary.values["summary"] == expected
    assert expected.values["rows"] == len(whole["passages"])


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b'{"stages": []}', b'{"stages": {}}'])
def test_a_manifest_that_cannot_be_used_is_made_again_from_the_shards(study_file, content):
    run, _ = go(study_file)
    expected, before = run.manifest, shards(run, "passages")
    (run.folder / "manifest.json").write_bytes(content)
    next((run.folder / "readings").iterdir()).write_bytes(b"[")
    run, log = go(study_file)
    assert log.advances == [("read", 1, 1)]
    assert shards(run, "passages") == before
    assert {name: entry.key for name, entry in run.manifest.stages.items()} == {
        name: entry.key for name, entry in expected.stages.items()
    }


@pytest.mark.parametrize(
    ("table", "stage", "damage"),
    [
        ("interviews.parquet", "read", lambda content: content[:-1]),
        ("turns/2013-1.*.parquet", "read", lambda _: b""),
        ("passages/2013-1.*.parquet", "segment", lambda content: content[:40] + bytes(40)),
        ("labels.parquet", "count", lambda content: content + b" "),
    ],
)
def test_a_table_that_was_damaged_is_made_again_and_said_so(study_file, table, stage, damage):
    run, _ = go(study_file)
    (path,) = (run.folder / "tables").glob(table)
    content = path.read_bytes()
    path.write_bytes(damage(content))
    assert [s.name for s in plan(load(study_file), stages=THREE) if s.current] != [
        "read",
        "segment",
        "count",
    ]
    log = Log()
    _, problems = execute(THREE, load(study_file), watcher=log)
    assert log.executed == [stage]
    assert path.read_bytes() == content
    (problem,) = [p for p in problems if p.id == "pipeline.damaged-table"]
    assert problem.location.file == str(path)
    assert go(study_file)[1].executed == []


def test_a_manifest_that_cannot_be_used_is_named_by_who_needs_it(study_file):
    run, _ = go(study_file)
    (run.folder / "manifest.json").write_text('{"format": 1}')
    with pytest.raises(TextlienError) as raised:
        Run(run.folder)["passages"]
    (problem,) = raised.value.problems
    assert problem.id == "pipeline.unusable-manifest"
    assert problem.location.file == str(run.folder / "manifest.json")
    _, problems = execute(THREE, load(study_file))
    assert [p.id for p in problems].count("pipeline.unusable-manifest") == 1
    _, problems = execute(THREE, load(study_file))
    assert "pipeline.unusable-manifest" not in [p.id for p in problems]


def test_jobs_can_be_executed_elsewhere(study_file, tmp_path):
    here, _ = go(study_file)
    elsewhere = Elsewhere()
    there, _ = execute(THREE, load(study_file), folder=tmp_path / "there", executor=elsewhere)
    assert elsewhere.most == [1, 1]  # too few files to read and too few words to cut
    for table in ("turns", "passages"):
        assert here[table].equals(there[table])
        assert shards(here, table).keys() == shards(there, table).keys()


def test_nothing_but_the_runner_writes_the_manifest():
    """Stages are given inputs that they cannot change, and give results."""
    rooms = Path(plan.__code__.co_filename).parent
    writers = [
        path.relative_to(rooms).as_posix()
        for path in rooms.rglob("*.py")
        if ".save(" in path.read_text(encoding="utf-8")
    ]
    assert writers == ["run.py"]
