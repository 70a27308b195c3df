import pytest

from tests.making import place_of, text_of
from textlien.messages.message import Location
from textlien.transcripts.speakers.utterances import Paragraph, split

ANSWER = "C'est la mairie qui a payé les travaux."


def problems_of(*lines):
    paragraphs = [Paragraph(line, Location(line=number)) for number, line in enumerate(lines, 1)]
    return {problem.id: problem for problem in split(paragraphs, "a.txt").problems}


def dialogue(questioner="Enq", answerer="Rép", turns=10):
    labels = (f"{questioner} : Et ensuite, vous avez fait quoi ?", f"{answerer} : {ANSWER}")
    return [labels[number % 2] for number in range(turns)]


@pytest.mark.parametrize(
    ("labels", "line"),
    [
        (("Enq", "Rép"), "Rép : Ils l'ont laissé. Enq : Et la chaudière ? Rép : Payée."),
        (("Enq", "Rép"), "Rép : Je ne sais pas (Enq : ah bon ?), enfin si."),
        (("Enq", "Rép"), "Rép : Alors la chaudière Enq : oui ? Rép : on l'a changée."),
        (("JL", "Mme Roy"), "Mme Roy : On verra bien… JL : Quand ça ?"),
        (("Q", "R"), "On y va tous les jeudis. Q : Tous ?"),
    ],
)
def test_a_label_inside_a_turn_is_told(labels, line):
    problem = problems_of(*dialogue(*labels), line)["speakers.label-inside"]
    assert place_of(problem) == "line 11"


@pytest.mark.parametrize(
    "line",
    [
        "Marie : Trois choses. Attention : il y en a une de trop.",
        "Marie : J'ai demandé à Jean : il n'est pas venu.",
        "Marie : Il me dit : non. C'est Jean, le maire, qui le dit.",
    ],
)
def test_names_that_are_spoken_are_no_labels_inside_a_turn(line):
    assert "speakers.label-inside" not in problems_of(*dialogue("Jean", "Marie"), line)


@pytest.mark.parametrize(
    "line", ["Enq ; Et vous ?", "Enq/ Et vous ?", "Rép = Oui.", "Enq Et vous ?"]
)
def test_a_label_with_another_sign_than_the_colon_of_all_others_is_told(line):
    problem = problems_of(*dialogue(), line, *dialogue())["speakers.broken-label"]
    assert place_of(problem) == "line 11"
    assert line in text_of(problem)


def test_a_name_that_opens_a_paragraph_is_no_broken_label():
    lines = [*dialogue("Jean", "Marie"), "Jean, il n'était pas là, ce jour-là."]
    assert "speakers.broken-label" not in problems_of(*lines)


def test_a_whole_question_without_label_is_told_where_all_other_lines_have_one():
    problem = problems_of(*dialogue(turns=20), "Et les commerçants ?", *dialogue(turns=20))
    assert place_of(problem["speakers.no-label-here"]) == "line 21"


@pytest.mark.parametrize(
    "line", ["--> belle citation, à garder.", "=> voir Castel, 1995.", "// à réécouter.", "→ ici."]
)
def test_a_remark_behind_an_arrow_is_told_even_where_answers_have_several_paragraphs(line):
    problem = problems_of(*["Q : Et ?", "R : Oui.", "Enfin, voilà."] * 6, line, "Q : Et ?")
    assert place_of(problem["speakers.unspoken-lines"]) == "line 19"


def test_a_running_title_is_told_once():
    title = "Projet VIVRE – Entretien 12"
    problem = problems_of(*[*["Q : Et ?", "R : Oui.", "Enfin, voilà."] * 3, title] * 3, "Q : Et ?")
    assert place_of(problem["speakers.unspoken-lines"]) == "line 10"
    assert text_of(problem["speakers.unspoken-lines"]).count("3 lines") == 1


def test_the_side_of_a_cassette_is_told():
    problem = problems_of(*dialogue(turns=12), "CASSETTE 1 FACE B", *dialogue(turns=2))
    assert {"speakers.unspoken-lines", "speakers.no-label-here"} & set(problem)


def test_answers_of_several_paragraphs_are_not_told():
    problem = problems_of(*["Q : Et ?", "R : Oui.", "Enfin, voilà.", "On y va."] * 6, "Q : Et ?")
    assert not {"speakers.unspoken-lines", "speakers.no-label-here"} & set(problem)


def test_a_first_line_of_speech_is_no_title_and_is_told():
    first = "Oui alors moi je suis directrice depuis dix ans, et la crèche a failli fermer."
    problem = problems_of(first, *dialogue())["speakers.words-before-labels"]
    assert place_of(problem) == "line 1"


@pytest.mark.parametrize(
    "title",
    [
        "Entretien réalisé avec Mme Roy, adjointe au maire, le 12 mars 2013 à Creil.",
        "Mme Roy, directrice de crèche",
    ],
)
def test_a_title_of_any_length_is_not_told(title):
    assert "speakers.words-before-labels" not in problems_of(title, *dialogue())


@pytest.mark.parametrize("labels", [("Q", "q"), ("R", "r"), ("Enquêté", "Enquete")])
def test_two_spellings_of_a_label_that_alternate_are_told(labels):
    problem = problems_of(*dialogue(*labels))["speakers.labels-alike"]
    assert place_of(problem) == "line 2"


def test_a_label_that_is_spelt_otherwise_now_and_then_is_not_told():
    lines = [*dialogue(), "ENQ : Et vous ?", f"Rép : {ANSWER}", "enq : Oui ?", *dialogue()]
    assert "speakers.labels-alike" not in problems_of(*lines)


@pytest.mark.parametrize(("asks", "answers"), [("XX", "YY"), ("XXX", "Mme L"), ("xx", "R")])
def test_a_declared_label_is_no_inaudible_word(asks, answers):
    lines = enumerate(dialogue(asks, answers), 1)
    paragraphs = [Paragraph(line, Location(line=number)) for number, line in lines]
    document = split(paragraphs, "a.txt", frozenset({asks, answers}))
    assert [part.speaker for part in document.utterances] == [asks, answers] * 5
    assert not document.problems
