import pytest

from tests.making import place_of, text_of
from textlien.study.options import SpeakersOptions
from textlien.transcripts import read
from textlien.transcripts.formats.iramuteq import is_corpus, parse

CORPUS = """**** *ville_creil *acteur_elu
Le quartier change.
Il change vite.

**** *ville_le_havre *Annee_2015
-*vivre_ensemble
Du respect.
-*gouvernance
De la coordination.
"""


def test_texts_have_their_variables_and_themes_part_utterances():
    first, second = parse(CORPUS, "corpus.txt")
    assert (first.name, first.head) == ("1", {"ville": "creil", "acteur": "elu"})
    assert [said.text for said in first.utterances] == ["Le quartier change.\nIl change vite."]
    assert second.head == {"ville": "le_havre", "annee": "2015"}
    assert second.variables == (("ville", "le_havre"), ("Annee", "2015"))
    assert [(said.section, said.text, said.place.code()) for said in second.utterances] == [
        ("vivre_ensemble", "Du respect.", "line=6"),
        ("gouvernance", "De la coordination.", "line=8"),
    ]
    assert first.problems + second.problems == ()


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ("Avant.\n**** *a_b\nTexte.", "line 1", "text before the first ****"),
        ("-*theme\n**** *a_b\nTexte.", "line 1", "a theme before the first ****"),
        ("\ufeff**** *a_b\nTexte.", "line 1", "a byte-order mark"),
        ("**** *a_b\nUn.\n**** *a_c\n\n", "line 3", "a text without a word, *a_c"),
        ("**** *a_b\n-*un\n-*deux\nTexte.", "line 2", 'the theme "un" has no text'),
        ("**** * *a_b\nTexte.", "line 1", '"*" names no variable'),
        ("**** ville_creil\nTexte.", "line 1", '"ville_creil" has no star'),
        ("**** *sous-prefet_1\nTexte.", "line 1", "refuses a hyphen"),
        ("**** *a_b\n-*vivre ensemble\nTexte.", "line 2", "a space in the theme"),
        (
            "**** *a_b\nAvant.\n-*theme\nTexte.",
            "line 3",
            "text between **** and the first theme",
        ),
        ("**** *a_b\nUn * ici.", "line 2", "a star inside the text"),
    ],
)
def test_what_iramuteq_damages_is_reported_with_its_line(content, place, said):
    problems = [problem for document in parse(content, "c.txt") for problem in document.problems]
    assert [(place_of(problem), problem.severity) for problem in problems] == [(place, "warning")]
    assert said in text_of(problems[0])


def test_a_byte_order_mark_loses_no_text(tmp_path):
    file = tmp_path / "corpus.txt"
    file.write_text(CORPUS, encoding="utf-8-sig")
    assert len(read(file, "corpus.txt", SpeakersOptions())) == 2


def test_an_empty_text_does_not_lose_the_others(tmp_path):
    file = tmp_path / "corpus.txt"
    file.write_text("**** *n_1\n\n**** *n_2\nTexte.\n", encoding="utf-8")
    empty, full = read(file, "corpus.txt", SpeakersOptions())
    assert [(problem.severity, place_of(problem)) for problem in empty.problems] == [
        ("warning", "line 1"),
        ("error", "interview 1"),
    ]
    assert list(full.turns.role) == ["interviewee"]


def test_a_transcript_is_no_corpus():
    assert not is_corpus("Q : Un ?\nR : **** oui.")


def test_text_and_a_theme_before_the_first_text_are_both_told():
    content = "\nAvant.\nEncore.\n-*theme\n**** *a_b\nTexte."
    problems = [problem for document in parse(content, "c.txt") for problem in document.problems]
    assert [(place_of(problem), text_of(problem).split(" before")[0]) for problem in problems] == [
        ("line 2", "text"),
        ("line 4", "a theme"),
    ]


def test_a_wrong_encoding_is_told_with_the_first_line_that_shows_it(tmp_path):
    file = tmp_path / "corpus.txt"
    file.write_bytes("**** *n_1\nOui.\n**** *n_2\nL'été, déjà.\n".encode("cp1252"))
    first, second = read(file, "corpus.txt", SpeakersOptions())
    (problem,) = [problem for problem in first.problems if "UTF-8" in text_of(problem)]
    assert (place_of(problem), text_of(problem)) == ("line 4", "not UTF-8; read as cp1252.")
    assert list(second.turns.text) == ["L'été, déjà."]


def test_all_faults_of_one_corpus_are_told_at_once():
    content = "Avant.\n**** * ville_creil *sous-prefet_1\nAvant.\n-*un deux\nUn * ici.\n**** *a_b\n"
    problems = [problem for document in parse(content, "c.txt") for problem in document.problems]
    assert sorted(place_of(problem) for problem in problems) == [
        *("line 1", "line 2", "line 2", "line 2", "line 4", "line 4", "line 5", "line 6")
    ]
