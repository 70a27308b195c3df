"""Files without labels: what is told apart, and what must not be. All texts are invented."""

import pytest

from tests.making import text_of
from textlien.messages.message import Location
from textlien.messages.translator import Translator
from textlien.study.options import SpeakersOptions
from textlien.transcripts.look import BOLD, PLAIN
from textlien.transcripts.model import RoleReason
from textlien.transcripts.speakers.reasons import reason_of
from textlien.transcripts.speakers.roles import decide
from textlien.transcripts.speakers.utterances import Paragraph, split

ASKED = (
    "Pouvez-vous vous présenter ?",
    "Comment travaillez-vous avec le CCAS ?",
    "Et les habitants, que vous disent-ils ?",
    "Qu'est-ce qui vous manque ?",
    "Voulez-vous ajouter quelque chose ?",
)
ANSWERED = (
    "Je suis adjointe depuis deux mandats, et j'ai commencé dans une association du quartier.",
    "Nous nous voyons chaque mois, avec la directrice, et on regarde les dossiers un par un.",
    "Ils me disent que la place du marché ferme trop tôt, et qu'on ne les écoute pas assez.",
    "Il nous faudrait une salle, je le répète depuis dix ans à chaque conseil municipal.",
    "Non, je crois que j'ai dit ce que j'avais à dire, mes collègues complèteront.",
)
PAIRS = tuple(zip(ASKED, ANSWERED, strict=True))


def document_of(*lines):
    """A document of texts; those that begin with a star are bold."""
    return split(
        [
            Paragraph(
                line.removeprefix("*"),
                Location(paragraph=number),
                look=BOLD if line.startswith("*") else PLAIN,
            )
            for number, line in enumerate(lines, 1)
        ],
        "entretien.docx",
    )


def roles_of(document, options=None):
    decisions, _ = decide(document, options or SpeakersOptions(), "entretien.docx")
    return [
        (decisions[said.speaker].role[-1], said.speaker, decisions[said.speaker].sure)
        for said in document.utterances
    ]


def lines_of(question, answer="{}"):
    return [line for q, a in PAIRS for line in (question.format(q), answer.format(a))]


def speech_of(document):
    return [said.text for said in document.utterances]


def test_questions_in_bold_are_the_interviewer_s():
    document = document_of(*lines_of("*{}"))
    assert roles_of(document) == [("r", "(question)", True), ("e", "(réponse)", True)] * 5
    assert speech_of(document) == [text for pair in PAIRS for text in pair]
    (note,) = document.problems
    assert "5 questions are told from the answers by bold letters" in text_of(note)
    assert note.severity == "note"


def test_the_reason_says_what_was_seen():
    decisions, _ = decide(document_of(*lines_of("*{}")), SpeakersOptions(), "entretien.docx")
    assert decisions["(question)"].reason is RoleReason.BOLD
    assert Translator("en").message(reason_of(decisions["(question)"])) == (
        "its paragraphs are bold, and 100% of them end in « ? »"
    )


def test_a_question_of_two_paragraphs_and_an_answer_of_three_are_two_turns():
    document = document_of(
        "*Je voudrais parler du CCAS.",
        "*Comment travaillez-vous ?",
        *ANSWERED[:3],
        *lines_of("*{}"),
    )
    assert speech_of(document)[:2] == [
        "Je voudrais parler du CCAS.\nComment travaillez-vous ?",
        "\n".join(ANSWERED[:3]),
    ]


def test_requests_in_bold_that_end_in_a_full_stop_are_questions_and_doubtful():
    asked = ("*Parlez-moi de vous.", "*Et le CCAS ?", "*Racontez-moi une journée.", "*Décrivez-la.")
    document = document_of(*(line for pair in zip(asked, ANSWERED, strict=False) for line in pair))
    assert roles_of(document) == [("r", "(question)", False), ("e", "(réponse)", False)] * 4
    assert document.problems[0].severity == "warning"


def test_titles_in_bold_are_sections_and_no_questions():
    lines = lines_of("*{}")
    lines.insert(4, "*Le quartier")
    document = document_of("*Entretien avec une adjointe", *lines)
    assert [said.speaker for said in document.utterances] == ["(question)", "(réponse)"] * 5
    assert {said.section for said in document.utterances[:4]} == {"Entretien avec une adjointe"}
    assert {said.section for said in document.utterances[4:]} == {"Le quartier"}


def test_few_bold_questions_with_long_answers_are_doubtful():
    lines = [line for q, _ in PAIRS for line in (f"*{q}", *ANSWERED, *ANSWERED)]
    assert (
        roles_of(document_of(*lines))
        == [
            ("r", "(question)", False),
            ("e", "(réponse)", False),
        ]
        * 5
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["*Entretien avec une adjointe", *ANSWERED],
        ["*Qui décide ?", *ANSWERED, *ANSWERED],
        [f"*{line}" for line in ANSWERED],
        [line for text in ANSWERED for line in ("*Le quartier et ses habitants", text)],
        [line for text in ANSWERED for line in ("*Pourquoi le lien social", text)][:8],
        [f"*{text} {text} {text} {text} {text}" for text in ANSWERED] + list(ANSWERED),
    ],
    ids=[
        "one title",
        "one question",
        "everything",
        "titles",
        "titles that are no questions",
        "long paragraphs",
    ],
)
def test_other_bold_letters_tell_nothing(lines):
    document = document_of(*lines)
    assert {said.speaker for said in document.utterances} == {""}
    assert [problem.severity for problem in document.problems] == ["note"]


def test_in_a_labelled_file_bold_letters_tell_nothing():
    document = document_of(*lines_of("*Enquêtrice : {}", "Mme L. : {}"))
    assert [said.speaker for said in document.utterances] == ["Enquêtrice", "Mme L."] * 5
    document = document_of(*lines_of("*Enquêtrice :\n{}", "*Mme L. :\n{}"))
    assert [said.speaker for said in document.utterances] == ["Enquêtrice", "Mme L."] * 5


def test_paragraphs_that_ask_and_longer_ones_that_do_not_alternate_and_are_doubtful():
    document = document_of("Ville : Creil", *lines_of("{}"))
    assert roles_of(document) == [("r", "(question)", False), ("e", "(réponse)", False)] * 5
    assert document.head == {"ville": "Creil"}
    assert document.problems[0].severity == "warning"


def test_where_bold_letters_tell_nothing_the_question_marks_may():
    document = document_of(*lines_of("*{}", "*{}"))
    assert roles_of(document) == [("r", "(question)", False), ("e", "(réponse)", False)] * 5


def test_answers_in_bold_are_the_interviewee_s():
    document = document_of(*lines_of("{}", "*{}"))
    assert roles_of(document) == [("r", "(question)", True), ("e", "(réponse)", True)] * 5
    (note,) = document.problems
    assert "by bold letters of the answers" in text_of(note)


@pytest.mark.parametrize(
    "lines",
    [
        lines_of("{}")[:6],
        [*ANSWERED, *ASKED],
        [line for q, a in PAIRS for line in (a, q)],
        [f"{a} {q}" for q, a in PAIRS],
        ["Qui paie ?", "Les riches.", "Qui décide ?", "Paris.", "Qui ?", "Eux.", "Où ?", "Là."] * 2,
        [line for q, a in PAIRS for line in (f"{q} {a} {a} {q}", a)],
        [line for q, a in PAIRS for line in (q, a, a, a, a, a, a)],
    ],
    ids=[
        "three questions",
        "questions at the end",
        "questions last",
        "questions within",
        "a leaflet",
        "long questions",
        "few questions",
    ],
)
def test_other_question_marks_tell_nothing(lines):
    document = document_of(*lines)
    assert {said.speaker for said in document.utterances} == {""}
    assert "\n".join(speech_of(document)) == "\n".join(lines)


@pytest.mark.parametrize("dash", ["– ", "— ", "- ", "–\u00a0", "—"])
def test_lines_with_dashes_alternate_and_are_doubtful(dash):
    document = document_of(*lines_of(dash + "{}", dash + "{}"))
    assert roles_of(document) == [("r", "(question)", False), ("e", "(réponse)", False)] * 5
    assert speech_of(document) == [text for pair in PAIRS for text in pair]


def test_an_answer_of_two_lines_in_a_dialogue_of_dashes_is_one():
    lines = lines_of("– {}", "– {}")
    document = document_of(*lines[:2], "Et puis voilà.", *lines[2:])
    assert speech_of(document)[1] == f"{ANSWERED[0]}\nEt puis voilà."


@pytest.mark.parametrize(
    "lines",
    [
        [f"- {text}" for text in ("l'emploi", "le logement", "l'école", "la santé") * 3],
        [f"- {text}" for text in ANSWERED * 2],
        [f"- {text}" for text in ASKED * 2],
        lines_of("– {}", "– {}")[:4],
        [*ANSWERED, *lines_of("– {}", "– {}")[:6]],
    ],
    ids=["a list", "sentences", "questions only", "four lines", "a list at the end"],
)
def test_other_dashes_tell_nothing(lines):
    assert {said.speaker for said in document_of(*lines).utterances} == {""}


def test_the_study_file_can_undo_it():
    document = document_of(*lines_of("{}"))
    options = SpeakersOptions(interviewee=("(question)", "(réponse)"))
    assert {(role, sure) for role, _, sure in roles_of(document, options)} == {("e", True)}


def test_a_heading_of_the_document_goes_on_to_the_speech_without_labels():
    paragraphs = [
        Paragraph(ANSWERED[0], Location(paragraph=1), section="L'école"),
        Paragraph(ANSWERED[1], Location(paragraph=3), section="Le logement"),
    ]
    document = split(paragraphs, "entretien.docx")
    assert [(said.speaker, said.section) for said in document.utterances] == [
        ("", "L'école"),
        ("", "Le logement"),
    ]
