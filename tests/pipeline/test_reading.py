"""Each file is read once, and a file that cannot be read stops nothing but itself."""

import pytest

from textlien import tables
from textlien.corpus.discovery import discover
from textlien.pipeline.reading import is_read, load_records, read_corpus, reading_jobs
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load
from textlien.transcripts import Document, Reading

SPEECH = "Enquêteur : Et ici ?\nMme A : Je suis arrivée il y a dix ans, avec mes enfants.\n"


class Progress:
    """Counts the files that are read."""

    def __init__(self):
        self.done = 0

    def advanced(self, _, done, __):
        self.done = done


@pytest.fixture
def study(tmp_path):
    (tmp_path / "t").mkdir()
    for name in ("a", "b"):
        (tmp_path / "t" / f"{name}.txt").write_text(SPEECH.replace("ici", name), encoding="utf-8")
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "2013"\npath = "t"\n', encoding="utf-8")
    return load(tmp_path / "s.toml")


def jobs_of(study, run):
    transcripts, _ = discover(study)
    return reading_jobs(run, transcripts, study.limits)


def files_read(study, run):
    progress = Progress()
    read_corpus(study, run, watcher=progress)
    return progress.done


def test_a_file_is_read_once_and_again_when_its_record_or_its_turns_are_lost(study, tmp_path):
    run = Run(tmp_path / "run")
    assert files_read(study, run) == 2
    assert files_read(study, run) == 0
    first, second = jobs_of(study, run)
    assert is_read(first)
    first.record.write_text("{", encoding="utf-8")
    assert not is_read(first)
    assert files_read(study, run) == 1
    (record,) = load_records([second])[second.transcript]
    run.shard("turns", record.interview_id, record.turns).unlink()
    assert files_read(study, run) == 1


def test_records_of_files_that_are_gone_are_forgotten(study, tmp_path):
    run = Run(tmp_path / "run")
    files_read(study, run)
    (study.folder / "t" / "a.txt").unlink()
    assert files_read(study, run) == 0
    assert len(list((run.folder / "readings").iterdir())) == 1


def test_the_problem_of_a_file_that_cannot_be_read_is_that_of_its_reader(study, tmp_path):
    (study.folder / "t" / "c.txt").write_bytes(b"")
    corpus = read_corpus(study, Run(tmp_path / "run"))
    (problem,) = [problem for problem in corpus.problems if problem.severity == "error"]
    assert (problem.id, problem.location.file) == ("files.empty", "t/c.txt")
    assert list(corpus.turns) == ["2013-a", "2013-b"]


def test_a_parser_that_fails_leaves_out_its_file_alone(study, tmp_path, monkeypatch):
    def read(path, *_):
        if path.stem == "a":
            raise ZeroDivisionError("of the parser")
        return []

    monkeypatch.setattr("textlien.pipeline.reading.read", read)
    corpus = read_corpus(study, Run(tmp_path / "run"))
    (problem,) = corpus.problems
    assert (problem.id, problem.location.file) == ("corpus.not-readable", "t/a.txt")
    assert problem.message.values == {"kind": "ZeroDivisionError", "detail": "of the parser"}


def test_interviews_of_one_file_have_identifiers_of_their_own(study, tmp_path, monkeypatch):
    def read(*_):
        return [
            Reading(Document(name, {}, ()), tables.make("turns", []), {})
            for name in ("Élu", "élu", "Maire")
        ]

    monkeypatch.setattr("textlien.pipeline.reading.read", read)
    run = Run(tmp_path / "run")
    read_corpus(study, run)
    first, _ = jobs_of(study, run)
    assert [record.interview_id for record in load_records([first])[first.transcript]] == [
        "2013-a-elu",
        "2013-a-elu-2",
        "2013-a-maire",
    ]
