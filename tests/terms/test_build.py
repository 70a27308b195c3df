from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import hint_of, place_of, text_of
from textlien import tables
from textlien.errors import Problem
from textlien.study.options import TermsOptions
from textlien.terms.build import build_terms
from textlien.terms.counts import matrix
from textlien.terms.lexicon import Lexicon
from textlien.terms.loading import (
    StudyLexicon,
    default_expressions,
    default_stop_words,
    load_lexicon,
    read_expressions,
)

EVERYTHING = {"min_passages": 1, "min_interviews": 1, "max_share": 1.0, "collocations": False}
LEMMAS = {
    "travailleurs": "travailleur",
    "sociaux": "social",
    "sociale": "social",
    "centres": "centre",
    "conseils": "conseil",
    "quartiers": "quartier",
    "les": "le",
    "des": "de",
    "logements": "logement",
}
POS = {"NOUN": "", "DET": "le la les l' un", "ADP": "de d' du des à", "INTJ": "euh"}
POS |= {"ADJ": "social sociaux sociale général municipal", "VERB": "aider vivre aller"}
POS |= {"PUNCT": ", . -", "X": "(rires)"}


def tokens_of(*passages: str, interview: str = "a") -> pd.DataFrame:
    """Tokens of passages written with one blank between tokens; « - » sticks to its neighbours."""
    rows: list[dict[str, object]] = []
    start = 0
    for number, passage in enumerate(passages, start=1):
        for index, form in enumerate(passage.split()):
            low = form.lower()
            pos = next((pos for pos, forms in POS.items() if low in forms.split()), "NOUN")
            if rows and (form == "-" or rows[-1]["form"] == "-"):
                start -= 1
            row = {"passage_id": f"{interview}#{number:04d}", "token": index, "form": form}
            row |= {"start": start, "end": start + len(form)}
            rows.append(row | {"lemma": LEMMAS.get(low, low), "pos": pos})
            start += len(form) + 1
    return tables.make("tokens", rows)


def shards_of(*interviews: pd.DataFrame) -> Callable[[], Iterator[pd.DataFrame]]:
    return lambda: iter(interviews)


def terms_of(*interviews: pd.DataFrame, folder: Path = Path(), **options: object) -> pd.DataFrame:
    chosen = TermsOptions.model_validate(EVERYTHING | options)
    return built(*interviews, options=chosen, folder=folder)[0].set_index("term")


def built(
    *interviews: pd.DataFrame, options: TermsOptions, folder: Path = Path()
) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Tables and problems, those of the lexicons first."""
    lexicon, problems = load_lexicon(options, folder)
    terms, passage_terms, faults = build_terms(shards_of(*interviews), options, lexicon)
    return terms, passage_terms, [*problems, *faults]


def test_an_expression_is_found_inflected_and_replaces_its_words():
    terms = terms_of(tokens_of("Les travailleurs sociaux aider les quartiers"))
    assert sorted(terms.index) == ["aider", "quartier", "travailleur social"]
    assert terms.loc["travailleur social", ["kind", "form", "count"]].tolist() == [
        "expression",
        "travailleurs sociaux",
        1,
    ]


def test_the_longest_expression_wins():
    terms = terms_of(tokens_of("le conseil municipal des jeunes"))
    assert list(terms.index) == ["conseil municipal des jeunes"]


def test_an_acronym_and_its_full_name_are_one_term():
    terms = terms_of(tokens_of("le centre communal d' action sociale", "le CCAS et le C.C.A.S."))
    assert terms.loc["CCAS", ["count", "n_passages"]].tolist() == [3, 2]


def test_an_acronym_in_capitals_does_not_match_the_word_spelt_alike():
    assert "réussite éducative" not in terms_of(tokens_of("le pré")).index
    assert "réussite éducative" in terms_of(tokens_of("le PRE")).index


def test_an_expression_goes_through_hesitation_but_not_punctuation():
    hesitant = terms_of(tokens_of("le conseil euh (rires) général"))
    assert list(hesitant.index) == ["conseil général"]
    parted = terms_of(tokens_of("le conseil , général"))
    assert list(parted.index) == ["conseil", "général"]


def test_hyphens_make_no_difference():
    for spelling in ("vivre ensemble", "vivre-ensemble", "vivre - ensemble"):
        assert list(terms_of(tokens_of(f"le {spelling}")).index) == ["vivre ensemble"]


def test_an_expression_never_crosses_passages():
    terms = terms_of(tokens_of("le conseil", "général"))
    assert list(terms.index) == ["conseil", "général"]


def test_a_renamed_institution_is_counted_under_its_new_name():
    interviews = tokens_of("le conseil général", "le conseil départemental et le conseil général")
    folded = terms_of(interviews, fold={"conseil général": "conseil départemental"})
    row = folded.loc["conseil départemental"]
    assert "conseil général" not in folded.index
    assert row[["count", "n_passages", "folded"]].tolist() == [3, 2, "conseil général"]
    assert row["form"] == "conseil départemental"


def test_folds_are_followed_to_their_end():
    fold = {"CUCS": "contrat de ville", "contrat de ville": "projet de ville"}
    terms = terms_of(tokens_of("le CUCS et le contrat de ville"), fold=fold)
    assert terms.loc["projet de ville", ["count", "folded"]].tolist() == [
        2,
        "CUCS | contrat de ville",
    ]


def test_names_of_a_fold_that_no_lexicon_has_are_found():
    terms = terms_of(tokens_of("la maison bleue"), fold={"maison bleue": "maison verte"})
    assert terms.loc["maison verte", "count"] == 1


def test_a_circle_of_folds_and_an_absent_name_are_told():
    options = TermsOptions.model_validate(
        EVERYTHING | {"fold": {"ville": "cité", "cité": "ville", "ZUS": "QPV"}}
    )
    terms, _, problems = built(tokens_of("la ville"), options=options)
    assert list(terms["term"]) == ["ville"]
    assert [problem.severity for problem in problems] == ["error", "error", "note"]
    assert "ville → cité → ville" in text_of(problems[0])
    assert '"ZUS"' in text_of(problems[2])


def test_fillers_marks_stop_words_and_single_letters_are_no_terms():
    terms = terms_of(tokens_of("euh (rires) aller chose a x2 quartier"), stop_words=["Maire"])
    assert list(terms.index) == ["quartier"]
    assert terms_of(tokens_of("le maire du quartier"), stop_words=["Maire"]).index.tolist() == [
        "quartier"
    ]


def test_rare_terms_and_too_common_words_are_left_out():
    first = tokens_of("ville école", "ville jardin", "ville jardin parc", interview="a")
    second = tokens_of("ville école logements sociaux", "ville logements sociaux", interview="b")
    options = {"min_passages": 2, "min_interviews": 2, "max_share": 0.9}
    assert list(terms_of(first, second, **options).index) == ["école"]


def test_max_share_never_leaves_out_an_expression():
    terms = terms_of(tokens_of("le CCAS ville", "le CCAS ville"), max_share=0.5)
    assert list(terms.index) == ["CCAS"]


def test_nothing_left_is_a_problem():
    options = TermsOptions(min_passages=5)
    terms, counts, problems = built(tokens_of("la ville"), options=options)
    assert terms.empty
    assert counts.empty
    assert [problem.id for problem in problems] == ["terms.no-frequent-term"]
    assert problems[0].message.values == {"n": 1}


def test_a_collocation_is_a_pair_that_holds_together():
    together = ["mise en place", "mise en place", "mise en place", "la place", "ville", "parc"]
    terms = terms_of(
        tokens_of(*together), collocations=True, collocation_min_count=2, collocation_npmi=0.5
    )
    assert terms.loc["mise en place", ["kind", "count"]].tolist() == ["collocation", 3]
    assert terms.loc["place", "count"] == 1
    assert "mise" not in terms.index


@pytest.mark.parametrize("above", [True, False])
def test_the_npmi_of_a_collocation_is_that_of_bouma(above: bool):
    passages = ["droit commun"] * 4 + ["droit ville"] * 3 + ["parc commun"] * 3
    n_words, n_pair, n_left, n_right = 20, 4, 7, 7
    pmi = log(n_pair * n_words / (n_left * n_right))
    npmi = pmi / -log(n_pair / n_words)
    threshold = npmi - 0.01 if above else npmi + 0.01
    # « droit commun » is in the lexicon; « parc » and « ville » make pairs of their own.
    passages = [passage.replace("droit", "toit") for passage in passages]
    terms = terms_of(
        tokens_of(*passages),
        collocations=True,
        collocation_min_count=4,
        collocation_npmi=threshold,
    )
    assert ("toit commun" in terms.index) is above


def test_a_collocation_crosses_neither_punctuation_nor_passages():
    passages = ["parc , fleuri", "parc", "fleuri"] * 5
    terms = terms_of(
        tokens_of(*passages), collocations=True, collocation_min_count=2, collocation_npmi=0.01
    )
    assert sorted(terms.index) == ["fleuri", "parc"]


WORDS = st.lists(
    st.sampled_from("ville conseil général euh , travailleurs sociaux (rires) de parc".split()),
    min_size=1,
    max_size=12,
).map(" ".join)


@pytest.fixture(scope="module")
def lexicon() -> StudyLexicon:
    """Lexicon of a study without lexicons of its own, read once."""
    return load_lexicon(TermsOptions(), Path())[0]


@given(corpus=st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=3))
def test_terms_and_passage_terms_agree(lexicon: StudyLexicon, corpus: list[list[str]]):
    interviews = [
        tokens_of(*passages, interview=f"i{number}") for number, passages in enumerate(corpus)
    ]
    options = TermsOptions.model_validate(EVERYTHING)
    terms, counts, _ = build_terms(shards_of(*interviews), options, lexicon)
    again = build_terms(shards_of(*reversed(interviews)), options, lexicon)
    pd.testing.assert_frame_equal(terms, again[0])
    pd.testing.assert_frame_equal(counts, again[1])
    by_term = counts.groupby("term")
    assert by_term["count"].sum().to_dict() == dict(zip(terms.term, terms["count"], strict=True))
    assert by_term.size().to_dict() == dict(zip(terms.term, terms.n_passages, strict=True))
    interview = counts["passage_id"].str.split("#").str[0]
    n_interviews = interview.groupby(counts["term"]).nunique().to_dict()
    assert n_interviews == dict(zip(terms.term, terms.n_interviews, strict=True))


def test_the_matrix_holds_the_counts():
    options = TermsOptions.model_validate(EVERYTHING)
    interview = tokens_of("ville ville parc", "parc CCAS")
    terms, counts, _ = built(interview, options=options)
    values, passages = matrix(counts, terms)
    frame = pd.DataFrame(values.toarray(), index=passages, columns=terms["term"])
    assert frame.to_dict("index") == {
        "a#0001": {"CCAS": 0, "parc": 1, "ville": 2},
        "a#0002": {"CCAS": 1, "parc": 1, "ville": 0},
    }


def test_a_lexicon_of_the_study_is_added(tmp_path: Path):
    (tmp_path / "mots.csv").write_text("term;variants\nParc bleu;parc bleu|grand parc bleu\n")
    terms = terms_of(
        tokens_of("le grand parc bleu du CCAS"), folder=tmp_path, expressions=["mots.csv"]
    )
    assert sorted(terms.index) == ["CCAS", "Parc bleu"]


def test_what_is_wrong_with_a_lexicon_is_told_with_its_line(tmp_path: Path):
    path = tmp_path / "mots.csv"
    path.write_text("term,variants\nCAF,caf\n,ccas\nAllocations,caf|allocations\n")
    entries, problems = read_expressions(path, "mots.csv")
    assert entries == [("CAF", "caf"), ("Allocations", "allocations")]
    assert [(place_of(problem), problem.severity) for problem in problems] == [
        ("line 3", "error"),
        ("line 4", "warning"),
    ]
    assert '"caf" is already a variant of "CAF" (line 2)' in text_of(problems[1])


@pytest.mark.parametrize("content", [None, "mot,sens\na,b\n", ""])
def test_a_lexicon_that_cannot_be_used_stops_nothing_else(tmp_path: Path, content: str | None):
    if content is not None:
        (tmp_path / "mots.csv").write_text(content)
    options = TermsOptions.model_validate(EVERYTHING | {"expressions": ["mots.csv"]})
    terms, _, problems = built(tokens_of("le CCAS"), options=options, folder=tmp_path)
    assert list(terms["term"]) == ["CCAS"]
    assert [problem.location.file for problem in problems] == ["mots.csv"]
    assert hint_of(problems[0])


def test_every_shipped_expression_is_found_by_its_own_variants():
    entries = default_expressions()
    lexicon = Lexicon(entries)
    assert len(lexicon.names) >= 250
    assert {variant: lexicon.term_of(variant) for _, variant in entries} == {
        variant: term for term, variant in entries
    }


def test_no_shipped_stop_word_is_a_shipped_term():
    assert default_stop_words().isdisjoint(name.lower() for name, _ in default_expressions())


def test_an_acronym_with_an_article_counts_whether_it_was_taken_for_a_noun_or_a_name():
    tokens = tokens_of("la ZQT de MARTIN aide la ZQT de DURAND à LYON")
    capitals = tokens["form"].str.isupper()
    tokens["lemma"] = tokens["form"].where(capitals, tokens["lemma"])
    tokens.loc[capitals, "pos"] = "PROPN"
    tokens.loc[tokens.index[tokens["form"] == "ZQT"][0], "pos"] = "NOUN"
    terms = terms_of(tokens)
    assert terms.loc["ZQT", "count"] == 2
    assert not {"MARTIN", "DURAND", "LYON"} & set(terms.index)
    assert "ZQT" not in terms_of(tokens, pos=["VERB"]).index


@pytest.mark.parametrize(
    ("letters", "is_term"), [("Z", False), ("ZQ", True), ("ZQTXWV", True), ("ZQTXWVK", False)]
)
def test_an_acronym_has_two_to_six_letters(letters: str, is_term: bool):
    tokens = tokens_of(f"la {letters}")
    tokens.loc[1, ["lemma", "pos"]] = [letters, "PROPN"]
    assert (letters in terms_of(tokens).index) is is_term


def kept_by_default(n_passages: int, of: int, *, n_interviews: int = 2) -> bool:
    """True if « jardin » is kept that is in ``n_passages``, one of them of a second interview."""
    here, there = (n_passages - 1, 1) if n_interviews == 2 else (n_passages, 0)
    first = tokens_of(*["jardin"] * here, *["parc"] * (of - here - 1))
    second = tokens_of("jardin" if there else "parc", interview="b")
    terms = built(first, second, options=TermsOptions())[0]
    return "jardin" in set(terms["term"])


def test_a_term_is_in_five_passages_by_default():
    assert not kept_by_default(4, of=40)
    assert kept_by_default(5, of=40)


def test_a_term_is_in_two_interviews_by_default():
    assert not kept_by_default(5, of=40, n_interviews=1)
    assert kept_by_default(5, of=40, n_interviews=2)


def test_a_word_is_in_a_fifth_of_the_passages_at_most_by_default():
    assert kept_by_default(6, of=30)
    assert not kept_by_default(7, of=30)


ALL = {"min_passages": 1, "min_interviews": 1, "max_share": 1.0}


@pytest.mark.parametrize(("number", "is_joined"), [(19, False), (20, True)])
def test_a_collocation_occurs_twenty_times_by_default(number: int, is_joined: bool):
    passages = ["parc fleuri"] * number + ["ville"] * 30
    terms = built(tokens_of(*passages), options=TermsOptions(**ALL))[0]
    assert ("parc fleuri" in set(terms["term"])) is is_joined


@pytest.mark.parametrize(("others", "is_joined"), [(7, True), (8, False)])
def test_a_collocation_has_an_npmi_of_a_half_by_default(others: int, is_joined: bool):
    """« parc fleuri » 20 times, and each word ``others`` times beside another."""
    passages = ["parc fleuri"] * 20 + ["parc ville"] * others + ["jardin fleuri"] * others
    n_words, alone = 2 * len(passages), 20 + others
    npmi = log(20 * n_words / alone**2) / -log(20 / n_words)
    assert (npmi >= 0.5) is is_joined
    terms = built(tokens_of(*passages), options=TermsOptions(**ALL))[0]
    assert ("parc fleuri" in set(terms["term"])) is is_joined


def test_terms_of_a_model_are_terms_however_rare():
    options = TermsOptions.model_validate(EVERYTHING | {"min_interviews": 2})
    lexicon, _ = load_lexicon(options, Path())
    shards = shards_of(tokens_of("le droit à l' oubli", "la ville"), tokens_of("la ville"))
    expected = {"droit à l'oubli": "collocation", "quartier": "lemma"}
    terms, passage_terms, _ = build_terms(shards, options, lexicon, expected)
    assert list(terms["term"]) == ["droit à l'oubli", "ville"]
    assert list(passage_terms["term"]) == ["droit à l'oubli", "ville", "ville"]
    assert list(build_terms(shards, options, lexicon)[0]["term"]) == ["ville"]
