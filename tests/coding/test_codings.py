"""Codings here are invented; transcripts of two answers."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import hint_of, place_of, text_of
from textlien import tables
from textlien.coding.codebook import load_codebook
from textlien.coding.codings import label_passages, read_codings
from textlien.study.options import Study

AXES = load_codebook()
TEXT = (
    "Et le CCAS ?\n"
    "Le CCAS, c’est une affaire de respect. On se parle « peu ».\n"
    "Et les services ?\n"
    "Les adjoints ne se parlent pas. On se parle « peu »."
)


@pytest.fixture
def study(tmp_path):
    return Study(file=tmp_path / "study.toml", corpus=[{"wave": "2013", "path": "."}])


def interview(identifier, file, included=True):
    return {
        "interview_id": identifier,
        "file": file,
        "format": "txt",
        "encoding": "utf_8",
        "sha256": "",
        "wave": "2013",
        "city": "Bordeaux",
        "actor": "maire",
        "person": "",
        "date": "",
        "fictional": True,
        "included": included,
        "n_turns": 4,
        "n_words": 20,
        "n_words_interviewer": 6,
        "duration": float("nan"),
        "problems": "",
    }


INTERVIEWS = tables.make(
    "interviews",
    [interview("2013-maire", "2013/Maire.docx"), interview("2013-vide", "2013/vide.txt", False)],
)


def read(study, content, name="ana.csv", encoding="utf-8"):
    path = study.folder / name
    path.write_bytes(content.encode(encoding))
    return read_codings([path], study, INTERVIEWS, {"2013-maire": TEXT}, AXES)


def test_a_quote_that_lies_at_its_offsets_is_kept(study):
    start = TEXT.index("Les adjoints")
    codings, problems = read(
        study,
        "interview,start,end,quote,axis,value,coder\n"
        f"2013-maire,{start},{start + 31},Les adjoints ne se parlent pas.,"
        "gouvernance_interne,1,Ana\n",
    )
    assert problems == []
    (coding,) = codings.to_dict("records")
    assert TEXT[coding["start"] : coding["end"]] == "Les adjoints ne se parlent pas."
    assert coding["anchor"] == "kept"
    assert coding["coding_id"] == "ana.csv:2:gouvernance_interne"
    assert (coding["coder"], coding["value"]) == ("Ana", 1.0)
    assert np.isnan(coding["probability_of_selection"])


def test_a_coding_follows_its_quote_to_the_nearest_place_when_the_text_has_moved(study):
    second = TEXT.rindex("On se parle")
    codings, problems = read(
        study,
        "interview;start;end;quote;axis;value\n"
        f"2013-maire;{second - 3};{second + 5};On se parle;projet;1\n"
        "2013-maire;0;5;On se parle;projet;0\n",
    )
    assert problems == []
    assert list(codings["start"]) == [second, TEXT.index("On se parle")]
    assert list(codings["anchor"]) == ["moved", "moved"]


def test_a_quote_is_found_whatever_its_blanks_apostrophes_and_quotation_marks(study):
    codings, problems = read(
        study,
        "Entretien\tCitation\tAxe\tCodeuse\nMaire.docx\t\"c'est  une affaire de respect."
        ' On se parle ""peu"""\tprojet\tAna\n',
        encoding="cp1252",
    )
    assert problems == []
    assert list(codings["quote"]) == ["c’est une affaire de respect. On se parle « peu »"]
    assert list(codings["value"]) == [1.0]


@pytest.mark.parametrize("offsets", ["13;84", ";"])
def test_the_text_of_a_passage_that_a_listener_interrupted_is_found(study, offsets):
    pieces = (
        "Le CCAS, c’est une affaire de respect. On se parle « peu ».\nLes adjoints ne se parlent"
    )
    content = f'interview;start;end;quote;projet\n2013-maire;{offsets};"{pieces}";1\n'
    if offsets != ";":
        end = TEXT.index("parlent pas") + len("parlent")
        content = content.replace("84", str(end))
    codings, problems = read(study, content)
    assert problems == []
    assert codings["start"][0] == 13
    assert codings["quote"][0].endswith("Et les services ?\nLes adjoints ne se parlent")


def test_a_wide_row_gives_one_coding_for_each_axis_that_is_filled_in(study):
    codings, problems = read(
        study,
        "interview,quote,projet,Gouvernance interne,action_sociale,coder,probability_of_selection\n"
        '2013/Maire,Les adjoints ne se parlent pas.,0,1,,Bob,"0,25"\n',
    )
    assert problems == []
    assert list(codings["axis"]) == ["projet", "gouvernance_interne"]
    assert list(codings["value"]) == [0.0, 1.0]
    assert list(codings["probability_of_selection"]) == [0.25, 0.25]


@pytest.mark.parametrize(
    ("column", "axis"),
    [
        ("gouvernance interne", ""),
        ("gouvernence_interne", "gouvernance_interne"),
        ("Renouveler l'action social", "action_sociale"),
        ("memo", ""),
        ("remarques", ""),
    ],
)
def test_a_column_that_is_nearly_an_axis_is_told_with_the_axis(study, column, axis):
    codings, problems = read(
        study, f"interview,quote,projet,{column}\nMaire,Les adjoints ne se parlent pas.,1,0\n"
    )
    assert "projet" in list(codings["axis"])
    expected = [("line 1", "warning", f'Did you mean "{axis}"?')] if axis else []
    assert [(place_of(found), found.severity, hint_of(found)) for found in problems] == expected
    assert all(f'column "{column}"' in text_of(problem) for problem in problems)


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        ("Maire.doc,,,Les adjoints,projet,1", "not in the study", 'Did you mean "Maire.docx"?'),
        ("2013-vide,,,Les adjoints,projet,1", 'interview "2013-vide"', ""),
        (",,,Les adjoints,projet,1", "no interview is named", ""),
        ("Maire,,,Les adjoints,projets,1", 'axis "projets"', 'Did you mean "projet"?'),
        ("Maire,,,Les adjoints,projet,oui", 'value "oui" is neither 1 nor 0', "1, 0 or nothing"),
        ("Maire,,,Les préfets,projet,1", 'the quote "Les préfets" is not in', "Copy it again"),
        ("Maire,dix,,Les adjoints,projet,1", 'start "dix" is not a number', ""),
        ("Maire,10,9000,,projet,1", f"which has {len(TEXT)} characters", "give the quote"),
        ("Maire,10,,,projet,1", "no quote and no complete offsets", "both start and end"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(study, row, message, hint):
    codings, problems = read(study, f"interview,start,end,quote,axis,value\n\n{row}\n")
    assert codings.empty
    first, last = problems
    assert (first.location.file, place_of(first), first.severity) == ("ana.csv", "line 3", "error")
    assert message in text_of(first)
    assert hint in hint_of(first)
    assert "points to no passage" in text_of(last)


def test_a_quote_without_offsets_that_is_there_twice_is_used_with_a_warning(study):
    codings, (problem,) = read(study, "interview,quote,axis\nMaire,On se parle,projet\n")
    assert list(codings["start"]) == [TEXT.index("On se parle")]
    assert problem.severity == "warning"
    assert "is there 2 times" in text_of(problem)


def test_missing_columns_are_all_named_at_once(study):
    _, problems = read(study, "qui,quoi\nMaire,projet\n")
    assert text_of(problems[0]) == (
        'no column "interview"; no column "axis", or one column an axis (projet, action_sociale, '
        'gouvernance_interne, gouvernance_externe); no column "quote", or "start" and "end".'
    )
    assert place_of(problems[0]) == "line 1"


def test_a_file_that_cannot_be_read_stops_no_other(study):
    good = study.folder / "b.csv"
    good.write_text("interview,quote,axis\nMaire,Les adjoints,projet\n", encoding="utf-8")
    (study.folder / "a.csv").write_bytes(b"")
    paths = [study.folder / "a.csv", good, study.folder / "absent.csv"]
    codings, problems = read_codings(paths, study, INTERVIEWS, lambda _: TEXT, AXES)
    assert list(codings["coding_id"]) == ["b.csv:2:projet"]
    assert any("a.csv: the file is empty" in str(problem) for problem in problems)
    assert any("absent.csv: cannot be opened" in str(problem) for problem in problems)


def test_a_row_with_an_unquoted_separator_is_refused_with_its_line(study):
    _, problems = read(study, "interview,quote,axis\nMaire,Les adjoints, dit-il,projet\n")
    assert "line 2: more cells than the 3 columns" in text_of(problems[0])


def passage(number, start, end):
    return {
        "passage_id": f"p{number}",
        "interview_id": "i",
        "turn_first": 0,
        "turn_last": 0,
        "start": start,
        "end": end,
        "speaker": "",
        "question": "",
        "text": "x",
        "n_words": 1,
    }


def coding(number, start, end, value=1.0, coder="Ana", axis="projet"):
    return {
        "coding_id": str(number),
        "interview_id": "i",
        "start": start,
        "end": end,
        "quote": "x",
        "axis": axis,
        "value": value,
        "coder": coder,
        "when": "",
        "origin": "",
        "probability_of_selection": np.nan,
        "anchor": "kept",
    }


def labelled(*codings):
    passages = tables.make("passages", [passage(1, 0, 100), passage(2, 100, 200)])
    labels = label_passages(tables.make("codings", codings), passages)
    return {(row.passage_id, row.axis): (row.value, row.n_coders) for row in labels.itertuples()}


def test_a_long_coding_labels_the_passages_that_it_fills_by_half():
    assert labelled(coding(1, 0, 150)) == {("p1", "projet"): (1.0, 1), ("p2", "projet"): (1.0, 1)}
    assert labelled(coding(1, 0, 149)) == {("p1", "projet"): (1.0, 1)}


def test_a_short_coding_labels_the_passage_in_which_half_of_it_lies():
    assert labelled(coding(1, 95, 103)) == {("p1", "projet"): (1.0, 1)}
    assert labelled(coding(1, 200, 210)) == {}


def test_coders_count_by_their_mean_and_each_by_the_greatest_of_its_values():
    codings = (coding(1, 0, 100, 0.0), coding(2, 10, 30, 1.0), coding(3, 0, 100, 0.0, "Bob"))
    assert labelled(*codings) == {("p1", "projet"): (0.5, 2)}


def test_a_passage_has_labels_on_the_axes_it_was_coded_on_only():
    found = labelled(coding(1, 0, 100, 0.0), coding(2, 100, 200, 1.0, axis="action_sociale"))
    assert found == {("p1", "projet"): (0.0, 1), ("p2", "action_sociale"): (1.0, 1)}


@given(st.integers(0, 199), st.integers(1, 200))
def test_a_coding_within_the_tiled_text_labels_at_least_one_passage(start, length):
    end = min(start + length, 200)
    assert labelled(coding(1, start, end))


def test_the_study_is_named_as_the_user_knows_it(study):
    folder = study.folder / "coding"
    folder.mkdir()
    codings, _ = read(study, "interview,quote,axis\nMaire,Les adjoints,projet\n", "coding/x.csv")
    assert Path(codings["coding_id"][0].split(":")[0]) == Path("coding/x.csv")
