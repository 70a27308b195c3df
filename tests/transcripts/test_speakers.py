import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.study import SpeakersOptions
from textlien.transcripts.model import Decision, Document, Utterance
from textlien.transcripts.speakers import decide, known_role, proposal

NO_OPTIONS = SpeakersOptions()


def said(*turns):
    return Document("", {}, tuple(Utterance(speaker, text) for speaker, text in turns))


def roles_of(*turns, options=NO_OPTIONS):
    return roles_in(decide(said(*turns), options, "entretien.docx")[0])


def roles_in(decisions):
    return {label: decision.role for label, decision in decisions.items()}


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Enquêteur", "interviewer"),
        ("ENQUÊTRICE 2", "interviewer"),
        ("Sonia Branca-Rosoff (ENQ)", "interviewer"),
        ("Sonia Branca enq", "interviewer"),
        ("Océane Advocat (Enq.)", "interviewer"),
        ("Checheur", "interviewer"),
        ("Enquetteur", "interviewer"),
        ("Interviewer", "interviewer"),
        ("Q", "interviewer"),
        ("Interviewe", "interviewee"),
        ("Interviewée", "interviewee"),
        ("Enquêté", "interviewee"),
        ("R1", "interviewee"),
        ("tous", "other"),
        ("inconnu", "other"),
        ("Mme R.", None),
        ("Élu", None),
        ("M. le Maire", None),
    ],
)
def test_labels_that_name_a_role(label, role):
    assert known_role(label) == role


def test_the_study_file_comes_first():
    options = SpeakersOptions(interviewer=("MÉDIATRICE",), interviewee=("Chercheur",))
    turns = (("Médiatrice", "Oui."), ("Chercheur", "Pourquoi ?"))
    assert roles_of(*turns, options=options) == {
        "Médiatrice": "interviewer",
        "Chercheur": "interviewee",
    }


def test_the_one_who_asks_is_the_interviewer_and_it_is_said():
    turns = said(
        ("JD", "Depuis quand ?"),
        ("ML", "Depuis dix ans, et c'est long."),
        ("JD", "Et avant ?"),
        ("ML", "J'étais à Lyon, vous connaissez ?"),
        ("JD", "Oui."),
        ("ML", "Voilà pour Lyon."),
    )
    roles, problems = decide(turns, NO_OPTIONS, "entretien.docx")
    assert roles_in(roles) == {"JD": "interviewer", "ML": "interviewee"}
    assert [problem.severity for problem in problems] == ["note"]
    assert "67%" in problems[0].message
    assert "33%" in problems[0].message


def test_two_who_ask_alike_are_interviewees_with_a_warning():
    turns = said(("JD", "Quoi ?"), ("ML", "Qui ?"), ("JD", "Oui."), ("ML", "Non."))
    roles, problems = decide(turns, NO_OPTIONS, "entretien.docx")
    assert roles_in(roles) == {"JD": "interviewee", "ML": "interviewee"}
    assert [problem.severity for problem in problems] == ["warning"]
    assert "[speakers] interviewer" in problems[0].hint


def test_speech_without_any_label_is_the_interviewee_s():
    assert roles_of(("", "Toute la ville ?")) == {"": "interviewee"}


def test_who_only_passes_by_is_neither_side():
    turns = (("Enq", "Alors ?"), ("Mira", "mot " * 2000), ("Nasser", "Bonjour à tous."))
    assert roles_of(*turns) == {"Enq": "interviewer", "Mira": "interviewee", "Nasser": "other"}


def test_a_single_interviewee_of_few_words_stays_one():
    assert roles_of(("Enq", "mot " * 3000), ("Mira", "Oui."))["Mira"] == "interviewee"


def test_an_unknown_label_beside_a_known_interviewee_is_the_interviewer_when_it_asks():
    turns = (("E", "Et le CCAS ?"), ("R", "Il aide."), ("E", "Comment ?"), ("R", "Comme il peut."))
    assert roles_of(*turns) == {"E": "interviewer", "R": "interviewee"}


def test_a_proposal_can_be_put_in_the_study_file_as_it_is():
    decisions = {
        "JD": Decision("interviewer", "67% of its turns ask", sure=False),
        'Mme "L."': Decision("interviewee", "someone has to answer", sure=False),
        "Nasser": Decision("other", "says 16 words only", sure=False),
        "": Decision("interviewee", "no label"),
    }
    block = proposal("entretiens/a [2].txt", decisions)
    assert tomllib.loads(block) == {
        "speakers": {
            "file": [
                {
                    "path": "entretiens/a [2].txt",
                    "interviewer": ["JD"],
                    "interviewee": ['Mme "L."'],
                    "other": ["Nasser"],
                }
            ]
        }
    }
    assert "# JD: 67% of its turns ask\n" in block
    options = SpeakersOptions(**tomllib.loads(block)["speakers"]).of_file("entretiens/a [2].txt")
    assert (options.interviewer, options.other) == (("JD",), ("Nasser",))


@given(
    st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])),
    st.lists(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])), min_size=1),
)
def test_a_proposal_is_toml_whatever_the_names(path, labels):
    decisions = {label: Decision("interviewee", f"{label} speaks", sure=False) for label in labels}
    (entry,) = tomllib.loads(proposal(path, decisions))["speakers"]["file"]
    assert entry == {"path": path, "interviewee": list(dict.fromkeys(labels))}


def test_bytes_of_a_path_that_are_no_text_are_matched_all_the_same():
    path = "entretiens/\udce9lu.txt"
    block = proposal(path, {"Élu": Decision("interviewee", "guess", sure=False)})
    block.encode("utf-8")
    options = SpeakersOptions(**tomllib.loads(block)["speakers"]).of_file(path)
    assert options.interviewee == ("Élu",)
