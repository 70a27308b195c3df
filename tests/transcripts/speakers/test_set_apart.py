"""Questions or answers set apart by a look other than bold letters. All texts are invented."""

import pytest

from tests.making import text_of
from textlien.messages.message import Location
from textlien.study.options import SpeakersOptions
from textlien.transcripts.look import BOLD, PLAIN, Kind, Trait
from textlien.transcripts.speakers.roles import decide
from textlien.transcripts.speakers.utterances import Paragraph, split

ITALIC = frozenset({Trait(Kind.ITALIC)})
ASKED = (
    "Vous habitez le quartier depuis longtemps ?",
    "Racontez-moi votre arrivée.",
    "Et le marché, vous y allez ?",
    "D'accord. Parlez-moi de vos voisins.",
    "Qu'est-ce qui a changé ?",
    "Dites-moi un peu pourquoi.",
)
ANSWERED = (
    "Depuis la naissance de ma deuxième, ça doit faire quinze ans maintenant.",
    "On cherchait plus grand, et la gardienne nous a parlé d'un appartement au sixième.",
    "Le samedi, oui, surtout pour voir du monde, parce que les prix ont bien monté.",
    "Au-dessus c'est une famille, en face un monsieur seul à qui je monte le pain.",
    "Les bancs ont disparu, et les jeunes se retrouvent maintenant derrière le gymnase.",
    "Parce que personne ne nous a demandé notre avis avant les travaux, tout simplement.",
)


def look(kind, value=""):
    return frozenset({Trait(kind, value)})


def document_of(*parts):
    """A document of texts and their looks."""
    return split(
        [
            Paragraph(text, Location(paragraph=number), style)
            for number, (text, style) in enumerate(parts, 1)
        ],
        "entretien.docx",
    )


def dialogue(of_questions, of_answers=PLAIN):
    """Questions and answers, the looks of the questions in turn."""
    return [
        part
        for number, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True))
        for part in (
            (question, of_questions[number % len(of_questions)]),
            (answer, of_answers),
        )
    ]


def sides_of(document):
    """Sides, and whether all are sure, of a document of questions and answers in turn."""
    decisions, _ = decide(document, SpeakersOptions(), "entretien.docx")
    assert [turn.text for turn in document.utterances] == [
        text for pair in zip(ASKED, ANSWERED, strict=True) for text in pair
    ]
    roles = [decisions[turn.speaker].role for turn in document.utterances]
    assert roles == ["interviewer", "interviewee"] * len(ASKED)
    return all(decision.sure for decision in decisions.values())


@pytest.mark.parametrize(
    ("style", "sign"),
    [
        (ITALIC, "by italics."),
        (look(Kind.UNDERLINE), "by underlining."),
        (look(Kind.COLOR, "ff0000"), "by colour."),
        (look(Kind.HIGHLIGHT, "yellow"), "by highlighting."),
        (look(Kind.STYLE, "Relance"), 'by the style "Relance".'),
        (look(Kind.INDENT, "720"), "by the indent."),
        (look(Kind.SIZE, "18"), "by the size of letters."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_any_look_sets_questions_apart_those_without_a_mark_too(style, sign):
    document = document_of(*dialogue([style]))
    assert sides_of(document)
    (note,) = document.problems
    assert (note.id, note.severity) == ("speakers.questions-told", "note")
    assert sign in text_of(note)


def test_answers_in_italics_leave_the_questions_plain():
    document = document_of(*dialogue([PLAIN], ITALIC))
    assert sides_of(document)
    assert "by italics of the answers" in text_of(document.problems[0])


def test_questions_set_apart_in_several_ways_are_one_side():
    ways = [ITALIC, look(Kind.UNDERLINE), look(Kind.COLOR, "0000ff")]
    document = document_of(*dialogue(ways))
    assert sides_of(document)
    assert "by several looks (italics, underlining, colour)" in text_of(document.problems[0])


def test_questions_in_capitals_need_no_look_of_the_document():
    parts = [(text.upper() if text in ASKED else text, PLAIN) for text, _ in dialogue([PLAIN])]
    document = document_of(*parts)
    assert [turn.speaker for turn in document.utterances] == ["(question)", "(réponse)"] * 6
    assert "by capitals" in text_of(document.problems[0])


def test_stars_around_questions_in_plain_text_are_a_look_and_no_letters():
    parts = [(f"*{text}*" if text in ASKED else text, PLAIN) for text, _ in dialogue([PLAIN])]
    document = document_of(*parts)
    assert sides_of(document)
    assert "by italics" in text_of(document.problems[0])


def test_a_style_named_after_a_role_needs_no_question_mark():
    style = look(Kind.STYLE, "Enquêtrice")
    parts = [(text.replace(" ?", "."), named) for text, named in dialogue([style])]
    document = document_of(*parts)
    decisions, _ = decide(document, SpeakersOptions(), "entretien.docx")
    assert [turn.speaker for turn in document.utterances] == ["(question)", "(réponse)"] * 6
    assert all(decision.sure for decision in decisions.values())


def test_remarks_of_the_transcriber_in_another_look_go_with_who_spoke():
    parts = dialogue([BOLD])
    parts.insert(4, ("[Elle montre la fenêtre]", ITALIC))
    document = document_of(*parts)
    assert [turn.speaker for turn in document.utterances] == ["(question)", "(réponse)"] * 6
    assert document.utterances[3].text == f"{ANSWERED[1]}\n[Elle montre la fenêtre]"
    assert "by bold letters" in text_of(document.problems[0])


def test_follow_up_questions_that_nobody_set_apart_make_the_sides_doubtful():
    parts = dialogue([ITALIC])
    for at, text in ((2, "Ah bon ?"), (5, "Et après ?"), (8, "Pourquoi ça ?")):
        parts.insert(at, (text, PLAIN))
    document = document_of(*parts)
    decisions, _ = decide(document, SpeakersOptions(), "entretien.docx")
    assert not any(decision.sure for decision in decisions.values())
    assert document.problems[0].id == "speakers.questions-guessed"
    assert "by italics" in text_of(document.problems[0])


def test_questions_and_answers_of_one_paragraph_are_cut_where_the_look_changes():
    paragraphs = [
        Paragraph(
            f"{question} {answer}",
            Location(paragraph=number),
            PLAIN,
            pieces=((f"{question} ", ITALIC), (answer, PLAIN)),
        )
        for number, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True), 1)
    ]
    document = split(paragraphs, "entretien.docx")
    assert sides_of(document)
    assert [turn.place.paragraph for turn in document.utterances[:4]] == [1, 1, 2, 2]


def test_a_question_of_which_a_few_words_lack_the_look_is_one():
    parts = dialogue([ITALIC])
    paragraphs = [
        Paragraph(
            text,
            Location(paragraph=number),
            style,
            pieces=((text[:9], PLAIN), (text[9:], ITALIC)) if style == ITALIC else (),
        )
        for number, (text, style) in enumerate(parts, 1)
    ]
    assert sides_of(split(paragraphs, "entretien.docx"))


def test_a_title_that_ends_in_a_full_stop_is_no_question():
    centred = BOLD | look(Kind.ALIGN, "center")
    document = document_of(("Entretien avec Mme L.", centred), *dialogue([BOLD]))
    assert sides_of(document)
    assert {turn.section for turn in document.utterances} == {"Entretien avec Mme L."}


def test_questions_without_any_mark_are_told_and_doubtful():
    parts = [
        (text.rstrip(" ?.") if text in ASKED else text, style) for text, style in dialogue([ITALIC])
    ]
    document = document_of(*parts)
    assert [turn.speaker for turn in document.utterances] == ["(question)", "(réponse)"] * 6
    assert document.problems[0].id == "speakers.questions-guessed"


def test_long_answers_make_plenty_of_questions_no_less_sure():
    parts = [
        part
        for question, answer in zip(ASKED * 2, ANSWERED * 2, strict=True)
        for part in ((question, ITALIC), *[(answer, PLAIN)] * 8)
    ]
    document = document_of(*parts)
    assert [turn.speaker for turn in document.utterances] == ["(question)", "(réponse)"] * 12
    assert document.problems[0].id == "speakers.questions-told"


def test_a_word_stressed_inside_a_sentence_cuts_nothing():
    parts = dialogue([ITALIC])
    paragraphs = [
        Paragraph(
            text,
            Location(paragraph=number),
            style,
            pieces=((text[:20], PLAIN), (text[20:26], ITALIC), (text[26:], PLAIN))
            if style == PLAIN
            else (),
        )
        for number, (text, style) in enumerate(parts, 1)
    ]
    assert sides_of(split(paragraphs, "entretien.docx"))


@pytest.mark.parametrize(
    "parts",
    [
        [(text, ITALIC if number % 2 else PLAIN) for number, text in enumerate(ANSWERED * 2)],
        [(text, ITALIC) for text in ASKED + ANSWERED],
        [(ANSWERED[0], ITALIC), *((text, PLAIN) for text in ANSWERED[1:])],
    ],
    ids=["quotations", "everything", "an epigraph"],
)
def test_other_italics_tell_nothing(parts):
    document = document_of(*parts)
    assert {turn.speaker for turn in document.utterances} == {""}


LONG_ANSWER = " ".join([*ANSWERED, *ANSWERED])
ODD = {
    "a long answer": (LONG_ANSWER, "speakers.long-question"),
    "he shuts the door": ("Il se lève et va fermer la porte.", "speakers.maybe-described"),
    "the telephone": ("Le téléphone sonne dans la pièce à côté.", "speakers.maybe-described"),
    "in parentheses": ("(La secrétaire apporte deux cafés et repart)", "speakers.maybe-described"),
    "somebody comes in": ("Entrée de la secrétaire avec un dossier.", "speakers.maybe-described"),
}


@pytest.mark.parametrize(("text", "problem"), ODD.values(), ids=ODD)
@pytest.mark.parametrize("style", [ITALIC, BOLD])
def test_an_odd_line_of_the_look_of_questions_is_told(text, problem, style):
    parts = dialogue([style])
    parts[4:4] = [(text, style), (ANSWERED[0], PLAIN)]
    document = document_of(*parts)
    decisions, _ = decide(document, SpeakersOptions(), "entretien.docx")
    (odd,) = [part for part in document.problems if part.id == problem]
    assert odd.location.paragraph == 5
    # A scene among the interviewer's words is in no theme: no doubt about who speaks.
    is_doubtful = problem != "speakers.maybe-described"
    assert odd.severity == ("warning" if is_doubtful else "note")
    assert [decision.sure for decision in decisions.values()] == [not is_doubtful] * 2


@pytest.mark.parametrize("text", ["D'accord, très bien.", "Je vois ce que ça donne ici.", "Mm."])
def test_a_word_of_the_interviewer_between_answers_is_not_odd(text):
    parts = dialogue([ITALIC])
    parts[4:4] = [(text, ITALIC), (ANSWERED[0], PLAIN)]
    assert [part.id for part in document_of(*parts).problems] == ["speakers.questions-told"]


@pytest.mark.parametrize("asked", [" (vous pouvez préciser ?) ", " Depuis quand ? "])
@pytest.mark.parametrize(("style", "other"), [(ITALIC, PLAIN), (PLAIN, ITALIC)])
def test_a_question_of_that_look_inside_an_answer_is_told(asked, style, other):
    parts = [
        Paragraph(text, Location(paragraph=number), kind)
        for number, (text, kind) in enumerate(dialogue([style], other), 1)
    ]
    pieces = ((ANSWERED[0], other), (asked, style), (ANSWERED[1], other))
    text = "".join(part for part, _ in pieces)
    parts[1] = Paragraph(text, Location(paragraph=2), other, pieces=pieces)
    document = split(parts, "entretien.docx")
    (odd,) = [part for part in document.problems if part.severity == "warning"]
    assert (odd.id, odd.location.paragraph) == ("speakers.question-in-answer", 2)
    assert asked.strip(" ()")[:12] in text_of(odd)
