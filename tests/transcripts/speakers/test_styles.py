"""The ways in which people write labels: each gives four turns, two of either side.

The interview is invented.
"""

import pytest

from textlien.messages.message import Location
from textlien.study.options import LabelsOptions
from textlien.transcripts.look import BOLD, PLAIN
from textlien.transcripts.speakers.roles import decide
from textlien.transcripts.speakers.utterances import Paragraph, split

QUESTIONS = ("Qu'est-ce que le CCAS ?", "Et pour les jeunes, vous avez un lieu ?")
ANSWERS = (
    "C'est une maison ouverte à tous, je vous l'ai dit, et on y vient sans rendez-vous.",
    "Ils ont leur local, place du marché, depuis dix ans.",
)

ONE_LINE = {
    "a role and a colon": ("Enquêteur : ", "Enquêté : "),
    "a no-break space before the colon": ("Enquêtrice\u00a0: ", "Enquêtée\u00a0: "),
    "a narrow no-break space before the colon": ("Q\u202f: ", "R\u202f: "),
    "no space at the colon": ("Q:", "R:"),
    "blanks before the colon": ("Q   : ", "R   : "),
    "question and answer": ("Question : ", "Réponse : "),
    "an abbreviation": ("Enq. : ", "Rép. : "),
    "inclusive writing": ("Enquêteur·rice : ", "Enquêté·e : "),
    "both genders in brackets": ("Enquêteur(trice) : ", "Enquêté(e) : "),
    "codes": ("E1 : ", "I1 : "),
    "codes without a colon": ("E1 – ", "I1 – "),
    "initials": ("JD : ", "ML : "),
    "initials with full stops": ("J.D. : ", "M.L. : "),
    "one letter and a full stop": ("E. ", "I. "),
    "a hyphen after a letter": ("Q - ", "R - "),
    "a stroke after a letter": ("Q/ ", "R/ "),
    "a code and a dash": ("ENQ1 – ", "INT1 – "),
    "a name in full and a dash": ("Enquêtrice – ", "Enquêtée – "),
    "a title": ("Enquêteur : ", "M. le Maire : "),
    "a title, a name and a post": ("Enquêtrice : ", "Mme Dupont, adjointe au maire : "),
    "a name and a post in brackets": ("Camille : ", "Mme Dupont (élue) : "),
    "first names": ("Camille : ", "Jean-Noël : "),
    "capitals": ("CAMILLE : ", "MONIQUE : "),
    "an English speaker": ("Speaker 1: ", "Speaker 2: "),
    "a French speaker": ("Intervenant 1 : ", "Intervenant 2 : "),
    "a diarisation": ("SPEAKER_00: ", "SPEAKER_01: "),
    "a diarisation in brackets": ("[SPEAKER_00]: ", "[SPEAKER_01]: "),
    "a hash": ("#Camille: ", "#Monique: "),
    "a star": ("*ENQ: ", "*MON: "),
    "bold of a light markup": ("**Enquêteur :** ", "**Monique :** "),
    "bold of a light markup, colon outside": ("**Enquêteur** : ", "**Monique** : "),
    "brackets": ("[Camille] ", "[Monique] "),
    "round brackets": ("(Enquêteur) ", "(Enquêtée) "),
    "angle brackets": ("<Enquêteur> ", "<Enquêtée> "),
    "a code and a tab": ("ENQ\t", "P1\t"),
    "a name, a colon and a tab": ("Camille :\t", "Monique :\t"),
    "many blanks": ("ENQ      ", "P1       "),
    "a bullet": ("• Q : ", "• R : "),
    "a dash before": ("- Enquêteur : ", "- Enquêtée : "),
    "a time before": ("[00:01:02] Camille : ", "[00:01:12] Monique : "),
    "a bare time before": ("00:01:02 Camille : ", "00:01:12 Monique : "),
    "a time and a dash before": ("00:01 - Camille : ", "00:02 - Monique : "),
    "a time after": ("Camille (00:01:02) : ", "Monique (00:01:12) : "),
    "a time after, in brackets": ("Camille [00:01:02] ", "Monique [00:01:12] "),
    "a span after": ("[Camille] (0:01 - 0:11) ", "[Monique] (0:12 - 0:20) "),
    "no sign at all": ("Enquêteur ", "Enquêtée "),
}
OWN_LINE = {
    "with a colon": ("Enquêteur :", "Monique :"),
    "with nothing": ("Enquêteur", "Enquêtée"),
    "in brackets": ("[Camille]", "[Monique]"),
    "with a time after": ("Camille  00:01", "Monique  00:12"),
    "with a time before": ("00:01 Camille", "00:12 Monique"),
    "with a span in brackets": ("[Camille] (0:01 - 0:11)", "[Monique] (0:12 - 0:20)"),
    "a diarisation with times": ("SPEAKER_00 [00:01.2]", "SPEAKER_01 [00:12.4]"),
}


def roles_of(paragraphs):
    document = split(paragraphs, "entretien.txt")
    decisions, _ = decide(document, LabelsOptions(), "entretien.txt")
    return [(decisions[said.speaker].role, said.text) for said in document.utterances]


def interview(question, answer, rounds=2):
    for number in range(rounds):
        yield question, QUESTIONS[number % 2]
        yield answer, ANSWERS[number % 2]


def expected(rounds=2):
    roles = {"q": "interviewer", "r": "interviewee"}
    return [(roles[side], text) for side, text in interview("q", "r", rounds)]


def paragraphs_of(lines):
    return [Paragraph(line, Location(line=number)) for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize("labels", ONE_LINE.values(), ids=ONE_LINE)
def test_a_label_before_its_speech(labels):
    # One letter and a full stop must come back three times: « R. Dupont » may open a sentence.
    rounds = 4
    lines = [label + text for label, text in interview(*labels, rounds)]
    assert roles_of(paragraphs_of(lines)) == expected(rounds)


@pytest.mark.parametrize("labels", OWN_LINE.values(), ids=OWN_LINE)
def test_a_label_alone_on_its_line(labels):
    lines = [line for pair in interview(*labels) for line in pair]
    assert roles_of(paragraphs_of(lines)) == expected()


def test_a_bold_label_alone_on_its_line_needs_no_colon():
    paragraphs = [
        Paragraph(line, Location(paragraph=number), look=BOLD if number % 2 == 0 else PLAIN)
        for number, line in enumerate(
            line for pair in interview("Camille", "Mme Dupont", 4) for line in pair
        )
    ]
    assert roles_of(paragraphs) == expected(4)


def test_names_in_capitals_alone_on_their_lines_are_labels():
    lines = [line for pair in interview("CAMILLE", "MME DUPONT", 4) for line in pair]
    assert roles_of(paragraphs_of(lines)) == expected(4)


def test_speech_of_one_word_is_no_label_where_labels_stand_alone():
    lines = "Enquêteur\nVous venez ?\nEnquêtée\nOui\nEnquêteur\nSouvent ?\nEnquêtée\nOui".split(
        "\n"
    )
    document = split(paragraphs_of(lines), "entretien.txt")
    assert [(said.speaker, said.text) for said in document.utterances] == [
        ("Enquêteur", "Vous venez ?"),
        ("Enquêtée", "Oui"),
        ("Enquêteur", "Souvent ?"),
        ("Enquêtée", "Oui"),
    ]


def test_numbered_questions_are_one_speaker_s():
    lines = [
        line
        for number in range(1, 5)
        for line in (f"Q{number} : {QUESTIONS[number % 2]}", f"R{number} : {ANSWERS[number % 2]}")
    ]
    document = split(paragraphs_of(lines), "entretien.txt")
    assert [said.speaker for said in document.utterances] == ["Q", "R"] * 4


def test_two_interviewers_are_not_numbered_questions():
    lines = [f"{label} : {text}" for label, text in [("Q1", "a"), ("R", "b"), ("Q2", "c")] * 3]
    document = split(paragraphs_of(lines), "entretien.txt")
    assert [said.speaker for said in document.utterances] == ["Q1", "R", "Q2"] * 3


@pytest.mark.parametrize(
    "line",
    [
        "17:30 : on ferme.",
        "17:30 fermeture",
        "https://www.odas.net est leur site.",
        "http://www.odas.net",
        "Attention : c'est important.",
        "Ville : c'est là que tout se joue.",
        "Bref : rien.",
        "Je dirais : attendons.",
        "M. Dupont était là.",
        "Dr. Martin aussi",
        "OK. Donc voilà.",
        "L'AB - dont on parle - ferme.",
        "(rires) C'est vrai.",
        "[inaudible] C'est vrai.",
        "[00:12:33] C'est vrai.",
        "<rire> C'est vrai.",
        "Oui",
        "La ville",
        "Enquête publique",
        "1. L'école",
        "- le logement :",
    ],
)
def test_what_only_looks_like_a_label_is_speech(line):
    lines = [f"{label} : {text}" for label, text in interview("Q", "R")]
    lines[2:2] = [line]
    document = split(paragraphs_of(lines), "entretien.txt")
    assert [said.speaker for said in document.utterances] == ["Q", "R"] * 2
    assert document.utterances[1].original == f"{ANSWERS[0]}\n{line}"


@pytest.mark.parametrize(
    "line",
    ["17:30 : on ferme.", "https://odas.net", "Attention : la pente.", "Ville : Creil", "Oui"],
)
def test_what_comes_back_in_a_text_without_labels_is_no_speaker(line):
    text = "Les gens se parlent dans la rue, et puis ils rentrent chez eux, voilà tout."
    document = split(paragraphs_of([text, line] * 6), "entretien.txt")
    assert {said.speaker for said in document.utterances} == {""}


def test_a_turn_begins_anew_where_the_section_changes():
    paragraphs = [
        Paragraph("Q : Un ?", Location(paragraph=1), section="L'école"),
        Paragraph("R : Oui.", Location(paragraph=2), section="L'école"),
        Paragraph("Et le logement aussi.", Location(paragraph=4), section="Le logement"),
    ]
    document = split(paragraphs, "entretien.docx")
    assert [(said.speaker, said.text, said.section) for said in document.utterances] == [
        ("Q", "Un ?", "L'école"),
        ("R", "Oui.", "L'école"),
        ("R", "Et le logement aussi.", "Le logement"),
    ]
    assert document.problems == ()


def test_the_title_of_the_document_is_no_section():
    paragraphs = [
        Paragraph("Entretien fictif", Location(paragraph=1)),
        Paragraph("Q : Un ?", Location(paragraph=2), section="Entretien fictif"),
        Paragraph("R : Oui.", Location(paragraph=3), section="Entretien fictif"),
    ]
    document = split(paragraphs, "entretien.docx")
    assert [said.section for said in document.utterances] == ["", ""]
