import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import hint_of, text_of
from textlien.messages.catalogue import LANGUAGES
from textlien.messages.translator import Translator
from textlien.study.options import SpeakersOptions
from textlien.transcripts.model import Decision, Document, Evidence, RoleReason, Utterance
from textlien.transcripts.speakers.reasons import proposal, reason_of
from textlien.transcripts.speakers.roles import decide, known_role

EN = Translator("en")
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
    assert "67%" in text_of(problems[0])
    assert "33%" in text_of(problems[0])


def test_two_who_ask_alike_are_interviewees_with_a_warning():
    turns = said(("JD", "Quoi ?"), ("ML", "Qui ?"), ("JD", "Oui."), ("ML", "Non."))
    roles, problems = decide(turns, NO_OPTIONS, "entretien.docx")
    assert roles_in(roles) == {"JD": "interviewee", "ML": "interviewee"}
    assert [problem.severity for problem in problems] == ["warning"]
    assert "[speakers] interviewer" in hint_of(problems[0])


def test_speech_without_any_label_is_the_interviewee_s():
    assert roles_of(("", "Toute la ville ?")) == {"": "interviewee"}


def test_who_only_passes_by_is_neither_side():
    turns = (("Enq", "Alors ?"), ("Mira", "mot " * 2000), ("Nasser", "Bonjour à tous."))
    assert roles_of(*turns) == {"Enq": "interviewer", "Mira": "interviewee", "Nasser": "other"}


def test_several_who_only_pass_by_are_told_in_one_note():
    turns = (("Enq", "Alors ?"), ("Mira", "mot " * 2000), ("Nasser", "Bonjour."), ("Léo", "Oui."))
    _, problems = decide(said(*turns), NO_OPTIONS, "a.txt")
    assert [text_of(problem) for problem in problems] == [
        '"Nasser", "Léo" say fewer than 30 words each: taken for neither side.'
    ]


def test_a_single_interviewee_of_few_words_stays_one():
    assert roles_of(("Enq", "mot " * 3000), ("Mira", "Oui."))["Mira"] == "interviewee"


def test_an_unknown_label_beside_a_known_interviewee_is_the_interviewer_when_it_asks():
    turns = (("E", "Et le CCAS ?"), ("R", "Il aide."), ("E", "Comment ?"), ("R", "Comme il peut."))
    assert roles_of(*turns) == {"E": "interviewer", "R": "interviewee"}


def test_a_proposal_can_be_put_in_the_study_file_as_it_is():
    decisions = {
        "JD": Decision("interviewer", RoleReason.ASKS, False, Evidence(0.67, 0.33, 0.2)),
        'Mme "L."': Decision("interviewee", RoleReason.REMAINING, sure=False),
        "Nasser": Decision("other", RoleReason.FEW_WORDS, sure=False),
        "": Decision("interviewee", RoleReason.NO_LABEL),
    }
    block = proposal("entretiens/a [2].txt", decisions, EN)
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
    assert (
        "# JD: 67% of this speaker’s turns are questions, against 33% at most for the others; "
        "20% of the words\n" in block
    )
    options = SpeakersOptions(**tomllib.loads(block)["speakers"]).of_file("entretiens/a [2].txt")
    assert (options.interviewer, options.other) == (("JD",), ("Nasser",))


@given(
    st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])),
    st.lists(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])), min_size=1),
)
def test_a_proposal_is_toml_whatever_the_names(path, labels):
    decisions = dict.fromkeys(labels, Decision("interviewer", RoleReason.ASKS, sure=False))
    (entry,) = tomllib.loads(proposal(path, decisions, EN))["speakers"]["file"]
    assert entry == {"path": path, "interviewer": list(dict.fromkeys(labels))}


def test_bytes_of_a_path_that_are_no_text_are_matched_all_the_same():
    path = "entretiens/\udce9lu.txt"
    block = proposal(path, {"Élu": Decision("interviewer", RoleReason.ASKS, sure=False)}, EN)
    block.encode("utf-8")
    options = SpeakersOptions(**tomllib.loads(block)["speakers"]).of_file(path)
    assert options.interviewer == ("Élu",)


def decisions_of(*turns):
    return decide(said(*turns), NO_OPTIONS, "entretien.docx")


LONG = "Je suis arrivée il y a dix ans, et nous avons monté l'association avec mes voisines. "


def test_the_reason_of_a_guess_is_in_figures():
    decisions, _ = decisions_of(("JD", "Depuis quand ?"), ("ML", LONG), ("JD", "Ah bon ?"))
    assert decisions["JD"] == Decision(
        "interviewer", RoleReason.ASKS, False, Evidence(1.0, 0.0, pytest.approx(0.2))
    )
    assert EN.message(reason_of(decisions["JD"])) == (
        "100% of this speaker’s turns are questions, against 0% at most for the others; "
        "20% of the words"
    )
    assert decisions["ML"].sure is False


@pytest.mark.parametrize("labels", [("E1", "E2", "R"), ("Paul", "Anne", "M. le Maire")])
def test_two_who_ask_are_two_interviewers(labels):
    first, second, third = labels
    turns = ((first, "Depuis quand ?"), (third, LONG), (second, "Et avant ?"), (third, LONG))
    decisions, problems = decisions_of(*turns * 2)
    assert roles_in(decisions) == {
        first: "interviewer",
        second: "interviewer",
        third: "interviewee",
    }
    assert "are taken for the interviewers" in text_of(problems[0])


def test_enqueteur_1_and_2_need_no_guess():
    turns = (("Enquêteur 1", "Et ici ?"), ("Mme A.", LONG), ("Enquêteur 2", "Merci."))
    decisions, problems = decisions_of(*turns)
    assert roles_in(decisions) == {
        "Enquêteur 1": "interviewer",
        "Mme A.": "interviewee",
        "Enquêteur 2": "interviewer",
    }
    assert problems == []
    assert all(decision.sure for decision in decisions.values())


def test_a_mayor_and_the_chief_of_staff_are_both_interviewees():
    turns = (("Enquêteur", "Et ici ?"), ("M. le Maire", LONG * 3), ("Dir. cab.", LONG * 2))
    decisions, problems = decisions_of(*turns * 2)
    assert [decisions[label].role for label in ("M. le Maire", "Dir. cab.")] == ["interviewee"] * 2
    assert all(decision.sure for decision in decisions.values())
    assert problems == []


def test_without_question_marks_the_one_who_says_vous_asks():
    turns = (
        ("SPEAKER_00", "donc vous habitez ici depuis longtemps et vos enfants"),
        ("SPEAKER_01", "moi je suis né là et mes parents aussi j'ai toujours connu mon quartier"),
        ("SPEAKER_00", "d'accord et vous alliez à l'école du quartier"),
        ("SPEAKER_01", "oui je crois que nous étions quatre et je les vois encore mes amis"),
    )
    decisions, problems = decisions_of(*turns * 3)
    assert roles_in(decisions) == {"SPEAKER_00": "interviewer", "SPEAKER_01": "interviewee"}
    assert decisions["SPEAKER_00"].reason is RoleReason.SAYS_VOUS
    assert EN.message(reason_of(decisions["SPEAKER_00"])) == (
        "100% of this speaker’s « je » and « vous » are « vous », against 0% at most for the "
        "others; 38% of the words"
    )
    assert decisions["SPEAKER_00"].sure is False
    assert [problem.severity for problem in problems] == ["note"]


def test_two_who_talk_about_themselves_are_interviewees_and_doubtful():
    turns = (("A", "Moi je dis que nous avons mon avis."), ("B", "Et moi je dis que j'ai le mien."))
    decisions, problems = decisions_of(*turns * 5)
    assert roles_in(decisions) == {"A": "interviewee", "B": "interviewee"}
    assert not any(decision.sure for decision in decisions.values())
    assert problems[0].severity == "warning"


def test_a_colleague_of_the_interviewer_who_says_vous_is_on_that_side():
    turns = (
        ("Sonia (ENQ)", "Et vous habitez ici ?"),
        ("Mira", LONG * 10),
        ("Jean-Paul", "Et votre mari, vous ?"),
    )
    decisions, _ = decisions_of(*turns * 6)
    assert (decisions["Jean-Paul"].role, decisions["Jean-Paul"].sure) == ("interviewer", False)
    assert decisions["Jean-Paul"].reason is RoleReason.COLLEAGUE_ASKS
    assert "a colleague of the interviewer" in EN.message(reason_of(decisions["Jean-Paul"]))
    assert decisions["Mira"].sure


def test_who_says_little_in_short_turns_beside_an_interviewer_is_doubtful():
    turns = (
        ("Sonia (ENQ)", "Et vous habitez ici depuis longtemps ?"),
        ("Mira", LONG * 10),
        ("Jean-Pierre", "Ah oui, le marché."),
    )
    decisions, _ = decisions_of(*turns * 10)
    assert (decisions["Jean-Pierre"].role, decisions["Jean-Pierre"].sure) == ("interviewee", False)
    assert decisions["Jean-Pierre"].reason is RoleReason.SHORT_TURNS
    reason = EN.message(reason_of(decisions["Jean-Pierre"]))
    assert reason.startswith("says 2% of the words, in turns as short")


def test_the_only_speaker_is_the_interviewee():
    decisions, problems = decisions_of(("Mira", LONG))
    assert decisions == {"Mira": Decision("interviewee", RoleReason.ONLY_SPEAKER)}
    assert problems == []


def test_a_label_that_the_study_file_has_on_two_sides_is_the_interviewer_s():
    options = SpeakersOptions(interviewer=("Camille",), interviewee=("Camille",))
    assert roles_of(("Camille", "Oui."), options=options) == {"Camille": "interviewer"}


def test_many_speakers_cost_no_square():
    turns = [(f"P{number}", "Oui, moi je vous crois.") for number in range(20_000)]
    decisions, problems = decide(said(*turns), NO_OPTIONS, "a.txt")
    assert {decision.role for decision in decisions.values()} == {"other"}
    assert [len(text_of(problem)) < 200 for problem in problems] == [True, True]


@pytest.mark.parametrize("reason", RoleReason)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_in_both_languages(reason, language):
    decision = Decision("interviewee", reason, evidence=Evidence(0.123, 0.456, 0.789))
    assert Translator(language).message(reason_of(decision))


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Enquettrise", None),  # a likeness of 0.86 to « enquetrice »
        ("Enquettrice", "interviewer"),  # 0.95
        ("quêteur", None),  # 0.875
        ("interviewerr", "interviewer"),
        ("tremoin", None),  # the word that it is like has six letters
        ("Enquêtaur", "interviewer"),  # 0.889
        ("chercheu", "interviewer"),
        ("quetion", "interviewer"),  # seven letters
        ("enquêt", None),  # six letters
    ],
)
def test_a_typing_error_of_a_role_is_long_and_nearly_the_word(label, role):
    assert known_role(label) == role


def roles_of_passer(words, others):
    """Role of a speaker of so many words beside one of ``others``."""
    turns = (("Enq", "Alors ?"), ("Mira", "mot " * (others - 1)), ("Léo", "mot " * words))
    return roles_of(*turns)["Léo"]


@pytest.mark.parametrize(
    ("words", "others", "role"),
    [
        (29, 5000, "other"),
        (30, 5000, "interviewee"),
        (20, 981, "other"),  # of 1001 words, just below 2 %
        (20, 980, "interviewee"),  # 2 % of 1000 words
    ],
)
def test_who_passes_by_says_fewer_than_30_words_and_less_than_2_per_cent(words, others, role):
    assert roles_of_passer(words, others) == role


def test_a_block_in_which_nobody_asks_changes_nothing_until_it_is_corrected():
    block = proposal("t/a.txt", {"": Decision("interviewee", RoleReason.NO_LABEL, sure=False)}, EN)
    assert tomllib.loads(block)["speakers"]["file"] == [{"path": "t/a.txt"}]
    assert '# interviewee = ["' in block
