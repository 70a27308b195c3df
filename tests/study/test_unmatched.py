"""``[[speakers.file]]`` of the study file, from end to end. The interviews are invented."""

import pytest

from tests.making import ENGLISH, hint_of, place_of, text_of
from textlien.commands.check import check_study

SPEECH = "JD : Et ici, vous êtes bien ?\nML : Je crois que oui, nous sommes bien.\n" * 12


@pytest.fixture
def study(tmp_path):
    (tmp_path / "t").mkdir()
    for name in ("creil", "niort [2]"):
        text = f"Ville : {name}\n{SPEECH}ML : J'aime {name}.\n"
        (tmp_path / "t" / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path / "s.toml"


def checked(study, more=""):
    study.write_text(f'[[corpus]]\nwave = "2013"\npath = "t"\n{more}', encoding="utf-8")
    return check_study(study)


def warned(report):
    return [
        (place_of(problem), text_of(problem), hint_of(problem))
        for problem in report.problems
        if place_of(problem).startswith("[[speakers")
    ]


def roles_of(report, file):
    (name,) = report.interviews.loc[report.interviews["file"] == file, "interview_id"]
    own = report.speakers[report.speakers["interview_id"] == name]
    return dict(zip(own["speaker"], own["role"], strict=True))


def test_the_labels_of_one_file_are_exchanged_and_of_no_other(study):
    swapped = (
        '[[speakers.file]]\npath = "t/niort [2].txt"\ninterviewer = ["ml"]\ninterviewee = ["JD"]\n'
    )
    report = checked(study, swapped)
    assert roles_of(report, "t/niort [2].txt") == {"JD": "interviewee", "ML": "interviewer"}
    assert roles_of(report, "t/creil.txt") == {"JD": "interviewer", "ML": "interviewee"}
    assert warned(report) == []


def test_what_check_proposes_settles_what_it_guessed(study):
    report = checked(study)
    assert len(report.proposals(ENGLISH)) == 2
    settled = checked(study, "\n".join(report.proposals(ENGLISH)))
    assert settled.proposals(ENGLISH) == []
    for file in ("t/creil.txt", "t/niort [2].txt"):
        assert roles_of(settled, file) == roles_of(report, file)


def test_a_path_that_no_file_matches_is_told_with_the_nearest(study):
    report = checked(study, '[[speakers.file]]\npath = "t/creill.txt"\ninterviewer = ["JD"]\n')
    assert warned(report) == [
        (
            "[[speakers.file]] no. 1",
            'no transcript matches path = "t/creill.txt".',
            'Did you mean "t/creil.txt"?',
        )
    ]


def test_a_pattern_that_matches_is_not_told(study):
    assert warned(checked(study, '[[speakers.file]]\npath = "t/*"\ninterviewer = ["JD"]\n')) == []


def test_a_label_that_nobody_has_is_told_with_the_nearest(study):
    more = '[[speakers.file]]\npath = "t/creil.txt"\ninterviewer = ["JDD"]\nother = ["Xavier"]\n'
    assert warned(checked(study, more)) == [
        (
            "[[speakers.file]] no. 1",
            'nobody has the label "JDD" in t/creil.txt.',
            'Did you mean "JD"?',
        ),
        (
            "[[speakers.file]] no. 1",
            'nobody has the label "Xavier" in t/creil.txt.',
            'The labels there are "JD", "ML".',
        ),
    ]


def test_a_label_for_all_files_need_not_be_in_any(study):
    assert warned(checked(study, '[speakers]\ninterviewer = ["Paul"]\n')) == []


def test_labels_of_a_file_that_cannot_be_read_are_not_told(study):
    (study.parent / "t" / "x.docx").write_bytes(b"PK\x03\x04 broken")
    more = '[[speakers.file]]\npath = "t/x.docx"\ninterviewer = ["Paul"]\n'
    assert warned(checked(study, more)) == []


@pytest.mark.parametrize(
    "path", ["T/Créil*.txt", "t\\\\Cre\u0301il n° 1.TXT", "t/Créil n°\u00a01.txt"]
)
def test_a_path_is_compared_as_a_reader_sees_it(study, path):
    (study.parent / "t" / "créil n° 1.txt").write_text(f"Ville : X\n{SPEECH}", encoding="utf-8")
    report = checked(study, f'[[speakers.file]]\npath = "{path}"\ninterviewer = ["ML"]\n')
    assert roles_of(report, "t/créil n° 1.txt")["ML"] == "interviewer"
    assert warned(report) == []
