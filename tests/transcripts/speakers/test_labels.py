import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import place_of, text_of
from textlien.messages.message import Location
from textlien.transcripts.speakers.utterances import Paragraph, split


def document_of(text):
    lines = text.strip("\n").split("\n")
    return split(
        [
            Paragraph(line.strip(" "), Location(line=number))
            for number, line in enumerate(lines, 1)
            if line.strip()
        ],
        "entretien.txt",
    )


def speech_of(text):
    return [(said.speaker, said.text) for said in document_of(text).utterances]


def test_labels_with_a_no_break_space_before_the_colon():
    assert speech_of(
        """
        Enquêtrice\u00a0: Qu'est-ce que le vivre ensemble ?
        R\u202f: C'est une affaire de respect.
        Enquêtrice\u00a0: Et le CCAS ?
        R\u202f: Il fait ce qu'il peut.
        """
    ) == [
        ("Enquêtrice", "Qu'est-ce que le vivre ensemble ?"),
        ("R", "C'est une affaire de respect."),
        ("Enquêtrice", "Et le CCAS ?"),
        ("R", "Il fait ce qu'il peut."),
    ]


def test_paragraphs_of_one_speech_are_one_utterance():
    assert speech_of("Q : Alors ?\nR : D'abord.\nEnsuite.\nQ : Et ?\nR : Rien.")[1] == (
        "R",
        "D'abord.\nEnsuite.",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Attention : c'est important.",
        "17:30 : on ferme.",
        "https://www.odas.net est leur site.",
        "Trois choses : l'école, le logement, l'emploi.",
    ],
)
def test_a_sentence_with_a_colon_is_no_label(sentence):
    said = speech_of(f"Q : Alors ?\nR : Oui.\n{sentence}\nQ : Et ?\nR : Rien.")
    assert said[1] == ("R", f"Oui.\n{sentence}")


def test_initials_that_come_back_are_labels():
    said = speech_of(
        "JD : Depuis quand ?\nML : Dix ans.\nJD : Et avant ?\nML : Lyon.\nJD : Ah ?\nML : Oui."
    )
    assert [speaker for speaker, _ in said] == ["JD", "ML"] * 3


def test_a_person_who_speaks_once_is_a_speaker():
    said = speech_of(
        "E1 : Bonjour ?\nE2 : Bonjour.\nE1 : Et vous ?\nE3 : Moi aussi.\n"
        "M. le Maire : Exactement.\nE2 : Oui.\nE1 : Bien."
    )
    assert [speaker for speaker, _ in said] == ["E1", "E2", "E1", "E3", "M. le Maire", "E2", "E1"]


def test_a_label_alone_on_its_line_with_times():
    document = document_of(
        """
        Entretien 01
        [Chercheur] (0:01 - 0:11)
        C'est parti.
        Depuis quand ?
        [Interviewe] (0:12 – 1:02:03)
        Dix ans.
        """
    )
    assert document.head == {"titre": "Entretien 01"}
    assert [
        (said.time_start, said.time_end, said.place.code()) for said in document.utterances
    ] == [
        (1.0, 11.0, "line=2"),
        (12.0, 3723.0, "line=5"),
    ]
    assert document.utterances[0].text == "C'est parti.\nDepuis quand ?"


@pytest.mark.parametrize(
    "broken",
    [
        "[Interviewe (0:12 - 0:13)",
        "Interviewe] (0:12 - 0:13)",
        "[Interviewe] (0:12 - 0:13",
        "[Interviewe] 0:12 - 0:13",
        "[Interviewe",
        "Interviewe]",
    ],
)
def test_a_label_without_one_of_its_brackets_is_still_a_label(broken):
    said = speech_of(
        f"[Chercheur] (0:01 - 0:11)\nDepuis quand ?\n{broken}\nDix ans.\n"
        "[Chercheur] (0:14 - 0:15)\nAh ?\n[Interviewe] (0:16 - 0:17)\nOui."
    )
    assert said[1] == ("Interviewe", "Dix ans.")


def test_a_label_without_its_colon_is_reported_with_its_place():
    document = document_of("Enquêteur : Un ?\nR : Oui.\nEnquêteur Et deux ?\nR : Non.")
    assert [(problem.severity, place_of(problem)) for problem in document.problems] == [
        ("warning", "line 3")
    ]
    assert "Enquêteur Et deux ?" in text_of(document.problems[0])


def test_ok_and_a_full_stop_is_no_label_where_labels_have_colons():
    said = speech_of(
        "Q : Un ?\nOK. Donc deux ?\nR : Oui.\nOK. Voilà.\nQ : Non ?\nOK. Bien.\nR : Si."
    )
    assert [speaker for speaker, _ in said] == ["Q", "R", "Q", "R"]


def test_labels_that_end_with_a_full_stop():
    said = speech_of("Q. Quoi ?\nR. Rien.\nQ. Mais ?\nR. Rien de rien.")
    assert said[:2] == [("Q", "Quoi ?"), ("R", "Rien.")]


def test_codes_and_tabs():
    said = speech_of("ENQ\tQue pensez-vous ?\nP1\tRien.\nENQ\tVraiment ?\nP1\tOui.")
    assert said[:2] == [("ENQ", "Que pensez-vous ?"), ("P1", "Rien.")]
    assert len(said) == 4


def test_the_times_of_a_label_are_read_on_either_side():
    document = document_of(
        "00:01 Enquêteur : Bonjour ?\n[00:12] Mme Dupont (élue) : Oui.\n"
        "Enquêteur (0:20) : Bien ?\nMme Dupont (élue) : [00:31] Oui."
    )
    assert [said.time_start for said in document.utterances] == [1.0, 12.0, 20.0, 31.0]
    assert [said.text for said in document.utterances] == ["Bonjour ?", "Oui.", "Bien ?", "Oui."]


def test_a_head_notice_is_no_speech():
    document = document_of(
        """
        Entretien n° 3
        Ville : Le Havre – Date : 12 mars 2013
        Fonction : Adjointe au maire
        Entretien fictif
        Enquêteur : Bonjour ?
        R : Bonjour.
        """
    )
    assert document.head == {
        "titre": "Entretien n° 3",
        "ville": "Le Havre",
        "date": "12 mars 2013",
        "fonction": "Adjointe au maire",
        "fictif": "oui",
    }
    assert [said.text for said in document.utterances] == ["Bonjour ?", "Bonjour."]


def test_the_interviewer_s_name_in_the_notice_is_no_turn():
    document = document_of(
        "Enquêteur : Paul Durand\nVille : Creil\nEnquêteur : Bonjour ?\nMme A. : Bonjour."
    )
    assert document.head == {"enqueteur": "Paul Durand", "ville": "Creil"}
    assert [said.text for said in document.utterances] == ["Bonjour ?", "Bonjour."]


def test_a_text_without_labels_is_one_utterance_with_a_note():
    text = "La ville change.\nPar exemple : le quai.\nAttention : la pente."
    document = document_of(text)
    assert [(said.speaker, said.text) for said in document.utterances] == [("", text)]
    assert [problem.severity for problem in document.problems] == ["note"]


def test_a_file_of_notes_with_colons_has_no_speakers():
    text = (
        "POUR : le oui.\nAujourd'hui : rien.\nDemain : tout.\nAujourd'hui : peu.\nDemain : assez."
    )
    assert speech_of(text) == [("", text)]


def test_a_long_unlabelled_opening_is_reported():
    opening = " ".join(["mot"] * 50)
    document = document_of(f"Titre\n{opening}\nQ : Un ?\nR : Oui.\nQ : Deux ?\nR : Non.")
    assert "50 words" in text_of(document.problems[0])
    assert place_of(document.problems[0]) == "line 2"


def test_a_speaker_who_answers_himself_is_noted():
    turns = ["Q : Un ?", "R : Oui."] * 12 + ["R : Merci beaucoup."]
    document = document_of("\n".join(turns))
    assert [place_of(problem) for problem in document.problems] == ["line 25"]


WORDS = st.lists(
    st.sampled_from("la ville ensemble respect école rien oui quartier".split()), min_size=1
)


@given(st.lists(WORDS, min_size=2, max_size=12))
def test_no_word_is_lost_between_labels(speeches):
    labels = ("Enquêteur", "R")
    lines = [f"{labels[n % 2]} : {' '.join(words)}" for n, words in enumerate(speeches)]
    assert speech_of("\n".join(lines)) == [
        (labels[n % 2], " ".join(words)) for n, words in enumerate(speeches)
    ]


def test_a_label_of_the_study_file_is_one_even_where_it_occurs_once():
    paragraphs = [
        Paragraph("Camille : Que fait le CCAS ?", Location(line=1)),
        Paragraph("Mme L. : Il aide ceux qui viennent.", Location(line=2)),
    ]
    document = split(paragraphs, "a.txt", frozenset({"Camille", "Mme L."}))
    assert [utterance.speaker for utterance in document.utterances] == ["Camille", "Mme L."]
    document = split(
        [*paragraphs[:1], Paragraph("Il aide.", Location(line=2))], "a.txt", frozenset({"CAMILLE"})
    )
    assert [utterance.speaker for utterance in document.utterances] == ["Camille"]


SPEECH = "le vivre ensemble, c'est se parler entre voisins, voilà ce que j'en dis."


@pytest.mark.parametrize(
    "text",
    [
        f"Répondant : {SPEECH}",
        f"[Répondant] {SPEECH}",
        f"Ville : Creil\nDate : 3 mai 2013\nRépondant : {SPEECH}",
        f"Répondant :\n{SPEECH}",
        f"Entretien à Creil\nVille : Creil\nRépondant : {SPEECH}",
    ],
)
def test_one_turn_with_the_label_of_who_answers_has_its_speaker(text):
    document = document_of(text)
    assert speech_of(text) == [("Répondant", SPEECH)]
    assert document.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        f"Attention : {SPEECH}",
        f"Enquête : {SPEECH}",
        f"Enquêteur : {SPEECH}",
        f"Participant : {SPEECH}",
        f"Répondante : Mme A\n{SPEECH}",
        f"{SPEECH}\nRépondant : {SPEECH}",
        f"Le répondant : {SPEECH}",
    ],
)
def test_one_line_that_may_be_no_turn_is_no_label(text):
    text = f"{text}\nEt puis c'est tout."
    assert {speaker for speaker, _ in speech_of(text)} == {""}
    assert "no speaker labels" in text_of(document_of(text).problems[0])


@pytest.mark.parametrize("label", ["Interviewée", "Enquêté"])
def test_a_label_that_a_notice_has_too_is_a_turn_where_it_opens_a_sentence(label):
    assert speech_of(f"{label} : {SPEECH}\nEt puis c'est tout.") == [
        (label, f"{SPEECH}\nEt puis c'est tout.")
    ]
