"""Codings here are invented; transcripts of two answers."""

from pathlib import Path

import numpy as np
import pytest

from tests.making import hint_of
from textlien import tables
from textlien.coding.codebook import load_codebook
from textlien.coding.codings import read_codings
from textlien.messages.message import Location
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
    return read_codings([path], study.display_path, INTERVIEWS, {"2013-maire": TEXT}, AXES)


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
        ("note_interne", ""),
        ("gouvernance", ""),
        ("remarques", ""),
    ],
)
def test_a_column_that_is_nearly_an_axis_is_told_with_the_axis(study, column, axis):
    codings, problems = read(
        study, f"interview,quote,projet,{column}\nMaire,Les adjoints ne se parlent pas.,1,0\n"
    )
    assert "projet" in list(codings["axis"])
    expected = [("coding.column-near-axis", 1, column, axis)] if axis else []
    assert [
        (
            problem.id,
            problem.location.line,
            problem.message.values["column"],
            problem.message.values["suggestion"].values["nearest"],
        )
        for problem in problems
    ] == expected
    assert {problem.severity for problem in problems} <= {"warning"}


@pytest.mark.parametrize(
    ("row", "identifier", "values", "hint"),
    [
        (
            "Maire.doc,,,Les adjoints,projet,1",
            "unknown-interview",
            {"name": "Maire.doc"},
            'Did you mean "Maire.docx"?',
        ),
        ("2013-vide,,,Les adjoints,projet,1", "unknown-interview", {"name": "2013-vide"}, ""),
        ("xyz,,,Les adjoints,projet,1", "unknown-interview", {"name": "xyz"}, "textlien check"),
        (",,,Les adjoints,projet,1", "no-interview-name", {}, "identifier"),
        (
            "Maire,,,Les adjoints,projets,1",
            "unknown-axis",
            {"name": "projets"},
            'Did you mean "projet"?',
        ),
        ("Maire,,,Les adjoints,xyz,1", "unknown-axis", {"name": "xyz"}, "projet, action_sociale"),
        ("Maire,,,Les adjoints,projet,NSP", "value-not-binary", {"value": "NSP"}, "1 or yes"),
        ("Maire,,,Les préfets,projet,1", "quote-absent", {"quote": "Les préfets"}, "Copy it again"),
        (
            "Maire,dix,,Les adjoints,projet,1",
            "offset-not-number",
            {"column": "start", "value": "dix"},
            "",
        ),
        (
            "Maire,10,9000,,projet,1",
            "offsets-outside",
            {"start": 10, "end": 9000, "length": len(TEXT)},
            "give the quote",
        ),
        ("Maire,10,,,projet,1", "no-quote-no-offsets", {}, "both start and end"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(study, row, identifier, values, hint):
    codings, problems = read(study, f"interview,start,end,quote,axis,value\n\n{row}\n")
    assert codings.empty
    first, last = problems
    assert first.id == f"coding.{identifier}"
    assert (first.location, first.severity) == (Location(file="ana.csv", line=3), "error")
    assert {name: first.message.values[name] for name in values} == values
    assert hint in hint_of(first)
    assert last.id == "coding.no-usable-row"


@pytest.mark.parametrize("value", ["0", "1.5", "-1", "un tiers"])
def test_a_probability_of_selection_is_above_zero_and_at_most_one(study, value):
    head = "interview,quote,axis,probability_of_selection\n"
    codings, (problem, _) = read(study, f"{head}Maire,Les adjoints,projet,{value}\n")
    assert codings.empty
    assert problem.id == "coding.selection-not-probability"
    codings, problems = read(study, f'{head}Maire,Les adjoints,projet,"1,0"\n')
    assert (list(codings["probability_of_selection"]), problems) == ([1.0], [])


@pytest.mark.parametrize(("lines", "is_one_quote"), [(6, True), (7, False)])
def test_up_to_six_lines_of_others_may_stand_between_the_pieces_of_a_quote(
    study, lines, is_one_quote
):
    text = "\n".join(["Le CCAS a fermé.", *["Mm."] * lines, "Puis il a rouvert."])
    path = study.folder / "ana.csv"
    quote = "Le CCAS a fermé.\nPuis il a rouvert."
    path.write_text(f'interview,quote,projet\nMaire,"{quote}",1\n', encoding="utf-8")
    codings, problems = read_codings(
        [path], study.display_path, INTERVIEWS, {"2013-maire": text}, AXES
    )
    if is_one_quote:
        assert (list(codings["quote"]), problems) == ([text], [])
    else:
        assert [p.id for p in problems] == ["coding.quote-absent", "coding.no-usable-row"]


def test_a_long_quote_is_shortened_in_its_message(study):
    _, (problem, _) = read(study, f"interview,quote,axis\nMaire,{'préfet ' * 12}x,projet\n")
    assert problem.message.values["quote"] == ("préfet " * 12)[:59] + "…"


def test_a_quote_without_offsets_that_is_there_twice_is_used_with_a_warning(study):
    codings, (problem,) = read(study, "interview,quote,axis\nMaire,On se parle,projet\n")
    assert list(codings["start"]) == [TEXT.index("On se parle")]
    assert problem.severity == "warning"
    assert problem.id == "coding.quote-repeated"
    assert problem.message.values["n"] == 2


def test_missing_columns_are_all_named_at_once(study):
    _, problems = read(study, "qui,quoi\nMaire,projet\n")
    head = Location(file="ana.csv", line=1)
    assert [(p.id, p.location) for p in problems[:-1]] == [
        ("coding.no-interview-column", head),
        ("coding.no-axis-column", head),
        ("coding.no-quote-column", head),
    ]
    assert problems[1].message.values["axes"] == tuple(axis.key for axis in AXES)
    assert problems[0].message.values["columns"] == ("qui", "quoi")


def test_a_file_that_cannot_be_read_stops_no_other(study):
    good = study.folder / "b.csv"
    good.write_text("interview,quote,axis\nMaire,Les adjoints,projet\n", encoding="utf-8")
    (study.folder / "a.csv").write_bytes(b"")
    paths = [study.folder / "a.csv", good, study.folder / "absent.csv"]
    codings, problems = read_codings(paths, study.display_path, INTERVIEWS, lambda _: TEXT, AXES)
    assert list(codings["coding_id"]) == ["b.csv:2:projet"]
    unreadable = [str(p) for p in problems if p.id != "coding.no-usable-row"]
    assert [text.partition(":")[0] for text in unreadable] == ["a.csv", "absent.csv"]
    assert [p.location.file for p in problems if p.id == "coding.no-usable-row"] == [
        "a.csv",
        "absent.csv",
    ]


def test_a_row_with_an_unquoted_separator_is_refused_with_its_line(study):
    _, problems = read(study, "interview,quote,axis\nMaire,Les adjoints, dit-il,projet\n")
    assert str(problems[0]).startswith("ana.csv, line 2: ")


def test_the_study_is_named_as_the_user_knows_it(study):
    folder = study.folder / "coding"
    folder.mkdir()
    codings, _ = read(study, "interview,quote,axis\nMaire,Les adjoints,projet\n", "coding/x.csv")
    assert Path(codings["coding_id"][0].split(":")[0]) == Path("coding/x.csv")
