"""Headings: titles of sections, names of speakers, questions. All texts are invented."""

import pytest

from textlien.transcripts.layout.blocks import Block, block_of, paragraphs_of
from textlien.transcripts.look import BOLD, PLAIN
from textlien.transcripts.speakers.utterances import split

TURNS = (
    ("Enquêteur", "Vous êtes ici depuis longtemps ?"),
    ("Mme Sarrazin", "Quinze ans. On avait d'abord un deux-pièces."),
    ("Enquêteur", "Et le marché ?"),
    ("Mme Sarrazin", "Tous les samedis, oui."),
    ("Enquêteur", "Avec vos voisins ?"),
    ("Mme Sarrazin", "Quelquefois, quand il fait beau."),
)


def heading(text, level=1):
    return block_of([(text, PLAIN)], level=level)


def turns_of(blocks):
    document = split(paragraphs_of(blocks), "entretien.docx")
    return [(turn.speaker, turn.section, turn.text) for turn in document.utterances]


def dialogue(turns=TURNS, level=1):
    return [block for name, text in turns for block in (heading(name, level), Block(text))]


def test_names_that_come_back_in_headings_are_speakers():
    assert turns_of(dialogue()) == [(name, "", text) for name, text in TURNS]


def test_names_in_headings_below_sections_are_speakers():
    blocks = [heading("Entretien fictif"), heading("1. Parcours"), *dialogue(level=2)[:6]]
    blocks.append(heading("2. Quartier"))
    blocks += dialogue(level=2)[6:]
    sections = ["1. Parcours"] * 3 + ["2. Quartier"] * 3
    assert turns_of(blocks) == [
        (name, section, text) for (name, text), section in zip(TURNS, sections, strict=True)
    ]


def test_a_title_and_a_section_of_the_level_of_names_are_none():
    blocks = [heading("Entretien avec Mme Sarrazin, juin 2014"), *dialogue()]
    blocks.insert(5, heading("Le quartier"))
    assert [(speaker, section) for speaker, section, _ in turns_of(blocks)] == [
        (name, "Le quartier" if number > 1 else "") for number, (name, _) in enumerate(TURNS)
    ]


def test_somebody_who_speaks_once_is_a_speaker_too():
    blocks = [*dialogue(), heading("M. le maire"), Block("Bonjour à tous.")]
    assert turns_of(blocks)[-1] == ("M. le maire", "", "Bonjour à tous.")


@pytest.mark.parametrize(
    "written", ["{} (00:01:12)", "{} – 0:01:12", "[{}] 00:01:12", "00:01:12 {} :"]
)
def test_a_time_beside_a_name_is_of_its_turn(written):
    blocks = dialogue([(written.format(name), text) for name, text in TURNS])
    assert turns_of(blocks) == [(name, "", text) for name, text in TURNS]
    document = split(paragraphs_of(blocks), "entretien.docx")
    assert {turn.time_start for turn in document.utterances} == {72.0}


def test_numbered_questions_and_answers_in_headings_are_two_speakers():
    turns = [
        (f"Question {number}" if number % 2 else f"Réponse {number - 1}", text)
        for number, (_, text) in enumerate(TURNS, 1)
    ]
    assert [speaker for speaker, _, _ in turns_of(dialogue(turns))] == ["Question", "Réponse"] * 3


def test_names_in_bold_alone_on_their_lines_are_speakers_however_long_the_answers():
    blocks = []
    for name, text in TURNS[:4]:
        blocks += [Block(name, BOLD), Block(text)]
        blocks += [Block("On attendait, et puis voilà.")] * (9 if name != "Enquêteur" else 0)
    assert [speaker for speaker, _, _ in turns_of(blocks)] == ["Enquêteur", "Mme Sarrazin"] * 2


def test_names_with_their_speech_in_headings_are_labels():
    blocks = [
        block
        for name, text in TURNS
        for block in ([heading(f"{name} : {text}")] if name == "Enquêteur" else [Block(text)])
    ]
    speakers = {speaker for speaker, _, _ in turns_of(blocks)}
    assert "Enquêteur" in speakers


@pytest.mark.parametrize("level", [0, 2])
def test_titles_that_come_back_above_labels_stay_titles(level):
    blocks = [Block("Entretien fictif")]
    for number, (name, text) in enumerate(TURNS * 2):
        if number % 3 == 0:
            title = ("Famille", "Travail")[number // 3 % 2]
            blocks.append(block_of([(title, BOLD)], level=level))
        blocks.append(Block(f"{name[0]}{name[-1].upper()} : {text}"))
    assert {speaker for speaker, _, _ in turns_of(blocks)} == {"ER", "MN"}


def test_titles_that_come_once_stay_sections():
    titles = ("Parcours", "Logement", "Travail", "Associations")
    blocks = [block for title in titles for block in (heading(title), Block("On a vu cela."))]
    turns = turns_of([Block("Avant tout, je suis né ici."), *blocks])
    assert [section for _, section, _ in turns] == ["", *titles]


def test_questions_in_headings_ask_without_a_mark_too_where_half_of_them_do():
    asked = ("Où habitez-vous ?", "Racontez-moi votre arrivée.", "Et après ?", "Parlez-m'en.")
    blocks = [
        block
        for question in asked
        for block in (heading(question, 2), Block("Je suis restée au sixième avec mes filles."))
    ]
    assert [text for _, _, text in turns_of(blocks)][::2] == list(asked)
    assert [speaker for speaker, _, _ in turns_of(blocks)] == ["(question)", "(réponse)"] * 4


@pytest.mark.parametrize("between", [" ", " – ", "\n", ". "])
def test_names_that_only_their_look_parts_from_speech_are_speakers(between):
    blocks = [
        block_of([(f"{name}{between}", BOLD), (text, PLAIN)])
        for name, text in [(name.split()[-1], text) for name, text in TURNS]
    ]
    blocks.insert(2, Block("On n'avait pas d'ascenseur."))
    turns = turns_of(blocks)
    assert [speaker for speaker, _, _ in turns] == ["Enquêteur", "Sarrazin"] * 3
    assert turns[1][2] == f"{TURNS[1][1]}\nOn n'avait pas d'ascenseur."


def test_words_stressed_at_the_beginning_of_answers_are_no_names():
    blocks = [
        block
        for _, text in TURNS[1::2]
        for block in (
            block_of([("Jamais", BOLD), (f" de la vie. {text}", PLAIN)]),
            block_of([("Oui", BOLD), (f", je crois. {text}", PLAIN)]),
            block_of([("Trois fois", BOLD), (" au moins.", PLAIN)]),
            block_of([(f"{text} J'étais", BOLD), (" à la fenêtre.", PLAIN)]),
        )
    ]
    assert {speaker for speaker, _, _ in turns_of(blocks)} == {""}
