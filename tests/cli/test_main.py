from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.studies import invoke
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load


def test_init_makes_a_study_that_check_understands(tmp_path):
    folder = tmp_path / "enquête"
    code, output = invoke("init", folder)
    assert code == 0
    assert "textlien check" in output
    assert load(folder / "study.toml").axes.codebook == ""
    code, output = invoke("check", folder / "study.toml")
    assert code == 2
    assert "no transcript" in output


def test_init_overwrites_nothing(tmp_path):
    (tmp_path / "study.toml").write_text("mine")
    code, output = invoke("init", tmp_path)
    assert code == 2
    assert "exists" in output
    assert (tmp_path / "study.toml").read_text() == "mine"


def test_nothing_to_read_is_exit_code_two_with_the_reason(tmp_path):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "vide.txt").write_text("")
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "2013"\npath = "t"\n')
    code, output = invoke("run", tmp_path / "s.toml")
    assert code == 2
    assert "no interview could be read" in output
    assert "t/vide.txt: the file is empty" in output


def test_an_unknown_stage_is_named_with_those_that_exist(tmp_path):
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "2013"\npath = "t"\n')
    code, output = invoke("run", tmp_path / "s.toml", "--only", "thèmes")
    assert code == 2
    assert 'Did you mean "themes"?' in output
    code, output = invoke("run", tmp_path / "s.toml", "--only", "tout")
    assert code == 2
    assert "profiles" in output


def test_show_prints_rows_that_fit_a_condition(demo):
    code, output = invoke("show", demo.file, "profiles", "--where", "city == 'Bordeaux'")
    assert code == 0
    assert "Bordeaux" in output
    assert "Strasbourg" not in output
    assert "estimate" in output.splitlines()[0]
    assert len(output.splitlines()) == 32


def test_show_gives_all_rows_as_csv(demo):
    _, output = invoke("show", demo.file, "interviews", "--csv")
    assert len(pd.read_csv(io.StringIO(output))) == 63


def test_show_says_what_is_wrong_with_a_condition(demo):
    code, output = invoke("show", demo.file, "interviews", "--where", "town == 'Creil'")
    assert code == 2
    assert "names a column that the table does not have" in output
    assert "Possible values: interview_id, file" in output
    code, output = invoke("show", demo.file, "interviews", "--where", "city ==")
    assert code == 2
    assert "Headings of this table: interview_id, file" in output
    code, output = invoke("show", demo.file, "interviews", "--where", "city = 'Creill'")
    assert code == 0
    assert 'no row has "Creill" in column "city"' in output
    assert 'Did you mean "Creil"?' in output
    code, output = invoke("show", demo.file, "profil")
    assert code == 2
    assert 'Did you mean "profiles"?' in output
    code, output = invoke("show", demo.file, "tout")
    assert code == 2
    assert "Possible values: axis_distance, axis_parts, axis_scores" in output


def test_train_shows_how_good_the_model_is(small, tmp_path):
    code, output = invoke("train", small.copy(tmp_path).file)
    assert code == 0
    for word in ("gouvernance_externe", "Recall", "Average precision", "interval"):
        assert word in output
    assert output.count("gouvernance_externe") == 1
    assert "models/axes/" in output


def test_train_without_codings_is_an_error_that_says_how_to_have_some(tmp_path):
    (tmp_path / "t").mkdir()
    text = (
        "Enquêteur : Et ici ?\nR : Les gens du quartier se connaissent bien, on se parle. \n" * 40
    )
    (tmp_path / "t" / "a.txt").write_text(text, encoding="utf-8")
    study = tmp_path / "s.toml"
    study.write_text('[[corpus]]\nwave = "2013"\npath = "t"\n')
    code, output = invoke("train", study)
    assert code == 2
    assert "s.toml, [axes] codings: the study declares no codings" in output
    assert 'codings = ["coding/*.csv"]' in output
    assert not (tmp_path / "runs").exists()
    (tmp_path / "c.csv").write_text("interview;quote;axis;value\na.txt;Les gens;projet;1\n")
    study.write_text(study.read_text() + '[axes]\ncodings = ["c.csv"]\nfrom_default = false\n')
    code, output = invoke("train", study, "--workers", "1")
    assert code == 2
    assert "no model was trained" in output
    assert "[axes] codings" in output


def test_codings_of_a_single_interview_leave_the_default_model_and_that_is_said(tmp_path):
    (tmp_path / "t").mkdir()
    text = "Enquêteur : Et ici ?\nR : Les gens du quartier se parlent, chacun se connaît. \n"
    (tmp_path / "t" / "a.txt").write_text(text * 40, encoding="utf-8")
    (tmp_path / "c.csv").write_text("interview;quote;axis;value\na.txt;Les gens;projet;1\n")
    study = tmp_path / "s.toml"
    study.write_text('[[corpus]]\nwave = "2013"\npath = "t"\n[axes]\ncodings = ["c.csv"]\n')
    _, output = invoke("train", study, "--workers", "1")
    assert "model default-" in output
    assert "at least 3 are needed, to test on interviews" in output
    assert "a first sorting" in output


def test_what_is_wrong_in_many_places_is_said_once(tmp_path):
    (tmp_path / "t").mkdir()
    for number in range(6):
        (tmp_path / "t" / f"{number}.txt").write_text(f"Un texte sans locuteur, {number}.")
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "2013"\npath = "t"\n')
    code, output = invoke("check", tmp_path / "s.toml")
    assert code == 0
    assert output.count("no speaker labels") == 1
    assert "The same in t/1.txt; t/2.txt; t/3.txt and 2 more." in output


def test_a_warning_is_given_once_and_counted_afterwards(small, tmp_path):
    study = small.copy(tmp_path)
    text = study.file.read_text()
    study.file.write_text(f"{text}\n[profiles]\nmin_interviews = 4\n")
    code, output = invoke("run", study.file)
    assert code == 0
    # Four cities of three interviews: one remedy for all of them.
    assert output.count("too few for an interval") == 4
    assert output.count("Add interviews, or lower this option.") == 1
    code, output = invoke("run", study.file)
    assert code == 0
    assert "too few for an interval" not in output
    # Themes of twelve interviews are fragile, which the run before has told.
    assert "7 warnings were given before and still hold; the report has them too." in output
    _, output = invoke("check", study.file)
    assert output.count("too few for an interval") == 4
    for command in (("show", study.file, "themes"), ("export", study.file, "--to", "iramuteq")):
        _, output = invoke(*command)
        assert not [line for line in output.splitlines() if line.startswith("warning")]


def test_a_run_that_is_stopped_can_be_taken_up_again(small, tmp_path):
    study = small.copy(tmp_path)
    study.file.write_text(study.file.read_text() + "\n[annotate]\nspeech_fix = false\n")
    command = [str(Path(sys.executable).with_name("textlien")), "run", str(study.file)]
    tokens = study.run / "tables" / "tokens"
    before = {path.name for path in tokens.iterdir()}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(600):
            new = {path.name for path in tokens.glob("2*.parquet")} - before
            if new:
                break
            time.sleep(0.02)
        process.kill()
    assert process.returncode < 0
    assert new
    kept = {name: (tokens / name).stat().st_mtime_ns for name in new if (tokens / name).exists()}
    code, output = invoke("run", study.file)
    assert code == 0
    assert kept
    assert {name: (tokens / name).stat().st_mtime_ns for name in kept} == kept
    assert f"{len(Run(small.run)['tokens']):,} tokens" in output


def test_a_folder_that_cannot_be_written_is_an_error_with_its_name(tmp_path):
    (tmp_path / "a.txt").write_text("Un texte.")
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "2013"\npath = "a.txt"\n')
    (tmp_path / "runs").write_text("a file in the way")
    code, output = invoke("run", tmp_path / "s.toml")
    assert code == 2
    assert "runs" in output
    assert "Traceback" not in output


def test_a_study_in_which_nothing_can_be_measured_is_exit_code_two(tmp_path):
    (tmp_path / "a.txt").write_text("Bonjour.")
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "2013"\npath = "a.txt"\n')
    code, output = invoke("run", tmp_path / "s.toml")
    assert code == 2
    assert "nothing could be measured" in output


def test_two_interviews_of_one_identifier_are_named(tmp_path):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "A.csv").write_text("interview;qui;texte\n1;R;Un.\n2;R;Deux.\n")
    (tmp_path / "t" / "A 1.txt").write_text("Trois.")
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "2013"\npath = "t"\n')
    code, output = invoke("check", tmp_path / "s.toml")
    assert code == 1
    assert 'its identifier would be "2013-a-1", which is that of t/A 1.txt' in output
    assert "2 interviews can be used, 1 left out." in output


@pytest.mark.parametrize(("language", "word"), [("fr", "Le fichier d'étude"), ("en", "The study")])
def test_init_writes_in_the_language_asked_for(tmp_path, language, word):
    code, output = invoke("init", tmp_path / "x", "--lang", language)
    assert code == 0
    assert word in (tmp_path / "x" / "study.toml").read_text(encoding="utf-8")
    assert ("créé" in output) == (language == "fr")


def limited(study_file, *command):
    """A command in a process that may write files of 2 kB at most, as on a disk that is full."""
    import resource

    return subprocess.run(
        [str(Path(sys.executable).with_name("textlien")), *command[:1], study_file, *command[1:]],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_that_cannot_be_written_whole_is_named_and_nothing_is_left_of_it(tmp_path):
    text = "Enquêteur : Et ici ?\nR : Les gens du quartier se connaissent bien. \n" * 300
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "2013"\npath = "a.txt"\n')
    done = limited(tmp_path / "s.toml", "run")
    assert done.returncode == 2
    assert "2013-a." in done.stderr
    assert ".parquet: this file could not be written (the file is larger" in done.stderr
    assert "Traceback" not in done.stderr
    assert [p for p in (tmp_path / "runs").rglob("*") if p.is_file()] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has this device")
def test_an_output_that_cannot_be_written_whole_is_an_error(small):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [Path(sys.executable).with_name("textlien"), "show", small.file, "passages", "--csv"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "the rest of the output could not be written: the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
