import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.text.names import FileNames, comparable


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (unicodedata.normalize("NFD", "élue à la culture.docx"), "élue à la culture.docx"),
        ("ÉLUE.DOCX", "élue.docx"),
        ("sœur Thérèse", "Soeur Thérèse"),
        ("n°\u00a03", "n° 3"),
        ("maire  (adjointe) ", "maire (adjointe)"),
        ("l’élue d’Évry", "l'élue d'Évry"),
        ("Clichy–sous–Bois", "Clichy-sous-Bois"),
        ("mai\u200bre\ufeff", "maire"),
        ("\ufb01che 3", "fiche 3"),
    ],
)
def test_names_that_look_the_same_are_comparable(left, right):
    assert comparable(left) == comparable(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("élu", "elu"), ("entretien 1.1", "entretien 11"), ("maire_1", "maire-1"), ("n° 3", "n° 8")],
)
def test_names_that_look_different_are_not(left, right):
    assert comparable(left) != comparable(right)


@given(st.text())
def test_a_comparable_name_is_its_own(text):
    assert comparable(comparable(text)) == comparable(text)


FILES = FileNames(
    (path, path.count("/"), path)
    for path in (
        "transcripts/2013/adjointe.docx",
        "transcripts/2013/maire.docx",
        "transcripts/2015/maire.docx",
        "transcripts/2015/Entretien 1.2.odt",
        "transcripts/2015/entretien 1.odt",
    )
)


@pytest.mark.parametrize(
    "name",
    [
        "adjointe",
        "Adjointe.docx",
        "2013/adjointe.docx",
        "2013\\adjointe",
        "./transcripts/2013/adjointe.docx",
        "../transcripts/2013/adjointe.docx",
        "C:\\Users\\Léa\\transcripts\\2013\\ADJOINTE.docx",
        "/Volumes/étude/transcripts/2013/adjointe.docx",
        " adjointe.docx",
    ],
)
def test_a_file_is_named_by_the_end_of_its_path(name):
    assert FILES.find(name) == ["transcripts/2013/adjointe.docx"]


@pytest.mark.parametrize(
    "name", ["2015/adjointe.docx", "adjoint", "", ".", "../..", "adjointe.txt"]
)
def test_another_folder_or_name_means_no_file(name):
    assert FILES.find(name) == []


def test_a_name_of_several_files_gives_them_all_and_a_folder_tells_them_apart():
    assert FILES.find("maire") == ["transcripts/2013/maire.docx", "transcripts/2015/maire.docx"]
    assert FILES.find("2015/maire") == ["transcripts/2015/maire.docx"]


def test_a_point_in_a_name_is_no_suffix():
    assert FILES.find("Entretien 1.2") == ["transcripts/2015/Entretien 1.2.odt"]
    assert FILES.find("entretien 1") == ["transcripts/2015/entretien 1.odt"]


def test_a_name_as_it_is_written_comes_before_one_that_looks_alike():
    files = FileNames([("t/Maire.txt", 1, "capital"), ("t/maire.txt", 1, "small")])
    assert files.find("Maire.txt") == ["capital"]
    assert files.find("MAIRE.txt") == ["capital", "small"]
