"""Tables of a corpus from records alone: no file is read. The interviews are invented."""

from dataclasses import replace
from pathlib import Path

import pytest

from textlien.corpus.describe import describe
from textlien.corpus.discovery import Transcript
from textlien.corpus.records import InterviewRecord, SpeakerRecord
from textlien.corpus.roster import Roster
from textlien.corpus.twins import find_twins
from textlien.corpus.vocabulary import vocabulary_of
from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import Study
from textlien.text.sketch import Sketch
from textlien.transcripts.model import RoleReason

STUDY = Study(file=Path("/s/study.toml"), corpus=({"wave": "2013", "path": "t"},))
SPEAKER = SpeakerRecord("ML", "interviewee", RoleReason.REMAINING, True, 1, 30)


def transcript(name, twin=""):
    file = f"t/{name}.txt"
    return Transcript(0, Path("/s") / file, file, f"2013-{name}", "0", twin)


def corpus_of(records, *others):
    transcripts = [*records, *others]
    twins = find_twins(transcripts, records, {})
    return describe(
        vocabulary_of(STUDY), STUDY.corpus, transcripts, records, [Roster()], twins.problems
    )


def test_each_record_is_an_interview_with_its_speakers_and_variables():
    record = InterviewRecord(
        "2013-a",
        head={"ville": "Creil"},
        turns="k",
        n_turns=1,
        n_words=30,
        speakers=(SPEAKER,),
        variables=(("sexe", "f"), ("age", "30")),
    )
    corpus = corpus_of({transcript("a"): (record,)})
    (row,) = corpus.interviews.to_dict("records")
    assert (row["interview_id"], row["city"], row["included"]) == ("2013-a", "Creil", True)
    assert list(corpus.speakers["reason"]) == ["remaining"]
    assert list(corpus.variables["position"]) == [1, 2]
    assert corpus.turns == {"2013-a": "k"}


def test_the_column_of_problems_holds_identifiers_and_no_note():
    location = Location(file="t/a.txt")
    problems = (
        Problem.error("files.empty", location),
        Problem.note("speakers.no-labels", location),
        Problem.warning("speakers.words-before-labels", location, words=50),
        Problem.warning("speakers.words-before-labels", location, words=60),
    )
    corpus = corpus_of({transcript("a"): (InterviewRecord("2013-a", problems=problems),)})
    (row,) = corpus.interviews.to_dict("records")
    assert row["problems"] == "files.empty speakers.words-before-labels"
    assert row["included"] is False
    assert corpus.problems == list(problems)


def test_a_file_with_the_bytes_of_another_is_left_out():
    corpus = corpus_of(
        {transcript("a"): (InterviewRecord("2013-a", turns="k"),)},
        transcript("b", twin="t/a.txt"),
    )
    assert list(corpus.interviews["included"]) == [True, False]
    assert [(problem.id, problem.location.file) for problem in corpus.problems] == [
        ("corpus.twin", "t/b.txt")
    ]


def test_of_two_interviews_with_one_identifier_the_second_is_left_out():
    corpus = corpus_of(
        {
            transcript("a"): (InterviewRecord("2013-a-b", turns="k"),),
            transcript("a-b"): (InterviewRecord("2013-a-b", turns="l"),),
        }
    )
    assert corpus.turns == {"2013-a-b": "k"}
    assert corpus.interviews["interview_id"].is_unique
    (problem,) = corpus.problems
    assert (problem.id, problem.message.values) == (
        "corpus.same-identifier",
        {"identifier": "2013-a-b", "owner": "t/a.txt"},
    )


@pytest.mark.parametrize(
    ("name", "roles", "words", "id"),
    [
        ("notes de terrain", ["interviewee"], 200, "corpus.name-of-another-document"),
        ("Grille_entretien v2", ["interviewee"], 130, "corpus.name-of-another-document"),
        ("consentement M. Roux", ["interviewee"], 90, "corpus.name-of-another-document"),
        ("GUIDE D'ENTRETIEN", ["interviewer"], 0, "corpus.name-of-another-document"),
        ("maire", ["interviewee"], 10, "corpus.too-short-for-an-interview"),
        ("maire", ["interviewee"], 800, ""),
        ("compte rendu maire", ["interviewer", "interviewee"], 800, ""),
        ("la grillerie", ["interviewee"], 800, ""),
    ],
)
def test_a_document_beside_the_transcripts_is_told(name, roles, words, id):
    speakers = tuple(replace(SPEAKER, speaker=role, role=role) for role in roles)
    record = InterviewRecord("2013-a", turns="k", n_words=words, speakers=speakers)
    corpus = corpus_of({transcript(name): (record,)})
    assert [problem.id for problem in corpus.problems] == ([id] if id else [])
    assert list(corpus.interviews["included"]) == [True]


@pytest.mark.parametrize(("city", "told"), [("Creil", ["t/b.txt"]), ("", [])])
def test_an_interview_without_a_city_is_told_where_others_have_one(city, told):
    plain = InterviewRecord("", turns="k", n_turns=1, n_words=30, speakers=(SPEAKER,))
    records = {
        transcript(name): (
            replace(plain, interview_id=f"2013-{name}", head=head, sketch=Sketch(name, ())),
        )
        for name, head in {"a": {"ville": city}, "b": {}}.items()
    }
    corpus = corpus_of(records)
    absent = [p.location.file for p in corpus.problems if p.message.id == "corpus.no-city"]
    assert absent == told
