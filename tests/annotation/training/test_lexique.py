"""Reading Lexique 3: lemmas and classes of forms."""

from pathlib import Path

import pytest

from textlien.annotation.training.lexique import read_lexique, word_classes
from textlien.errors import TextlienError
from textlien.text.ligatures import with_ligature

HEADER = "1_ortho\t2_phon\t3_lemme\t4_cgram\t9_freqfilms2\t10_freqlivres\t11_infover"
ROWS = (
    "élus\tely\télire\tVER\t1,23\t0,5\tpar:pas;",
    "élus\tely\télire\tVER\t0\t0,25\tind:pas:1s;",
    "élus\tely\télu\tNOM\t2,1\t3,6\t",
    "parler\tpaRle\tparler\tVER\t90\t80\tinf;",
    'parlez\tpaRle\tparler\tVER\t9\t8\t"imp:pre:2p;ind:pre:2p;"',
    "suis\tsɥi\tsuivre\tVER\t10\t5\tind:pre:1s;",
    "suis\tsɥi\têtre\tVER\t600\t9\tind:pre:1s;",
    "suis\tsɥi\têtre\tAUX\t1000\t500\tind:pre:1s;",
    "coeurs\tk9R\tcoeur\tNOM\t20\t30\t",
    "coefficient\tkoefisj@\tcoefficient\tNOM\t1\t1\t",
    "leurs\tl9R\tleur\tADJ:pos\t100\t200\t",
    "leurs\tl9R\tleurs\tPRO:pos\t1\t2\t",
    "VRAI\tvRE\tVRAI\tADJ\t600\t300\t",
    "hop\top\thop\tONO\t1\t1\t",
    "avec\tavEk\tavec\tPRE\t1\t1\t",
    "hum\t9m\thum\t\t1\t1\t",
)


def file_of(folder: Path, rows: tuple[str, ...] = ROWS, encoding: str = "utf-8") -> Path:
    path = folder / "Lexique383.tsv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding=encoding)
    return path


def test_a_form_has_a_class_of_all_that_it_can_be(tmp_path):
    classes = word_classes(read_lexique(file_of(tmp_path)))
    assert classes == {
        "élus": "NOUN|Vfp",
        "parler": "Vi",
        "parlez": "Vfm",
        "suis": "AUX|Vf",
        "coeurs": "NOUN",
        "cœurs": "NOUN",
        "coefficient": "NOUN",
        "leurs": "DET|PRON",
        "vrai": "ADJ",
        "hop": "INTJ",
        "avec": "ADP",
    }


def test_the_lemma_is_the_most_frequent_one_and_frequencies_add_up(tmp_path):
    lexique = read_lexique(file_of(tmp_path))
    assert lexique["suis"]["VERB"].lemma == "être"
    assert lexique["suis"]["VERB"].frequency == pytest.approx(624)
    assert lexique["élus"]["NOUN"].lemma == "élu"
    assert lexique["vrai"]["ADJ"].lemma == "vrai"


def test_both_spellings_of_a_word_with_a_ligature_have_one_lemma(tmp_path):
    lexique = read_lexique(file_of(tmp_path))
    assert lexique["coeurs"]["NOUN"].lemma == lexique["cœurs"]["NOUN"].lemma == "cœur"
    assert "cœfficient" not in lexique


@pytest.mark.parametrize(
    ("typed", "joined"),
    [
        ("soeur", "sœur"),
        ("main-d'oeuvre", "main-d'œuvre"),
        ("oeil", "œil"),
        ("voeux", "vœux"),
        ("noeud", "nœud"),
        ("oecuménique", "œcuménique"),
        ("foetus", "fœtus"),
        ("moelle", "moelle"),
        ("coexister", "coexister"),
        ("coercition", "coercition"),
        ("groenlandais", "groenlandais"),
    ],
)
def test_letters_are_joined_where_french_joins_them(typed, joined):
    assert with_ligature(typed) == joined


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_file_may_be_in_utf_8_or_latin_1(tmp_path, encoding):
    rows = ("éloignés\t\téloigner\tVER\t1\t1\tpar:pas;", "été\t\têtre\tAUX\t9\t9\tpar:pas;")
    lexique = read_lexique(file_of(tmp_path, rows, encoding))
    assert lexique["éloignés"]["VERB"].lemma == "éloigner"
    assert lexique["été"]["AUX"].lemma == "être"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(TextlienError, match=r"nowhere\.tsv"):
        read_lexique(tmp_path / "nowhere.tsv")


def test_a_column_that_lacks_is_named(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text("1_ortho\t3_lemme\nélus\télu\n", encoding="utf-8")
    with pytest.raises(TextlienError, match=r"words\.tsv: the columns 4_cgram, 9_freqfilms2"):
        read_lexique(path)


def test_a_line_that_was_cut_short_is_named(tmp_path):
    with pytest.raises(TextlienError, match="line 3: there are fewer cells"):
        read_lexique(file_of(tmp_path, (ROWS[0], "parler\tpaRle\tparler")))
