"""Forms in these tests are invented, or a word alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import textlien.annotation.speech.tokenizer  # noqa: F401 - registers it
from textlien.annotation.speech.folder import shipped
from textlien.annotation.training.treebank import Sentence, read_conllu

TREEBANKS = Path(__file__).parents[4] / "shared" / "realdata" / "ud_spoken"
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "textlien.speech_tokenizer.v1"}}}
# A sample of everything that the rules look at.
PIECES = st.sampled_from(
    [
        *"aelnsuyMN'’-‑~.…,:;?!()[]«»\"/·—–_*%€°12 \u00a0\u202f\u00ad👏",
        "qu",
        "là",
        "est",
        "ce",
        "il",
    ]
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("fr", config=CONFIG)


def forms(nlp: Language, text: str) -> list[str]:
    return [token.text for token in nlp.make_doc(text) if not token.is_space]


def test_the_shipped_annotator_cuts_with_these_rules(nlp: Language):
    here, shipped_one = nlp.tokenizer, spacy.load(shipped()).tokenizer
    for part in ("prefix_search", "suffix_search", "infix_finditer", "url_match"):
        assert getattr(shipped_one, part).__self__.pattern == getattr(here, part).__self__.pattern


def agreement(nlp: Language, sentences: list[Sentence]) -> float:
    """F1 of the spans of tokens."""
    right = said = gold = 0
    for sentence in sentences:
        found = {(t.idx, t.idx + len(t)) for t in nlp.make_doc(sentence.text) if not t.is_space}
        at, expected = 0, set()
        for token in sentence.surface:
            expected.add((at, at + len(token.form)))
            at += len(token.form) + token.space_after
        right += len(found & expected)
        said += len(found)
        gold += len(expected)
    return 2 * right / (said + gold)


WHOLE = """
    là-bas c'est-à-dire C'est-à-dire C’EST-À-DIRE grands-parents centre-ville rond-point week-end
    quarante-sept moi-même celui-là Celle-ci ceux-là celles-ci Alsace-Lorraine co-construction
    sous-préfet Seine-Saint-Denis t-shirt peut-être rendez-vous Rendez-vous chez-nous au-delà
    jusque-là cessez-le-feu bla-bla-bla Bar-le-Duc mm-mm hum-hum grand‑mère
    aujourd'hui aujourd’hui quelqu'un quelqu’une prud'hommes presqu'île O'Takey l'on L’on
    rock'n'roll N'Diaye M’Barek d'jà p'tit p't-être 'fin
    M. MM. Mme. Dr. R.E.M. J.-C. cf.
    p~ par- c~ ~enfin dessus~fin quelqu'
    habitant·e·s tous·tes élu.e.s élu.e habitant(e)s habitant(e) fonction(s) AUTRE(S) traité(e)
    directeur(trice)s élu-e-s président-e professionnel-le professionnel-les élu/e/s étudiant/e
    3,5 1er 19e 2ème 2013-2015 2013–2015 4G n° -5 00:12:31 23/12/2006 4.3
    https://www.ville.fr/avis?page=2 www.ville.fr ville.fr/a-t-il prenom.nom@ville.fr
    … ... ?! -- ha\u00adbi\u00adtant 👏 #quartier
""".split()


@pytest.mark.parametrize("word", WHOLE)
def test_a_word_stays_whole_alone_between_brackets_and_before_a_comma(nlp: Language, word: str):
    assert forms(nlp, word) == [word]
    assert forms(nlp, f"« {word} »") == ["«", word, "»"]
    if word[0].isalpha() and word[-1].isalpha():
        assert forms(nlp, f"({word}),") == ["(", word, ")", ","]
        assert forms(nlp, f"d'{word}.") == ["d'", word, "."]


CUTS = [
    # Clitics
    "année|-là",
    "est|-ce",
    "EST|-CE",
    "qu'|est|-ce",
    "dit|-il|,",
    "a|-t-il|?",
    "va|-t’en",
    "vas|-y|.",
    "allez|-vous|-en|!",
    "dis|-le|-moi",
    "sais|‑tu",
    "grand|-chose",
    "(|dit|-elle|)",
    "qu'|est|-ce|...|que",
    # Elisions
    "l'|école",
    "L’|ÉCOLE",
    "d'|accord",
    "j'|veux",
    "y'|a",
    "jusqu'|à",
    "puisqu’|on",
    "lorsqu'|elle",
    "presqu'|un",
    "n'|en",
    "«|l'|avenir|»",
    "oui|…|c'|est",
    "oui|,|qu'|est|-ce",
    "bon|...|c'est-à-dire",
    "d'|l'|eau",
    "l'|'|avenir|'",
    # Full stops
    "etc|.",
    "sept|.",
    "quarante-sept|.",
    "S|.",
    "a|.",
    "1|.",
    "fin|.|Début",
    "fin|.|J'|ai",
    "élu.e.s|.",
    # Cut words
    "p~|.",
    "sav~|.",
    "par-|,",
    "c~|…",
    # Figures
    "50|%",
    "12|€",
    "12|k€",
    "20|h|30",
    "15|h",
    "5|km",
    "n°|12",
    # Marks
    "CCAS|/|CAF",
    "et|/|ou",
    "ils|/|elles",
    "(|rires|)",
    "[|pause|]",
    "[|0:01|]",
    "oui|(|rires|)|non",
    "oui|,|(|rires|)",
    "“|mot|”",
    '"|mot|"',
    "'|mot|'",
    "oui|…|non",
    "oui|...|non",
    "oui|?!|non",
    "oui|,|non",
    "R|:",
    "-|oui",
    "-|Il",
    "-là|,",
    "—|oui",
    "oui|—|non",
    "oui|--|non",
    "Paris|–|Lyon",
    "bravo|👏",
    "bravo|👏🏽|!",
]


@pytest.mark.parametrize("parts", CUTS)
def test_a_word_is_cut_where_the_treebanks_cut_it(nlp: Language, parts: str):
    assert forms(nlp, parts.replace("|", "")) == parts.split("|")


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009", "\t", "\n"])
def test_every_blank_separates(nlp: Language, blank: str):
    assert forms(nlp, f"Vous{blank}: 80{blank}000 habitants") == [
        "Vous",
        ":",
        "80",
        "000",
        "habitants",
    ]


def test_a_long_chain_of_clitics_is_read_in_no_time(nlp: Language):
    assert forms(nlp, "a-il-il-il b") == ["a", "-il", "-il", "-il", "b"]
    began = time.perf_counter()
    assert len(forms(nlp, "a" + "-il" * 20_000 + "x")) == 1
    # A tenth of a second; minutes, were every hyphen followed to the end of the chain.
    assert time.perf_counter() - began < 20


@given(text=st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_tokens_tile_any_text_and_hold_no_blank(nlp: Language, text: str):
    doc = nlp.make_doc(text)
    assert "".join(token.text_with_ws for token in doc) == text
    words = [token.text for token in doc if not token.is_space]
    assert not any(character.isspace() for word in words for character in word)
    assert "".join(words) == "".join(text.split())


def test_a_saved_pipeline_cuts_alike(nlp: Language, tmp_path: Path):
    text = " ".join([*WHOLE, *(parts.replace("|", "") for parts in CUTS)])
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert forms(again, text) == forms(nlp, text)
    assert forms(again, text) != forms(spacy.blank("fr"), text)


@pytest.mark.real
@pytest.mark.skipif(not TREEBANKS.exists(), reason="the treebanks are not here")
@pytest.mark.parametrize("part", ["dev", "test"])
@pytest.mark.parametrize("name", ["rhapsodie", "parisstories"])
def test_tokens_are_those_of_spoken_treebanks(nlp: Language, name: str, part: str):
    assert agreement(nlp, read_conllu(TREEBANKS / f"fr_{name}-ud-{part}.conllu")) >= 0.994
