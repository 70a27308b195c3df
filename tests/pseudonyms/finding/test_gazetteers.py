"""The lists that names are looked up in can be reviewed line by line."""

import tomllib

import pytest

from textlien.files.shipped import folder

CUES = (folder("configs") / "gazetteers" / "cues.toml").read_text(encoding="utf-8")
LISTS = [
    pytest.param(words, id=f"{section}.{name}")
    for section, lists in tomllib.loads(CUES).items()
    for name, words in lists.items()
]


@pytest.mark.parametrize("words", LISTS)
def test_a_list_of_cues_is_sorted_and_has_each_word_once(words):
    assert words == sorted(set(words))


def test_cues_stand_one_a_line():
    entries = [line for line in CUES.splitlines() if line.startswith(" ")]
    assert len(entries) == sum(len(param.values[0]) for param in LISTS)
    assert {line.count('"') for line in entries} == {2}
