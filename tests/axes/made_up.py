"""Passages and labels that are made up: those that carry an axis say one of its phrases."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from textlien import tables
from textlien.axes.evaluate import evaluate
from textlien.axes.registry import load_model, save
from textlien.axes.train import train
from textlien.coding.codebook import load_codebook
from textlien.study.options import AxesOptions

AXES = load_codebook()[:2]
PHRASES = {
    "projet": ["la place du quartier", "la fête des habitants", "le respect entre voisins"],
    "action_sociale": ["les secours du CCAS", "l'aide aux familles", "le RSA et le guichet"],
}
OTHERWISE = ["les travaux de la gare", "ma carrière d'ingénieur", "la météo de ce matin"]


def made_up(n_interviews=8, n_passages=16, seed=0):
    rng = np.random.default_rng(seed)
    rows, labels = [], []
    for i in range(n_interviews):
        for j in range(n_passages):
            axis = ["projet", "action_sociale", ""][rng.integers(3)]
            topic = rng.choice(PHRASES.get(axis, OTHERWISE))
            text = f"Voilà, alors {topic}, c'est ce dont on parle, numéro {i} {j}."
            passage = f"i{i}-{j:03}"
            rows.append(
                {
                    "passage_id": passage,
                    "interview_id": f"i{i}",
                    "turn_first": j,
                    "turn_last": j,
                    "start": 100 * j,
                    "end": 100 * j + len(text),
                    "speaker": "R",
                    "question": "",
                    "text": text,
                    "n_words": len(text.split()),
                }
            )
            if j < n_passages - 2:
                labels += [
                    {
                        "passage_id": passage,
                        "axis": key,
                        "value": float(key == axis),
                        "n_coders": 1,
                    }
                    for key in PHRASES
                ]
    return tables.make("passages", rows), tables.make("labels", labels)


@cache
def trained():
    passages, labels = made_up()
    return passages, labels, train(passages, labels, AXES, AxesOptions(folds=4), 1)


@cache
def model():
    """The model of :func:`trained`, as it is read from its folder."""
    with TemporaryDirectory() as folder:
        fitted = trained()[2]
        scores = evaluate(fitted.labels, fitted.held_out.persons, seed=1, replicates=50)
        return load_model(save(fitted, scores, Path(folder), name="made-up", fictional=True))
