from __future__ import annotations

import pandas as pd
import pytest

from tests.studies import Ran, executed, invoke, ran
from textlien.commands import k_range
from textlien.commands.k_range import measure_range
from textlien.errors import TextlienError
from textlien.messages.translator import Translator
from textlien.pipeline.watcher import Unwatched
from textlien.report.k_range import range_cells

ENGLISH = Translator("en")


def bytes_of(study: Ran) -> list[bytes]:
    return [(study.run / f"themes-k.{suffix}").read_bytes() for suffix in ("html", "csv")]


def test_a_range_is_printed_with_an_advice_and_written_as_a_page_and_a_table(small, tmp_path):
    study = small.copy(tmp_path)
    code, output = invoke("themes", study.file, "--k", "3,5", "--workers", "1")
    assert code == 0, output
    lines = output.splitlines()
    (first,) = (number for number, line in enumerate(lines) if line.split()[:2] == ["k", "themes"])
    assert lines[first].split()[:3] == ["k", "themes", "fragile"]
    assert [line.split()[0] for line in lines[first + 1 : first + 3]] == ["3", "5"]
    assert "Rule: " in output or "No recommendation" in output
    assert "themes-k.html" in output
    table = pd.read_csv(study.run / "themes-k.csv", sep=None, engine="python", encoding="utf-8-sig")
    assert table["k"].tolist() == [3, 5]
    assert "<svg" in (study.run / "themes-k.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_one_process_and_two_write_the_same_bytes(small, tmp_path, monkeypatch):
    monkeypatch.setattr(k_range, "_COUNTS_A_PROCESS", 1)
    study = small.copy(tmp_path)
    invoke("themes", study.file, "--k", "3,4", "--workers", "1")
    one = bytes_of(study)
    code, output = invoke("themes", study.file, "--k", "3,4", "--workers", "2")
    assert code == 0, output
    assert bytes_of(study) == one


def test_a_range_leaves_the_run_as_it_is(small, tmp_path):
    study = small.copy(tmp_path)
    manifest = (study.run / "manifest.json").read_bytes()
    invoke("themes", study.file, "--k", "3,4", "--workers", "1")
    assert (study.run / "manifest.json").read_bytes() == manifest
    assert executed(ran(study.folder, study.name, "run", str(study.file)).output) == []


def test_the_stages_before_themes_are_executed_where_there_is_no_run_yet(small, tmp_path):
    study = small.copy(tmp_path)
    (study.run / "manifest.json").unlink()
    _, output = invoke("themes", study.file, "--k", "3,4", "--workers", "1")
    assert executed(output)[-1] == "terms"
    assert (study.run / "themes-k.html").is_file()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("40-5", "the range goes from 40 to 5"),
        ("abc", '"abc" is not a range of numbers of themes'),
        ("0-3", "from 2 to 200"),
    ],
)
def test_a_range_that_is_none_is_refused_before_anything_is_computed(small, text, words):
    code, output = invoke("themes", small.file, "--k", text)
    assert code == 2
    assert "--k" in output
    assert words in output
    assert "terms" not in output


TRANSCRIPT = """\
Enquêteur : Et les transports ?
R : {first}
Enquêteur : Et le logement ?
R : {second}
"""

SAYINGS = (
    "Le bus passe devant le métro, le tram passe devant le bus, et le vélo attend le bus.",
    "Le loyer augmente, le bail finit, le logement coûte cher et le bailleur veut son loyer.",
    "La classe est pleine, le collège manque de place et la cantine de la classe est fermée.",
)


def study_of(folder, n_interviews):
    """A study of some interviews in which each saying comes back."""
    (folder / "t").mkdir()
    for number in range(n_interviews):
        answers = [SAYINGS[(number + turn) % 3] for turn in range(6)]
        pairs = zip(answers[::2], answers[1::2], strict=True)
        text = "".join(TRANSCRIPT.format(first=first, second=second) for first, second in pairs)
        (folder / "t" / f"e{number}.txt").write_text(text, encoding="utf-8")
    study = folder / "s.toml"
    options = "[terms]\nmin_passages = 1\nmin_interviews = 1\nmax_share = 1\ncollocations = false\n"
    study.write_text(f'[[corpus]]\nwave = "1"\npath = "t"\n{options}', encoding="utf-8")
    return study


def measured(study, *ks):
    return measure_range(study, ks, workers=1, watcher=Unwatched(), translator=ENGLISH)


def ids_of(done):
    return [sentence.id for part in done.advice for sentence in part]


def test_three_interviews_have_a_table_without_stability_and_no_advice(tmp_path):
    done = measured(study_of(tmp_path, 3), 2, 3)
    problem = next(p for p in done.problems if p.id == "k_range.too-few-persons")
    assert problem.message.values == {"persons": 3, "fewest": 5}
    assert ids_of(done) == ["k_range.no-draws"]
    cells = range_cells(done.table, ENGLISH)
    assert set(cells["returning"]) == set(cells["gain"]) == set(cells["fragile"]) == {"—"}
    assert done.files[0].is_file()


def test_a_study_with_a_file_of_themes_is_told_that_it_is_left_out(tmp_path):
    study = study_of(tmp_path, 3)
    assert "k_range.without-edits" not in ids_of(measured(study, 2, 3))
    study.write_text(study.read_text() + '[themes]\nfile = "themes.toml"\n')
    (tmp_path / "themes.toml").write_text("")
    assert "k_range.without-edits" in ids_of(measured(study, 2, 3))


def test_more_themes_than_the_corpus_holds_become_the_most_that_it_holds(tmp_path):
    done = measured(study_of(tmp_path, 6), 2, 50, 100)
    problem = next(p for p in done.problems if p.id == "k_range.limited")
    assert problem.message.values["ks"] == (50, 100)
    assert done.table["k"].tolist() == [2, problem.message.values["most"]]


def test_a_corpus_without_terms_has_no_range(tmp_path):
    study = study_of(tmp_path, 3)
    study.write_text(study.read_text().replace("min_passages = 1", "min_passages = 1000"))
    with pytest.raises(TextlienError) as raised:
        measured(study, 2, 3)
    assert raised.value.problems[0].id == "themes.too-few"
    assert raised.value.problems[0].location.file == "s.toml"
