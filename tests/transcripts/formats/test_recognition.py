"""Files of speech recognition as programs and hands leave them: no word lost, nobody made up."""

import json

import pytest

from tests.making import hint_of, place_of
from textlien.study.options import LabelsOptions
from textlien.transcripts import read

DIALOGUE = [
    ("Q", "Vous habitez ici depuis longtemps ?"),
    ("R", "Depuis quatre-vingt-douze, mon mari travaillait au port."),
    ("Q", "Et la place, elle a changé ?"),
    ("R", "Elle est plus propre, mais ils ont coupé les platanes."),
    ("Q", "Qui décide, à votre avis ?"),
    ("R", "Le conseil, je crois. Nous on reçoit la lettre."),
]


def reading_of(folder, name, content, encoding="utf-8"):
    file = folder / name
    file.write_text(content, encoding=encoding, newline="")
    (reading,) = read(file, name, LabelsOptions())
    return reading


def spoken(reading):
    return list(zip(reading.turns.speaker, reading.turns.text, strict=True))


def ids(reading):
    return [problem.id for problem in reading.problems if problem.severity != "note"]


def srt(cue="{n}\n{start} --> {end}\n{text}\n", between="\n", clock="00:00:{:02},000"):
    return between.join(
        cue.format(
            n=number + 1,
            start=clock.format(number * 5),
            end=clock.format(number * 5 + 4),
            text=f"{speaker} : {text}",
        )
        for number, (speaker, text) in enumerate(DIALOGUE)
    )


WHOLE = {
    "blank below the times": srt("{n}\n{start} --> {end}\n\n{text}\n"),
    "blank below the times, none between": srt("{start} --> {end}\n\n{text}\n", between=""),
    "no number": srt("{start} --> {end}\n{text}\n"),
    "number stuck": srt("{n}{start} --> {end}\n{text}\n"),
    "number before the times": srt("{n} {start} --> {end}\n{text}\n"),
    "no blank between": srt(between=""),
    "no hours": srt(clock="00:{:02},5"),
    "dots": srt(clock="0:00:{:02}.250"),
    "colon before the thousandths": srt(clock="00:00:{:02}:000"),
    "translated by machine": srt("{n}\n{start} -> {end}\n{text}\n", clock="00: 00: {:02}, 000"),
    "arrow of a word processor": srt("{n}\n{start} –> {end}\n{text}\n"),
    "words behind the times": srt("{n}\n{start} --> {end} {text}\n"),
    "bracketed": srt("[{start} --> {end}]  {text}\n", between=""),
    "CRLF": srt().replace("\n", "\r\n"),
    "CR": srt().replace("\n", "\r"),
    "BOM": "\ufeff" + srt(),
    "blank lines everywhere": srt().replace("\n", "\n\n"),
    "blanks at the ends": srt().replace("\n", "  \n"),
}


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
@pytest.mark.parametrize("variant", WHOLE)
def test_subtitles_are_whole_whatever_stands_around_their_times(tmp_path, variant, suffix):
    signature = "WEBVTT\n\n" if suffix == ".vtt" else ""
    reading = reading_of(tmp_path, f"a{suffix}", signature + WHOLE[variant])
    assert spoken(reading) == DIALOGUE
    assert ids(reading) == ["transcripts.few-words"]
    assert reading.turns.time_start.between(0, 60).all()


def test_names_of_webvtt_cues_are_no_speech_and_a_blank_line_in_one_cue_loses_nothing(tmp_path):
    cue = "b1c2-{n}/7-0\n{start} --> {end}\n{text}\n"
    content = "WEBVTT\n\nNOTE une note\nsur deux lignes\n\n" + srt(cue, clock="00:00:{:02}.000")
    content = content.replace("\nR : Elle est", "\n\nR : Elle est")
    assert spoken(reading_of(tmp_path, "a.vtt", content)) == DIALOGUE


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("00:00:05,000 -->", "00:00:O5,0x0 -->", 6),
        ("00:00:05,000 --> 00:00:09,000\n", "", 5),
        ("00:00:00,000 --> 00:00:04,000\n", "", 1),
    ],
)
def test_words_of_a_cue_without_times_are_kept_and_told(tmp_path, old, new, line):
    reading = reading_of(tmp_path, "a.srt", srt().replace(old, new))
    assert spoken(reading) == DIALOGUE
    (problem,) = [p for p in reading.problems if p.id == "transcripts.unreadable-times"]
    assert place_of(problem) == f"line {line}"


def test_an_arrow_in_speech_is_speech(tmp_path):
    content = srt().replace("Le conseil", "On va du bas --> en haut, le conseil")
    reading = reading_of(tmp_path, "a.srt", content)
    assert reading.turns.text.iloc[-1].startswith("On va du bas --> en haut, le conseil")
    assert ids(reading) == ["transcripts.few-words"]


def segments(*without, absent=None):
    return [
        {
            "start": number * 5.0,
            "end": number * 5 + 4.0,
            "text": f" {text}",
            **({"speaker": absent} if number in without else {"speaker": f"S{speaker}"}),
        }
        for number, (speaker, text) in enumerate(DIALOGUE)
    ]


@pytest.mark.parametrize("absent", [None, "", "UNKNOWN", "Unknown Speaker", 0.5])
def test_a_segment_of_nobody_is_given_to_nobody(tmp_path, absent):
    content = {"segments": segments(1, 5, absent=absent)}
    if absent is None:
        del content["segments"][1]["speaker"]
    reading = reading_of(tmp_path, "a.json", json.dumps(content))
    assert spoken(reading) == [
        ("" if number in (1, 5) else f"S{speaker}", text)
        for number, (speaker, text) in enumerate(DIALOGUE)
    ]
    assert not reading.roles[""].sure
    (problem,) = [p for p in reading.problems if p.id == "transcripts.segments-of-nobody"]
    assert place_of(problem) == "segment 2"
    assert {name: problem.message.values[name] for name in ("segments", "total", "words")} == {
        "segments": 2,
        "total": 6,
        "words": 16,
    }
    assert "the others as answers" in hint_of(problem)


def test_questions_of_nobody_are_questions_in_doubt(tmp_path):
    reading = reading_of(tmp_path, "a.json", json.dumps(segments(1, 2)))
    roles = {label: decision.role for label, decision in reading.roles.items()}
    assert roles == {
        "SQ": "interviewer",
        "SR": "interviewee",
        "(question)": "interviewer",
        "": "interviewee",
    }
    assert not reading.roles["(question)"].sure
    assert list(reading.turns.role) == ["interviewer", "interviewee"] * 3


def test_a_cue_without_voice_goes_on_with_a_sentence_and_begins_none(tmp_path):
    content = """WEBVTT

00:00:00.000 --> 00:00:04.000
<v Ana>Vous venez souvent ?</v>

00:00:05.000 --> 00:00:09.000
<v Luc>Tous les mercredis,</v>

00:00:09.000 --> 00:00:12.000
et le samedi aussi.

00:00:13.000 --> 00:00:15.000
C'est loin pourtant.

00:00:16.000 --> 00:00:18.000
Ana : Et seul ?

00:00:19.000 --> 00:00:21.000
<v Luc>Oui.</v>
"""
    reading = reading_of(tmp_path, "a.vtt", content)
    assert spoken(reading) == [
        ("Ana", "Vous venez souvent ?"),
        ("Luc", "Tous les mercredis, et le samedi aussi."),
        ("", "C'est loin pourtant."),
        ("Ana", "Et seul ?"),
        ("Luc", "Oui."),
    ]
    assert "transcripts.segments-of-nobody" in ids(reading)


def words(text, *speakers):
    return [
        {"word": word, "start": n, "end": n + 0.5, **({"speaker": who} if who else {})}
        for n, (word, who) in enumerate(zip(text.split(), speakers, strict=True))
    ]


def test_a_segment_is_cut_where_its_words_change_the_speaker(tmp_path):
    text = "Vous étiez là ? Oui. Et alors on a dansé un peu"
    speakers = ["A", "A", None, "A", "B", *"BBBBB", "A", "B"]  # « un » alone is an error
    content = [
        {"start": 0, "end": 12, "text": text, "speaker": "B", "words": words(text, *speakers)}
    ]
    reading = reading_of(tmp_path, "a.json", json.dumps(content))
    assert spoken(reading) == [("A", "Vous étiez là ?"), ("B", "Oui. Et alors on a dansé un peu")]
    assert list(reading.turns.time_start) == [0, 4]
    assert list(reading.turns.time_end) == [3.5, 12]


def test_recognised_speech_of_nobody_is_one_voice_in_doubt(tmp_path):
    content = [{"start": n, "end": n + 1, "text": text} for n, (_, text) in enumerate(DIALOGUE)]
    reading = reading_of(tmp_path, "a.json", json.dumps(content))
    assert "transcripts.nobody-named" in ids(reading)
    assert [decision.sure for decision in reading.roles.values()] == [False]


def dialects():
    """The dialogue as other programs write it."""
    rows = [(n, speaker, text) for n, (speaker, text) in enumerate(DIALOGUE)]
    yield "whisperx list", segments()
    yield (
        "assemblyai",
        {
            "text": "…",
            "words": [
                {
                    "text": word,
                    "start": n * 5000 + k * 100,
                    "end": n * 5000 + k * 100 + 90,
                    "speaker": f"S{s}",
                }
                for n, s, t in rows
                for k, word in enumerate(t.split())
            ],
            "utterances": [
                {"speaker": f"S{s}", "text": t, "start": n * 5000, "end": n * 5000 + 4000}
                for n, s, t in rows
            ],
        },
    )
    yield (
        "deepgram",
        {
            "metadata": {"models": [{"name": "nova", "version": "2"}]},
            "results": {
                "channels": [
                    {
                        "alternatives": [
                            {
                                "transcript": " ".join(t for _, _, t in rows),
                                "words": [
                                    {
                                        "word": w.lower().strip(".?,"),
                                        "punctuated_word": w,
                                        "start": n * 5 + k / 10,
                                        "end": n * 5 + k / 10 + 0.1,
                                        "speaker": f"S{s}",
                                    }
                                    for n, s, t in rows
                                    for k, w in enumerate(t.split())
                                ],
                            }
                        ]
                    }
                ]
            },
        },
    )
    yield (
        "amazon",
        {
            "results": {
                "transcripts": [{"transcript": " ".join(t for _, _, t in rows)}],
                "speaker_labels": {
                    "segments": [
                        {"start_time": f"{n * 5}.0", "speaker_label": f"S{s}",
                         "items": [{"start_time": f"{n * 5 + k / 100}", "speaker_label": f"S{s}"}
                                   for k in range(len(t.split()))]}
                        for n, s, t in rows
                    ]
                },
                "items": [
                    {"type": "pronunciation", "start_time": f"{n * 5 + k / 100}",
                     "end_time": f"{n * 5 + k / 100 + 0.01}",
                     "alternatives": [{"confidence": "0.9", "content": w}]}
                    for n, s, t in rows
                    for k, w in enumerate(t.split())
                ],
            }
        },
    )  # fmt: skip
    yield (
        "google",
        {
            "results": [
                *(
                    {"alternatives": [{"transcript": t, "words": [
                        {"startTime": f"{n * 5 + k}s", "endTime": f"{n * 5 + k + 1}s", "word": w}
                        for k, w in enumerate(t.split())]}]}
                    for n, s, t in rows
                ),
                {"alternatives": [{"words": [
                    {"startTime": f"{n * 5 + k}s", "endTime": f"{n * 5 + k + 1}s", "word": w,
                     "speakerTag": f"S{s}"}
                    for n, s, t in rows for k, w in enumerate(t.split())]}]},
            ]
        },
    )  # fmt: skip
    yield (
        "azure",
        {
            "recognizedPhrases": [
                {"speaker": f"S{s}", "offsetInTicks": n * 5e7, "nBest": [
                    {"lexical": t.lower(), "display": t}, {"display": "autre chose"}]}
                for n, s, t in rows
            ]
        },
    )  # fmt: skip
    yield (
        "rev",
        {
            "monologues": [
                {"speaker": f"S{s}", "elements": [
                    {"type": "text", "value": part, "ts": n * 5 + k}
                    for k, part in enumerate(t.replace(" ", "| |").split("|"))]}
                for n, s, t in rows
            ]
        },
    )  # fmt: skip
    yield (
        "speechmatics",
        {
            "results": [
                {"type": "word", "start_time": n * 5 + k, "end_time": n * 5 + k + 1,
                 "alternatives": [{"content": w, "speaker": f"S{s}"}]}
                for n, s, t in rows
                for k, w in enumerate(t.split())
            ]
        },
    )  # fmt: skip
    yield (
        "sonix",
        {"name": "a", "transcript": [
            {"speaker": f"S{s}", "start_time": n * 5, "end_time": n * 5 + 4, "text": t}
            for n, s, t in rows]},
    )  # fmt: skip
    yield (
        "speaker objects",
        {"transcript": {"turns": [
            {"speaker": {"id": s, "name": f"S{s}"}, "content": t, "from": n * 5}
            for n, s, t in rows]}},
    )  # fmt: skip


@pytest.mark.parametrize("program", [program for program, _ in dialects()])
def test_other_programs_write_the_same_in_other_words(tmp_path, program):
    content = dict(dialects())[program]
    reading = reading_of(tmp_path, "a.json", json.dumps(content))
    assert spoken(reading) == [(f"S{speaker}", text) for speaker, text in DIALOGUE]
    starts = list(reading.turns.time_start.round())
    assert starts == [0, 5, 10, 15, 20, 25]


def test_json_lines_are_read_as_one_list(tmp_path):
    content = "\n".join(json.dumps(part) for part in segments())
    reading = reading_of(tmp_path, "a.json", content)
    assert spoken(reading) == [(f"S{speaker}", text) for speaker, text in DIALOGUE]


@pytest.mark.parametrize("form", ["[S{}]: {}", "S{}: {}", "<S{}> : {}"])
def test_subtitles_whose_cues_have_labels_but_some_are_told(tmp_path, form):
    rows = [(speaker, part.strip()) for speaker, text in DIALOGUE for part in text.split(",")]
    texts = [form.format(*row) for row in rows]
    texts[3] = rows[3][1].capitalize()  # « Mon mari travaillait au port. »
    content = "\n\n".join(
        f"{n + 1}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{text}" for n, text in enumerate(texts)
    )
    reading = reading_of(tmp_path, "a.srt", content)
    texts = dict(zip(reading.turns.speaker, reading.turns.text, strict=True))
    assert set(texts) == {"SQ", "SR", ""}
    assert not reading.roles[""].sure
    assert "transcripts.segments-of-nobody" in ids(reading)


def test_subtitles_with_labels_at_changes_only_go_on_with_the_speaker(tmp_path):
    rows = [f"{speaker} : {text}" for speaker, text in DIALOGUE]
    rows[2:2] = ["Ma sœur habite là."]
    content = "\n\n".join(
        f"{n + 1}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{text}" for n, text in enumerate(rows)
    )
    reading = reading_of(tmp_path, "a.srt", content)
    assert set(reading.turns.speaker) == {"Q", "R"}
    assert reading.turns.text[1].endswith("Ma sœur habite là.")
