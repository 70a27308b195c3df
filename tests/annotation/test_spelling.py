"""Words as transcribers write speech, and numbers: one token each, with the lemma of the word."""

import pytest

from tests.annotation.test_annotate import annotated
from textlien.annotation.spelling import respellings


def tokens_of(text):
    tokens = annotated(f"R: {text}")
    return {
        form: (lemma, pos)
        for form, lemma, pos in zip(tokens["form"], tokens["lemma"], tokens["pos"], strict=True)
    }


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("On a 3 000 habitants ici.", "3 000", "3000"),
        ("Ça fait 1 234 567 euros.", "1 234 567", "1234567"),
        ("Ça coûte 12\u202f500 euros.", "12\u202f500", "12500"),
        ("On ferme à 18h30 le soir.", "18h30", "18h30"),
        ("On ferme à 18 h 30 le soir.", "18 h 30", "18h30"),
        ("On ouvre à 8h le matin.", "8h", "8h"),
    ],
)
def test_a_number_is_one_token(text, form, lemma):
    assert tokens_of(text)[form] == (lemma, "NUM")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("En 2013 300 personnes sont venues.", ["2013", "300"]),
        ("Les 3 enfants et les 200 logements.", ["3", "200"]),
        ("Appelez le 06 12 34 56 78 demain.", ["06", "12", "34", "56", "78"]),
        ("Il y a 10 ans et 1000 habitants.", ["10", "1000"]),
    ],
)
def test_numbers_side_by_side_stay_apart(text, numbers):
    assert [form for form, (_, pos) in tokens_of(text).items() if pos == "NUM"] == numbers


@pytest.mark.parametrize(
    ("text", "form", "lemma", "pos"),
    [
        ("C'est un p'tit jardin.", "p'tit", "petit", "ADJ"),
        ("Les p’tites associations sont là.", "p’tites", "petit", "ADJ"),
        ("Y a un ptit marché.", "ptit", "petit", "ADJ"),
        ("On fait de l'entr'aide entre voisins.", "entr'aide", "entraide", "NOUN"),
        ("Il a entr’ouvert la porte.", "entr’ouvert", "entrouvrir", "VERB"),
        ("Ma grand'mère habitait là.", "grand'mère", "grand-mère", "NOUN"),
        ("Ils viennent deux fois par s'maine.", "s'maine", "semaine", "NOUN"),
        ("Je l'ai d'jà vu.", "d'jà", "déjà", "ADV"),
        ("Il va r'garder le match.", "r'garder", "regarder", "VERB"),
        ("C'est p't-être le gardien.", "p't-être", "peut-être", "ADV"),
    ],
)
def test_reduced_and_old_spellings_have_the_lemma_of_the_word(text, form, lemma, pos):
    assert tokens_of(text)[form] == (lemma, pos)


@pytest.mark.parametrize(
    "text",
    [
        "j'suis d'la cité",
        "l'école qu'on voit",
        "aujourd'hui",
        "prud'hommes",
        "N'Diaye",
        "c'que t'as",
    ],
)
def test_elided_words_are_not_respelt(text):
    assert respellings(text) == []
