"""Numbers and times before labels, behind them, at ends of lines and alone. Invented speech."""

import pytest

from tests.making import text_of
from textlien.messages.message import Location
from textlien.transcripts import rising
from textlien.transcripts.speakers.utterances import Paragraph, split

TURNS = [
    ("Claire Delorme", "Depuis quand est-ce que vous habitez ici ?"),
    ("Mme Lamotte", "Depuis 1998, on est venus pour le port.\n3 enfants sont nés dans la rue."),
    ("Claire Delorme", "Et le marché, vous y allez ?"),
    ("Mme Lamotte", "Tous les dimanches : on y voit tout le monde."),
    ("Claire Delorme", "Qui tient la buvette ?"),
    ("Mme Lamotte", "12 personnes à tour de rôle, depuis 3 ans."),
    ("Claire Delorme", "Et la mairie ?"),
    ("Mme Lamotte", "La mairie, on la voit aux élections.\nEt encore."),
]


def document_of(lines):
    paragraphs = [Paragraph(line, Location(line=number)) for number, line in enumerate(lines, 1)]
    return split(paragraphs, "entretien.txt")


def turns_of(document):
    return [(turn.speaker, turn.text) for turn in document.utterances]


def before_labels(form):
    """The dialogue, each label behind a mark of this form; ``n`` counts turns."""
    for n, (name, text) in enumerate(TURNS, 1):
        mark = form.format(n=n, s=7 * n, t=f"{n:02}")
        yield from f"{mark}{name} : {text}".split("\n")


@pytest.mark.parametrize(
    "form",
    [
        "{n}. ",
        "{n}) ",
        "({n}) ",
        "[{n}] ",
        "{n}\t",
        "{t}   ",
        "{n} - ",
        "{n}/ ",
        "§{n} ",
        "L{n} ",
        "n° {n} ",
        "#{n} ",
        "00{n}\t",
        "{n}.",
    ],
)
def test_a_number_before_each_label_is_taken_off_with_a_note(form):
    document = document_of(list(before_labels(form)))
    assert turns_of(document) == TURNS
    (note,) = [p for p in document.problems if p.id == "speakers.line-numbers"]
    assert note.severity == "note"
    assert "8 numbers" in text_of(note)


@pytest.mark.parametrize(
    ("form", "second"),
    [
        ("0h00min{s} ", 14),
        ("0h{t}mn12s ", 132),
        ("00h{t}m12s - ", 132),
        ("{n} min 12 s ", 132),
        ("{n}min12 : ", 132),
        ("[{t}.12] ", 132),
        ("{{00.{t}.12}} ", 132),
        ("({t}'12) ", 132),
        ("{n}'12\" ", 132),
        ("{n}'12'' ", 132),
        ("#00:{t}:12-3# ", 132),
        ("00:{t}:12.450 ", 132.45),
        ("00:{t}:12:14 ", 132),
        ("[00:{t}:12;14] ", 132),
        ("[T={s}.5] ", 14.5),
        ("{n}:12\t", 132),
        ("00:{t}:12 --> 00:{t}:40 ", 132),
        ("{{00:{t}:12}} ", 132),
        ("<00:{t}:12> ", 132),
        ("1h{t} ", 3720),
        ("{s}.250\t", 14.25),
    ],
)
def test_a_time_before_each_label_is_the_time_of_its_turn(form, second):
    document = document_of(list(before_labels(form)))
    assert turns_of(document) == TURNS
    assert document.utterances[1].time_start == second
    assert [problem.id for problem in document.problems] == []


@pytest.mark.parametrize(
    "form",
    [
        "{name}   {n} minutes {s} secondes\n{text}",
        "{name} {s} secondes\n{text}",
        "{name}\n{n} minutes {s} secondes\n{text}",
        "{n} min {s} s\n{name}\n{text}",
        "00:0{n}:{s}\n{name} : {text}",
        "{name} [0h{n}min{s}] : {text}",
        "{name} 0:0{n}:{s} : {text}",
        "{name}, {n} min {s} : {text}",
        "{name} #00:0{n}:{s}-1# : {text}",
        "#00:0{n}:{s}-1#\n{name} : {text}",
        "{name} ({n}'{s}) {text}",
        "{name} – {n}:{s}\n{text}",
        "{name} [0{n}:{s}]\n{text}",
        "{name}, à {n} min {s} s : {text}",
        "[{name} 00:0{n}:{s}] {text}",
        "{name} [00:0{n}:{s} → 00:0{n}:59] : {text}",
    ],
)
def test_a_time_beside_a_label_is_no_speech(form):
    lines = [
        line
        for n, (name, text) in enumerate(TURNS, 1)
        for line in form.format(name=name, text=text, n=n, s=10 + n).split("\n")
    ]
    document = document_of(lines)
    assert turns_of(document) == TURNS
    assert None not in [turn.time_start for turn in document.utterances]


@pytest.mark.parametrize("mark", ["{n}h{t}min12", "#00:{t}:12-3#", "{n}'12", "00:{t}:12"])
def test_a_time_at_the_end_of_each_turn_is_no_speech(mark):
    lines = [
        line
        for n, (name, text) in enumerate(TURNS, 1)
        for line in f"{name} : {text} {mark.format(n=n, t=f'{n:02}')}".split("\n")
    ]
    assert turns_of(document_of(lines)) == TURNS


def every_line(form):
    """The dialogue, each line behind its number."""
    lines = [line for name, text in TURNS for line in f"{name} : {text}".split("\n")]
    return [form.format(n=n, line=line) for n, line in enumerate(lines, 1)]


@pytest.mark.parametrize(
    "form", ["{n}  {line}", "{n:03}\t{line}", "{line}     {n}", "({n}) {line}"]
)
def test_a_number_on_each_line_is_taken_off_and_a_number_that_was_said_stays(form):
    document = document_of(every_line(form))
    assert turns_of(document) == TURNS
    assert document.utterances[1].place == Location(line=2)


def test_every_fifth_line_has_a_number():
    lines = [line for name, text in TURNS * 3 for line in f"{name} : {text}".split("\n")]
    numbered = [f"{n} {line}" if n % 5 == 0 else line for n, line in enumerate(lines, 1)]
    assert turns_of(document_of(numbered)) == TURNS * 3


def test_numbers_that_start_again_are_numbers_of_lines():
    lines = [line for name, text in TURNS * 3 for line in f"{name} : {text}".split("\n")]
    numbered = [f"{n % 10 + 1}  {line}" for n, line in enumerate(lines)]
    assert turns_of(document_of(numbered)) == TURNS * 3


@pytest.mark.parametrize("form", ["{n}. {name}", "[{n}] {name}", "{n} {name}"])
def test_a_number_before_a_name_alone_on_its_line(form):
    lines = [
        line
        for n, (name, text) in enumerate(TURNS, 1)
        for line in [form.format(n=n, name=name), *text.split("\n")]
    ]
    assert turns_of(document_of(lines)) == TURNS


def test_a_number_and_a_time_before_each_label():
    document = document_of(list(before_labels("{n}. [00:{t}:12] ")))
    assert turns_of(document) == TURNS
    assert document.utterances[1].time_start == 132


def test_numbers_of_one_side_only():
    lines = []
    for n in range(1, 9):
        lines += [f"{n}. Question : Et la rue {n} ?", "Mme Lamotte : Elle est calme, la nuit."]
    turns = turns_of(document_of(lines))
    assert {speaker for speaker, _ in turns} == {"Question", "Mme Lamotte"}
    assert turns[2] == ("Question", "Et la rue 2 ?")


@pytest.mark.parametrize(
    "lines",
    [
        ["1. L'école : d'abord.", "2. Le logement : ensuite.", "3. La rue : enfin.", "4. Rien."],
        ["3 enfants.", "4 ans plus tard.", "5 maisons.", "7 rues.", "12 personnes."],
        ["1998, on arrive.", "1999, on reste.", "2001, on part.", "2002, on revient."],
        ["17:30 : on ferme.", "18:30 : on mange.", "19:30 : on sort.", "20:30 : on dort."],
    ],
)
def test_numbers_and_hours_inside_an_answer_are_speech(lines):
    turns = [f"{name} : {text}" for name, text in TURNS for text in [text.split("\n")[0]]]
    document = document_of([*turns[:4], *lines, *turns[4:]])
    assert document.utterances[3].text.endswith("\n".join(lines))
    assert [p.id for p in document.problems if p.id == "speakers.line-numbers"] == []


def test_a_series_begins_anew_and_leaves_out_what_does_not_rise():
    assert rising.chain([1, 2, 1998, 3, 4]) == [0, 1, 3, 4]
    assert rising.chain([5, 10, 15, 5, 10, 15]) == [0, 1, 2, 3, 4, 5]
    assert rising.chain([]) == []


def test_the_number_of_every_fifth_line_is_taken_off_within_turns_too():
    texts = [
        (
            f"{speaker} : {name} habite ici depuis longtemps,",
            f"{name} connaît le quartier",
            "et rit.",
        )
        for speaker, name in [("ENQ", "Julie"), ("LOC", "Paul"), ("ENQ", "Rose"), ("LOC", "Luc")]
        * 4
    ]
    lines = [line for turn in texts for line in turn]
    numbered = [
        f"{n:>3} {line}" if n % 5 == 0 else f"    {line}" for n, line in enumerate(lines, 1)
    ]
    document = document_of(numbered)
    assert len(document.utterances) == 16
    assert not any(char.isdigit() for turn in document.utterances for char in turn.text)
