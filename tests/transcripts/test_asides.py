"""Comments, footnotes, field notes and closing lines are no speech; sentences stay."""

import pytest

from tests.transcripts.speakers.test_doubts import ANSWERED, dialogue, reading_of, warnings_of
from textlien.transcripts.asides import Aside, Row, asides_of

SPEECH = dialogue("Enquêtrice : {}", "Mme Roy : {}")
WORDS = [*dialogue("{}", "{}")]


def notes_of(reading):
    return [problem for problem in reading.problems if problem.id == "speakers.left-aside"]


def kinds_of(reading):
    (note,) = notes_of(reading)
    return [part.id.removeprefix("speakers.aside-") for part in note.message.values["parts"]]


@pytest.mark.parametrize(
    ("foot", "kinds"),
    [
        (["[Fin de la cassette]"], ["closing"]),
        (["FIN"], ["closing"]),
        (["* * *", "Transcription : Lise Aubin", "Durée : 58 min"], ["closing", "notice"]),
        (["Retranscrit par Lise Aubin en mai 2014"], ["closing"]),
        (["L'enregistrement s'est arrêté là"], ["closing"]),
        (["Notes de terrain : la salle est froide.", "Elle garde son manteau."], ["field-note"]),
        (["Observations", "Très à l'aise, elle rit souvent."], ["field-note"]),
        (["Impressions après l'entretien : un accueil chaleureux"], ["field-note"]),
        (["__________", "Le prénom a été changé."], ["footnote"]),
    ],
)
def test_lines_at_the_foot_are_left_out_with_a_note(tmp_path, foot, kinds):
    reading = reading_of(tmp_path, *SPEECH, *foot)
    assert list(reading.turns.text) == WORDS
    assert kinds_of(reading) == kinds
    assert notes_of(reading)[0].severity == "note"


def test_the_duration_at_the_foot_is_in_the_head(tmp_path):
    reading = reading_of(tmp_path, "Ville : Dole", *SPEECH, "Durée : 58 min")
    assert reading.document.head == {"ville": "Dole", "duree": "58 min"}


@pytest.mark.parametrize(
    ("mark", "foot", "kind"),
    [
        ("[a]", ["[a]Lise: à réécouter", "oui, en effet"], "comment"),
        ("[1]", ["[1] Nom changé."], "footnote"),
        (" (1)", ["(1) Nom changé."], "footnote"),
        ("¹", ["¹ Nom changé."], "footnote"),
        ("*", ["* Nom changé."], "footnote"),
    ],
)
def test_marks_of_comments_and_footnotes_are_taken_out_of_words(tmp_path, mark, foot, kind):
    lines = [line.replace("jeunesse.", f"jeunesse{mark}.") for line in SPEECH]
    reading = reading_of(tmp_path, *lines, *foot)
    assert [text.replace(" .", ".") for text in reading.turns.text] == WORDS
    assert kinds_of(reading) == [kind]


@pytest.mark.parametrize(
    "line", ["((le bibliothécaire entre))", "Observation : elle baisse la voix"]
)
def test_a_field_note_between_turns_is_left_out_with_a_warning(tmp_path, line):
    reading = reading_of(tmp_path, *SPEECH[:4], line, *SPEECH[4:])
    assert list(reading.turns.text) == WORDS
    assert warnings_of(reading)["speakers.left-aside"].location.line == 5


@pytest.mark.parametrize(
    "line", ["Lise Aubin, printemps 2014", "Fait à Dole le trois mars", "1. Nom changé."]
)
def test_a_line_at_the_foot_that_nothing_explains_is_told(tmp_path, line):
    problem = warnings_of(reading_of(tmp_path, *SPEECH, line))
    assert set(problem) <= {"speakers.no-label-here", "speakers.left-aside"} or not problem
    assert problem or notes_of(reading_of(tmp_path, *SPEECH, line))


@pytest.mark.parametrize(
    "line",
    [
        "Ville : c'est là que tout se joue, vous savez.",
        "J'arrive, c'est la fin de l'entretien.",
        "Note : je ne l'ai jamais dit à personne.",
    ],
)
def test_sentences_of_an_answer_of_many_lines_stay(tmp_path, line):
    lines = [text for answer in ANSWERED for text in ("E : Et ici ?", f"R : {answer}", line)]
    reading = reading_of(tmp_path, *lines, "R : Voilà.")
    assert all(text.endswith(line) for text in reading.turns.text[1:-1:2])


def test_chapters_of_a_text_of_one_voice_are_no_field_notes():
    rows = [Row(text, False) for text in ("Contexte", ANSWERED[0], "Remarques", ANSWERED[1])]
    assert asides_of(rows).kinds == {}


def test_a_rule_is_left_out_anywhere():
    rows = [Row("R : Oui.", True), Row("***", False), Row("R : Non.", True)]
    assert asides_of(rows).kinds == {1: Aside.RULE}
