"""The demonstration corpus end to end, as a user runs it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from textlien.axes.registry import load_model
from textlien.cli.main import main
from textlien.pipeline.run_folder import Run
from textlien.segmentation.passages import offsets
from textlien.tables import SCHEMAS, check
from textlien.text.words import words_of

GOLDEN = Path(__file__).parent / "golden"
STAGES = "read segment annotate terms themes codings train axes profiles contrasts report".split()


def invoke(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def executed(output: str) -> list[str]:
    """Stages that did something, from what the command printed."""
    lines = [line.split() for line in output.splitlines() if line.split()[:1]]
    return [words[0] for words in lines if words[0] in STAGES and words[-1] == "s"]


def test_it_ends_well_and_says_where_the_report_is(demo):
    assert demo.result.exit_code == 0, demo.result.output
    assert demo.result.output.splitlines()[0].startswith("Invented interviews")
    assert f"{demo.run}/report/index.html" in demo.result.output
    assert (demo.run / "report/index.html").stat().st_size > 100_000


def test_the_manifest_has_the_digest_of_every_input(demo):
    inputs = Run(demo.run).manifest.inputs
    assert {"demo.toml", "metadata.csv", "2013/str_educ_rue.TextGrid"} <= set(inputs)
    assert any(name.startswith("coding/") for name in inputs)
    for name, digest in inputs.items():
        assert digest == hashlib.sha256((demo.folder / name).read_bytes()).hexdigest()


def test_the_report_says_which_annotator_it_was(demo):
    annotator = Run(demo.run).manifest.libraries["annotator"]
    assert annotator.startswith("fr_textlien_speech 1.0.0 (")
    assert annotator in (demo.run / "report/index.html").read_text("utf-8")


def test_the_report_says_that_it_is_fiction(demo):
    page = (demo.run / "report/index.html").read_text(encoding="utf-8")
    assert "Corpus fictif" in page
    assert Run(demo.run)["interviews"].fictional.all()


def test_every_table_is_there_and_fits_its_schema(demo):
    run = Run(demo.run)
    for name in SCHEMAS:
        table = check(name, run[name])
        # No demonstration file has starred variables; test_reader.py looks at those.
        assert len(table) > 0 or name == "variables", name


def test_references_between_tables_hold(demo):
    run = Run(demo.run)
    interviews = set(run["interviews"].interview_id)
    passages = set(run["passages"].passage_id)
    assert set(run["turns"].interview_id) == interviews
    for name in ("tokens", "passage_terms", "passage_themes", "passage_axes", "labels"):
        assert set(run[name].passage_id) <= passages, name
    assert set(run["theme_exemplars"].passage_id) <= passages
    assert set(run["passage_terms"].term) == set(run["terms"].term)


def test_no_interviewer_word_is_in_a_passage_and_no_interviewee_word_is_lost(demo):
    run = Run(demo.run)
    turns, passages = run["turns"], run["passages"]
    for interview, own in turns.groupby("interview_id"):
        said = [
            (turn.start + word.start(), word.group())
            for turn in own[own.role == "interviewee"].itertuples()
            for word in words_of(turn.text)
        ]
        found = []
        cut = passages[passages.interview_id == interview]
        for text, where in zip(cut.text, offsets(cut, own), strict=True):
            found += [(int(where[word.start()]), word.group()) for word in words_of(text)]
        assert sorted(found) == said


def test_tokens_point_to_their_words_in_the_transcript(demo):
    run = Run(demo.run)
    texts = {i: "\n".join(own.text) for i, own in run["turns"].groupby("interview_id")}
    tokens = run["tokens"]
    assert len(tokens) > 80_000
    for token in tokens.itertuples():
        text = texts[token.passage_id.rpartition("#")[0]]
        assert text[token.start : token.end] == token.form


def test_shares_of_themes_sum_to_one_in_every_cell(demo):
    profiles = Run(demo.run)["profiles"]
    themes = profiles[profiles.measure == "theme"]
    sums = themes.groupby(["wave", "city", "actor"]).estimate.sum()
    assert sums.between(1 - 1e-9, 1 + 1e-9).all()


def test_passages_of_coded_interviews_are_scored_by_a_model_that_has_not_seen_them(demo):
    assert Run(demo.run)["passage_axes"].out_of_fold.all()


def test_renamed_institutions_are_counted_as_one(demo):
    terms = Run(demo.run)["terms"].set_index("term")
    assert "conseil général" in terms.folded["conseil départemental"]
    assert "conseil général" not in terms.index


@pytest.mark.parametrize("name", ["interviews", "themes", "axis_scores", "profiles", "contrasts"])
def test_tables_are_those_that_were_looked_at(demo, name):
    """Golden tables; write them anew with ``python tests/golden/write.py`` and look at them."""
    found = Run(demo.run)[name]
    texts = {column: str for column in found if found[column].dtype == "str"}
    golden = pd.read_csv(
        GOLDEN / f"{name}.csv",
        dtype=texts,
        keep_default_na=False,
        na_values={column: [""] for column in found if column not in texts},
    )
    found = found[list(golden.columns)]
    pd.testing.assert_frame_equal(found, golden, check_dtype=False, atol=2e-3, rtol=0)


def test_a_second_run_finds_everything_unchanged(demo):
    code, output = invoke("run", demo.study)
    assert code == 0
    assert executed(output) == []
    assert output.count("unchanged") == len(STAGES) - 1


@pytest.mark.slow
def test_same_inputs_same_bytes(demo, tmp_path):
    invoke("demo", tmp_path / "again", "--workers", "2")
    first, second = demo.run, tmp_path / "again" / "runs" / "demo"
    names = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(second) for p in second.rglob("*") if p.is_file())
    for name in names:
        if name.name != "manifest.json":  # holds seconds
            assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_changing_an_option_reruns_its_stage_and_those_after(demo, tmp_path):
    own = demo.copy(tmp_path)
    own.study.write_text(own.study.read_text().replace("k = 12", "k = 6"))
    code, output = invoke("run", own.study)
    assert code == 0
    assert executed(output) == ["themes", "profiles", "contrasts"]
    assert len(Run(own.run)["themes"]) == 6


def test_a_mended_metadata_file_does_not_annotate_again(demo, tmp_path):
    own = demo.copy(tmp_path)
    metadata = own.folder / "metadata.csv"
    metadata.write_text(metadata.read_text().replace("bordeaux-service-1", "bordeaux-chef-1"))
    _, output = invoke("run", own.study)
    assert "annotate" not in executed(output)
    assert {"read", "profiles"} <= set(executed(output))


def test_one_more_interview_costs_that_interview_alone(demo, tmp_path):
    own = demo.copy(tmp_path)
    before = {p.name: p.stat().st_mtime_ns for p in (own.run / "tables/tokens").iterdir()}
    (own.folder / "2013" / "nouveau.txt").write_text(
        "Ville : Bordeaux\nFonction : association\nEntretien fictif\n\n"
        "Enquêteur : Que fait votre association ?\n"
        "R : On tient un café associatif au pied des tours, les gens se parlent.\n"
        "Enquêteur : Et la ville ?\nR : Elle nous prête la salle, c'est déjà ça.\n",
        encoding="utf-8",
    )
    code, output = invoke("run", own.study)
    assert code == 0, output
    after = {p.name: p.stat().st_mtime_ns for p in (own.run / "tables/tokens").iterdir()}
    assert len(after) == len(before) + 1
    assert {name: time for name, time in after.items() if name in before} == before


def test_one_bad_transcript_stops_nothing_but_itself(demo, tmp_path):
    own = demo.copy(tmp_path)
    (own.folder / "2013" / "abimé.docx").write_bytes(b"this is no zip")
    (own.folder / "2013" / "vide.txt").write_text("")
    (own.folder / "2015" / "double.txt").write_bytes(
        (own.folder / "2015" / "deleguee_prefet_33.txt").read_bytes()
    )
    code, output = invoke("run", own.study)
    assert code == 1
    for name in ("2013/abimé.docx", "2013/vide.txt", "2015/double.txt"):
        assert name in output
    interviews = Run(own.run)["interviews"]
    assert (interviews.included.sum(), len(interviews)) == (63, 66)
    assert "corpus.twin" in interviews.set_index("file").problems["2015/double.txt"]
    page = (own.run / "report/index.html").read_text(encoding="utf-8")
    assert "2013/abimé.docx" in page


def test_check_reports_all_problems_of_a_study_at_once(demo, tmp_path):
    own = demo.copy(tmp_path)
    metadata = own.folder / "metadata.csv"
    metadata.write_text(metadata.read_text().replace("Strasbourg,elu", "Strasbour,élou", 1))
    coding = own.folder / "coding" / "adjudicated.csv"
    lines = coding.read_text(encoding="utf-8").splitlines()
    lines.append(lines[-1].replace(lines[-1].split(";")[0], "inconnu"))
    coding.write_text("\n".join(lines), encoding="utf-8")
    code, output = invoke("check", own.study)
    assert code == 1
    assert 'city "Strasbour"' in output
    assert 'Did you mean "Strasbourg"?' in output
    assert "élou" in output
    assert f"line {len(lines)}" in output
    assert "62 interviews can be used, 1 left out." in output


def test_a_dry_run_says_what_would_be_done_and_does_nothing(demo, tmp_path):
    own = demo.copy(tmp_path)
    code, output = invoke("run", own.study, "--dry-run")
    assert code == 0
    assert output.count("up to date") == len(STAGES)
    own.study.write_text(own.study.read_text().replace("k = 12", "k = 6"))
    _, output = invoke("run", own.study, "--dry-run")
    stale = [line.split()[0] for line in output.splitlines() if "would" in line]
    assert stale[0] == "themes"
    assert len(Run(own.run)["themes"]) == 12


def test_from_executes_a_stage_and_those_after_even_if_up_to_date(demo, tmp_path):
    own = demo.copy(tmp_path)
    _, output = invoke("run", own.study, "--from", "profiles")
    assert executed(output) == ["profiles", "contrasts"]


def test_without_codings_there_are_themes_and_no_axes(demo, tmp_path):
    own = demo.copy(tmp_path)
    text = own.study.read_text().replace('codings = ["coding/adjudicated.csv"]', "")
    own.study.write_text(text)
    code, output = invoke("run", own.study)
    assert code == 0
    assert "no codings" in output
    assert set(Run(own.run)["profiles"].measure) == {"theme"}


def test_a_model_can_be_taken_from_another_study(demo, tmp_path):
    own = demo.copy(tmp_path)
    model = next((own.folder / "models/axes").iterdir())
    shutil.move(model, tmp_path / "model")
    given = 'model = "../model"'
    own.study.write_text(
        own.study.read_text().replace('codings = ["coding/adjudicated.csv"]', given)
    )
    code, output = invoke("run", own.study)
    assert code == 0, output
    assert "(given)" in output
    assert len(Run(own.run)["passage_axes"]) == len(Run(demo.run)["passage_axes"])
    (tmp_path / "model" / "model.skops").write_bytes(b"")
    code, output = invoke("run", own.study, "--from", "train")
    assert code == 2
    assert "model.skops" in output


def test_nothing_that_is_shared_names_the_machine_or_its_user(demo):
    home = str(demo.folder)
    files = [demo.run / "manifest.json", *demo.run.rglob("*.html"), *demo.run.rglob("*.csv")]
    files += [
        path for path in (demo.folder / "models").rglob("*") if path.suffix in (".json", ".md")
    ]
    assert len(files) > 10
    for path in files:
        assert home not in path.read_text(encoding="utf-8-sig"), path


def test_a_dry_run_writes_and_deletes_nothing(demo, tmp_path):
    own = demo.copy(tmp_path)
    next((own.folder / "2013").glob("*.txt")).unlink()

    def state() -> dict[str, int]:
        return {str(p): p.stat().st_mtime_ns for p in own.run.rglob("*") if p.is_file()}

    before = state()
    _, output = invoke("run", own.study, "--dry-run")
    assert "read       would be executed" in output
    assert state() == before


def test_one_stage_alone_is_refused_when_an_earlier_one_is_not_up_to_date(demo, tmp_path):
    own = demo.copy(tmp_path)
    own.study.write_text(own.study.read_text().replace("k = 12", "k = 6"))
    code, output = invoke("run", own.study, "--only", "profiles")
    assert code == 2
    assert '"themes" is not up to date' in output
    code, output = invoke("run", own.study, "--only", "themes")
    assert code == 0
    assert executed(output) == ["themes"]
    inputs = Run(own.run).manifest.inputs
    assert set(inputs) == set(Run(demo.run).manifest.inputs)


def test_check_looks_for_all_that_the_study_file_names(demo, tmp_path):
    own = demo.copy(tmp_path)
    text = own.study.read_text()
    text = text.replace("[axes]", '[axes]\ncodebook = "absent.toml"\nmodel = "absent"')
    text = text.replace("[themes]", '[annotate]\npipeline = "fr_absent"\n\n[themes]')
    text = text.replace("[terms]", '[terms]\nexpressions = ["absent.csv"]')
    own.study.write_text(text + "\n[profiles]\nmin_interviews = 5\n")
    code, output = invoke("check", own.study)
    assert code == 1
    for part in ("absent.toml", '"absent" is not the folder of a model', "fr_absent", "absent.csv"):
        assert part in output
    assert "too few for an interval (at least 5)" in output


def test_passages_exported_to_a_spreadsheet_come_back_as_codings(demo, tmp_path):
    """The researcher's way: open passages.csv, add a column an axis, keep the rest."""
    own = demo.copy(tmp_path)
    exported = own.run / "report" / "tables" / "passages.csv"
    sheet = pd.read_csv(exported, sep=";", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    sheet["projet"] = ["1" if number % 4 == 0 else "0" for number in range(len(sheet))]
    kept = sheet[["entretien", "début", "fin", "texte", "projet"]]
    for path in (own.folder / "coding").glob("*.csv"):
        path.unlink()
    kept.to_csv(own.folder / "coding" / "adjudicated.csv", sep=";", index=False, encoding="cp1252")
    code, output = invoke("run", own.study, "--only", "codings")
    assert code == 0, output
    assert "1,256 codings, 1,256 passages coded" in output
    assert set(Run(own.run)["codings"].anchor) == {"kept"}


def test_the_model_of_the_repository_is_the_one_that_the_demonstration_trains(demo):
    """By what it learnt: its weights may differ in the last digit on another machine."""
    (here,) = (Path(__file__).parents[1] / "models" / "axes").iterdir()
    (trained,) = (demo.folder / "models" / "axes").iterdir()
    assert load_model(here).manifest["data"] == load_model(trained).manifest["data"]
    assert load_model(here).manifest["data"]["fictional"] is True
    assert "invented" in (here / "README.md").read_text(encoding="utf-8")
