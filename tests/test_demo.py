"""The demonstration corpus end to end, as a user runs it."""

from __future__ import annotations

import hashlib
import html
import json
from pathlib import Path

import pandas as pd
import pytest

from tests.golden.write import part
from textlien.pipeline.run_folder import Run
from textlien.segmentation.passages import offsets
from textlien.tables import SCHEMAS, check
from textlien.text.words import words_of

GOLDEN = Path(__file__).parent / "golden"
STAGES = "read segment annotate terms themes codings train axes profiles contrasts report".split()


def test_it_ends_well_and_says_where_the_report_is(demo):
    assert demo.exit_code == 0, demo.output
    assert demo.output.splitlines()[0].startswith("Invented interviews")
    assert f"{demo.run}/report/index.html" in demo.output
    page = (demo.run / "report/index.html").read_text(encoding="utf-8")
    assert page.rstrip().endswith("</html>")
    for text in (*Run(demo.run)["themes"].label, "Clichy-sous-Bois"):
        assert html.escape(text, quote=False) in page, text


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


# No demonstration file has starred variables (test_reader.py looks at those), its themes are not
# those of another study, and all of its passages are coded.
EMPTY = {
    *("variables", "theme_fit", "theme_candidates", "candidate_exemplars"),
    "passages_without_axis",
}


def test_every_table_is_there_and_fits_its_schema(demo):
    run = Run(demo.run)
    for name in SCHEMAS:
        table = check(name, run[name])
        assert len(table) > 0 or name in EMPTY, name


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
    sums = themes.groupby(["wave", "city", "actor", "weight"]).estimate.sum()
    assert sums.between(1 - 1e-9, 1 + 1e-9).all()


def test_passages_that_people_coded_have_their_value(demo):
    run = Run(demo.run)
    both = run["passage_axes"].merge(run["labels"], on=["passage_id", "axis"])
    assert len(both) == len(run["passage_axes"]) == 5024
    assert (both.decided_by == "coders").all()
    assert (both.probability == both.value).all()
    assert ((both.decision == "yes") == (both.value > 0.5)).all()


def test_renamed_institutions_are_counted_as_one(demo):
    terms = Run(demo.run)["terms"].set_index("term")
    assert "conseil général" in terms.folded["conseil départemental"]
    assert "conseil général" not in terms.index


@pytest.mark.parametrize("name", ["interviews", "themes", "axis_scores", "profiles", "contrasts"])
def test_tables_are_those_that_were_looked_at(demo, name):
    """Golden tables; write them anew with ``python tests/golden/write.py`` and look at them."""
    table = part(Run(demo.run), name)
    texts = {column: str for column in table if table[column].dtype == "str"}
    golden = pd.read_csv(
        GOLDEN / f"{name}.csv",
        dtype=texts,
        keep_default_na=False,
        na_values={column: [""] for column in table if column not in texts},
    )
    pd.testing.assert_frame_equal(table, golden, check_dtype=False, atol=2e-3, rtol=0)


def test_nothing_that_is_shared_names_the_machine_or_its_user(demo):
    home = str(demo.folder)
    files = [demo.run / "manifest.json", *demo.run.rglob("*.html"), *demo.run.rglob("*.csv")]
    files += [
        path for path in (demo.folder / "models").rglob("*") if path.suffix in (".json", ".md")
    ]
    assert len(files) > 10
    for path in files:
        assert home not in path.read_text(encoding="utf-8-sig"), path


def test_the_model_of_the_repository_is_the_one_that_the_demonstration_trains(demo):
    """By what it learnt: its weights may differ in the last digit on another machine."""
    (here,) = (Path(__file__).parents[1] / "models" / "axes").glob("demo-*")
    (trained,) = (demo.folder / "models" / "axes").iterdir()
    data = [
        json.loads((folder / "manifest.json").read_bytes())["data"] for folder in (here, trained)
    ]
    assert data[0] == data[1]
    assert data[0]["fictional"] is True
    assert "inventés" in (here / "README.md").read_text(encoding="utf-8")
