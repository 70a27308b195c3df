"""The net: a text that may be a dialogue, or whose roles may be wrong, is never « ok »."""

import tomllib

import pytest

from tests.making import hint_of, text_of
from textlien.messages.translator import Translator
from textlien.study.options import SpeakersOptions
from textlien.transcripts import read
from textlien.transcripts.model import RoleReason
from textlien.transcripts.speakers.reasons import proposal

ASKED = (
    "Depuis quand travaillez-vous à la médiathèque ?",
    "Et les lecteurs, ils viennent d'où ?",
    "Vous organisez des ateliers avec l'école ?",
    "Qui choisit les livres, chez vous ?",
    "Qu'est-ce qui vous manque le plus ?",
    "Que diriez-vous à un nouvel élu ?",
)
ANSWERED = (
    "J'y suis depuis l'ouverture, d'abord à l'accueil et puis au fonds jeunesse.",
    "De tout le canton, les gens profitent du marché du jeudi pour passer nous voir.",
    "Deux fois par mois, la maîtresse vient avec sa classe et on lit des albums.",
    "On se réunit le lundi, chacune apporte sa liste et on regarde le budget.",
    "Du temps, parce que nous ne sommes que trois et que le bibliobus en prend deux.",
    "Je l'inviterais un mercredi, il verrait que la salle est pleine d'enfants.",
)
LETTER = "\n".join(ANSWERED)


def dialogue(question, answer, start=0, stop=6):
    pairs = zip(ASKED[start:stop], ANSWERED[start:stop], strict=True)
    return [line for q, a in pairs for line in (question.format(q), answer.format(a))]


def reading_of(folder, *lines, options=None):
    file = folder / "entretien.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    (reading,) = read(file, file.name, options or SpeakersOptions())
    return reading


def warnings_of(reading):
    return {
        problem.id: problem
        for problem in reading.problems
        if problem.severity == "warning" and problem.id != "transcripts.few-words"
    }


def roles_of(reading):
    return {label: decision.role for label, decision in reading.roles.items()}


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        ([" ".join(dialogue("{}", "{}"))], "speakers.sign-address"),
        ([line.rstrip("?. ").lower() for line in dialogue("{}", "{}")], "speakers.sign-question"),
        (dialogue("Moi = {}", "Elle = {}", 0, 1), "speakers.sign-roles"),
        ([f"07h{n:02d} {text}" for n, text in enumerate(ANSWERED)], "speakers.sign-times"),
        ([f"lecture;{n};{text}" for n, text in enumerate(ANSWERED)], "speakers.sign-columns"),
        ([f"{n} {text}" for n, text in enumerate(ANSWERED * 2, 1)], "speakers.sign-numbers"),
        ([f"anne : {text}" for text in ANSWERED], "speakers.sign-openings"),
    ],
    ids=["one paragraph", "no marks", "pronouns", "clocks", "columns", "numbers", "lower case"],
)
def test_a_text_without_labels_that_may_be_a_dialogue_is_doubtful(tmp_path, lines, sign):
    reading = reading_of(tmp_path, *lines)
    (decision,) = reading.roles.values()
    assert (decision.role, decision.sure) == ("interviewee", False)
    problem = warnings_of(reading)["speakers.maybe-a-dialogue"]
    assert problem.location.line is not None
    assert any(seen.id.startswith(sign) for seen in problem.message.values["signs"])
    assert "[[speakers.file]]" in hint_of(problem)


@pytest.mark.parametrize(
    "lines",
    [
        ANSWERED,
        ("Madame le Maire,", *ANSWERED, "Veuillez agréer mes salutations.", "Une lectrice"),
        (*ANSWERED, "À quoi bon une médiathèque sans livres ?", *ANSWERED),
        ("Nos propositions", *(f"- {text}" for text in ANSWERED)),
        ("1. Lire", ANSWERED[0], "2. Apprendre", ANSWERED[1], "3. Jouer", ANSWERED[2]),
        ("Attention : la salle ferme.", *ANSWERED, "Attention : le bus aussi.", *ANSWERED),
    ],
    ids=["answers", "letter", "rhetorical question", "list", "chapters", "warnings"],
)
def test_a_text_of_one_voice_stays_one_with_a_note(tmp_path, lines):
    reading = reading_of(tmp_path, *lines)
    assert [decision.sure for decision in reading.roles.values()] == [True]
    assert not warnings_of(reading)


def test_one_voice_is_confirmed_by_the_lines_that_are_proposed(tmp_path):
    lines = [f"07h{n:02d} {text}" for n, text in enumerate(ANSWERED)]
    reading = reading_of(tmp_path, *lines)
    written = proposal("entretien.txt", reading.roles, Translator("fr"))
    block = tomllib.loads(written.replace("# interviewee", "interviewee"))
    options = SpeakersOptions(**block["speakers"]).of_file("entretien.txt")
    reading = reading_of(tmp_path, *lines, options=options)
    (decision,) = reading.roles.values()
    assert (decision.reason, decision.sure) == (RoleReason.STUDY_FILE, True)
    assert not warnings_of(reading)


@pytest.mark.parametrize(
    "answer",
    ["R : {}", "Mme Aubry : {}", "Répondante : {}"],
)
def test_one_label_in_a_text_that_asks_is_doubtful(tmp_path, answer):
    lines = dialogue("{}", answer)
    reading = reading_of(tmp_path, lines[1], *lines)
    assert not all(decision.sure for decision in reading.roles.values())
    assert warnings_of(reading)


@pytest.mark.parametrize("label", ["Q : {}", "Question {n} : {}", "Enquêtrice : {}"])
def test_paragraphs_without_label_answer_where_only_questions_have_one(tmp_path, label):
    lines = [
        line
        for n, question in enumerate(ASKED, 1)
        for line in (label.replace("{n}", str(n)).format(question), f"Voilà la réponse {n}.")
    ]
    reading = reading_of(tmp_path, *lines)
    answers = reading.turns[reading.turns["role"] == "interviewee"]
    assert list(answers["text"]) == [f"Voilà la réponse {n}." for n in range(1, len(ASKED) + 1)]
    assert all(decision.sure for decision in reading.roles.values())
    assert "speakers.one-side-labelled" in {problem.id for problem in reading.problems}


def test_answers_of_several_paragraphs_without_label_are_one_turn_and_in_doubt_if_some_lack(
    tmp_path,
):
    lines = [line for asked in ASKED for line in (f"Q : {asked}", "Oui.", "Enfin, voilà.")]
    reading = reading_of(tmp_path, *lines, "Q : Merci.")
    assert reading.turns["text"][1] == "Oui.\nEnfin, voilà."
    assert not reading.roles["(réponse)"].sure
    assert "speakers.one-side-labelled" in warnings_of(reading)


def test_a_label_alone_on_its_line_has_its_question_below(tmp_path):
    lines = [line for asked in ASKED for line in ("Question :", asked, "Oui, voilà.")]
    reading = reading_of(tmp_path, *lines)
    assert list(reading.turns["role"])[:4] == ["interviewer", "interviewee"] * 2
    assert list(reading.turns["text"])[:2] == [ASKED[0], "Oui, voilà."]


@pytest.mark.parametrize("label", ["R", "Réponse", "Répondante"])
def test_paragraphs_without_label_ask_where_only_answers_have_one(tmp_path, label):
    lines = [line for asked in ASKED for line in (asked, f"{label} : Oui, voilà, on verra.")]
    reading = reading_of(tmp_path, f"{label} : Bonjour à vous.", *lines)
    asked = reading.turns[reading.turns["role"] == "interviewer"]
    assert list(asked["text"]) == list(ASKED)
    assert not reading.roles["(question)"].sure
    assert "speakers.one-side-labelled" in warnings_of(reading)


def test_labels_that_were_read_as_speech_are_doubtful(tmp_path):
    lines = [*dialogue("Enq : {}", "Rép : {}", 0, 3), *dialogue("c) {}", "d) {}", 3, 6)]
    lines += dialogue("c) {}", "d) {}", 0, 3)
    reading = reading_of(tmp_path, *lines)
    problem = warnings_of(reading)["speakers.labels-in-speech"]
    assert "12 lines begin as with a label" in text_of(problem)
    assert not reading.roles["Rép"].sure


def test_four_lines_are_two_questions_and_two_answers(tmp_path):
    reading = reading_of(tmp_path, *dialogue("E: {}", "R: {}", 0, 2))
    assert list(reading.turns.role) == ["interviewer", "interviewee"] * 2
    assert list(reading.turns.text) == dialogue("{}", "{}", 0, 2)


def test_a_question_above_the_first_label_is_told(tmp_path):
    reading = reading_of(tmp_path, ASKED[0], f"R : {ANSWERED[0]}", *dialogue("Q : {}", "R : {}"))
    problem = warnings_of(reading)["speakers.words-before-labels"]
    assert problem.location.line == 1


@pytest.mark.parametrize(
    "labels",
    [
        (("Enq", "Rép"), ("FG", "HK"), ("Question", "Réponse")),
        (("Claire", "Mme Roy"), ("Q", "R")),
        (("AB", "CD"), ("EF", "GH")),
        (("E", "R"), ("Intervieweuse", "Mme Roy")),
    ],
)
def test_roles_are_right_where_another_transcriber_took_over(tmp_path, labels):
    lines = []
    size = 6 // len(labels) + 1
    for number, (asks, answers) in enumerate(labels):
        start = number * (6 - size) // max(1, len(labels) - 1)
        lines += dialogue(f"{asks} : {{}}", f"{answers} : {{}}", start, start + size)
    reading = reading_of(tmp_path, *lines)
    expected = {}
    for asks, answers in labels:
        expected |= {asks: "interviewer", answers: "interviewee"}
    assert roles_of(reading) == expected
    changes = [part for part in reading.problems if part.id == "speakers.labels-change"]
    places = [part.location.line for part in changes]
    assert places == [2 * size * number + 1 for number in range(1, len(labels))]
    assert labels[0][0] in text_of(changes[0])


def test_a_label_that_asks_is_an_interviewer_s_though_another_is_named(tmp_path):
    lines = [*dialogue("Enq : {}", "Rép : {}", 0, 3), *dialogue("FG : {}", "Rép : {}", 0, 6)]
    reading = reading_of(tmp_path, *lines)
    assert roles_of(reading) == {"Enq": "interviewer", "FG": "interviewer", "Rép": "interviewee"}
    colleague = reading.roles["FG"]
    assert (colleague.reason, colleague.sure) == (RoleReason.COLLEAGUE_ASKS, False)


@pytest.mark.parametrize(("asks", "answers"), [("R", "Q"), ("R", "E"), ("Enquêtée", "Chercheuse")])
def test_an_interviewee_who_asks_all_the_time_is_doubtful(tmp_path, asks, answers):
    reading = reading_of(tmp_path, *dialogue(f"{asks} : {{}}", f"{answers} : {{}}"))
    assert not reading.roles[asks].sure
    problem = warnings_of(reading)["speakers.asks-yet-answers"]
    assert f'interviewer = ["{asks}"]' in hint_of(problem)


def test_another_interviewee_from_the_middle_on_is_told(tmp_path):
    lines = [*dialogue("E : {}", "Mme Roy : {}"), *dialogue("E : {}", "M. Lam : {}")]
    problem = warnings_of(reading_of(tmp_path, *lines))["speakers.interviewee-changes"]
    assert problem.location.line == 14


@pytest.mark.parametrize("mark", ["(parle en arabe)", "(hoche la tête)", "(inaudible, bruit)."])
def test_a_remark_alone_after_a_label_is_no_label(tmp_path, mark):
    lines = dialogue("Enq. : {}", "Interprète : {}")
    turns = [
        part for at in range(0, 12, 2) for part in (lines[at], f"Mme Y. : {mark}", lines[at + 1])
    ]
    assert "speakers.labels-in-speech" not in warnings_of(reading_of(tmp_path, *turns))
