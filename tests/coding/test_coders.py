"""Coders that no column names, and coders of two minds; codings are invented."""

import pytest

from tests.coding.test_codings import AXES, INTERVIEWS, TEXT
from tests.making import hint_of
from textlien.coding.codings import read_codings

RESPECT = "C'est une affaire de respect."
TALK = "Les adjoints ne se parlent pas."
TEXTS = {"2013-maire": TEXT.replace("c’est", "C'est")}


def read(folder, **files):
    paths = []
    for name, rows in files.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(rows), encoding="utf-8")
        paths.append(path)
    return read_codings(
        paths, lambda path: path.relative_to(folder).as_posix(), INTERVIEWS, TEXTS, AXES
    )


def wide(*rows, header="entretien;citation;projet"):
    return [header, *(f"maire;{row}" for row in rows)]


def ids(problems):
    return [(problem.message.id, problem.severity) for problem in problems]


def test_coders_of_two_files_are_named_after_them(tmp_path):
    codings, problems = read(tmp_path, ana=wide(f"{RESPECT};1"), lea=wide(f"{RESPECT};0"))
    assert dict(zip(codings["coder"], codings["value"], strict=True)) == {"ana": 1, "lea": 0}
    assert ids(problems) == [("coding.coder-from-file", "note")] * 2


def test_files_of_the_same_name_are_told_apart_by_their_folders(tmp_path):
    codings, _ = read(
        tmp_path, **{"ana/grille": wide(f"{TALK};oui"), "lea/grille": wide(f"{TALK};non")}
    )
    assert list(codings["coder"]) == ["ana/grille", "lea/grille"]


def test_a_file_that_names_no_coder_stands_beside_one_that_does(tmp_path):
    named = wide(f"{RESPECT};marc;1", header="entretien;citation;codeur;projet")
    codings, problems = read(tmp_path, lot1=named, lea=wide(f"{RESPECT};0"))
    assert list(codings["coder"]) == ["marc", "lea"]
    assert [problem.location.file for problem in problems] == ["lea.csv"]


def test_a_single_file_needs_no_coder(tmp_path):
    codings, problems = read(tmp_path, ana=wide(f"{RESPECT};1"))
    assert list(codings["coder"]) == [""]
    assert problems == []


@pytest.mark.parametrize("again", [f"{RESPECT};0", "une affaire de respect;non"])
def test_yes_and_no_of_one_coder_on_one_passage_are_both_left_out(tmp_path, again):
    codings, problems = read(tmp_path, ana=wide(f"{RESPECT};1", f"{TALK};1", again))
    assert list(codings["quote"]) == [TALK]
    assert ids(problems) == [("coding.contradiction", "error")]
    assert problems[0].location.line == 4
    assert problems[0].message.values["other"].line == 2
    assert "codeur" in hint_of(problems[0]) or "coder" in hint_of(problems[0])


def test_a_short_yes_within_a_long_no_is_no_contradiction(tmp_path):
    whole = f'"{TEXTS["2013-maire"].splitlines()[1]}"'
    codings, problems = read(tmp_path, ana=wide(f"{whole};0", "une affaire;1"))
    assert len(codings) == 2
    assert problems == []


def test_crosses_alone_are_noticed(tmp_path):
    header = "entretien;citation;projet;action_sociale"
    words = ("affaire", "respect", "services", "adjoints", "parlent pas")
    crosses = wide(*(f"{word};x;" for word in words), header=header)
    codings, problems = read(tmp_path, ana=crosses)
    assert len(codings) == 5
    assert ids(problems) == [("coding.no-zero", "warning")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("Oui", 1), ("X", 1), ("vrai", 1), ("1,0", 1), ("✓", 1), ("Non", 0), ("FAUX", 0), ("0,0", 0)],
)
def test_forms_of_yes_and_no(tmp_path, cell, value):
    codings, problems = read(tmp_path, ana=wide(f"{RESPECT};{cell}"))
    assert list(codings["value"]) == [value]
    assert problems == []


@pytest.mark.parametrize("cell", ["NSP", "?", "2", "oui ?", "plutôt"])
def test_other_answers_are_named_by_their_line(tmp_path, cell):
    codings, problems = read(tmp_path, ana=wide(f"{TALK};1", f"{RESPECT};{cell}"))
    assert len(codings) == 1
    assert ids(problems) == [("coding.value-not-binary", "error")]
    assert problems[0].location.line == 3


@pytest.mark.parametrize("cell", ["-", "–", " "])
def test_a_dash_is_a_blank(tmp_path, cell):
    header = "entretien;citation;projet;action_sociale"
    codings, problems = read(tmp_path, ana=wide(f"{TALK};0;{cell}", header=header))
    assert list(codings["axis"]) == ["projet"]
    assert problems == []
