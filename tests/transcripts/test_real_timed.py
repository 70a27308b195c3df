"""Every word of real files with times, once, against a crude reading of our own; skipped where
these are absent."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from textlien.study.options import LabelsOptions
from textlien.transcripts import read

REAL = Path(__file__).parents[2] / ".." / "shared" / "realdata"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason="the real transcripts are not here"),
]


def words(text):
    return Counter(re.findall(r"\w+", text.lower()))


def words_read(file):
    readings = read(file, file.name, LabelsOptions())
    return words(" ".join(text for reading in readings for text in reading.turns.text))


def test_617_237_words_of_41_textgrids_are_read_once():
    total = 0
    for file in REAL.glob("cfpp2000_textgrid/*.TextGrid"):
        said = []
        for tier in re.split(r"item ?\[\d+\]:", file.read_text(encoding="utf-8-sig"))[1:]:
            name = re.search(r'name = "(.*)"', tier)[1].strip().lower()
            if name not in ("turns", "comments", "sections"):
                said += re.findall(r'text = "((?:[^"]|"")*)"', tier)
        wanted = words(" ".join(said))
        assert words_read(file) == wanted, file.name
        total += wanted.total()
    assert total == 617_237


@pytest.mark.parametrize("name", ["Anita_MUSSO_F_46_11e", "Cartables_bar_08"])
def test_words_of_chat_are_read_once(name):
    file = REAL / "formats" / f"{name}.cha"
    lines = re.sub(r"\n[\t ]+", " ", file.read_text(encoding="utf-8")).split("\n")
    said = " ".join(line.partition(":")[2] for line in lines if line.startswith("*"))
    assert words_read(file) == words(said)


def test_words_of_transcriber_are_read_once_and_noises_are_marks():
    file = REAL / "formats" / "ESLO1_ENT_001_C.trs"
    turns = etree.parse(str(file)).getroot().iter("Turn")
    said = words(" ".join("".join(turn.itertext()) for turn in turns))
    assert words_read(file) == said + Counter({"rire": 11, "téléphone": 1})


@pytest.mark.parametrize(
    ("name", "count"), [("FhxVwUdq6ls", 314), ("TEbv3qJ5_Yk", 118), ("YDT5f5sQSGA", 11_393)]
)
def test_captions_of_youtube_made_subrip_give_the_same_turns(tmp_path, name, count):
    file = REAL / "formats" / f"{name}.fr-orig.vtt"
    cues = []
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        times, *lines = block.split("\n")
        if "-->" in times:
            shown = [html.unescape(re.sub(r"<[^>]*>", "", line)) for line in lines]
            cues.append("\n".join([times.split(" align")[0], *filter(str.strip, shown)]))
    made = tmp_path / "a.srt"
    made.write_text("\n\n".join(cues), encoding="utf-8")
    (native,) = read(file, file.name, LabelsOptions())
    (converted,) = read(made, made.name, LabelsOptions())
    columns = ["time_start", "time_end", "text"]
    assert native.turns[columns].equals(converted.turns[columns])
    assert sum(len(text.split()) for text in native.turns.text) == count
