"""The lemmatizer, with a few words of its own; on real vocabulary: test_lemmas_of_the_field.py."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from textlien.annotation.speech.lemma_choice import LemmaTables
from textlien.annotation.speech.lemmatizer import SpeechLemmatizer
from textlien.annotation.training.lemma_training import train
from textlien.annotation.training.lexique import Entry
from textlien.annotation.training.treebank import GoldToken, Sentence
from textlien.errors import TextlienError

UPOS = (
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE".split()
)

# Form, part of speech, lemma: rows such as Lexique has.
ROWS = """
construire VERB construire
construisent VERB construire
porter VERB porter
porte VERB porter
plu VERB pleuvoir
concerner VERB concerner
être VERB être
suis VERB suivre
été NOUN été
élu NOUN élu
habitant NOUN habitant
directeur NOUN directeur
directrice NOUN directeur
conseiller NOUN conseiller
maire NOUN maire
adjoint NOUN adjoint
adjoint ADJ adjoint
ville NOUN ville
centre NOUN centre
grand ADJ grand
parent NOUN parent
état NOUN état
sécurité NOUN sécurité
travail NOUN travail
travaux NOUN travail
social ADJ social
métropolitain ADJ métropolitain
manière NOUN manière
frontière NOUN frontière
maternelle NOUN maternel
maternel ADJ maternel
galère NOUN galer
galères NOUN galer
ars NOUN ars
préfet NOUN préfet
président NOUN président
""".split()

# What treebanks would say: twice « directrice », once something odd.
GOLD = """
les DET le
l' DET le
d' ADP de
-t-il PRON lui
il PRON lui
suis AUX être
été AUX être
directrice NOUN directrice
directrice NOUN directrice
concernés ADJ concerné
sœur NOUN sœur
nouvelle ADJ nouveau
copil NOUN copil
SDF NOUN SDF
""".split()


def triples(words: list[str]) -> list[tuple[str, str, str]]:
    return list(zip(words[::3], words[1::3], words[2::3], strict=True))


@pytest.fixture(scope="module")
def tables() -> LemmaTables:
    lexique: dict[str, dict[str, Entry]] = {}
    for form, pos, lemma in triples(ROWS):
        frequency = 1.0 if form == "ars" else 50.0
        lexique.setdefault(form, {})[pos] = Entry(lemma, frequency, "")
    tokens = [GoldToken(form, lemma, pos, True) for form, pos, lemma in triples(GOLD)]
    return train([Sentence(tokens, tokens)], lexique)


@pytest.fixture(scope="module")
def lemmatizer(tables: LemmaTables) -> SpeechLemmatizer:
    return SpeechLemmatizer(tables=tables)


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        # capitals and acronyms
        ("CCAS", "NOUN", "CCAS"),
        ("C.C.A.S.", "NOUN", "C.C.A.S."),
        ("HLMs", "NOUN", "HLM"),
        ("SDF", "NOUN", "SDF"),
        ("PLU", "NOUN", "PLU"),
        ("ARS", "NOUN", "ARS"),
        ("MAIRE", "NOUN", "maire"),
        ("LES", "DET", "le"),
        ("OUI", "INTJ", "oui"),
        ("Etat", "NOUN", "état"),
        ("Etats", "NOUN", "état"),
        ("SECURITE", "NOUN", "sécurité"),
        ("TRANSVERSALITÉS", "NOUN", "transversalité"),
        ("Bordeaux", "PROPN", "Bordeaux"),
        # a part of speech makes the lemma
        ("été", "AUX", "être"),
        ("été", "NOUN", "été"),
        ("suis", "AUX", "être"),
        ("suis", "VERB", "suivre"),
        ("concernés", "VERB", "concerner"),
        ("concernés", "ADJ", "concerné"),
        # verbs that no list has
        ("coconstruisent", "VERB", "coconstruire"),
        ("co-construisent", "VERB", "co-construire"),
        ("reporte", "VERB", "reporter"),
        ("mutualisons", "VERB", "mutualiser"),
        ("budgétisé", "VERB", "budgétiser"),
        ("externalisait", "VERB", "externaliser"),
        ("aménageons", "VERB", "aménager"),
        ("vieillissons", "VERB", "vieillir"),
        # titles are masculine, whatever treebanks say; other feminine nouns stay
        ("directrice", "NOUN", "directeur"),
        ("directrices", "NOUN", "directeur"),
        ("conseillères", "NOUN", "conseiller"),
        ("élue", "NOUN", "élu"),
        ("manière", "NOUN", "manière"),
        ("frontières", "NOUN", "frontière"),
        ("maternelle", "NOUN", "maternelle"),
        # nouns and adjectives that no list has
        ("partenariaux", "ADJ", "partenarial"),
        ("éco-hameaux", "NOUN", "éco-hameau"),
        ("coordinatrices", "NOUN", "coordinateur"),
        ("métropolitaines", "ADJ", "métropolitain"),
        ("copils", "NOUN", "copil"),
        ("lunévillois", "ADJ", "lunévillois"),
        ("travaux", "NOUN", "travail"),
        # slips of Lexique
        ("galères", "NOUN", "galère"),
        # inclusive spellings
        ("habitant·e·s", "NOUN", "habitant"),
        ("habitant.e.s", "NOUN", "habitant"),
        ("élu(e)s", "NOUN", "élu"),
        ("élu-e-s", "NOUN", "élu"),
        ("habitant(s)", "NOUN", "habitant"),
        # compounds
        ("grands-parents", "NOUN", "grand-parent"),
        ("centres-villes", "NOUN", "centre-ville"),
        ("maires-adjoints", "NOUN", "maire-adjoint"),
        ("sous-préfets", "NOUN", "sous-préfet"),
        ("vice-présidents", "NOUN", "vice-président"),
        # function words, elisions, clitics
        ("l’", "DET", "le"),
        ("d'", "ADP", "de"),
        ("lorsqu'", "SCONJ", "lorsque"),
        ("-t-il", "PRON", "lui"),
        ("-là", "ADV", "là"),
        ("nouvelle", "ADJ", "nouveau"),
        # numbers, ligatures, fillers
        ("1ère", "ADJ", "1er"),
        ("2e", "ADJ", "2e"),
        ("2013", "NUM", "2013"),
        ("soeurs", "NOUN", "sœur"),
        ("Euh", "INTJ", "euh"),
        ("partic~", "X", "partic~"),
    ],
)
def test_a_form_and_its_part_of_speech_give_a_lemma(lemmatizer, form, pos, lemma):
    assert lemmatizer.lemma(form, pos) == lemma


def test_what_the_rules_give_is_not_stored(tables):
    assert ("directrice", "NOUN") not in tables.exceptions
    assert ("frontière", "NOUN") not in tables.exceptions
    assert tables.exceptions["construisent", "VERB"] == "construire"
    assert ("travaux", "NOUN") not in tables.exceptions


def test_the_component_sets_the_lemmas_of_a_document_and_remembers_no_others(tables):
    nlp = spacy.blank("fr")
    component = nlp.add_pipe("textlien_lemmatizer", name="lemmatizer")
    words, pos = ["je", "suis", "directrice", "du", "CCAS"], ["PRON", "AUX", "NOUN", "ADP", "NOUN"]
    without = [token.lemma_ for token in component(Doc(nlp.vocab, words=words, pos=pos))]
    component.tables = tables
    trained = [token.lemma_ for token in component(Doc(nlp.vocab, words=words, pos=pos))]
    again = [token.lemma_ for token in component(Doc(nlp.vocab, words=words, pos=pos))]
    assert without != trained
    assert trained == again == ["je", "être", "directeur", "du", "CCAS"]


def test_tables_are_the_same_after_a_round_trip_and_written_with_the_same_bytes(tables, tmp_path):
    SpeechLemmatizer(tables=tables).to_disk(tmp_path / "one")
    read = SpeechLemmatizer().from_disk(tmp_path / "one")
    assert read.tables == tables
    read.to_disk(tmp_path / "two")
    [one], [two] = (list((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes() == read.to_bytes()
    assert SpeechLemmatizer().from_bytes(read.to_bytes()).tables == tables


def test_a_pipeline_keeps_its_lemmatizer_on_disk(tables, tmp_path):
    nlp = spacy.blank("fr")
    nlp.add_pipe("textlien_lemmatizer", name="lemmatizer").tables = tables
    nlp.to_disk(tmp_path / "annotator")
    assert spacy.load(tmp_path / "annotator").get_pipe("lemmatizer").tables == tables


@pytest.mark.parametrize("content", [None, b"", b"not gzip", b'{"words": {}}'])
def test_a_folder_without_good_tables_is_named(tmp_path, content):
    if content is not None:
        (tmp_path / "lemmas.json.gz").write_bytes(content)
    with pytest.raises(TextlienError, match=r"lemmas\.json\.gz: the file holds no tables"):
        SpeechLemmatizer().from_disk(tmp_path)


french = st.text(alphabet="abcdeéèilnorstuxçœAEÉS'’-.·()~0123", min_size=1, max_size=14)


@given(form=french | st.text(min_size=1, max_size=8), pos=st.sampled_from(UPOS))
def test_any_form_of_any_part_of_speech_has_a_lemma(lemmatizer, form, pos):
    assert lemmatizer.lemma(form, pos)


@given(stem=st.text(alphabet="bcdlmnrtaeiou", min_size=3, max_size=8))
def test_a_form_that_ends_as_verbs_do_has_an_infinitive(lemmatizer, stem):
    for ending in ("ons", "ez", "aient", "é", "ées"):
        assert lemmatizer.lemma(f"{stem}is{ending}", "VERB").endswith(("er", "ir", "re"))
