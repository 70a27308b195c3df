"""Formats with time and markup: what the golden files hold, one case at a time."""

import time

import pytest

from tests.making import place_of, text_of
from textlien.errors import TextlienError
from textlien.study.options import LabelsOptions
from textlien.transcripts import read
from textlien.transcripts.formats.chat import without_codes
from textlien.transcripts.model import RoleReason

SONAL = """<!DOCTYPE html><html><body>
<script id="loc-json" type="application/json">
        {{
            {names}
        }}
</script>
<div id="txtnotes">entretien fictif</div>
<div id="contenuText">{segments}</div></body></html>"""


def reading_of(folder, name, content):
    file = folder / name
    file.write_text(content, encoding="utf-8")
    (reading,) = read(file, name, LabelsOptions())
    return reading


def told(reading):
    turns = reading.turns
    return list(zip(turns.speaker, turns.time_start, turns.time_end, turns.text, strict=True))


def segment(start, end, speaker, inner):
    times = f'data-deb="{start}" data-fin="{end}"'
    return f'<span class="lblseg" {times} data-loc="{speaker}">{inner}</span>'


def test_cues_of_one_speaker_that_each_have_his_label_are_one_turn(tmp_path):
    cues = [("Q: Et ici ?", 0), ("R: Ici, c'est", 2), ("R: un village.", 4), ("Q: Ah ?", 6)]
    lines = [f"00:0{at}.000 --> 00:0{at + 1}.500\n{text}" for text, at in cues]
    reading = reading_of(tmp_path, "zoom.vtt", "WEBVTT\n\n" + "\n\n".join(lines))
    assert told(reading) == [
        ("Q", 0, 1.5, "Et ici ?"),
        ("R", 2, 5.5, "Ici, c'est un village."),
        ("Q", 6, 7.5, "Ah ?"),
    ]


def test_those_who_speak_at_once_in_a_trs_end_together_at_the_next_sync(tmp_path):
    turn = (
        '<Turn speaker="a b" startTime="1" endTime="9"><Sync time="1"/><Who nb="1"/>oui'
        '<Who nb="2"/>non<Sync time="4"/><Who nb="1"/>si<Who nb="2"/>ah</Turn>'
    )
    people = '<Speakers><Speaker id="a" name="A"/><Speaker id="b" name="B"/></Speakers>'
    content = f"<Trans>{people}<Episode><Section>{turn}</Section></Episode></Trans>"
    assert told(reading_of(tmp_path, "a.trs", content)) == [
        ("A", 1, 4, "oui"),
        ("B", 1, 4, "non"),
        ("A", 4, 9, "si"),
        ("B", 4, 9, "ah"),
    ]


def test_a_line_break_of_tei_sets_words_apart(tmp_path):
    content = '<TEI><text><body><u who="R">Voilà.<lb/>Merci.<pb/>Bien</u></body></text></TEI>'
    assert list(reading_of(tmp_path, "a.tei", content).turns.text) == ["Voilà. Merci. Bien"]


def test_roles_told_from_question_marks_in_a_tei_text_are_not_sure(tmp_path):
    answer = "C'est une chose que je sais, et que tout le monde sait ici depuis longtemps."
    asked = "".join(f"<p>Et le point {n}, qu'en dites-vous ?</p><p>{answer}</p>" for n in range(8))
    reading = reading_of(tmp_path, "a.tei", f"<TEI><text><body>{asked}</body></text></TEI>")
    assert [decision.sure for decision in reading.roles.values()] == [False, False]
    assert set(reading.turns.role) == {"interviewer", "interviewee"}


def test_words_begun_as_teicorpo_writes_them_in_chat():
    assert (
        without_codes("du sou-~ de la vi~ d'accord s'int~") == "du sou- de la vi- d'accord s'int-"
    )


@pytest.mark.parametrize(
    "pause", ["(.)", "(.........)", "(12 secondes pause)", "(2 minutes pause)"]
)
def test_a_pause_of_noscribe_is_no_word(tmp_path, pause):
    anchors = f'<a name="ts_0_900_S00">S00: Oui.</a><a name="ts_900_9000_S00"> {pause}</a>'
    reading = reading_of(tmp_path, "a.html", f"<html><body><p>{anchors}</p></body></html>")
    assert list(reading.turns.text) == ["Oui. (...)"]


def test_a_speaker_of_sonal_with_a_question_mark_asks(tmp_path):
    segments = segment(0, 1.5, 1, "Ville ?") + segment(2, 3, 2, "Lyon.") + segment(3, 4, "", "Est.")
    content = SONAL.format(names='["","Luc ?","Ana"]', segments=segments)
    reading = reading_of(tmp_path, "a.sonal", content)
    assert told(reading) == [("Luc", 0, 1.5, "Ville ?"), ("Ana", 2, 4, "Lyon. Est.")]
    assert list(reading.turns.role) == ["interviewer", "interviewee"]
    assert reading.roles["Luc"].reason is RoleReason.FILE


def test_pseudonyms_of_sonal_are_read_for_the_names_and_told(tmp_path):
    run = (
        '<span class="anon debsel">Jean</span><span class="anon"> </span>'
        '<span class="anon finsel" data-pseudo="Paul R.">Petit</span>'
        '<span class="anon-exception">Jean</span>'
    )
    content = SONAL.format(names='["","A"]', segments=segment(0, 1, 1, f"Avec {run}, oui."))
    reading = reading_of(tmp_path, "a.sonal", content)
    assert list(reading.turns.text) == ["Avec Paul R.Jean, oui."]
    assert "Petit" not in reading.turns.original[0]
    assert [p.severity for p in reading.problems if "pseudonym" in text_of(p)] == ["note"]


def test_a_page_that_is_not_of_sonal_is_refused(tmp_path):
    with pytest.raises(TextlienError, match="no segment of Sonal"):
        reading_of(tmp_path, "a.sonal", "<html><body><p>Enquêteur : oui</p></body></html>")


def test_a_blank_line_in_a_subrip_cue_loses_nothing_and_numbers_are_no_speech(tmp_path):
    content = (
        "1\n00:00:01,000 --> 00:00:02,000\nQ : Entretien fictif ?\n\n"
        "2\n00:00:03,000 --> 00:00:05,000\nR : Oui,\n\nen\n2019.\n"
        "3\n00:00:06,000 --> 00:00:07,000\nQ : Quand ?\n"
    )
    reading = reading_of(tmp_path, "a.srt", content)
    assert told(reading) == [
        ("Q", 1, 2, "Entretien fictif ?"),
        ("R", 3, 5, "Oui, en 2019."),
        ("Q", 6, 7, "Quand ?"),
    ]


def test_words_of_damaged_cues_of_subrip_are_kept_and_told_with_their_line(tmp_path):
    content = (
        "1\n00:00:01,000 --> 00:00:02,000\nQ : Et là ?\n\n"
        "2\n00:00:0x --> 00:00:05,000\nR : sauvé\n\n"
        "3\n00:00:06,000 --> 00:00:07,000\nQ : Rien ?\n"
    )
    reading = reading_of(tmp_path, "a.srt", content)
    assert list(reading.turns.text) == ["Et là ?", "sauvé", "Rien ?"]
    (warning,) = [p for p in reading.problems if p.id == "transcripts.unreadable-times"]
    assert (place_of(warning), text_of(warning)[:10]) == ("line 6", "1 cue was ")


def test_subtitles_without_a_cue_have_no_text(tmp_path):
    reading = reading_of(tmp_path, "a.vtt", "WEBVTT - entretien fictif\n\n")
    assert [text_of(p) for p in reading.problems if p.severity == "error"] == ["no text."]


def subrip(cues):
    times = [f"00:00:{at:02},000 --> 00:00:{at + 1:02},000" for at in range(len(cues))]
    return "\n".join(f"{time}\n{cue}\n" for time, cue in zip(times, cues, strict=True))


def test_lines_that_roll_up_are_read_once_even_without_times_inside(tmp_path):
    cues = ["oui", "oui\nje viens", "je viens", "je viens\nd'ici", "d'ici", "d'ici\nmoi"]
    for name in ("a.srt", "a.vtt"):
        reading = reading_of(tmp_path, name, "WEBVTT\n\n" * (name == "a.vtt") + subrip(cues))
        assert list(reading.turns.text) == ["oui je viens d'ici moi"]


def test_words_that_somebody_says_again_are_no_rolling_lines(tmp_path):
    cues = ["Oui.", "Oui.", "Non ?", "Non.", "Non.", "Si.", "Si.\nSi.", "Bon."]
    reading = reading_of(tmp_path, "a.srt", subrip(cues))
    assert " ".join(reading.turns.text) == "Oui. Oui. Non ? Non. Non. Si. Si. Si. Bon."


def test_speech_recognition_that_ran_idle_is_told_and_kept(tmp_path):
    reading = reading_of(tmp_path, "a.srt", subrip(["Bonjour.", *["Merci à tous."] * 6]))
    assert " ".join(reading.turns.text).count("Merci à tous.") == 6
    assert [place_of(p) for p in reading.problems if "in a row" in text_of(p)] == ["cue 2"]


def test_two_hundred_thousand_blanks_in_chat_cost_nothing_much():
    begin = time.perf_counter()
    assert without_codes("oui" + " " * 200_000 + "non") == "oui non"
    assert time.perf_counter() - begin < 5  # it took minutes when each blank looked at the others
