import pytest

from tests.making import hint_of, place_of, text_of
from textlien.errors import TextlienError
from textlien.study.options import SpeakersOptions
from textlien.transcripts import read


def readings_of(folder, content, encoding="utf-8"):
    file = folder / "tours.csv"
    file.write_bytes(content.encode(encoding))
    return read(file, "tours.csv", SpeakersOptions())


@pytest.mark.parametrize(
    "header",
    ["Locuteur;Texte;Début;Fin;Ville", "speaker;text;start;end;city", "QUI;Propos;debut;fin;Ville"],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_columns_in_french_or_english(tmp_path, header, encoding):
    content = f"{header}\r\nEnquêteur;Où ?;0,5;0:02;Creil\r\nMme A.;À l'été;2;3;Creil\r\n"
    (reading,) = readings_of(tmp_path, content, encoding)
    assert list(reading.turns.text) == ["Où ?", "À l'été"]
    assert list(reading.turns.role) == ["interviewer", "interviewee"]
    assert list(reading.turns.time_start) == [0.5, 2.0]
    assert list(reading.turns.time_end) == [2.0, 3.0]
    assert list(reading.document.head.values()) == ["Creil"]


def test_one_reading_an_interview_even_when_rows_are_mixed(tmp_path):
    first, second = readings_of(
        tmp_path,
        'entretien,locuteur,texte\nA,Q,Un ?\nB,Q,Deux ?\nA,R,"Oui, un."\nB,R,Deux.\n',
    )
    assert (first.document.name, list(first.turns.text)) == ("A", ["Un ?", "Oui, un."])
    assert (second.document.name, list(second.turns.text)) == ("B", ["Deux ?", "Deux."])


def test_a_role_column_wins_over_the_label(tmp_path):
    (reading,) = readings_of(
        tmp_path, "locuteur\trole\ttexte\nAnne\tenquêteur\tA\nPaul\tenquêté\tB?"
    )
    assert list(reading.turns.role) == ["interviewer", "interviewee"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("qui;quoi\nA;B\n", 'tours.csv, line 1: no column of texts; there are "qui", "quoi".'),
        ("texte;texte\nA;B\n", 'tours.csv, line 1: column "texte" is there twice.'),
        (
            'qui;texte\nA;"B\nC;D\n',
            "tours.csv, line 2: a quotation mark that opens here is never closed, or text follows "
            "the closing one.",
        ),
    ],
)
def test_a_table_that_cannot_be_read_says_where(tmp_path, content, said):
    with pytest.raises(TextlienError) as raised:
        readings_of(tmp_path, content)
    assert text_of(raised.value) == said
    assert hint_of(raised.value)


def test_doubtful_cells_are_reported_with_their_line(tmp_path):
    (reading,) = readings_of(
        tmp_path,
        "qui;texte;debut;role;ville\nQ;Un ?;tôt;x;Creil\nR;Oui;;;Creil\nR;Non;;;Arras\n",
    )
    assert [(place_of(p), p.severity) for p in reading.problems if place_of(p)] == [
        ("line 4", "warning"),
        ("line 2", "warning"),
        ("line 2", "warning"),
    ]
    assert list(reading.turns.text) == ["Un ?", "Oui", "Non"]


def test_a_row_of_more_cells_than_columns_is_refused_with_its_line(tmp_path):
    with pytest.raises(TextlienError, match="line 3: more cells than the 2 columns"):
        readings_of(tmp_path, "qui;texte\nQ;Un ?\nR;Oui; mais\n")


def test_an_interview_without_text_does_not_lose_the_others(tmp_path):
    empty, full = readings_of(tmp_path, "entretien;texte\nA;\nB;Oui\n")
    assert [problem.severity for problem in empty.problems] == ["error"]
    assert list(full.turns.text) == ["Oui"]
