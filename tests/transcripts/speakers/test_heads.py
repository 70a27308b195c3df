"""Several interviews in one file, each below a head notice of its own."""

import pytest

from tests.transcripts.speakers.test_doubts import dialogue
from textlien.study.options import SpeakersOptions
from textlien.transcripts import read

FIRST = dialogue("E : {}", "R : {}", 0, 3)
SECOND = dialogue("E : {}", "R : {}", 3, 6)
WORDS = dialogue("{}", "{}")


def readings_of(folder, *lines):
    file = folder / "entretiens.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read(file, file.name, SpeakersOptions())


@pytest.mark.parametrize(
    ("above", "amid", "head"),
    [
        (["Ville : Dole"], ["Ville : Lure"], {"ville": "Lure"}),
        (
            ["Entretien n° 4", "Date : 2 mai 2013"],
            ["Entretien n° 5", "Date : 3 mai 2013"],
            {"date": "3 mai 2013", "titre": "Entretien n° 5"},
        ),
        (
            ["Nom : Mme R.", "Âge : 41 ans"],
            ["Fin de l'entretien", "Nom : M. L.", "Âge : 60 ans"],
            {"nom": "M. L", "age": "60 ans"},
        ),
        (
            ["INTERVIEW Mme R."],
            ["INTERVIEW M. L.", "Enquêtrice : C. Dumas", "Lieu : mairie"],
            {"enquetrice": "C. Dumas", "lieu": "mairie", "titre": "INTERVIEW M. L."},
        ),
    ],
    ids=["city", "title", "entries", "interviewer in the notice"],
)
def test_a_second_head_notice_begins_another_interview(tmp_path, above, amid, head):
    first, second = readings_of(tmp_path, *above, *FIRST, *amid, *SECOND)
    assert (first.document.name, second.document.name) == ("1", "2")
    assert [*first.turns.text, *second.turns.text] == WORDS
    assert second.document.head == head
    (warning,) = [part for part in second.problems if part.id == "speakers.second-head"]
    assert warning.severity == "warning"
    assert warning.location.line == len([*above, *FIRST]) + len(amid) - len(head) + 1


def test_another_interviewee_below_a_title_is_another_interview(tmp_path):
    other = dialogue("E : {}", "M. Lam : {}", 3, 6)
    readings = readings_of(tmp_path, "LIEN SOCIAL", *FIRST, "LIEN SOCIAL", *other)
    assert [set(reading.roles) for reading in readings] == [{"E", "R"}, {"E", "M. Lam"}]


@pytest.mark.parametrize(
    ("title", "amid", "severity"),
    [
        ("Entretien 12a", "Entretien 12b", "note"),
        ("Entretien avec Mme R.", "Entretien avec Mme R., suite", "note"),
        ("LIEN SOCIAL", "LIEN SOCIAL", "warning"),
        ("Entretien avec Mme R.", "Date : 9 mai 2013", "warning"),
    ],
)
def test_a_second_session_is_the_same_interview(tmp_path, title, amid, severity):
    (reading,) = readings_of(tmp_path, title, *FIRST, amid, *SECOND)
    assert list(reading.turns.text) == WORDS
    (problem,) = [part for part in reading.problems if part.id == "speakers.notice-amid"]
    assert (problem.severity, problem.location.line) == (severity, 8)


def test_a_notice_amid_questions_and_answers_without_labels_is_told(tmp_path):
    amid = ["Ville : Lure", "Date : 3 mai 2013"]
    (reading,) = readings_of(tmp_path, *WORDS, *amid, *WORDS)
    assert list(reading.turns.text) == WORDS * 2
    assert "speakers.notice-amid" in {problem.id for problem in reading.problems}


def test_a_sentence_that_opens_like_an_entry_stays_speech(tmp_path):
    line = "Date : je ne sais plus, c'était avant la crue."
    (reading,) = readings_of(tmp_path, *FIRST, line, *SECOND)
    assert reading.turns.text[5].endswith(line)


def test_names_of_entries_are_no_speakers(tmp_path):
    readings = readings_of(tmp_path, "Nom : Mme R.", *FIRST, "Nom : M. L.", *SECOND)
    assert [set(reading.roles) for reading in readings] == [{"E", "R"}] * 2
