"""Markdown as people write interviews in it. All texts are invented."""

import pytest

from textlien.study.options import LabelsOptions
from textlien.transcripts import read

ASKED = ("Où habitez-vous ?", "Racontez-moi.", "Et après ?", "Vous y allez ?", "Pourquoi ?")
ANSWERED = (
    "Au sixième, avec mes filles, depuis que la tour existe.",
    "Il pleuvait, et la gardienne nous a prêté une lampe pour la nuit.",
    "Après on a connu les voisins, un par un, dans l'ascenseur.",
    "Le samedi, pour voir du monde, parce que je ne travaille pas.",
    "Parce qu'on se sent mieux quand on a parlé à quelqu'un.",
)


def reading_of(folder, text, name="entretien.md"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    (reading,) = read(file, file.name, LabelsOptions())
    return reading


def turns_of(reading):
    return [(turn.speaker, turn.text) for turn in reading.turns.itertuples()]


def test_the_front_matter_is_a_head_notice(tmp_path):
    reading = reading_of(
        tmp_path,
        '---\nVille: "Le Havre"\ndate: 2013-05-14\nFonction: maire\n# note\ntags: [a, b]\n'
        "thèmes:\n  - école\n  - logement\nfictif: oui\n---\n\nQ : Et ici ?\n\nR : Ici, oui.\n",
    )
    assert reading.document.head == {
        "ville": "Le Havre",
        "date": "2013-05-14",
        "fonction": "maire",
        "tags": "a, b",
        "themes": "école, logement",
        "fictif": "oui",
    }
    assert turns_of(reading) == [("Q", "Et ici ?"), ("R", "Ici, oui.")]
    assert list(reading.turns.place) == ["line=13", "line=15"]


def test_a_rule_that_opens_a_text_is_no_front_matter(tmp_path):
    reading = reading_of(tmp_path, "---\nQ : Et ici ?\nR : Ici, je suis bien.\n\n---\n\nQ : Ah ?\n")
    assert turns_of(reading) == [("Q", "Et ici ?"), ("R", "Ici, je suis bien."), ("Q", "Ah ?")]


@pytest.mark.parametrize("mark", ["**{}**", "*{}*", "_{}_", "> {}", "## {}", "<u>{}</u>", "1. {}"])
def test_marks_set_questions_apart_and_are_no_words(tmp_path, mark):
    pairs = zip(ASKED, ANSWERED, strict=True)
    text = "\n\n".join(f"{mark.format(question)}\n\n{answer}" for question, answer in pairs)
    assert turns_of(reading_of(tmp_path, text)) == [
        turn
        for question, answer in zip(ASKED, ANSWERED, strict=True)
        for turn in (("(question)", question), ("(réponse)", answer))
    ]


def test_a_line_break_may_part_a_question_from_its_answer(tmp_path):
    pairs = zip(ASKED, ANSWERED, strict=True)
    text = "\n\n".join(f"*{question}*\n{answer}" for question, answer in pairs)
    assert [text for _, text in turns_of(reading_of(tmp_path, text))] == [
        part for pair in zip(ASKED, ANSWERED, strict=True) for part in pair
    ]


def test_a_line_ruled_off_below_is_an_answer(tmp_path):
    reading = reading_of(
        tmp_path, "Q : Et ici ?\n\nR : Ici, oui.\n---\n\nQ : Ah ?\n\nR : Oui.\n---"
    )
    assert turns_of(reading)[1] == ("R", "Ici, oui.")
    assert set(reading.turns.section) == {""}


def test_a_table_of_speakers_and_words_is_read_as_in_word_files(tmp_path):
    rows = "| Qui | Paroles |\n|---|---|\n| Q | Et **ici** ? |\n| R | Ici, oui. |\n"
    reading = reading_of(tmp_path, rows + "| Q | Ah ? |\n| R | Oui. |\n")
    assert turns_of(reading)[-4:] == [
        ("Q", "Et ici ?"),
        ("R", "Ici, oui."),
        ("Q", "Ah ?"),
        ("R", "Oui."),
    ]


def test_comments_and_notes_stay_out_and_are_counted(tmp_path):
    reading = reading_of(
        tmp_path,
        "Q : Et ici[^1] ?\n\n<!-- à vérifier -->\n\nR : Ici, oui.\n\n[^1]: Le quai, dit-elle.\n",
    )
    assert turns_of(reading) == [("Q", "Et ici ?"), ("R", "Ici, oui.")]
    assert next(problem.id for problem in reading.problems) == "transcripts.left-out"


def test_blanks_in_front_and_escapes_are_those_of_people(tmp_path):
    reading = reading_of(
        tmp_path, "Q : Et \\*ici\\* ?\n\n    R : Ici,<br>oui &amp; non.\n\nQ : Ah ?\n\nR : Oui.\n"
    )
    assert turns_of(reading)[:2] == [("Q", "Et *ici* ?"), ("R", "Ici,\noui & non.")]
