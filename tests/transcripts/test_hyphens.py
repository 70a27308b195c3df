"""Words cut at the end of a printed line are put together; compounds keep their hyphen."""

import pytest

from textlien.transcripts.hyphens import Hyphens


@pytest.mark.parametrize(
    ("line", "below", "joined"),
    [
        ("une asso-", "ciation de quartier", "une association de quartier"),
        ("le mon-", "sieur du sixième", "le monsieur du sixième"),
        ("dit mer-", "ci à tous", "dit merci à tous"),
        ("l’inter\u00ad", "communalité", "l’intercommunalité"),
        ("un inter\u2010", "médiaire", "un intermédiaire"),
        ("on peut-", "être d’accord", "on peut-être d’accord"),
        ("que dit-", "il de cela", "que dit-il de cela"),
        ("ceux-", "là mêmes", "ceux-là mêmes"),
        ("c’est-à-", "dire rien", "c’est-à-dire rien"),
        ("à Saint-", "Denis", "à Saint-Denis"),
        ("le vivre-", "ensemble", "le vivre-ensemble"),
        ("un après-", "midi", "un après-midi"),
        ("de 12-", "15 ans", "de 12- 15 ans"),
        ("il a dit —", "rien", "il a dit — rien"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line(line, below, joined):
    assert Hyphens([line, below]).join(line, below) == joined


def test_what_the_document_writes_elsewhere_decides():
    cut = ("un porte-", "parole")
    assert Hyphens(cut).join(*cut) == "un porte-parole"
    cut = ("une contre-", "partie")
    assert Hyphens([*cut, "la contre-partie"]).join(*cut) == "une contre-partie"
    cut = ("un sous-", "sol")
    assert Hyphens([*cut, "le soussol"]).join(*cut) == "un soussol"


def test_what_was_put_together_is_counted():
    hyphens = Hyphens(["une asso-", "ciation, peut-", "être"])
    hyphens.join(hyphens.join("une asso-", "ciation, peut-"), "être")
    assert hyphens.joined == ["association"]
