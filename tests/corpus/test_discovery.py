from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.making import hint_of, text_of
from textlien.corpus.discovery import discover
from textlien.errors import TextlienError
from textlien.messages.message import Location, message
from textlien.study.loading import load
from textlien.study.options import Study


def study_in(folder: Path, path: str = "t", extra: str = "") -> Study:
    (folder / "study.toml").write_text(f'[[corpus]]\nwave = "2013"\npath = "{path}"\n{extra}')
    return load(folder / "study.toml")


def put(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


def test_transcripts_are_found_in_folders_within_folders_and_named_after_them(tmp_path):
    put(tmp_path / "t", **{"Élu 1__txt": "a"})
    put(tmp_path / "t" / "Le Havre", **{"Élu 1__txt": "b"})
    found, problems = discover(study_in(tmp_path))
    assert [t.identifier for t in found] == ["2013-le-havre-elu-1", "2013-elu-1"]
    assert [t.display_path for t in found] == ["t/Le Havre/Élu 1.txt", "t/Élu 1.txt"]
    assert problems == []


def test_metadata_temporary_and_hidden_files_are_no_transcripts(tmp_path):
    put(tmp_path / "t", metadata__csv="x", a__txt="a", **{"~$b__docx": "x", "__c__txt": "x"})
    found, problems = discover(study_in(tmp_path, extra='metadata = "t/metadata.csv"'))
    assert [t.display_path for t in found] == ["t/a.txt"]
    assert problems == []


def test_the_same_file_twice_is_counted_once(tmp_path):
    put(tmp_path / "t", a__txt="même", b__txt="même", c__txt="autre")
    found, _ = discover(study_in(tmp_path))
    assert [(t.display_path, t.twin) for t in found] == [
        ("t/a.txt", ""),
        ("t/b.txt", "t/a.txt"),
        ("t/c.txt", ""),
    ]


def test_two_kinds_of_file_with_one_name_get_two_identifiers(tmp_path):
    put(tmp_path / "t", a__txt="un", a__csv="deux")
    found, _ = discover(study_in(tmp_path))
    assert len({t.identifier for t in found}) == 2


def test_a_file_of_an_unknown_kind_is_named(tmp_path):
    put(tmp_path / "t", a__txt="a", b__pages="b")
    _, problems = discover(study_in(tmp_path))
    assert [p.location.file for p in problems] == ["t/b.pages"]
    assert ".docx" in hint_of(problems[0])


def test_a_folder_that_is_missing_or_empty_is_named(tmp_path):
    _, problems = discover(study_in(tmp_path, "absent"))
    assert 'no such file or folder: "absent"' in text_of(problems[0])
    (tmp_path / "t").mkdir()
    _, problems = discover(study_in(tmp_path))
    assert "no transcript" in text_of(problems[0])


@pytest.mark.parametrize("name", ["README.md", "LISEZMOI.md", "lisez-moi.markdown", "Readme.txt"])
def test_notes_on_a_corpus_are_no_transcripts_and_those_of_an_interview_are(tmp_path, name):
    put(tmp_path / "t", entretien__md="Q : Et ici ?", **{name: "Le corpus."})
    found, problems = discover(study_in(tmp_path))
    assert [t.display_path for t in found] == ["t/entretien.md"]
    assert problems == []


def test_a_path_may_have_wildcards(tmp_path):
    put(tmp_path / "t" / "x", a__txt="a", b__csv="b")
    found, _ = discover(study_in(tmp_path, "t/*/*.txt"))
    assert [t.identifier for t in found] == ["2013-x-a"]


def test_a_study_in_the_folder_of_its_transcripts_does_not_read_itself(tmp_path):
    put(tmp_path, a__txt="a", metadata__csv="file,city")
    put(tmp_path / "runs" / "study" / "report" / "tables", passages__csv="text\nlu")
    put(tmp_path / "models" / "axes" / "m", README__md="carte")
    put(tmp_path / ".git", config__txt="x")
    put(tmp_path / "coding", ana__csv="interview;quote")
    extra = 'metadata = "metadata.csv"\n[axes]\ncodings = ["coding/*.csv"]\n'
    found, problems = discover(study_in(tmp_path, ".", extra))
    assert [t.display_path for t in found] == ["a.txt"]
    assert problems == []


def test_a_file_in_two_corpora_is_refused_rather_than_counted_in_two_waves(tmp_path):
    put(tmp_path / "t", a__txt="a")
    study = study_in(tmp_path, extra='[[corpus]]\nwave = "2015"\npath = "t"\n')
    with pytest.raises(TextlienError, match='in the corpus of wave "2013" and in that') as caught:
        discover(study)
    assert caught.value.problems[0].location == Location(file="t/a.txt")


def test_the_same_bytes_under_another_kind_are_no_duplicate(tmp_path):
    """One of them cannot be read: it must not take the place of the one that can."""
    put(tmp_path / "t", a__txt="PK", b__docx="PK")
    found, _ = discover(study_in(tmp_path))
    assert [t.twin for t in found] == ["", ""]


def test_brackets_in_the_name_of_a_folder_are_no_wildcard(tmp_path):
    put(tmp_path / "vague [1]", a__txt="a")
    found, _ = discover(study_in(tmp_path, "vague [1]"))
    assert [t.display_path for t in found] == ["vague [1]/a.txt"]


def test_a_very_long_name_gives_an_identifier_that_a_file_system_takes(tmp_path):
    names = [f"{'entretien-' * 20}{n}" for n in (1, 2)]
    put(tmp_path / "t", **{f"{name}__txt": name for name in names})
    found, _ = discover(study_in(tmp_path))
    assert len({t.identifier for t in found}) == 2
    assert all(len(t.identifier) <= 120 for t in found)


def test_a_path_outside_the_study_is_shown_without_the_name_of_its_user(tmp_path):
    put(tmp_path / "data", a__txt="a")
    (tmp_path / "study").mkdir()
    found, _ = discover(study_in(tmp_path / "study", "../data"))
    assert [t.display_path for t in found] == ["../data/a.txt"]


@pytest.mark.parametrize(
    "name",
    [
        *("Thumbs.db", "desktop.ini", ".DS_Store", "._a.docx", "~$a.docx", ".~lock.a.odt#"),
        *("~WRL0003.tmp", "a.docx.tmp", "a.docx~", "a.bak", "a.txt.part", "Icon\r"),
        *("__MACOSX/._a.txt", "__MACOSX/a.txt", "@eaDir/a.txt", "$RECYCLE.BIN/a.txt"),
    ],
)
def test_what_programs_leave_in_a_folder_is_no_transcript_and_no_error(tmp_path, name):
    (tmp_path / "t" / name).parent.mkdir(parents=True)
    (tmp_path / "t" / name).write_text("x")
    put(tmp_path / "t", maire__txt="a")
    found, problems = discover(study_in(tmp_path))
    assert [t.display_path for t in found] == ["t/maire.txt"]
    assert problems == []


def test_a_transcript_that_is_still_on_icloud_is_told(tmp_path):
    put(tmp_path / "t", maire__txt="a", **{"__élue__docx__icloud": "bplist00", "__x__icloud": ""})
    _, problems = discover(study_in(tmp_path))
    assert [(p.id, p.location.file) for p in problems] == [("corpus.not-downloaded", "t/élue.docx")]


def test_a_link_out_of_the_study_is_not_followed_and_told(tmp_path):
    put(tmp_path / "elsewhere" / "within", b__txt="s")
    put(tmp_path / "study" / "t", a__txt="a")
    (tmp_path / "study" / "t" / "file.txt").symlink_to(tmp_path / "elsewhere/within/b.txt")
    (tmp_path / "study" / "t" / "folder").symlink_to(tmp_path / "elsewhere/within")
    (tmp_path / "study" / "t" / "b.txt").symlink_to(tmp_path / "study/t/a.txt")
    found, problems = discover(study_in(tmp_path / "study"))
    assert [t.path.name for t in found] == ["a.txt"]
    assert [(p.id, p.location.file) for p in problems] == [
        ("corpus.link-leads-out", "t/file.txt"),
        ("corpus.link-leads-out", "t/folder"),
    ]


def test_a_path_that_is_a_link_out_of_the_study_is_not_followed(tmp_path):
    put(tmp_path / "elsewhere", b__txt="s")
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "t").symlink_to(tmp_path / "elsewhere")
    for path in ("t", "t/*.txt"):
        found, problems = discover(study_in(tmp_path / "study", path))
        assert found == []
        assert [(p.id, p.location.option) for p in problems] == [
            ("corpus.link-leads-out", "corpus #1.path")
        ]


@pytest.mark.parametrize(
    ("on_disk", "path"),
    [
        ("élus", "élus"),
        ("Élus", "élus"),
        ("élus", "élus/*.TXT"),
        ("t/élus", "t/é*/*.txt"),
        ("t/élus", "t/**/*.txt"),
        ("l’école", "l'école"),
        ("t/2013", "t\\\\2013"),
    ],
)
def test_a_path_is_that_of_the_folder_that_a_reader_takes_it_for(tmp_path, on_disk, path):
    put(tmp_path / unicodedata.normalize("NFD", on_disk), a__txt="a")
    found, problems = discover(study_in(tmp_path, path))
    assert ([t.path.name for t in found], problems) == (["a.txt"], [])


@pytest.mark.parametrize(
    ("names", "difference"),
    [
        ([unicodedata.normalize(form, "élue") for form in ("NFC", "NFD")], "accents"),
        (["Maire", "maire"], "case"),
        (["l'élue", "l’élue"], "characters"),
    ],
)
def test_two_names_that_look_the_same_are_told_with_their_difference(tmp_path, names, difference):
    put(tmp_path / "t", **{f"{name}__txt": name for name in names})
    _, problems = discover(study_in(tmp_path))
    (problem,) = problems
    assert problem.id == "corpus.names-alike"
    assert problem.message.values["difference"] == message(f"corpus.differ-by-{difference}")
