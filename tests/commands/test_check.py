"""``textlien check``: what a campaign looks like before anything is computed."""

import json
import tomllib

import pytest

from tests.making import hint_of
from tests.studies import invoke
from textlien.commands.check import State, check_study
from textlien.messages.message import Location

ANSWER = "Les gens du quartier se connaissent, mais ils ne se parlent pas dans la rue. " * 12
CLEAR = f"Ville : Creil\nEnquêteur : Et ici ?\nR : {ANSWER}\n"
GUESSED = f'Ville : Creil\nJD : Et ici ?\nML : {ANSWER}\nJD : Et après ?\nML : Voilà, "{{}}".\n'


@pytest.fixture
def study(tmp_path):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.txt").write_text(CLEAR, encoding="utf-8")
    (tmp_path / "t" / "b [2].txt").write_text(GUESSED, encoding="cp1252")
    (tmp_path / "t" / "c.docx").write_bytes(b"PK\x03\x04 broken")
    file = tmp_path / "s.toml"
    file.write_text('[[corpus]]\nwave = "2013"\npath = "t"\n')
    return file


def rows_of(output):
    """Cells of the lines of a table, by the first one."""
    return {line.split("  ")[0]: line for line in output.splitlines() if line.strip()}


def test_a_line_an_interview_says_how_it_was_read(study):
    code, output = invoke("check", study)
    assert code == 1
    rows = rows_of(output)
    assert rows["t/a.txt"].split()[1:] == ("2013 Creil utf_8 2 180 2 Q: Enquêteur; R: R ok".split())
    assert "Q: JD?; R: ML?" in rows["t/b [2].txt"]
    assert rows["t/b [2].txt"].endswith("doubtful")
    assert "cp1252" in rows["t/b [2].txt"]
    assert rows["t/c.docx"].endswith("left out")


def test_what_was_guessed_comes_with_lines_to_put_in_the_study_file(study):
    _, output = invoke("check", study)
    block = output[output.index("[[speakers.file]]") :].split("\n\n")[0]
    (entry,) = tomllib.loads(block)["speakers"]["file"]
    assert (entry["path"], entry["interviewer"]) == ("t/b [2].txt", ["JD"])
    study.write_text(study.read_text() + "\n" + block + "\n")
    _, output = invoke("check", study)
    assert "[[speakers.file]]" not in output
    assert rows_of(output)["t/b [2].txt"].endswith("ok")


def test_the_summary_counts_by_wave_and_city(study):
    _, output = invoke("check", study)
    summary = output[output.rindex("wave  city") :].splitlines()
    assert [line.split()[:5] for line in summary[1:3]] == [
        ["2013", "(none)", "1", "1", "0"],
        ["2013", "Creil", "2", "0", "1"],
    ]
    assert "txt 2" in output
    assert rows_of(output)["all"].split()[:4] == ["all", "3", "1", "1"]
    assert "2 interviews can be used, 1 left out." in output


def test_labels_are_counted_where_all_is_asked_for(study):
    _, output = invoke("check", study, "--all")
    assert rows_of(output)["interviewer"].split() == ["interviewer", "JD", "1", "2", "4", "1"]


def test_everything_as_json(study):
    code, output = invoke("check", study, "--json")
    report = json.loads(output)
    assert code == 1
    assert [row["state"] for row in report["interviews"]] == ["ok", "doubtful", "left out"]
    assert report["interviews"][0]["duration"] is None
    assert report["speakers"][0]["reason"] == "label"
    (error,) = [problem for problem in report["problems"] if problem["severity"] == "error"]
    assert error["file"] == "t/c.docx"
    assert {"id", "place", "message", "hint"} <= set(error)
    assert (report["included"], report["left_out"]) == (2, 1)
    assert len(report["proposals"]) == 1


def test_many_interviews_are_shown_only_where_there_is_something_to_see(study):
    for number in range(70):
        text = CLEAR.replace("Et ici", f"Et ici, rue {number}")
        (study.parent / "t" / f"{number:02d}.txt").write_text(text, encoding="utf-8")
    _, output = invoke("check", study)
    assert "t/07.txt" not in output
    assert "71 more interviews need no attention. All of them: --all" in output
    assert "t/07.txt" in invoke("check", study, "--all")[1]


def test_a_check_speaks_french(study, monkeypatch):
    monkeypatch.setenv("TEXTLIEN_LANG", "fr")
    _, output = invoke("check", study)
    rows = rows_of(output)
    assert "locuteurs" in rows["fichier"]
    assert rows["t/b [2].txt"].endswith("à vérifier")
    assert rows["t/c.docx"].endswith("écarté")
    assert rows["ensemble"].split()[:4] == ["ensemble", "3", "1", "1"]


def test_cells_are_counted_as_data(study):
    report = check_study(study)
    assert report.states() == [State.OK, State.DOUBTFUL, State.LEFT_OUT]
    cells = report.cells().set_index(["wave", "city"])
    assert cells.loc[("2013", "Creil"), "formats"] == {"txt": 2}
    assert cells.loc[("", ""), ["interviews", "left_out", "doubtful"]].tolist() == [3, 1, 1]


def test_a_broken_codebook_is_reported_and_the_rest_is_checked(study):
    text = study.read_text() + '[axes]\ncodebook = "absent.toml"\nmodel = "absent"\n'
    study.write_text(text + '[annotate]\npipeline = "fr_absent"\n')
    problems = {problem.id: problem for problem in check_study(study).problems}
    assert {"coding.codebook-absent", "commands.no-model-folder"} <= set(problems)
    options = {problem.location.option for problem in problems.values()}
    assert {"axes.model", "annotate.pipeline", "profiles.min_interviews"} <= options
    assert problems["commands.thin-cell"].message.values["interviews"] == 2


@pytest.mark.parametrize("typed", ["models/axes/essai-12ab", "essai-12ab34cd"])
def test_a_model_that_is_not_there_is_proposed_among_those_that_are(study, typed):
    study.write_text(study.read_text() + f'[axes]\nmodel = "{typed}"\n')
    (problem,) = [p for p in check_study(study).problems if p.id == "commands.no-model-folder"]
    assert "This study has no model yet" in hint_of(problem)
    for name in ("essai-12ab34cd", "autre-00000000"):
        folder = study.parent / "models" / "axes" / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
    (problem,) = [p for p in check_study(study).problems if p.id == "commands.no-model-folder"]
    assert 'Did you mean "models/axes/essai-12ab34cd"?' in hint_of(problem)


def test_a_model_that_was_changed_is_reported_before_a_run(study):
    model = study.parent / "modele"
    model.mkdir()
    (model / "manifest.json").write_text("{}")
    study.write_text(study.read_text() + '[axes]\nmodel = "modele"\n')
    faults = [p for p in check_study(study).problems if p.id == "files.key-missing"]
    assert {problem.message.values["key"] for problem in faults} >= {"format", "files", "libraries"}
    assert {problem.location.file for problem in faults} == {str(model / "manifest.json")}


def test_names_that_are_folded_in_a_circle_are_reported_with_the_study_file(study):
    study.write_text(study.read_text() + '[terms.fold]\na = "b"\nb = "a"\n')
    problems = check_study(study).problems
    circles = [problem for problem in problems if problem.id == "terms.circle-of-folds"]
    assert {problem.location for problem in circles} == {
        Location(file="s.toml", option="terms.fold")
    }
    assert len(circles) == 2
