"""Tables of turns in documents: every column has a role, whatever its place and its name."""

from itertools import chain

import pytest

from tests.transcripts.layout.tabular.making import (
    EXPECTED,
    TURNS,
    docx,
    docx_table,
    html,
    odt,
    pdf,
    rtf,
    spoken,
    told,
)
from tests.transcripts.making import par, reading_of, run

CODES = ["parcours", "", "commerce", "commerce", "", "clients", "", "aides", "", ""]
SPEAKERS = [speaker for speaker, _ in TURNS]
TEXTS = [text for _, text in TURNS]
CLOCKS = [f"00:0{number // 2}:{number % 2 * 30:02d}" for number in range(10)]
THEMES = [("Le commerce", 0), None, None, None, None, ("L'avenir", 0), None, None, None, None]


def rows_of(*columns, header=()):
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [list(header), *rows] if header else rows


LAYOUTS = {
    "text, time, speaker, number": rows_of(
        TEXTS, CLOCKS, SPEAKERS, range(1, 11), header=["Verbatim", "Minutage", "Qui", "n°"]
    ),
    "German names": rows_of(
        range(1, 11), SPEAKERS, TEXTS, header=["Nr.", "Sprecher/in", "Transkript"]
    ),
    "Spanish names": rows_of(CLOCKS, SPEAKERS, TEXTS, header=["Tiempo", "Hablante", "Contenido"]),
    "start, end, codes": rows_of(
        CLOCKS,
        [clock.replace(":00", ":20").replace(":30", ":50") for clock in CLOCKS],
        TEXTS,
        SPEAKERS,
        CODES,
        header=["Début", "Fin", "Propos", "Intervenant", "Catégorie"],
    ),
    "no header, speaker last": rows_of(range(1, 11), CLOCKS, TEXTS, SPEAKERS),
    "no header, codes first": rows_of(CODES, SPEAKERS, TEXTS),
    "codes of the same length as speakers": rows_of(
        ["parcours", "commerce"] * 5, SPEAKERS, TEXTS, header=["Code", "Locuteur", "Texte"]
    ),
    "unknown names": rows_of(range(1, 11), SPEAKERS, TEXTS, header=["Rep.", "Voce", "Riga"]),
}


@pytest.mark.parametrize("write", [docx, html, rtf, odt])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_in_any_order(tmp_path, layout, write):
    rows = [[str(cell) for cell in row] for row in LAYOUTS[layout]]
    reading = write(tmp_path, rows)
    assert spoken(reading) == EXPECTED
    assert told(reading) == []


def test_times_are_those_of_their_column(tmp_path):
    reading = docx(tmp_path, rows_of(CLOCKS, SPEAKERS, TEXTS))
    assert list(reading.turns.time_start[:3]) == [0.0, 30.0, 60.0]


@pytest.mark.parametrize("write", [docx, html, rtf, odt])
def test_a_speaker_merged_over_two_rows_goes_on(tmp_path, write):
    rows = []
    for speaker, text in TURNS:
        words = text.split()
        rows += [[speaker, " ".join(words[:2])], [None, " ".join(words[2:])]]
    if write is docx:
        rows = [[(a, 0), b] if a else [a, b] for a, b in rows]
    assert spoken(write(tmp_path, rows)) == EXPECTED


def test_merged_themes_are_sections(tmp_path):
    reading = docx(tmp_path, rows_of(THEMES, SPEAKERS, TEXTS))
    assert spoken(reading) == EXPECTED
    assert list(reading.turns.section) == ["Le commerce"] * 5 + ["L'avenir"] * 5


def test_themes_in_the_first_of_several_rows_are_sections(tmp_path):
    themes = ["Le commerce", "", "", "", "", "", "L'avenir", "", "", ""]
    reading = docx(tmp_path, rows_of(SPEAKERS, TEXTS, themes, header=["Qui", "Dit", "Thème"]))
    assert spoken(reading) == EXPECTED
    assert list(reading.turns.section[5:7]) == ["Le commerce", "L'avenir"]


def test_titles_that_span_a_table_are_sections_and_repeated_headers_go(tmp_path):
    rows = rows_of(range(1, 11), SPEAKERS, TEXTS)
    header = ["N°", "Locuteur", "Contenu"]
    rows = [header, [("Le commerce", 3)], *rows[:6], header, [("L'avenir", 3)], *rows[6:]]
    reading = docx(tmp_path, [[c if isinstance(c, tuple) else str(c) for c in r] for r in rows])
    assert spoken(reading) == EXPECTED
    assert list(reading.turns.section) == ["Le commerce"] * 6 + ["L'avenir"] * 4


def test_a_note_counts_the_cells_left_out(tmp_path):
    reading = docx(tmp_path, rows_of(SPEAKERS, TEXTS, CODES))
    assert spoken(reading) == EXPECTED
    (note,) = (p for p in reading.problems if p.id == "transcripts.columns-left-out")
    (part,) = note.message.values["parts"]
    assert part.values == {"column": 3, "n": 5}


def test_a_second_column_of_sentences_without_a_name_is_a_doubt(tmp_path):
    analysis = ["Elle parle de la durée comme d'un titre, à relire avec la fin."] * 10
    reading = docx(tmp_path, rows_of(SPEAKERS, TEXTS, analysis))
    assert "transcripts.unclear-column-of-notes" in told(reading)


def test_remarks_that_are_named_are_no_doubt(tmp_path):
    analysis = ["Elle parle de la durée comme d'un titre, à relire avec la fin."] * 10
    header = ["Locuteur", "Texte", "Remarques"]
    reading = docx(tmp_path, rows_of(SPEAKERS, TEXTS, analysis, header=header))
    assert (spoken(reading), told(reading)) == (EXPECTED, [])


HEADERS = [
    (),
    ("Question", "Réponse"),
    ("Enquêtrice", "M. Ferrand"),
    ("ENQ", "FER"),
    ("Frage", "Antwort"),
]


@pytest.mark.parametrize("header", HEADERS)
def test_questions_beside_answers_take_turns(tmp_path, header):
    reading = docx(tmp_path, rows_of(TEXTS[::2], TEXTS[1::2], header=header))
    assert spoken(reading) == EXPECTED


def test_questions_beside_answers_and_codes_that_take_turns(tmp_path):
    reading = docx(tmp_path, rows_of(TEXTS[::2], TEXTS[1::2], ["a", "b", "a", "b", "a"]))
    assert spoken(reading) == EXPECTED


def test_rows_without_a_name_that_ask_are_the_interviewer_s(tmp_path):
    speakers = ["" if speaker == "Enquêtrice" else speaker for speaker in SPEAKERS]
    reading = docx(tmp_path, rows_of(speakers, TEXTS))
    assert spoken(reading) == EXPECTED


def test_rows_without_a_name_that_ask_are_told_where_several_are_named(tmp_path):
    speakers = ["Enquêtrice", "M. Ferrand", "", "Mme Ferrand", *[""] * 6]
    reading = docx(tmp_path, rows_of(speakers, TEXTS, header=["Locuteur", "Texte"]))
    assert "transcripts.rows-without-speaker" in told(reading)


def test_a_row_of_several_turns(tmp_path):
    rows = [["\n".join(SPEAKERS[:6]), "\n".join(TEXTS[:6])]]
    rows += [["\n".join(SPEAKERS[6:]), "\n".join(TEXTS[6:])]]
    assert spoken(docx(tmp_path, rows)) == EXPECTED


def test_a_new_table_on_every_page_and_a_notice_in_a_table(tmp_path):
    notice = [["Ville", "Creil"], ["Date", "12 mars 2013"], ["Profession", "épicier"]]
    rows = rows_of(range(1, 11), SPEAKERS, TEXTS, header=["n°", "Locuteur", "Texte"])
    rows = [[str(cell) for cell in row] for row in rows]
    reading = docx(tmp_path, notice, rows[:2], rows[2:5], rows[5:])
    assert (spoken(reading), told(reading)) == (EXPECTED, [])
    assert reading.document.head["ville"] == "Creil"
    assert reading.document.head["profession"] == "épicier"


def test_a_table_in_a_frame(tmp_path):
    inner = docx_table(rows_of(SPEAKERS, TEXTS))
    frame = f"<w:tbl><w:tr><w:tc>{par(run('Entretien'))}{inner}{par()}</w:tc></w:tr></w:tbl>"
    assert spoken(reading_of(tmp_path, frame)) == EXPECTED


def test_one_column_is_paragraphs(tmp_path):
    rows = [[f"{speaker} : {text}"] for speaker, text in TURNS]
    assert spoken(docx(tmp_path, [["Transcription"], *rows])) == EXPECTED


def test_labels_inside_the_column_of_text(tmp_path):
    text = [f"{speaker} : {text}" for speaker, text in TURNS]
    reading = docx(tmp_path, rows_of(CLOCKS, text, CODES, header=["Temps", "Contenu", "Codes"]))
    assert spoken(reading) == EXPECTED


def test_a_table_of_something_else_is_told(tmp_path):
    table = [["Année", "Part des commerces"], ["2008", "41 %"], ["2013", "37 %"], ["2015", "30 %"]]
    paragraphs = [par(run(f"{speaker} : {text}")) for speaker, text in TURNS]
    reading = reading_of(tmp_path, *paragraphs, docx_table(table))
    assert "transcripts.table-as-text" in told(reading)


def test_a_ruled_table_on_the_pages_of_a_pdf(tmp_path):
    rows = rows_of(range(1, 11), SPEAKERS, TEXTS, CODES)
    rows = [[str(cell) for cell in row] for row in rows]
    header = ["N°", "Locuteur", "Contenu", "Codes"]
    reading = pdf(tmp_path, [header, *rows[:6]], [header, *rows[6:]])
    assert (spoken(reading), told(reading)) == (EXPECTED, [])


def test_a_ruled_table_of_a_pdf_without_header_and_with_times(tmp_path):
    rows = rows_of(CLOCKS, TEXTS, SPEAKERS)
    reading = pdf(tmp_path, rows[:5], rows[5:], widths=(60, 320, 110))
    assert spoken(reading) == EXPECTED
    assert list(reading.turns.time_start[:2]) == [0.0, 30.0]


def test_questions_beside_answers_in_a_pdf(tmp_path):
    rows = rows_of(TEXTS[::2], TEXTS[1::2], header=["Question", "Réponse"])
    assert spoken(pdf(tmp_path, rows, widths=(260, 270))) == EXPECTED


PAIRS_OF_COLUMNS = {
    "follow-up": ("Question", "Réponse", "Relance", "Réponse à la relance"),
    "numbered": ("Question 1", "Réponse 1", "Question 2", "Réponse 2"),
    "English": ("Question", "Answer", "Follow-up question", "Answer to the follow-up question"),
    "possessive": ("Question", "Sa réponse", "2e question", "Sa réponse à la 2e question"),
}


@pytest.mark.parametrize("header", PAIRS_OF_COLUMNS.values(), ids=PAIRS_OF_COLUMNS)
def test_several_pairs_of_questions_and_answers_in_a_row(tmp_path, header):
    rows = [TEXTS[at : at + 4] for at in (0, 4)] + [[*TEXTS[8:], "", ""]]
    reading = docx(tmp_path, [header, *rows])
    assert spoken(reading) == EXPECTED
    assert told(reading) == []


def test_a_column_of_answers_of_a_word(tmp_path):
    rows = [
        ["Vous venez d'ici ?", "Oui, de la rue des Carmes.", "Vos parents aussi ?", "Oui"],
        ["Et vous y restez ?", "Tant que je peux, j'y suis bien.", "Jusqu'à quand ?", "Toujours"],
        ["Vous avez un jardin ?", "Un petit, derrière la maison.", "Des légumes ?", "Non"],
    ]
    reading = docx(tmp_path, [PAIRS_OF_COLUMNS["follow-up"], *rows])
    roles = ["interviewer", "interviewee"] * 6
    assert spoken(reading) == list(zip(roles, chain.from_iterable(rows), strict=True))
    assert told(reading) == []


ASIDES = {
    "paragraphs": "Depuis dix-neuf ans.\nRelance : Et avant ?\nC'était ma tante.",
    "its name alone": "Depuis dix-neuf ans.\nRelance :\nEt avant ?\nC'était ma tante.",
    "both named": "Réponse : Depuis dix-neuf ans.\nEnq. : Et avant ?\nR : C'était ma tante.",
    "numbered": "Depuis dix-neuf ans.\n[Question 2] : Et avant ?\nC'était ma tante.",
}


@pytest.mark.parametrize("answer", ASIDES.values(), ids=ASIDES)
def test_a_follow_up_question_in_a_cell_of_answers_is_the_interviewer_s(tmp_path, answer):
    rows = [["Question", "Réponse"], [TEXTS[0], answer], TEXTS[2:4], TEXTS[4:6]]
    reading = docx(tmp_path, rows)
    assert spoken(reading)[:4] == [
        EXPECTED[0],
        ("interviewee", "Depuis dix-neuf ans."),
        ("interviewer", "Et avant ?"),
        ("interviewee", "C'était ma tante."),
    ]
    assert told(reading) == []


UNCLEAR = {
    "no opening": "Depuis dix-neuf ans.\nEt avant ?\nC'était ma tante.",
    "answered at once": "Depuis dix-neuf ans.\nRelance : Et avant ? C'était ma tante.",
    "a dash": "Depuis dix-neuf ans.\n- Et avant ?\n- C'était ma tante.",
}


@pytest.mark.parametrize("answer", UNCLEAR.values(), ids=UNCLEAR)
def test_what_may_be_a_question_in_a_cell_of_answers_is_told(tmp_path, answer):
    reading = docx(tmp_path, [["Question", "Réponse"], [TEXTS[0], answer], TEXTS[2:4], TEXTS[4:6]])
    assert told(reading) == ["transcripts.questions-in-answers"]


def test_an_answer_that_asks_itself_at_its_end_is_an_answer(tmp_path):
    answer = "On a ouvert.\nEt je me suis dit : pourquoi pas ?"
    reading = docx(tmp_path, [["Question", "Réponse"], [TEXTS[0], answer], TEXTS[2:4], TEXTS[4:6]])
    assert spoken(reading)[1] == ("interviewee", "On a ouvert. Et je me suis dit : pourquoi pas ?")
    assert told(reading) == []
