"""Conversations as messaging programs export them, and lines that programs write. Invented."""

import pytest

from tests.making import text_of
from textlien.messages.message import Location
from textlien.transcripts.speakers.openings.programs import is_closing, is_mention
from textlien.transcripts.speakers.utterances import Paragraph, split

TURNS = [
    ("Claire D.", "Bonjour, depuis quand habitez-vous là ?"),
    ("Mme Lamotte", "Depuis 1998.\nMon fils est né ici."),
    ("Claire D.", "Et le marché ?"),
    ("Mme Lamotte", "12 personnes y vendent : des légumes, du pain."),
    ("Claire D.", "Merci beaucoup."),
    ("Mme Lamotte", "Je vous en prie."),
]


def document_of(lines):
    paragraphs = [Paragraph(line, Location(line=number)) for number, line in enumerate(lines, 1)]
    return split(paragraphs, "conversation.txt")


def turns_of(document):
    return [(turn.speaker, turn.text) for turn in document.utterances]


def export(form, turns=TURNS):
    return [
        line
        for n, (name, text) in enumerate(turns, 1)
        for line in form.format(name=name, text=text, n=n, t=f"{n:02}").split("\n")
    ]


@pytest.mark.parametrize(
    "form",
    [
        "12/03/2015, 14:{t} - {name}: {text}",
        "12/03/15 à 14:{t} - {name} : {text}",
        "[12/03/2015 14:02:{t}] {name} : {text}",
        "\u200e[12/03/2015, 2:02:{t}\u202fPM] {name}: {text}",
        "3/12/15, 2:{t} PM - {name}: {text}",
        "2015-03-12 14:{t} {name}: {text}",
        "[2015-03-12T14:02:{t}] {name}: {text}",
        "12.03.2015 14:{t} | {name} : {text}",
        "12 mars 2015 à 14:{t} – {name} : {text}",
        "jeudi 12 mars 2015 14h{t} - {name} : {text}",
        "Mar 12, 2015 2:{t} PM - {name}: {text}",
        "14:{t}, 12/03/2015 - {name}: {text}",
        "{name}, [12.03.2015 14:{t}]\n{text}",
        "{name} — 12/03/2015 14:{t}\n{text}",
        "[12/03/2015 14:{t}] {name}\n{text}",
        "{name}\t12 mars 2015, 14:{t}\n{text}",
    ],
)
def test_a_conversation_has_the_turns_of_its_messages(form):
    document = document_of(export(form))
    assert turns_of(document) == TURNS
    assert [turn.time_start for turn in document.utterances] == [None] * 6
    assert document.problems == ()


@pytest.mark.parametrize("name", ["+33 6 12 34 56 78", "~ Julie", "🌻", "Éric (asso)"])
def test_whoever_writes_may_have_any_name(name):
    turns = [(name if speaker == "Claire D." else speaker, text) for speaker, text in TURNS]
    read = turns_of(document_of(export("12/03/2015, 14:{t} - {name}: {text}", turns)))
    assert read == [(speaker.strip("~ "), text) for speaker, text in turns]


def test_lines_of_the_program_are_left_out_with_a_note():
    lines = [
        "12/03/2015, 13:58 - Les messages et les appels sont chiffrés de bout en bout.",
        *export("12/03/2015, 14:{t} - {name}: {text}"),
        "12/03/2015, 14:10 - Mme Lamotte: <Médias omis>",
        "12/03/2015, 14:11 - Mme Lamotte: Ce message a été supprimé",
        "12/03/2015, 14:12 - Mme Lamotte: IMG-20150312-WA0001.jpg (fichier joint)",
        "La rue, vue de chez moi.",
        "12/03/2015, 14:13 - Claire D. a quitté le groupe",
    ]
    document = document_of(lines)
    assert turns_of(document) == [*TURNS, ("Mme Lamotte", "La rue, vue de chez moi.")]
    (note,) = [p for p in document.problems if p.id == "speakers.program-lines"]
    assert (note.severity, note.location.line) == ("note", 1)
    assert "5 lines" in text_of(note)


@pytest.mark.parametrize(
    "line",
    [
        "Claire Delorme a arrêté la transcription",
        "Claire Delorme stopped transcription",
        "Transcribed by https://otter.ai",
        "Transcription réalisée automatiquement par Sonix",
        "Transcription par Happy Scribe",
        "L'enregistrement a été arrêté.",
        "[Fin de l'enregistrement]",
        "Sous-titrage réalisé avec Whisper",
        "Généré par noScribe le 3 mai",
    ],
)
def test_what_a_program_writes_at_the_end_is_no_speech(line):
    lines = [f"{name} : {text}" for name, text in TURNS if "\n" not in text] * 2
    document = document_of([*lines, line])
    assert document.utterances[-1].text == "Je vous en prie."
    assert "speakers.program-lines" in {problem.id for problem in document.problems}


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a arrêté les travaux de la place.",
        "On a commencé la transcription des registres avec les élèves, et puis voilà, c'est long.",
        "La photo de classe, elle est chez moi.",
        "Je fais des transcriptions pour la mairie.",
        "J'appelle ma fille tous les soirs.",
    ],
)
def test_what_was_said_of_photos_and_transcriptions_is_speech(text):
    assert not is_closing(text)
    assert not is_mention(text)


def test_dates_inside_answers_are_no_messages():
    lines = [f"{name} : {text}" for name, text in TURNS if "\n" not in text]
    lines[3:3] = [
        "12/03/2015 à 14:02, il sonne.",
        "13/03/2015 à 15:00, elle part.",
        "Le 14/03/2015.",
    ]
    assert len(turns_of(document_of(lines))) == 5


def test_the_notice_of_a_program_is_none_of_whoever_it_is_signed_with():
    lines = list(export("[12/03/2015 14:{n:02}:11] {name}: {text}"))
    notice = "Les messages et les appels sont chiffrés de bout en bout."
    document = document_of([f"[12/03/2015 09:58:01] Quartier nord: {notice}", *lines])
    assert turns_of(document) == turns_of(document_of(lines))
    assert [problem.message.id for problem in document.problems] == ["speakers.program-lines"]
