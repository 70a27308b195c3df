from __future__ import annotations

from pathlib import Path

import pytest

from tests.making import hint_of
from textlien.annotation.training.treebank import GoldToken, read_conllu
from textlien.errors import TextlienError

SENTENCE = """\
# text = on parle du quartier, auquel je tiens.
1\ton\ton\tPRON\t_\t_\t2\tnsubj\t_\t_
2\tparle\tparler\tVERB\t_\t_\t0\troot\t_\t_
3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_
3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_
4\tle\tle\tDET\t_\t_\t5\tdet\t_\t_
5\tquartier\tquartier\tNOUN\t_\t_\t2\tobl\t_\tGender=Masc|SpaceAfter=No
6\t,\t,\tPUNCT\t_\t_\t10\tpunct\t_\t_
7-8\tauquel\t_\t_\t_\t_\t_\t_\t_\t_
7\tà\tà\tADP\t_\t_\t8\tcase\t_\t_
8\tlequel\tlequel\tPRON\t_\t_\t10\tobl\t_\t_
8.1\tvide\tvide\tVERB\t_\t_\t_\t_\t_\t_
9\tje\tmoi\tPRON\t_\t_\t10\tnsubj\t_\t_
10\ttiens\ttenir\tVERB\t_\t_\t5\tacl\t_\tSpaceAfter=No
11\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_
"""


def file_of(folder: Path, text: str) -> Path:
    path = folder / "fr_x-ud-train.conllu"
    path.write_text(text, encoding="utf-8")
    return path


def test_contractions_are_two_words_and_one_token_of_the_surface(tmp_path: Path):
    (sentence,) = read_conllu(file_of(tmp_path, SENTENCE))
    assert [token.form for token in sentence.words] == (
        "on parle de le quartier , à lequel je tiens .".split()
    )
    assert sentence.surface[2] == GoldToken("du", "de", "ADP", True)
    assert sentence.surface[5] == GoldToken("auquel", "lequel", "PRON", True)
    assert sentence.text == "on parle du quartier, auquel je tiens."


def test_sentences_are_parted_by_empty_lines_and_the_last_needs_none(tmp_path: Path):
    first, second = read_conllu(file_of(tmp_path, f"{SENTENCE}\n\n{SENTENCE.rstrip()}"))
    assert first == second


def test_a_line_without_ten_columns_is_named(tmp_path: Path):
    broken = SENTENCE.replace("2\tparle\tparler", "2\tparle parler")
    with pytest.raises(TextlienError, match=r"train\.conllu, line 3: 9 columns instead of 10"):
        read_conllu(file_of(tmp_path, broken))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(TextlienError, match=r"absent\.conllu: the file cannot be read"):
        read_conllu(tmp_path / "absent.conllu")
    path = tmp_path / "latin.conllu"
    path.write_bytes("# text = été\n".encode("latin-1"))
    with pytest.raises(TextlienError, match=r"latin\.conllu: the file cannot be read") as caught:
        read_conllu(path)
    assert "UTF-8" in hint_of(caught.value)
