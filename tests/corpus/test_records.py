"""Records of interviews, as a run folder keeps them."""

import json

from textlien.corpus.records import InterviewRecord, SpeakerRecord
from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.transcripts.model import RoleReason

RECORD = InterviewRecord(
    "2013-a",
    name="Élu",
    head={"ville": "Creil"},
    properties={"title": "Entretien"},
    encoding="cp1252",
    turns="0123",
    n_turns=2,
    n_words=30,
    n_words_interviewer=4,
    duration=12.5,
    speakers=(
        SpeakerRecord("JD", "interviewer", RoleReason.ASKS, False, 1, 4, 0.9, 0.1, 0.12),
        SpeakerRecord("ML", "interviewee", RoleReason.REMAINING, False, 1, 30),
    ),
    variables=(("sexe", "f"), ("age", "30")),
    problems=(Problem.error("corpus.twin", Location(file="a.txt", line=3), twin="b.txt"),),
)


def test_a_record_comes_back_from_json_as_it_was():
    plain = json.loads(json.dumps([RECORD.to_plain(), InterviewRecord("b").to_plain()]))
    assert [InterviewRecord.from_plain(part) for part in plain] == [RECORD, InterviewRecord("b")]


def test_a_reason_is_kept_by_its_value():
    assert RECORD.to_plain()["speakers"][0]["reason"] == "asks"
