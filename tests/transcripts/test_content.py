"""Files whose suffix says another thing than their content: read as what they are, or refused."""

import json
import zipfile

import pytest

from tests.making import hint_of, text_of
from tests.transcripts.fuzzing import GOLDEN
from textlien.errors import TextlienError
from textlien.study.options import LabelsOptions
from textlien.transcripts import FORMATS, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PLAIN = "Enquêtrice : Et ici ?\nM. Roux : On y est bien.\n" * 3


def as_suffix(folder, file, suffix):
    copy = folder / f"entretien{suffix}"
    copy.write_bytes(file.read_bytes())
    return read(copy, copy.name, LabelsOptions())


def turns_of(readings):
    return [(list(r.turns.role), list(r.turns.text)) for r in readings]


def notes_of(readings):
    return [p for p in readings[0].problems if p.id == "transcripts.other-content"]


RENAMED = [
    ("srt/etiquettes.srt", ".txt"),
    ("srt/etiquettes.srt", ".docx"),
    ("vtt/teams.vtt", ".txt"),
    ("vtt/teams.vtt", ".srt"),
    ("json/whisperx.json", ".txt"),
    ("rtf/accueil.rtf", ".docx"),
    ("rtf/accueil.rtf", ".doc"),
    ("rtf/word_mac.rtf", ".txt"),
    ("html/word.htm", ".doc"),
    ("html/noscribe.html", ".txt"),
    ("docx/accueil.docx", ".doc"),
    ("docx/accueil.docx", ".txt"),
    ("docx/accueil.docx", ".odt"),
    ("odt/revisions_et_cadres.odt", ".docx"),
    ("pdf/cesures_et_pages.pdf", ".docx"),
    ("trs/deux_voix.trs", ".xml"),
    ("trs/deux_voix.trs", ".txt"),
    ("eaf/tours.eaf", ".xml"),
    ("tei/teicorpo.xml", ".txt"),
    ("textgrid/court_utf16.TextGrid", ".txt"),
    ("cha/rue.cha", ".txt"),
    ("sonal/piscine.sonal", ".html"),
    ("csv/excel_francais.csv", ".txt"),
    ("xlsx/entretien.xlsx", ".csv"),
    ("txt/tirets.txt", ".docx"),
    ("txt/windows_1252.txt", ".rtf"),
    ("txt/utf_16.txt", ".doc"),
    ("iramuteq/corpus.txt", ".csv"),
]


@pytest.mark.parametrize(("name", "suffix"), RENAMED)
def test_a_file_is_read_as_what_it_is_and_the_note_names_it(tmp_path, name, suffix):
    file = GOLDEN / name
    if not file.exists():
        file = next(iter(sorted((GOLDEN / name).parent.glob(f"*{file.suffix}"))))
    readings = as_suffix(tmp_path, file, suffix)
    assert turns_of(readings) == turns_of(read(file, file.name, LabelsOptions()))
    (note,) = notes_of(readings)
    assert note.message.values["actual"].lower() in (file.suffix.lower(), ".html")
    assert note.message.values["suffix"] == suffix


@pytest.mark.parametrize("suffix", [".docm", ".dotx"])
def test_documents_with_macros_and_templates_are_documents_of_word(tmp_path, suffix):
    file = GOLDEN / "docx" / "accueil.docx"
    readings = as_suffix(tmp_path, file, suffix)
    assert turns_of(readings) == turns_of(read(file, file.name, LabelsOptions()))
    assert notes_of(readings) == []


def test_no_golden_file_is_taken_for_another_kind_than_its_own():
    for file in GOLDEN.rglob("*.*"):
        if file.suffix.lower() in FORMATS and not file.name.endswith(".turns.csv"):
            assert notes_of(read(file, file.name, LabelsOptions())) == []


@pytest.mark.parametrize(
    "opening",
    [
        "Enquêteur : vous écrivez « 00:01 --> 00:02 » dans vos fichiers ?",
        "{début de l'enregistrement}",
        '{"bonjour"} : ainsi commence l\'entretien',
        "[Chercheur] (0:01 - 0:11)",
        "<Chercheur> Bonjour",
        "<rires> Bonjour",
        "@moi : bonjour",
        "PK, c'est son surnom",
        "00:00:01 --> 00:00:02 au début de la bande",
    ],
)
def test_a_plain_transcript_stays_plain_whatever_it_opens_with(tmp_path, opening):
    file = tmp_path / "a.txt"
    file.write_text(f"{opening}\n{PLAIN}" * 4, encoding="utf-8")
    assert notes_of(read(file, file.name, LabelsOptions())) == []


@pytest.mark.parametrize(
    ("name", "content", "problem", "words"),
    [
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "files.password", "password"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "transcripts.old-word", ".docx"),
        ("a.csv", OLE + b"W\0o\0r\0k\0b\0o\0o\0k\0\0\0", "transcripts.unread-content", ".xls"),
        ("a.txt", b"ID3\x04" + bytes(200), "transcripts.unread-content", "recording"),
        ("a.txt", b"\0\0\0\x20ftypM4A " + bytes(200), "transcripts.unread-content", "recording"),
        ("a.pdf", b"\xff\xd8\xff\xe0" + bytes(200), "transcripts.unread-content", "picture"),
        ("a.docx", bytes(5000), "files.only-zeros", "zeros"),
        ("a.txt", b"SQLite format 3\0" + bytes(90), "transcripts.unread-content", "database"),
        (
            "a.doc",
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
            "transcripts.unread-content",
            "XML",
        ),
        (
            "a.doc",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x",
            "transcripts.unread-content",
            "MHTML",
        ),
    ],
)
def test_what_is_no_transcript_is_named_and_told_what_to_do(
    tmp_path, name, content, problem, words
):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(TextlienError) as caught:
        read(file, name, LabelsOptions())
    (error,) = caught.value.problems
    assert error.id == problem
    assert words in text_of(error) + hint_of(error)
    assert hint_of(error)


def test_an_archive_of_something_else_is_named(tmp_path):
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("entretien.txt", PLAIN)
    with pytest.raises(TextlienError, match="compressed archive"):
        read(file, file.name, LabelsOptions())


def test_json_under_the_name_of_a_text_that_was_cut_is_told(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(json.dumps([{"start": 0, "text": "Oui."}, {"start": 1, "text": "Non."}])[:-5])
    with pytest.raises(TextlienError, match="not valid JSON"):
        read(file, file.name, LabelsOptions())


@pytest.mark.parametrize("suffix", [".text", ".transcript", ".log"])
def test_an_unknown_suffix_is_refused_whatever_is_in_the_file(tmp_path, suffix):
    file = tmp_path / f"a{suffix}"
    file.write_text(PLAIN, encoding="utf-8")
    with pytest.raises(TextlienError) as caught:
        read(file, file.name, LabelsOptions())
    assert "give it the suffix .txt" in hint_of(caught.value)


@pytest.mark.parametrize(
    "name", ["html/word.htm", "html/noscribe.html", "sonal/piscine.sonal", "cha/rue.cha"]
)
def test_a_page_without_its_end_is_told(tmp_path, name):
    file = tmp_path / (GOLDEN / name).name
    content = (GOLDEN / name).read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])
    problems = read(file, file.name, LabelsOptions())[0].problems
    assert "transcripts.file-cut" in [problem.id for problem in problems]
    file.write_bytes(content)
    problems = read(file, file.name, LabelsOptions())[0].problems
    assert "transcripts.file-cut" not in [problem.id for problem in problems]
