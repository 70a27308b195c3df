from __future__ import annotations

import io
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from tests.annotation.training.test_treebank import SENTENCE
from textlien.annotation.training.lexique import Entry
from textlien.annotation.training.training import train_annotator, treebanks
from textlien.annotation.training.treebank import read_conllu

SETTINGS = Path(__file__).parents[3] / "configs" / "annotator.cfg"
LEXIQUE = {
    "quartier": {"NOUN": Entry("quartier", 50.0, "")},
    "quartiers": {"NOUN": Entry("quartier", 40.0, "")},
    "parle": {"VERB": Entry("parler", 300.0, "f")},
}
SHORT = {"training.max_steps": 30, "training.eval_frequency": 30, "training.batcher.size": 60}


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "fr_x-ud-train.conllu"
    path.write_text(f"{SENTENCE}\n" * 12, encoding="utf-8")
    return path


def test_sentences_are_given_as_the_treebank_has_them(treebank: Path):
    examples = list(treebanks([str(treebank)], augmented=False, seed=0)(spacy.blank("fr")))
    assert len(examples) == 12
    first = examples[0]
    assert [token.text for token in first.predicted] == (
        "on parle de le quartier , à lequel je tiens .".split()
    )
    assert [token.pos_ for token in first.reference][:3] == ["PRON", "VERB", "ADP"]
    assert not any(token.pos for token in first.predicted)


def test_augmented_sentences_are_drawn_anew_each_time_and_alike_for_a_seed(treebank: Path):
    pipeline = spacy.blank("fr")

    def texts(read) -> list[str]:
        return [example.text for example in read(pipeline)]

    one, other = (treebanks([str(treebank)], augmented=True, seed=3) for _ in range(2))
    first, second = texts(one), texts(one)
    assert [first, second] == [texts(other), texts(other)]
    assert first != second
    assert any("du quartier" in text for text in first + second)
    assert max(text.count("parle") for text in first + second) > 1


def test_training_learns_and_gives_the_same_model_twice(treebank: Path, tmp_path: Path):
    models = [
        train_annotator(
            SETTINGS, [treebank], LEXIQUE, dev=[treebank], overrides=SHORT, output=io.StringIO()
        )
        for _ in range(2)
    ]
    assert models[0].pipe_names == ["tok2vec", "morphologizer", "lemmatizer"]
    assert models[0].to_bytes() == models[1].to_bytes()
    gold = read_conllu(treebank)[0].words
    doc = models[0](Doc(models[0].vocab, words=[token.form for token in gold]))
    assert [token.pos_ for token in doc] == [token.pos for token in gold]
    assert doc[9].lemma_ == "tenir"
    models[0].to_disk(tmp_path / "model")
    assert str(tmp_path) not in (tmp_path / "model" / "config.cfg").read_text("utf-8")
