import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import hint_of, text_of
from textlien.errors import TextlienError
from textlien.study.options import SpeakersOptions
from textlien.tables import normalised_text
from textlien.text.marks import normalise_characters
from textlien.transcripts import SUFFIXES, read


def readings_of(folder, content, name="entretien.txt"):
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return read(file, name, SpeakersOptions())


def test_offsets_point_into_the_normalised_text(tmp_path):
    (reading,) = readings_of(tmp_path, "Q : Un ?\nR : Oui.\nEncore.\nQ : Deux ?\nR : Non.")
    text = normalised_text(reading.turns)
    assert text == "Un ?\nOui.\nEncore.\nDeux ?\nNon."
    assert [
        text[start:end] for start, end in zip(reading.turns.start, reading.turns.end, strict=True)
    ] == list(reading.turns.text)
    assert list(reading.turns.turn) == [0, 1, 2, 3]
    assert list(reading.turns.role) == ["interviewer", "interviewee"] * 2


@given(st.text(max_size=200))
def test_offsets_hold_for_any_text(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("any") / "entretien.txt"
    file.write_text(f"Q : Un ?\nR : {content}\nQ : Deux ?\nR : Oui.", "utf-8", "surrogatepass")
    try:
        (reading, *_) = read(file, file.name, SpeakersOptions())
    except TextlienError:  # lone surrogates and NUL bytes are no text
        return
    turns = reading.turns
    text = normalised_text(turns)
    assert [text[a:b] for a, b in zip(turns.start, turns.end, strict=True)] == list(turns.text)
    assert list(turns.start[1:]) == [end + 1 for end in turns.end[:-1]]


def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(TextlienError) as raised:
        readings_of(tmp_path, "Bonjour", "entretien.xyz")
    assert text_of(raised.value) == 'entretien.xyz: files of kind ".xyz" cannot be read.'
    assert all(suffix in hint_of(raised.value) for suffix in SUFFIXES)


@pytest.mark.parametrize(
    ("suffix", "advice"),
    [(".wps", "save it as .docx"), (".QDPX", "whole project"), (".mp3", "transcribe it first")],
)
def test_files_that_people_have_beside_transcripts_get_advice(tmp_path, suffix, advice):
    with pytest.raises(TextlienError) as raised:
        readings_of(tmp_path, "Bonjour", f"entretien{suffix}")
    assert raised.value.problems[0].id == "transcripts.unread-kind"
    assert advice in hint_of(raised.value)


def test_a_suffix_in_capitals_is_read(tmp_path):
    assert readings_of(tmp_path, "Q : Un ?\nR : Oui.", "A.TXT")[0].turns.text[1] == "Oui."


@pytest.mark.parametrize("answer", ["(rires)", "[inaudible]", "… !"])
def test_an_interview_whose_interviewee_says_no_word_is_an_error(tmp_path, answer):
    (reading,) = readings_of(tmp_path, f"Q : Ça va bien ?\nR : {answer}\nQ : Et ?\nR : {answer}")
    (error,) = [problem for problem in reading.problems if problem.severity == "error"]
    assert text_of(error) == "no word of an interviewee."
    assert hint_of(error)


def test_an_interview_without_interviewee_is_an_error(tmp_path):
    (reading,) = readings_of(tmp_path, "Enquêteur : Un ?\nChercheur : Deux ?\nEnquêteur : Trois ?")
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert "no turn of an interviewee" in text_of(errors[0])
    assert '"Chercheur"' in text_of(errors[0])


def test_no_letter_is_lost_between_the_file_and_the_turns(tmp_path):
    content = "Q : Où ça ?\nR : Au Cœur de l’été…\u00a0; « là » (rires).\nQ : Et ?\nR : Rien."
    (reading,) = readings_of(tmp_path, content)
    said = normalised_text(reading.turns)
    expected = normalise_characters(content).replace("Q : ", "").replace("R : ", "")
    assert said == expected
