import numpy as np
import pandas as pd

from textlien.axes.learning.folds import Setting, rarest_axes, split


def test_folds_keep_groups_whole_and_test_each_row_once():
    interviews = pd.Series(np.repeat(list("abcdefgh"), 5))
    folds = list(split(np.arange(40) % 2 == 0, interviews, Setting(4, 1)))
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(40))
    for fold in folds:
        assert not set(interviews[fold.train]) & set(interviews[fold.test])


def test_the_stratum_of_a_passage_is_its_rarest_axis():
    labels = pd.DataFrame({"a": [1.0, 1, 1, 0], "b": [1.0, 1, 0, 0], "c": [1.0, 0, 0, 0]})
    assert list(rarest_axes(labels, folds=2)) == ["b", "b", "a", ""]
