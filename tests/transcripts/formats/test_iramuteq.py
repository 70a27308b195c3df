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


BODY = "Le quartier change, et vite.", "Du respect, il en faut."


@pytest.mark.parametrize(
    "first",
    [
        " **** *ent_1 *ville_creil",
        "\t**** *ent_1 *ville_creil",
        "\u00a0****\t*ent_1\t*ville_creil",
        "*** *ent_1 *ville_creil",
        "***** *ent_1 *ville_creil",
        "*****ent_1 *ville_creil",
        "**** *ent_1*ville_creil",
        "**** *ent_1 *ville_creil ****",
        "＊＊＊＊ ＊ent_1 ＊ville_creil",
        "0001 *ent_1 *ville_creil",
        "\u200b**** *ent_1 *ville_creil",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
def test_lines_of_stars_as_people_type_them_begin_a_text(first, end):
    second = first.replace("1 ", "2 ", 1).replace("ent_1", "ent_2").replace("creil", "lyon")
    content = end.join([first, BODY[0], second, BODY[1]])
    texts = parse(content, "c.txt")
    assert [text.variables for text in texts] == [
        (("ent", "1"), ("ville", "creil")),
        (("ent", "2"), ("ville", "lyon")),
    ]
    assert [said.text for text in texts for said in text.utterances] == list(BODY)
    assert [problem for text in texts for problem in text.problems] == []


def test_words_behind_the_variables_are_the_beginning_of_the_text_and_told():
    (text,) = parse("**** *ent_1 *ville_creil On est bien ici, dit-elle.\nEt après ?", "c.txt")
    assert text.variables == (("ent", "1"), ("ville", "creil"))
    assert [said.text for said in text.utterances] == ["On est bien ici, dit-elle.\nEt après ?"]
    assert [problem.id for problem in text.problems] == ["transcripts.text-behind-stars"]


def test_a_modality_with_a_blank_is_no_text():
    (text,) = parse("**** *ent_1 *ville_Le Havre\nBien.", "c.txt")
    assert [said.text for said in text.utterances] == ["Bien."]
    assert [problem.id for problem in text.problems] == ["transcripts.variable-without-star"]


def test_stars_alone_that_close_a_text_are_no_other_text():
    content = f"**** *ent_1\n{BODY[0]}\n****\n\n**** *ent_2\n{BODY[1]}\n****\n"
    texts = parse(content, "c.txt")
    assert [said.text for text in texts for said in text.utterances] == list(BODY)


@pytest.mark.parametrize("theme", ["  -*ville", "-* ville", "–*ville", "\t-＊ville"])
def test_themes_as_people_type_them(theme):
    (text,) = parse(f"**** *ent_1\n{theme}\nBien.", "c.txt")
    assert [(said.section, said.text) for said in text.utterances] == [("ville", "Bien.")]


@pytest.mark.parametrize("stars", ["****", "*****", "**** est venu nous voir", "***"])
def test_an_interview_with_stars_stays_one_interview(tmp_path, stars):
    file = tmp_path / "a.txt"
    part = "Enquêteur : Et ici ?\nMme Roy : On y est bien.\n"
    file.write_text(f"{part}{stars}\n{part}{stars}\n{part}", encoding="utf-8")
    (reading,) = read(file, "a.txt", SpeakersOptions())
    assert list(reading.turns.speaker) == ["Enquêteur", "Mme Roy"] * 3
    assert reading.turns.text[1].startswith("On y est bien.")
    assert "Et ici" not in "".join(reading.turns.text[1::2])


def test_stars_alone_still_begin_the_texts_of_a_corpus_without_labels(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(f"****\n{BODY[0]}\n****\n{BODY[1]}\n", encoding="utf-8")
    assert len(read(file, "a.txt", SpeakersOptions())) == 2
