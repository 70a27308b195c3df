"""Results of the readers on real transcripts; skipped where these are absent."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.making import place_of
from textlien.study.options import SpeakersOptions
from textlien.text.words import word_count
from textlien.transcripts import read
from textlien.transcripts.speakers.roles import decide

REAL = Path(__file__).parents[2] / ".." / "shared" / "realdata"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason="the real transcripts are not here"),
]


def readings_of(pattern):
    for file in sorted(REAL.glob(pattern)):
        for reading in read(file, file.name, SpeakersOptions()):
            yield file.name, reading


def words_of(turns):
    counts = Counter()
    for role, text in zip(turns.role, turns.text, strict=True):
        counts[role] += word_count(text)
    return counts


def test_27_word_interviews_have_two_roles_and_all_their_labels():
    total, labels, files, warned = Counter(), 0, 0, []
    for _, reading in readings_of("artisans_docx/*.docx"):
        turns = reading.turns
        words = words_of(turns)
        assert set(words) == {"interviewer", "interviewee"}
        assert words["interviewee"] > words["interviewer"]
        assert set(turns.speaker) <= {"Chercheur", "Checheur", "Interviewe"}
        assert not turns.text.str.contains(r"\d:\d\d|hercheur\]|nterviewe\]").any()
        assert turns.time_start.notna().all()
        assert turns.time_end.notna().all()
        warned += [problem.message.id for problem in reading.problems if problem.severity != "note"]
        assert list(reading.document.head) == ["titre"]
        total, labels, files = total + words, labels + len(turns), files + 1
    assert (files, labels) == (27, 1017)
    # One file stops within a sentence: « Moi, je suis ravie parce qu'on a fait ».
    assert warned == ["transcripts.ends-abruptly"]
    # « Entretien … 03b », the title of a second recording in two files, is no speech.
    assert total == {"interviewer": 11_511, "interviewee": 40_939}


def test_a_label_that_answers_itself_is_told_with_its_paragraph():
    (found,) = [r for name, r in readings_of("artisans_docx/*24.10.04 04*.docx")]
    assert [place_of(problem) for problem in found.problems] == ["paragraph 111"]


def test_the_interviewer_s_tier_is_found_in_41_textgrids():
    files = Counter()
    for name, reading in readings_of("cfpp2000_textgrid/*.TextGrid"):
        interviewers = set(reading.turns.speaker[reading.turns.role == "interviewer"])
        (named,) = [label for label in interviewers if "enq" in label.casefold()]
        # A colleague who asks too, in two of the interviews.
        assert interviewers <= {named, "Jean-Paul"}, name
        assert all(label == named or not reading.roles[label].sure for label in interviewers)
        assert not {"Turns", "Comments", "Sections"} & set(reading.turns.speaker)
        assert reading.turns.time_start.is_monotonic_increasing
        assert not [problem for problem in reading.problems if problem.severity == "error"]
        files += words_of(reading.turns)
        files["files"] += 1
    assert files == {
        "files": 41,
        "interviewer": 117_169,
        "interviewee": 423_291,
        "other": 42,
    }


def test_team_members_beside_the_interviewer_are_doubtful():
    for _, reading in readings_of("cfpp2000_textgrid/*.TextGrid"):
        for label in {"Jean-Paul", "Jean-Pierre"} & set(reading.roles):
            assert not reading.roles[label].sure


def test_the_interviewer_is_found_where_no_label_says_it():
    """In 41 + 27 interviews, the labels hidden: by questions, or by « vous »; but in two."""
    files, missed = 0, []
    for pattern in ("cfpp2000_textgrid/*.TextGrid", "artisans_docx/*.docx"):
        for name, reading in readings_of(pattern):
            document = reading.document
            labels = list(dict.fromkeys(said.speaker for said in document.utterances))
            hidden = {label: f"Voix {chr(65 + number)}" for number, label in enumerate(labels)}
            utterances = tuple(
                replace(said, speaker=hidden[said.speaker]) for said in document.utterances
            )
            decisions, _ = decide(replace(document, utterances=utterances), SpeakersOptions(), name)
            for label in labels:
                if reading.roles[label].role == "interviewer" and reading.roles[label].sure:
                    missed += [name] if decisions[hidden[label]].role != "interviewer" else []
                elif decisions[hidden[label]].role == "interviewer":
                    assert not reading.roles[label].sure, (name, label)
            files += 1
    assert files == 68
    assert [name.split("_")[0] for name in missed] == ["Josephine", "Veronique"]


def test_928_leaflets_are_the_speech_of_one():
    labelled, words = [], 0
    for name, reading in readings_of("archelec_two_waves/texts/*.txt"):
        words += word_count(" ".join(reading.turns.text))
        if len(reading.turns) > 1:
            labelled.append(name)
        else:
            assert list(reading.turns.role) == ["interviewee"]
    # The one leaflet written as questions and answers.
    assert labelled == ["EL174_L_1988_06_017_04_1_PF_03.txt"]
    assert words == 575_852


@pytest.mark.parametrize(("name", "texts"), [("manifeste_pc", 4), ("theses-socio-1000", 1000)])
def test_every_text_of_an_iramuteq_corpus_is_read(name, texts):
    found = [reading for _, reading in readings_of(f"iramuteq/{name}.txt")]
    assert len(found) == texts
    assert all(set(reading.turns.role) == {"interviewee"} for reading in found)
    assert all(len(reading.document.head) == 1 for reading in found)
