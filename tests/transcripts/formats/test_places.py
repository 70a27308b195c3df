"""Where a turn begins in its file: typed, kept in no language, shown in that of the reader."""

import pytest

from tests.transcripts.fuzzing import GOLDEN
from textlien.messages.message import Location
from textlien.messages.translator import Translator
from textlien.study.options import LabelsOptions
from textlien.transcripts import FORMATS, read

PARTS = {
    "docx": ["paragraph"],
    "odt": ["paragraph"],
    "rtf": ["paragraph"],
    "pdf": ["line", "page"],
    "html": ["paragraph", "segment"],
    "txt": ["line"],
    "md": ["line"],
    "iramuteq": ["line"],
    "csv": ["line"],
    "xlsx": ["row"],
    "ods": ["row"],
    "vtt": ["cue"],
    "srt": ["cue"],
    "json": ["segment"],
    "sonal": ["segment"],
    "textgrid": ["interval", "tier"],
    "eaf": ["annotation", "tier"],
    "trs": ["line"],
    "cha": ["line"],
    "tei": ["line"],
}
"""Parts of the places in the golden files of each folder."""


def turns_of(file):
    return [
        turn for r in read(file, file.name, LabelsOptions()) for turn in r.turns.to_dict("records")
    ]


@pytest.mark.parametrize("folder", PARTS)
def test_places_are_kept_by_the_parts_of_the_format(folder):
    files = [file for file in (GOLDEN / folder).iterdir() if file.suffix.lower() in FORMATS]
    files = [file for file in files if not file.name.endswith(".turns.csv")]
    codes = [turn["place"] for file in files for turn in turns_of(file)]
    parts = [Location.from_code(code).parts() for code in codes]
    assert sorted({name for place in parts for name, _ in place}) == PARTS[folder]
    assert [Location.from_code(code).code() for code in codes] == codes


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("paragraph=12", "paragraphe 12", "paragraph 12"),
        ("page=3;line=12", "page 3, ligne 12", "page 3, line 12"),
        ("tier=Mira;interval=3", "piste «\u00a0Mira\u00a0», intervalle 3", "tier Mira, interval 3"),
        (
            "tier=M%3B A;annotation=1",
            "piste «\u00a0M; A\u00a0», annotation 1",
            "tier M; A, annotation 1",
        ),
    ],
)
def test_a_place_is_shown_in_the_language_of_the_reader(code, french, english):
    place = Location.from_code(code)
    assert Translator("fr").place(place) == french
    assert Translator("en").place(place) == english


def test_a_fault_in_the_second_line_of_a_cue_is_placed_there(tmp_path):
    cues = ["Enquêteur : Et ici ?", "R : Ici, un village.\nEnquêteur Et là ?", "R : Là aussi."] * 2
    lines = [f"00:00:0{at}.000 --> 00:00:0{at}.900\n{text}\n" for at, text in enumerate(cues)]
    file = tmp_path / "zoom.vtt"
    file.write_text("WEBVTT\n\n" + "\n".join(lines), encoding="utf-8")
    (reading,) = read(file, file.name, LabelsOptions())
    assert list(reading.turns.place[:3]) == ["cue=1", "cue=2", "cue=4"]
    faults = [problem.location.code() for problem in reading.problems if problem.location.cue]
    assert faults == ["cue=2;line=2", "cue=5;line=2"]
