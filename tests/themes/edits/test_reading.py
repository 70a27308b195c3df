from __future__ import annotations

from pathlib import Path

import pytest

from tests.making import hint_of, place_of, text_of
from textlien.errors import Problem
from textlien.themes.edits.reading import PlacedEntry, changes_of_words, read_entries

GOOD = """\
[[theme]]
words = "école, collège, prof"
name = "École"
"""


def read(tmp_path: Path, text: str) -> tuple[list[PlacedEntry], list[Problem]]:
    path = tmp_path / "themes.toml"
    path.write_text(text, encoding="utf-8")
    return read_entries(path, "themes.toml")


def only_fault(tmp_path: Path, text: str) -> Problem:
    """The one problem of a file whose first entry is good, and alone is kept."""
    entries, (problem,) = read(tmp_path, GOOD + text)
    assert [placed.entry.name for placed in entries] == ["École"]
    assert problem.severity == "error"
    assert problem.location.file == "themes.toml"
    return problem


def test_words_are_separated_by_commas_or_listed(tmp_path):
    text = GOOD + '[[theme]]\nmerge = ["bus, métro,", ["vélo", "piste cyclable"]]\naside = true\n'
    entries, problems = read(tmp_path, text)
    assert problems == []
    assert [placed.entry.anchors for placed in entries] == [
        (("école", "collège", "prof"),),
        (("bus", "métro"), ("vélo", "piste cyclable")),
    ]
    assert [placed.place.line for placed in entries] == [1, 4]
    assert entries[1].entry.aside


def test_parts_are_a_name_and_its_words(tmp_path):
    text = '[theme.split]\n"Petits" = "crèche"\n"Grands" = "lycée, prof"\n'
    entries, problems = read(tmp_path, GOOD + text)
    assert problems == []
    assert entries[0].entry.split == {"Petits": ("crèche",), "Grands": ("lycée", "prof")}


def test_an_absent_file_is_said_and_written_by_a_command(tmp_path):
    entries, (problem,) = read_entries(tmp_path / "themes.toml", "themes.toml")
    assert entries == []
    assert problem.id == "themes.no-file"
    assert "textlien themes STUDY --write" in hint_of(problem)


def test_a_fault_of_toml_has_its_line_and_leaves_the_whole_file_out(tmp_path):
    entries, (problem,) = read(tmp_path, GOOD + "[[theme]]\nwords = bus, métro\n")
    assert entries == []
    assert (problem.id, problem.location.line) == ("files.toml-no-quotes", 5)


def test_another_encoding_is_said(tmp_path):
    path = tmp_path / "themes.toml"
    path.write_bytes(GOOD.encode("latin-1"))
    entries, (problem,) = read_entries(path, "themes.toml")
    assert entries == []
    assert problem.id == "files.toml-not-utf8"


def test_an_unknown_key_is_named_with_the_nearest_and_its_entry_left_out(tmp_path):
    problem = only_fault(tmp_path, '[[theme]]\nwords = "bus"\nnames = "Bus"\n')
    assert problem.id == "study.unknown-key"
    assert place_of(problem) == "[[theme]] no. 2, names, line 4"
    assert 'Did you mean "name"?' in hint_of(problem)


def test_an_unknown_section_is_named(tmp_path):
    problem = only_fault(tmp_path, '[[thème]]\nwords = "bus"\n'.replace("thème", "themes"))
    assert problem.id == "study.unknown-key"
    assert 'Did you mean "theme"?' in hint_of(problem)


def test_one_pair_of_brackets_is_not_enough(tmp_path):
    entries, (problem,) = read(tmp_path, '[theme]\nwords = "bus"\nname = "Bus"\n')
    assert entries == []
    assert problem.id == "study.expected-repeated-section"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('words = ""\nname = "Bus"', "themes.no-words"),
        ('words = " , "\naside = true', "themes.no-words"),
        ('merge = []\nname = "Bus"', "themes.no-words"),
        ('merge = ["bus", ""]\nname = "Bus"', "themes.no-words"),
        ('seeds = []\nname = "Bus"', "themes.no-words"),
        ('name = "Bus"', "themes.entry-without-words"),
        ('words = "bus"', "themes.entry-does-nothing"),
        ('words = "bus"\nmerge = ["vélo", "train"]', "themes.entry-of-several-kinds"),
        ('words = "bus"\nseeds = "vélo"', "themes.entry-of-several-kinds"),
        ('merge = ["bus, métro"]\nname = "Bus"', "themes.merge-of-one"),
        ('words = "bus"\nsplit = { "Bus" = "bus" }', "themes.split-in-one"),
        ('words = "bus"\nsplit = { "A" = "bus", "B" = "" }', "themes.no-words"),
        (
            'words = "bus"\naside = true\nsplit = { "A" = "bus", "B" = "car" }',
            "themes.split-and-aside",
        ),
        ('seeds = "bus"\nsplit = { "A" = "bus", "B" = "car" }', "themes.split-without-words"),
        ('words = "bus"\nsplit = { "Bus" = "bus", "bus" = "car" }', "themes.name-twice"),
        ('words = "bus"\nname = "ecole"', "themes.name-twice"),
        ('words = "Collège, prof, école"\nname = "Bus"', "themes.entry-twice"),
        ('words = "prof, collège, école"\naside = true', "themes.entry-twice"),
        ('merge = ["école, collège, prof", "bus"]', "themes.entry-twice"),
        ("words = 3\nname = 'Bus'", "study.expected-list"),
        ('words = "bus"\naside = "peut-être"', "study.expected-truth-value"),
        ('words = "bus"\nsplit = ["bus", "car"]', "study.expected-names-and-values"),
    ],
)
def test_an_entry_that_cannot_be_followed_is_left_out_with_its_line(tmp_path, text, fault):
    problem = only_fault(tmp_path, f"[[theme]]\n{text}\n")
    assert problem.id == fault
    assert problem.location.line == 4
    assert problem.location.option.startswith("theme #2")


def test_a_name_that_is_taken_says_by_whom(tmp_path):
    problem = only_fault(tmp_path, '[[theme]]\nwords = "bus"\nname = "École"\n')
    assert 'the name "École" is taken (themes.toml, [[theme]] no. 1, line 1)' in text_of(problem)


def test_an_entry_with_three_faults_has_three_problems(tmp_path):
    entries, problems = read(tmp_path, "[[theme]]\nwords = 1\nname = 2\ncolour = 3\n")
    assert entries == []
    assert [problem.location.option for problem in problems] == [
        "theme #1.words",
        "theme #1.name",
        "theme #1.colour",
    ]


def changes(tmp_path: Path, text: str) -> list[list[tuple[str, ...]]]:
    entries, problems = read(tmp_path, text)
    assert problems == []
    return changes_of_words(entries)


def test_a_name_and_a_set_aside_change_no_words_so_that_refits_are_kept(tmp_path):
    aside = '[[theme]]\nwords = "micro, pause"\naside = true\n'
    assert changes(tmp_path, GOOD) == changes(tmp_path, GOOD + aside) == []


def test_a_merge_changes_words_whatever_its_name(tmp_path):
    merge = '[[theme]]\nmerge = ["bus", "vélo"]\n'
    merged = changes(tmp_path, GOOD + merge)
    assert merged != []
    assert changes(tmp_path, GOOD + merge + 'name = "Bouger"\n') == merged
    assert changes(tmp_path, GOOD + merge.replace("bus", "bus, métro")) != merged
