"""Tiers of ELAN and Praat that hold no speech, and those that do although they look alike."""

import pytest

from tests.making import hint_of, text_of
from textlien.study.options import LabelsOptions
from textlien.transcripts import read

QUESTIONS = [f"et le point numéro {n}, vous en pensez quoi ?" for n in range(12)]
ANSWERS = [f"je pense que c'est une bonne chose pour la ville, et pour nous {n}" for n in range(12)]
GAZES = ["enquêtrice", "feuille", "fenêtre", "enquêtrice"] * 3


def eaf(*tiers, closed=()):
    """An ELAN file of tiers: name, participant, values (12 a tier), offset in seconds."""
    slots, parts, number = [], [], 0
    for name, participant, values, offset in tiers:
        annotations = []
        for index, value in enumerate(values):
            start = int((index * 10 + offset) * 1000)
            slots += [(f"ts{number}", start), (f"ts{number + 1}", start + 3500)]
            annotations.append(
                f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" '
                f'TIME_SLOT_REF1="ts{number}" TIME_SLOT_REF2="ts{number + 1}"><ANNOTATION_VALUE>'
                f"{value}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
            )
            number += 2
        kind = "closed" if name in closed else "default-lt"
        who = f' PARTICIPANT="{participant}"' if participant else ""
        opening = f'<TIER LINGUISTIC_TYPE_REF="{kind}"{who} TIER_ID="{name}">'
        parts.append(f"{opening}{''.join(annotations)}</TIER>")
    times = "".join(f'<TIME_SLOT TIME_SLOT_ID="{i}" TIME_VALUE="{t}"/>' for i, t in slots)
    types = (
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="default-lt"/>'
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="closed" CONTROLLED_VOCABULARY_REF="cv"/>'
    )
    body = f"<TIME_ORDER>{times}</TIME_ORDER>{''.join(parts)}{types}"
    return f"<ANNOTATION_DOCUMENT>{body}</ANNOTATION_DOCUMENT>"


DIALOGUE = [("Claire", "", QUESTIONS, 0), ("Jean", "", ANSWERS, 4)]


def reading_of(folder, content, name="a.eaf", **labels):
    file = folder / name
    file.write_text(content, encoding="utf-8")
    (reading,) = read(file, name, LabelsOptions(**labels))
    return reading


def problems_of(reading):
    return [p for p in reading.problems if "tier" in p.id]


@pytest.mark.parametrize(
    ("name", "participant"),
    [
        ("Jean-regard", ""),
        ("gaze@Jean", "Jean"),
        ("JeanGesture", ""),
        ("Posture", "Jean"),
        ("Jean_main droite", "Jean"),
        ("traduction Jean", ""),
        ("Notes", ""),
        ("API", "Jean"),
    ],
)
def test_a_tier_named_after_a_code_is_no_speech_and_the_note_counts_it(tmp_path, name, participant):
    values = [f"elle tourne la tête vers la porte {n}" for n in range(12)]
    reading = reading_of(tmp_path, eaf(*DIALOGUE, (name, participant, values, 4)))
    assert set(reading.turns.speaker) == {"Claire", "Jean"}
    assert "porte" not in " ".join(reading.turns.text)
    (note,) = problems_of(reading)
    assert (note.id, note.severity) == ("transcripts.tiers-of-codes", "note")
    assert f'"{name}" (12 annotations, 96 words)' in text_of(note)
    assert f'interviewee = ["{name}"]' in hint_of(note)


def test_a_tier_of_a_controlled_vocabulary_is_no_speech(tmp_path):
    reading = reading_of(tmp_path, eaf(*DIALOGUE, ("Jean-D", "", GAZES, 4), closed=("Jean-D",)))
    assert set(reading.turns.speaker) == {"Claire", "Jean"}
    assert [p.id for p in problems_of(reading)] == ["transcripts.tiers-of-codes"]


@pytest.mark.parametrize(
    ("tier", "values"),
    [
        (("X1", ""), GAZES),
        (("X1", ""), [f"ʒə pɑ̃s kə sɛ {n}" for n in range(12)]),
        (("Jean-2", ""), [f"I think that it is a good thing {n}" for n in range(12)]),
        (("deuxième", "Jean"), [f"montre le plan de la ville {n}" for n in range(12)]),
    ],
    ids=["few values", "phonetic signs", "another language", "the same participant"],
)
def test_a_tier_that_by_what_it_holds_is_hardly_speech_is_left_out_and_told(tmp_path, tier, values):
    dialogue = [DIALOGUE[0], ("Jean", "Jean", ANSWERS, 4)]
    reading = reading_of(tmp_path, eaf(*dialogue, (*tier, values, 4)))
    assert set(reading.turns.speaker) == {"Claire", "Jean"}
    assert sum(reading.turns.speaker == "Jean") == 12
    (warning,) = problems_of(reading)
    assert (warning.id, warning.severity) == ("transcripts.tiers-in-doubt", "warning")


def test_the_study_file_takes_a_tier_back_in(tmp_path):
    content = eaf(*DIALOGUE, ("Jean-regard", "", [f"je regarde {n}" for n in range(12)], 8))
    reading = reading_of(tmp_path, content, interviewee=("Jean-regard",))
    assert dict(zip(reading.turns.speaker, reading.turns.role, strict=True))["Jean-regard"] == (
        "interviewee"
    )
    assert problems_of(reading) == []


def test_one_who_says_little_else_than_oui_is_a_speaker(tmp_path):
    reading = reading_of(
        tmp_path, eaf(*DIALOGUE, ("Anne", "", ["oui", "hm", "ouais", "oui"] * 3, 8))
    )
    assert set(reading.turns.speaker) == {"Claire", "Jean", "Anne"}
    assert problems_of(reading) == []


def test_two_tiers_of_one_person_that_take_turns_are_both_speech(tmp_path):
    more = [f"et puis je voulais dire que la mairie fait ce qu'elle peut {n}" for n in range(12)]
    content = eaf(DIALOGUE[0], ("J1", "Jean", ANSWERS[:12], 4), ("J2", "Jean", more, 8))
    reading = reading_of(tmp_path, content)
    assert sum(len(text.split()) for text in reading.turns.text if "mairie" in text) > 0
    assert problems_of(reading) == []


def test_aligned_words_are_read_where_nothing_else_is_speech(tmp_path):
    words = " ".join(ANSWERS[0:1]).split()[:12]
    phones = ["ʒ", "ə", "p", "ɑ̃", "s", "k", "ə", "s", "ɛ", "t", "y", "n"]
    reading = reading_of(
        tmp_path, eaf(("Jean - words", "", words, 4), ("Jean - phones", "", phones, 4))
    )
    assert " ".join(reading.turns.text) == " ".join(words)
    assert "transcripts.only-coded-tiers" in [p.id for p in reading.problems]


def textgrid(*tiers):
    items = []
    for name, values in tiers:
        items.append(f'"IntervalTier" "{name}" 0 200 {len(values)}')
        items += [f'{n * 10} {n * 10 + 9} "{value}"' for n, value in enumerate(values)]
    return f'File type = "ooTextFile"\nObject class = "TextGrid"\n0 200 <exists> {len(tiers)}\n' + (
        "\n".join(items)
    )


def test_tiers_of_a_textgrid_are_chosen_alike_and_named(tmp_path):
    tiers = (
        ("Claire", QUESTIONS),
        ("Jean", ANSWERS),
        ("Jean - phones", ["ʒ"] * 12),
        ("Sections", ["un"]),
    )
    reading = reading_of(tmp_path, textgrid(*tiers), "a.TextGrid")
    assert set(reading.turns.speaker) == {"Claire", "Jean"}
    (note,) = problems_of(reading)
    assert '"Jean - phones" (12 annotations, 12 words)' in text_of(note)
    assert "Sections" in text_of(note)
