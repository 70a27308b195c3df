"""A run of twelve interviews: what is kept, what is made again, what is refused."""

from __future__ import annotations

import shutil

import pandas as pd

from tests.making import text_of
from tests.studies import STAGES, executed, invoke, write_small
from textlien.pipeline import reading
from textlien.pipeline.libraries import library_versions
from textlien.pipeline.measures import measures
from textlien.pipeline.run import run
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Inputs
from textlien.study.loading import load


def test_the_small_study_is_whole_and_quick_to_read(small):
    assert small.exit_code == 0, small.output
    interviews = Run(small.run)["interviews"]
    assert interviews.groupby(["wave", "city"]).size().to_dict() == {
        (wave, city): 3 for wave in ("2013", "2015") for city in ("Bordeaux", "Strasbourg")
    }
    assert interviews.fictional.all()
    assert set(Run(small.run)["codings"].anchor) == {"kept"}
    assert set(Run(small.run)["profiles"].measure) == {"theme", "axis"}


def test_a_second_run_finds_everything_unchanged(small, tmp_path):
    study = small.copy(tmp_path)
    code, output = invoke("run", study.file)
    assert code == 0
    assert executed(output) == []
    assert output.count("unchanged") == len(STAGES) - 1


def test_same_inputs_same_bytes(small, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_FILES_A_PROCESS", 5)
    write_small(tmp_path)
    invoke("run", tmp_path / "small.toml", "--workers", "2")
    first, second = small.run, tmp_path / "runs" / "small"
    names = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(second) for p in second.rglob("*") if p.is_file())
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_what_was_run_before_leaves_no_trace(small, tmp_path):
    study = small.copy(tmp_path)
    text = study.file.read_text()
    gone = study.folder / "2015" / "deleguee_prefet_33.txt"
    content = gone.read_bytes()
    study.file.write_text(text.replace("k = 4", "k = 3"))
    gone.unlink()
    assert invoke("run", study.file)[0] == 1  # its row of the metadata describes no file
    study.file.write_text(text)
    gone.write_bytes(content)
    assert invoke("run", study.file)[0] == 0
    assert invoke("run", study.file, "--from", "profiles")[0] == 0
    files = {p.relative_to(small.run): p for p in small.run.rglob("*") if p.is_file()}
    again = {p.relative_to(study.run): p for p in study.run.rglob("*") if p.is_file()}
    assert files.keys() == again.keys()
    for name, path in files.items():
        assert path.read_bytes() == again[name].read_bytes(), name


def test_changing_an_option_reruns_its_stage_and_those_after(small, tmp_path):
    study = small.copy(tmp_path)
    study.file.write_text(study.file.read_text().replace("k = 4", "k = 3"))
    code, output = invoke("run", study.file)
    assert code == 0
    assert executed(output) == ["themes", "profiles", "contrasts", "crosses"]
    assert len(Run(study.run)["themes"]) == 3


def test_a_mended_metadata_file_does_not_annotate_again(small, tmp_path):
    study = small.copy(tmp_path)
    metadata = study.folder / "metadata.csv"
    metadata.write_text(metadata.read_text().replace("bordeaux-service-1", "bordeaux-chef-1"))
    _, output = invoke("run", study.file)
    assert "annotate" not in executed(output)
    assert {"read", "profiles"} <= set(executed(output))


def test_one_more_interview_costs_that_interview_alone(small, tmp_path):
    study = small.copy(tmp_path)
    before = {p.name: p.stat().st_mtime_ns for p in (study.run / "tables/tokens").iterdir()}
    (study.folder / "2013" / "nouveau.txt").write_text(
        "Ville : Bordeaux\nFonction : association\nEntretien fictif\n\n"
        "Enquêteur : Que fait votre association ?\n"
        "R : On tient un café associatif au pied des tours, les gens se parlent.\n"
        "Enquêteur : Et la ville ?\nR : Elle nous prête la salle, c'est déjà ça.\n",
        encoding="utf-8",
    )
    code, output = invoke("run", study.file)
    assert code == 0, output
    after = {p.name: p.stat().st_mtime_ns for p in (study.run / "tables/tokens").iterdir()}
    assert len(after) == len(before) + 1
    assert {name: time for name, time in after.items() if name in before} == before


def test_one_bad_transcript_stops_nothing_but_itself(small, tmp_path):
    study = small.copy(tmp_path)
    (study.folder / "2013" / "abimé.docx").write_bytes(b"PK\x03\x04" + bytes(30))
    (study.folder / "2013" / "vide.txt").write_text("")
    (study.folder / "2015" / "double.txt").write_bytes(
        (study.folder / "2015" / "deleguee_prefet_33.txt").read_bytes()
    )
    code, output = invoke("run", study.file)
    assert code == 1
    for name in ("2013/abimé.docx", "2013/vide.txt", "2015/double.txt"):
        assert name in output
    interviews = Run(study.run)["interviews"]
    assert (interviews.included.sum(), len(interviews)) == (12, 15)
    assert "corpus.twin" in interviews.set_index("file").problems["2015/double.txt"]
    page = (study.run / "report/index.html").read_text(encoding="utf-8")
    assert "2013/abimé.docx" in page


def test_check_reports_all_problems_of_a_study_at_once(small, tmp_path):
    study = small.copy(tmp_path)
    metadata = study.folder / "metadata.csv"
    metadata.write_text(metadata.read_text().replace("Strasbourg,elu", "Strasbour,élou", 1))
    coding = study.folder / "codings.csv"
    lines = coding.read_text(encoding="utf-8").splitlines()
    lines.append(lines[-1].replace(lines[-1].split(";")[0], "inconnu"))
    coding.write_text("\n".join(lines), encoding="utf-8")
    code, output = invoke("check", study.file)
    assert code == 1
    assert 'city "Strasbour"' in output
    assert 'Did you mean "Strasbourg"?' in output
    assert "élou" in output
    assert f"line {len(lines)}" in output
    assert "11 interviews can be used, 1 left out." in output


def test_a_dry_run_says_what_would_be_done_and_does_nothing(small, tmp_path):
    study = small.copy(tmp_path)
    before = len(Run(study.run)["themes"])
    code, output = invoke("run", study.file, "--dry-run")
    assert code == 0
    assert output.count("up to date") == len(STAGES)
    study.file.write_text(study.file.read_text().replace("k = 4", "k = 3"))
    _, output = invoke("run", study.file, "--dry-run")
    stale = [line.split()[0] for line in output.splitlines() if "to be executed" in line]
    assert stale[0] == "themes"
    assert len(Run(study.run)["themes"]) == before


def test_from_executes_a_stage_and_those_after_even_if_up_to_date(small, tmp_path):
    study = small.copy(tmp_path)
    _, output = invoke("run", study.file, "--from", "profiles")
    assert executed(output) == ["profiles", "contrasts", "crosses"]


def test_without_codings_there_are_themes_and_no_axes(small, tmp_path):
    study = small.copy(tmp_path)
    text = study.file.read_text().replace('codings = ["codings.csv"]', "")
    study.file.write_text(text)
    code, output = invoke("run", study.file)
    assert code == 0
    assert "no codings" in output
    assert set(Run(study.run)["profiles"].measure) == {"theme"}


RECIPE = """
Q : Comment faites-vous la brioche ?
R : Je délaye la levure dans du lait tiède, je verse la farine en fontaine, je casse les œufs, puis
je pétris avec le beurre mou jusqu'à ce que la pâte se décolle du saladier. Elle gonfle sous un
torchon humide, je la rabats, je la façonne en tresse et je dore le dessus au jaune d'œuf.
Q : Et pour la cuisson ?
R : Quarante minutes au four, thermostat six, avec un bol d'eau. Une aiguille à tricoter plantée au
milieu doit ressortir sèche. Je démoule sur une grille, sinon la croûte ramollit et la mie colle.
"""


def test_a_model_warns_of_interviews_unlike_its_own_and_of_no_other(small, tmp_path):
    own = Run(small.run)
    assert not own["axis_distance"]["exceeds"].any()
    stage = own.manifest.stages["distance"]
    assert stage.problems == ()
    (model,) = (small.folder / "models/axes").iterdir()
    (tmp_path / "study.toml").write_text(
        f'[[corpus]]\nwave = "2015"\npath = "*.txt"\n[axes]\nmodel = "{model}"\n'
    )
    for city in ("Creil", "Arras"):
        (tmp_path / f"2015_{city}_cuisine.txt").write_text(RECIPE)
    done, problems = run(load(tmp_path / "study.toml"), last="distance")
    assert done["axis_distance"]["exceeds"].all()
    (warning,) = [problem for problem in problems if problem.id == "axes.too-far"]
    assert warning.location.option == "axes.model"
    assert "wave 2015" in text_of(warning)


def test_a_model_can_be_taken_from_another_study(small, tmp_path):
    study = small.copy(tmp_path)
    model = next((study.folder / "models/axes").iterdir())
    shutil.move(model, tmp_path / "model")
    option = 'model = "../model"'
    text = study.file.read_text().replace('codings = ["codings.csv"]', option)
    study.file.write_text(text)
    code, output = invoke("run", study.file)
    assert code == 0, output
    assert "(given)" in output
    assert len(Run(study.run)["passage_axes"]) == len(Run(small.run)["passage_axes"])
    (tmp_path / "model" / "weights.npz").write_bytes(b"")
    code, output = invoke("run", study.file, "--from", "train")
    assert code == 2
    assert "weights.npz" in output


def test_a_coding_that_is_corrected_changes_decision_and_shares(small, tmp_path):
    """With a model of another study, which learns nothing: the coding alone has changed."""
    study = small.copy(tmp_path)
    model = next((study.folder / "models/axes").iterdir())
    shutil.move(model, tmp_path / "model")
    text = study.file.read_text()
    study.file.write_text(text.replace("[axes]", '[axes]\nmodel = "../model"'))
    codings = study.folder / "codings.csv"
    sheet = pd.read_csv(codings, sep=None, engine="python", dtype=str, keep_default_na=False)
    names = ("labels", "passage_axes", "profiles")
    made, _ = run(load(study.file))
    before = {name: made[name] for name in names}
    labels, scores = before["labels"], before["passage_axes"]
    joined = scores.merge(labels, on=["passage_id", "axis"], how="left")
    coded = joined["value"].notna()
    assert (joined.decided_by == coded.map({True: "coders", False: "model"})).all()
    assert (joined.probability == joined.value)[coded].all()
    sheet["projet"] = "1"
    sheet.to_csv(codings, sep=";", index=False)
    made, _ = run(load(study.file))
    after = {name: made[name] for name in names}
    projet = after["passage_axes"].query("axis == 'projet' and decided_by == 'coders'")
    assert set(projet.decision) == {"yes"}
    assert set(projet.probability) == {1.0}
    shares = [
        tables["profiles"].query("measure == 'axis' and item == 'projet'").estimate
        for tables in (before, after)
    ]
    assert (shares[1] >= shares[0]).all()
    assert (shares[1] > shares[0]).any()
    scores, others = (tables["passage_axes"] for tables in (before, after))
    rest = ~((scores.axis == "projet") & (scores.decided_by == "coders"))
    assert scores[rest].equals(others[rest])


def test_a_dry_run_writes_and_deletes_nothing(small, tmp_path):
    study = small.copy(tmp_path)
    next((study.folder / "2013").glob("*.txt")).unlink()

    def state() -> dict[str, int]:
        return {str(p): p.stat().st_mtime_ns for p in study.run.rglob("*") if p.is_file()}

    before = state()
    _, output = invoke("run", study.file, "--dry-run")
    assert "read       to be executed" in output
    assert state() == before


def test_one_stage_alone_is_refused_when_an_earlier_one_is_not_up_to_date(small, tmp_path):
    study = small.copy(tmp_path)
    study.file.write_text(study.file.read_text().replace("k = 4", "k = 3"))
    code, output = invoke("run", study.file, "--only", "profiles")
    assert code == 2
    assert '"themes" is not up to date' in output
    code, output = invoke("run", study.file, "--only", "themes")
    assert code == 0
    assert executed(output) == ["themes"]
    inputs = Run(study.run).manifest.inputs
    assert set(inputs) == set(Run(small.run).manifest.inputs)


def test_check_looks_for_all_that_the_study_file_names(small, tmp_path):
    study = small.copy(tmp_path)
    text = study.file.read_text()
    text = text.replace('codebook = "codebook.toml"', 'codebook = "absent.toml"\nmodel = "absent"')
    text = text.replace("[themes]", '[annotate]\npipeline = "fr_absent"\n\n[themes]')
    text = text.replace("[terms]", '[terms]\nexpressions = ["absent.csv"]')
    study.file.write_text(f"{text}\n[profiles]\nmin_interviews = 5\n")
    code, output = invoke("check", study.file)
    assert code == 1
    for part in ("absent.toml", '"absent" is not the folder of a model', "fr_absent", "absent.csv"):
        assert part in output
    assert "too few for an interval (at least 5)" in output


def test_passages_exported_to_a_spreadsheet_come_back_as_codings(small, tmp_path):
    """The researcher's way: open passages.csv, add a column an axis, keep the rest."""
    study = small.copy(tmp_path)
    exported = study.run / "report" / "tables" / "passages.csv"
    sheet = pd.read_csv(exported, sep=";", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    sheet["projet"] = ["1" if number % 4 == 0 else "0" for number in range(len(sheet))]
    kept = sheet[["entretien", "début", "fin", "texte", "projet"]]
    kept.to_csv(study.folder / "codings.csv", sep=";", index=False, encoding="cp1252")
    code, output = invoke("run", study.file, "--only", "codings")
    assert code == 0, output
    assert f"{len(sheet)} codings, {len(sheet)} passages coded" in output
    assert set(Run(study.run)["codings"].anchor) == {"kept"}


def test_a_dry_run_reports_an_absent_pipeline_with_the_study_file(small, tmp_path):
    study = small.copy(tmp_path)
    text = study.file.read_text().replace(
        "[themes]", '[annotate]\npipeline = "fr_absent"\n\n[themes]'
    )
    study.file.write_text(text)
    code, output = invoke("run", study.file, "--dry-run")
    assert code == 2
    assert "small.toml, [annotate] pipeline" in output


def test_profiles_and_contrasts_share_their_sums(small):
    study = load(small.file)
    inputs = Inputs(study, Run(small.run), library_versions(study))
    sums = measures(inputs)
    assert set(sums) == {"theme", "axis"}
    assert measures(inputs)["theme"] is sums["theme"]
    other = study.model_copy(update={"profiles": study.profiles.model_copy(update={"level": 0.9})})
    assert measures(Inputs(other, inputs.run, inputs.libraries))["theme"] is not sums["theme"]
