"""Words read per second in each format, and a campaign of 350 Word files of 9,000 words.

Usage: python benchmarks/reading.py [INTERVIEWS]

The interviews are made of the demonstration's: its turns again and again up to 9,000 words, a
number in each so that no two files are alike. Each format is read three times in this process,
and the best counts; « of .txt » is the time of the same words as plain text, divided by it. The
campaign is read by the stage itself: files found, hashed, read in two processes, tables written.
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

from textlien.pipeline.reading import read_corpus
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load
from textlien.study.options import LabelsOptions
from textlien.transcripts import read

DEMO = Path(__file__).parents[1] / "corpora" / "demo"
WORDS = 9_000
Turn = tuple[str, str, float]
LABELS = {"interviewer": "Enquêteur", "interviewee": "R"}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def turns_of_demo() -> list[tuple[str, str]]:
    """Label and text of every turn of the demonstration's Word and text files."""
    found = []
    for file in sorted(DEMO.rglob("*")):
        if file.suffix in (".docx", ".txt") and file.stem.lower() not in ("readme", "lisez-moi"):
            for reading in read(file, file.name, LabelsOptions()):
                rows = reading.turns[["role", "text"]].itertuples(index=False)
                found += [(LABELS.get(role, "R"), text) for role, text in rows]
    return found


def interview(turns: list[tuple[str, str]], number: int) -> list[Turn]:
    """About :data:`WORDS` words of turns, beginning at another turn for each number."""
    made: list[Turn] = []
    words = 0
    start = number * 37 % len(turns)
    for label, text in islice(cycle(turns), start, None):
        made.append((label, " ".join(text.split()), words / 2.5))
        words += len(text.split())
        if words >= WORDS:
            return [*made, ("R", f"Entretien {number}.", words / 2.5)]
    raise AssertionError


def clock(seconds: float, comma: str = ".") -> str:
    """``0:00:01.500`` as subtitles write it."""
    whole, part = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{comma}{part:03}"


def spans(turns: list[Turn]) -> Iterator[tuple[str, str, float, float]]:
    """Turns with their end."""
    ends = [start for _, _, start in turns[1:]] + [turns[-1][2] + 2]
    for (label, text, start), end in zip(turns, ends, strict=True):
        yield label, text, start, end


def write_txt(path: Path, turns: list[Turn]) -> None:
    """Plain text with labels."""
    path.write_text("\n\n".join(f"{label} : {text}" for label, text, _ in turns), "utf-8")


def write_docx(path: Path, turns: list[Turn]) -> None:
    """One paragraph a turn, the label in bold, three runs each as Word leaves them."""
    paragraphs = []
    for label, text, _ in turns:
        half = len(text) // 2
        runs = "".join(
            '<w:r><w:rPr><w:sz w:val="24"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            for part in (text[:half], text[half:])
        )
        bold = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{label}\u00a0: </w:t></w:r>'
        paragraphs.append(f"<w:p>{bold}{runs}</w:p>")
    body = f'<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type='
            '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", body)


def write_odt(path: Path, turns: list[Turn]) -> None:
    """One paragraph a turn."""
    text = "".join(f"<text:p>{escape(f'{label} : {said}')}</text:p>" for label, said, _ in turns)
    content = (
        f'<office:document-content xmlns:office="{OFFICE}:office:1.0" '
        f'xmlns:text="{OFFICE}:text:1.0"><office:body><office:text>{text}</office:text>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)


def write_rtf(path: Path, turns: list[Turn]) -> None:
    """cp1252 with escapes, as Word writes it."""
    lines = (f"{label}\u00a0: {text}\\par\n" for label, text, _ in turns)
    body = "".join(
        char if char.isascii() else f"\\u{ord(char)}?" for line in lines for char in line
    )
    path.write_text(f"{{\\rtf1\\ansi\\ansicpg1252\\deff0\n{body}}}", "ascii")


def write_vtt(path: Path, turns: list[Turn]) -> None:
    """One cue a turn, with its voice."""
    cues = (
        f"{clock(start)} --> {clock(end)}\n<v {label}>{escape(text)}</v>"
        for label, text, start, end in spans(turns)
    )
    path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", "utf-8")


def write_srt(path: Path, turns: list[Turn]) -> None:
    """One subtitle a turn, with its label."""
    cues = (
        f"{number}\n{clock(start, ',')} --> {clock(end, ',')}\n{label} : {text}"
        for number, (label, text, start, end) in enumerate(spans(turns), start=1)
    )
    path.write_text("\n\n".join(cues) + "\n", "utf-8")


def write_json(path: Path, turns: list[Turn]) -> None:
    """WhisperX: segments with their speaker."""
    segments = [
        {"start": start, "end": end, "text": text, "speaker": label}
        for label, text, start, end in spans(turns)
    ]
    path.write_text(json.dumps({"segments": segments}, ensure_ascii=False), "utf-8")


def write_textgrid(path: Path, turns: list[Turn]) -> None:
    """Two tiers, in the long form."""
    tiers = []
    last = turns[-1][2] + 2
    for number, name in enumerate(LABELS.values(), start=1):
        own = [row for row in spans(turns) if row[0] == name and row[3] > row[2]]
        rows = "".join(
            f"        intervals [{i}]:\n            xmin = {start}\n            xmax = {end}\n"
            f'            text = "{text.replace(chr(34), chr(34) * 2)}"\n'
            for i, (_, text, start, end) in enumerate(own, start=1)
        )
        tiers.append(
            f'    item [{number}]:\n        class = "IntervalTier"\n        name = "{name}"\n'
            f"        xmin = 0\n        xmax = {last}\n        intervals: size = {len(own)}\n{rows}"
        )
    path.write_text(
        f'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = {last}\n'
        f"tiers? <exists>\nsize = 2\nitem []:\n{''.join(tiers)}",
        "utf-8",
    )


def write_eaf(path: Path, turns: list[Turn]) -> None:
    """One tier per speaker."""
    slots, tiers = [], dict.fromkeys(LABELS.values(), "")
    for number, (label, text, start, end) in enumerate(spans(turns)):
        for edge, moment in (("a", start), ("b", end)):
            value = round(moment * 1000)
            slots.append(f'<TIME_SLOT TIME_SLOT_ID="{edge}{number}" TIME_VALUE="{value}"/>')
        tiers[label] += (
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="n{number}" '
            f'TIME_SLOT_REF1="a{number}" TIME_SLOT_REF2="b{number}"><ANNOTATION_VALUE>'
            f"{escape(text)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        )
    rows = "".join(
        f'<TIER TIER_ID="{label}" PARTICIPANT="{label}" LINGUISTIC_TYPE_REF="d">{tier}</TIER>'
        for label, tier in tiers.items()
    )
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><ANNOTATION_DOCUMENT FORMAT="3.0">'
        f"<HEADER/><TIME_ORDER>{''.join(slots)}</TIME_ORDER>{rows}"
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="d" TIME_ALIGNABLE="true"/></ANNOTATION_DOCUMENT>',
        "utf-8",
    )


def write_trs(path: Path, turns: list[Turn]) -> None:
    """One Turn a turn."""
    rows = "".join(
        f'<Turn speaker="{label}" startTime="{start}" endTime="{end}"><Sync time="{start}"/>'
        f"{escape(text)}</Turn>"
        for label, text, start, end in spans(turns)
    )
    names = "".join(f'<Speaker id="{label}" name="{label}"/>' for label in LABELS.values())
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><Trans><Speakers>{names}</Speakers><Episode>'
        f'<Section type="report" startTime="0" endTime="{turns[-1][2] + 2}">{rows}</Section>'
        "</Episode></Trans>",
        "utf-8",
    )


def write_cha(path: Path, turns: list[Turn]) -> None:
    """One main line a turn, with its time in milliseconds."""
    codes = {"Enquêteur": "ENQ", "R": "REP"}
    lines = (
        f"*{codes[label]}:\t{text} . \x15{round(start * 1000)}_{round(end * 1000)}\x15"
        for label, text, start, end in spans(turns)
    )
    head = "@UTF8\n@Begin\n@Languages:\tfra\n@Participants:\tENQ Investigator, REP Participant\n"
    path.write_text(head + "\n".join(lines) + "\n@End\n", "utf-8")


def write_tei(path: Path, turns: list[Turn]) -> None:
    """One ``<u>`` a turn."""
    rows = "".join(f'<u who="#{label}">{escape(text)}</u>' for label, text, _ in turns)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0">'
        f"<teiHeader/><text><body>{rows}</body></text></TEI>",
        "utf-8",
    )


def write_html(path: Path, turns: list[Turn]) -> None:
    """One paragraph a turn."""
    rows = "".join(f"<p>{escape(f'{label}: {text}')}</p>" for label, text, _ in turns)
    path.write_text(
        f'<html><head><meta charset="UTF-8"/></head><body>{rows}</body></html>', "utf-8"
    )


def write_csv(path: Path, turns: list[Turn]) -> None:
    """One row per turn."""
    rows = (f'{label};"{text.replace(chr(34), chr(34) * 2)}"' for label, text, _ in turns)
    path.write_text("locuteur;texte\n" + "\n".join(rows) + "\n", "utf-8")


def write_xlsx(path: Path, turns: list[Turn]) -> None:
    """One row per turn."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("tours")
    sheet.append(["locuteur", "texte"])
    for label, text, _ in turns:
        sheet.append([label, text])
    book.save(path)


WRITERS: dict[str, Callable[[Path, list[Turn]], None]] = {
    ".txt": write_txt,
    ".docx": write_docx,
    ".odt": write_odt,
    ".rtf": write_rtf,
    ".vtt": write_vtt,
    ".srt": write_srt,
    ".json": write_json,
    ".textgrid": write_textgrid,
    ".eaf": write_eaf,
    ".trs": write_trs,
    ".cha": write_cha,
    ".xml": write_tei,
    ".html": write_html,
    ".csv": write_csv,
    ".xlsx": write_xlsx,
}


def seconds(path: Path) -> tuple[float, int]:
    """Best of three readings, and the number of words read."""
    best, words = float("inf"), 0
    for _ in range(3):
        start = time.perf_counter()
        (reading,) = read(path, path.name, LabelsOptions())
        best = min(best, time.perf_counter() - start)
        words = int(reading.turns["text"].str.split().str.len().sum())
    return best, words


def formats(folder: Path, turns: list[tuple[str, str]]) -> None:
    """Print words per second of each format."""
    said = interview(turns, 1)
    expected = sum(len(text.split()) for _, text, _ in said)
    base = 0.0
    print(f"{'format':10} {'words':>7} {'ms':>7} {'words/s':>10} {'of .txt':>8}")
    for suffix, write in WRITERS.items():
        path = folder / f"entretien{suffix}"
        write(path, said)
        took, words = seconds(path)
        assert words >= 0.98 * expected, (suffix, words, expected)
        base = base or took
        speed = f"{took * 1000:7.0f} {words / took:10,.0f} {base / took:8.2f}"
        print(f"{suffix:10} {words:7,} {speed}", flush=True)


def campaign(folder: Path, turns: list[tuple[str, str]], count: int) -> None:
    """Print the seconds that the stage takes for ``count`` Word files."""
    files = folder / "campaign"
    files.mkdir()
    for number in range(count):
        write_docx(files / f"entretien-{number:03}.docx", interview(turns, number))
    study_file = folder / "study.toml"
    study_file.write_text('[[corpus]]\nwave = "2013"\npath = "campaign"\n', "utf-8")
    start = time.perf_counter()
    found = read_corpus(load(study_file), Run(folder / "run"), workers=2)
    took = time.perf_counter() - start
    kept = found.interviews[found.interviews["included"]]
    words = int(kept[["n_words", "n_words_interviewer"]].sum().sum())
    print(f"{len(kept)} Word interviews, {words:,} words: {took:.1f} s in two processes")


if __name__ == "__main__":
    print(platform.processor() or platform.machine(), platform.python_version())
    with tempfile.TemporaryDirectory() as scratch:
        demo = turns_of_demo()
        formats(Path(scratch), demo)
        campaign(Path(scratch), demo, int(sys.argv[1]) if len(sys.argv) > 1 else 350)
