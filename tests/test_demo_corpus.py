"""Requirements on the demonstration interviews: invented, like speech, coded where they say."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.speech import measures

from textlien.commands.agreement import agreement_of_study
from textlien.pipeline.run_folder import Run
from textlien.pseudonyms.exact_forms import ExactForms
from textlien.pseudonyms.suggest import suggest
from textlien.study.loading import load

CORPUS = Path(__file__).parents[1] / "corpora" / "demo"
FLOORS = json.loads((Path(__file__).parent / "baseline.json").read_text())
GAZETTEER = Path(__file__).parents[1] / "configs" / "gazetteers" / "first_names.csv"
PANEL_PERSONS = 6
# Of no interviewee and no official: a painter, a king, a singer, a newspaper.
NOBODY = {"Rubens", "Louis", "Dalida", "Charlie"}


def names():
    with (CORPUS / "names.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_city_and_wave_has_its_interviews_and_all_actors_are_there(demo):
    interviews = Run(demo.run)["interviews"]
    assert len(interviews) >= 60
    assert interviews.n_words.sum() + interviews.n_words_interviewer.sum() >= 55_000
    words = interviews.n_words + interviews.n_words_interviewer
    assert words.between(700, 1400).all()
    cells = interviews.groupby(["wave", "city"]).size()
    assert len(cells) == 7 + 11
    assert cells.min() >= 3
    assert set(interviews.actor) == set(load(demo.file).actors)
    waves = interviews.groupby("person").wave.nunique()
    assert (waves == 2).sum() == PANEL_PERSONS


def test_every_interview_says_in_its_own_file_that_it_is_fiction():
    for file in (path for wave in ("2013", "2015") for path in (CORPUS / wave).iterdir()):
        content = file.read_bytes()
        if file.suffix in (".docx", ".odt", ".xlsx"):
            continue  # packed: read by the next test
        assert re.search(rb"[Ff]icti[fv]|_fictif_oui|fictif", content), file.name


def test_what_is_read_of_every_file_says_that_it_is_fiction(tmp_path):
    """Without the roster and without the study file's word for it."""
    study_file = tmp_path / "study.toml"
    study_file.write_text(
        "".join(
            f'[[corpus]]\nwave = "{wave}"\npath = "{(CORPUS / wave).as_posix()}"\n'
            for wave in ("2013", "2015")
        ),
        encoding="utf-8",
    )
    from textlien.commands.check import check_study

    interviews = check_study(study_file, workers=1).interviews
    silent = interviews.loc[~interviews.fictional, "file"]
    # Subtitles, TextGrids and JSON have no head notice; the bytes are looked at above.
    assert {Path(name).suffix for name in silent} <= {".vtt", ".srt", ".TextGrid", ".json"}


def test_no_eight_words_are_shared_by_two_interviews(demo):
    owners = defaultdict(set)
    for interview, turns in Run(demo.run)["turns"].groupby("interview_id"):
        for text in turns.text:
            words = re.findall(r"[^\W_]+", text.lower())
            for start in range(len(words) - 7):
                owners[" ".join(words[start : start + 8])].add(interview)
    assert [phrase for phrase, found in owners.items() if len(found) > 1] == []


def test_they_speak_and_do_not_write(demo):
    """Each bound lies between real speech and writing, as benchmarks/speech.py measures them."""
    turns = Run(demo.run)["turns"]
    answers = turns[turns.role == "interviewee"]
    found = measures([list(own.text) for _, own in answers.groupby("interview_id")])
    assert found["forms of 600"] < 265  # speech 215 to 224, leaflets 310
    assert found["a sentence"] < 16  # speech 14.7, writing 19.7 to 23.9
    assert found["fillers"] > 15  # speech 4.9 to 58.5, writing 1.0
    assert found["repeated"] > 3  # speech 1.6 to 21.1, writing 0.5
    assert found["ne"] < 40  # speech 17 to 84, writing 113
    assert found["ça"] > 95  # speech 99.6, writing 31


def test_every_coding_is_on_its_words_and_every_passage_has_one(demo):
    run = Run(demo.run)
    assert set(run["codings"].anchor) == {"kept"}
    labels = run["labels"].pivot(index="passage_id", columns="axis", values="value")
    assert set(labels.index) == set(run["passages"].passage_id)
    assert labels.notna().all().all()


def test_readers_agree_as_far_as_the_readme_says(demo):
    files = [CORPUS / "coding" / f"reader-{letter}.csv" for letter in "ab"]
    table, problems = agreement_of_study(load(demo.file), files)
    assert problems == []
    assert table.n_passages.min() >= 300
    told = dict(zip(table.axis, table.alpha.round(2), strict=True))
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    for axis, alpha in told.items():
        (row,) = [
            line for line in readme.splitlines() if re.match(rf"\| `{axis}` \| [\d.]+ %", line)
        ]
        assert f"| {alpha:.2f}".replace("0.", ".") in row


def test_persons_are_named_only_where_the_list_says(demo):
    """A first name in capitals inside a sentence is one of ``names.csv``, in its own file."""
    first_names = set(pd.read_csv(GAZETTEER).query("births >= 500 and word == 0").name)
    listed = {word for row in names() for word in re.findall(r"\w+", row["form"])}
    run = Run(demo.run)
    files = run["interviews"].set_index("interview_id").file
    with_names = {row["file"] for row in names()}
    for turn in run["turns"].itertuples():
        for word in re.findall(r"(?<=[a-zéèà,] )[A-ZÉ][a-zéèëïç]+\b", turn.text):
            if word in first_names - NOBODY - listed:
                pytest.fail(f"{files[turn.interview_id]}: {word} in « {turn.text[:80]} »")
    for row in names():
        assert row["file"] in with_names & set(files)


def test_suggested_names_cover_the_listed_ones(demo):
    run, study = Run(demo.run), load(demo.file)
    found = suggest(
        run["turns"],
        run["interviews"],
        pipeline=study.pseudonyms.pipeline,
        keep=sorted({*study.cities_of_study, *study.cities.aliases}),
        roster=[],
    )
    covering = ExactForms(name for name in found if name.action != "keep")
    wanted = [row for row in names() if row["kind"] == "person"]
    covered = sum(bool(covering.find(row["form"])) for row in wanted)
    assert len(wanted) > 40
    assert 100 * covered / len(wanted) >= FLOORS["pseudonyms.demo.person_forms"]
