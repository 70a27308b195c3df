"""Ways of writing labels that hold names, not roles, and lists that look alike. Invented."""

import pytest

from textlien.messages.message import Location
from textlien.transcripts.speakers.utterances import Paragraph, split

TURNS = [
    ("Camille", "Depuis quand est-ce que vous habitez ici ?"),
    ("Mme Lamotte", "Depuis 1998. On est venus pour le port."),
    ("Camille", "Et le marché, vous y allez ?"),
    ("Mme Lamotte", "Tous les dimanches. Oui, on y voit tout le monde – enfin, presque."),
    ("Camille", "Qui tient la buvette ?"),
    ("Mme Lamotte", "Les parents, à tour de rôle."),
    ("Camille", "Et la mairie ?"),
    ("Mme Lamotte", "On la voit aux élections."),
]


def document_of(lines):
    paragraphs = [Paragraph(line, Location(line=number)) for number, line in enumerate(lines, 1)]
    return split(paragraphs, "entretien.txt")


def turns_of(document):
    return [(turn.speaker, turn.text) for turn in document.utterances]


@pytest.mark.parametrize(
    "form",
    [
        "• {name} : {text}",
        "- {name} : {text}",
        "– {name} : {text}",
        "> {name} : {text}",
        "* {name} : {text}",
        "+ {name}: {text}",
        "■ {name} : {text}",
        "→ {name} : {text}",
        "« {name} » : {text}",
        "“{name}”: {text}",
        '"{name}": {text}',
        "« {name} : {text} »",
        '"{name} : {text}"',
        "{{{name}}} {text}",
        "{{{name}}} : {text}",
        "({name}) {text}",
        "({name}) : {text}",
        "<{name}> {text}",
        "|{name}| {text}",
        "={name}= {text}",
        "_{name}_ {text}",
        "__{name}__ : {text}",
        "**{name}** {text}",
        "**{name} :** {text}",
        "## {name} : {text}",
        "/{name}/ {text}",
        "« {name} » {text}",
        "— {name} — {text}",
        "{name} – {text}",
        "{name} — {text}",
        "{name} - {text}",
        "{name}> {text}",
        "{name} > {text}",
        "{name} | {text}",
        "{name} = {text}",
        "{name} ; {text}",
        "{name} / {text}",
        "{name} ~ {text}",
        "{name}.– {text}",
        "## {name}\n{text}",
        "• {name}\n{text}",
        "{name}\n{text}",
    ],
)
def test_names_that_come_back_by_turns_are_labels(form):
    lines = [
        line
        for name, text in TURNS
        for line in form.format(name=name, text=text)
        .replace("Mme Lamotte", "Mme Lamotte")
        .split("\n")
    ]
    assert turns_of(document_of(lines)) == TURNS


@pytest.mark.parametrize("form", ["{name}. {text}", "{caps} {text}", "{name}  {text}"])
def test_names_before_a_full_stop_a_capital_or_two_blanks(form):
    turns = [(name.replace("Mme Lamotte", "Monique"), text) for name, text in TURNS]
    lines = [form.format(name=name, caps=name.upper(), text=text) for name, text in turns]
    read = [(speaker.capitalize(), text) for speaker, text in turns_of(document_of(lines))]
    assert read == turns


def test_one_side_by_its_role_and_the_other_by_name():
    turns = [(name.replace("Camille", "Enquêtrice"), text) for name, text in TURNS]
    for form in ("• {} : {}", "({}) {}", "{} – {}", "{}\n{}"):
        lines = [line for turn in turns for line in form.format(*turn).split("\n")]
        assert turns_of(document_of(lines)) == turns


LABELLED = [f"{name} : {text}" for name, text in TURNS]


@pytest.mark.parametrize(
    "items",
    [
        ["- Le logement : d'abord.", "- L'école : ensuite.", "- La rue : enfin."],
        ["• Paul : mon fils.", "• Marie : ma fille.", "• Jean : mon mari."],
        ["(Rire) C'est vrai.", "(Silence) Enfin.", "(Rire) Bon."],
        ["Oui. C'est vrai.", "Non. Pas vrai.", "Oui. Voilà.", "Non. Enfin."],
        ["Oui – c'est vrai.", "Non – pas vrai.", "Oui – voilà.", "Non – enfin."],
    ],
)
def test_lists_and_sentences_inside_an_answer_are_speech(items):
    document = document_of([*LABELLED[:4], *items, *LABELLED[4:]])
    assert len(document.utterances) == len(TURNS)
    assert document.utterances[3].text.endswith("\n".join(items))


@pytest.mark.parametrize(
    "lines",
    [
        ["- Le logement : cher.", "- L'école : loin.", "- Le logement : rare.", "- L'eau : bleue."],
        ["Oui. C'est ça.", "Non. Pas ça.", "Oui. Encore.", "Non. Jamais.", "Oui. Bon.", "Non. Si."],
        ["D'accord", "On y va tous les jours.", "Voilà", "Et puis on rentre."] * 2,
        ["Le Havre – 3 mai.", "Creil – 4 mai.", "Rouen – 5 mai.", "Le Havre – 6 mai."],
    ],
)
def test_lists_of_a_text_without_labels_have_no_speakers(lines):
    assert {speaker for speaker, _ in turns_of(document_of(lines))} == {""}
