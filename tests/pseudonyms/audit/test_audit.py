"""Looking for real names in what was written; every name is invented."""

import contextlib
import json
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest

from tests.pseudonyms.making import NAMES, source_of, study_of
from textlien.commands.pseudonymise import read_source
from textlien.errors import TextlienError
from textlien.messages.translator import Translator
from textlien.pseudonyms.audit.audit import audit
from textlien.pseudonyms.audit.pieces import Part, UnreadableError, pieces
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.apply import apply
from textlien.pseudonyms.replacing.identifiers import key_of
from textlien.pseudonyms.review.key import Key, write_key

KEY = Key(
    (
        Name("Amir Benali", "person", "p1", "Samir Haddad", "replace"),
        Name("Inès N'Diaye", "person", "p2", "Zoé Sarr", "replace"),
        Name("Pierre", "person", "p3", "Luc", "replace"),
        Name("rue Amir Benali", "place", "l1", "", "keep"),
        Name("01 02 03 04 05", "contact", "c1", "[téléphone]", "replace"),
    ),
    persons={"Zelda R.": "personne-001"},
)


def docx(path, text):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:p><w:t>Be</w:t><w:t>nali</w:t></w:p>{text}")


def properties(path, _):
    book = openpyxl.Workbook()
    book.properties.title = "Entretien avec Inès N’Diaye"
    book.save(path)


def cells(path, _):
    book = openpyxl.Workbook()
    book.active["B3"] = "AMIR BENALI"
    book.save(path)


def skops(path, _):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("schema.json", json.dumps({"vocabulary": ["lien", "n’diaye", "inès"]}))


def skops_array(path, _):
    np.save(path.with_suffix(".npy"), np.array(["lien", "benali"]))
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(path.with_suffix(".npy"), "0.npy")
    path.with_suffix(".npy").unlink()


def parquet(path, _):
    pd.DataFrame({"n": [1, 2], "lemma": ["lien", "benali"]}).to_parquet(path)


def plain(path, text):
    path.write_text(text, encoding="utf-8")


def utf16(path, text):
    path.write_text(text, encoding="utf-16")


def pdf(path, _):
    text = b"BT /F1 12 Tf 20 50 Td (Oui, Amir Benali) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(body)
    body += b"xref\n0 6\n0000000000 65535 f \n" + table
    body += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(body)


PLANTED = [
    ("turns.parquet", parquet, "", "column lemma, row 1", 2),
    ("profiles.csv", plain, "theme,terms\n1,lien benali\n", "column terms, line 2", 2),
    ("index.html", plain, "<p>\n<a title='Amir&nbsp;Benali'>x</a>", "line 2", 2),
    ("seen.html", plain, "<b>Amir</b> <i>Benali</i>", "text", 2),
    ("data.html", plain, '<script>x="In\\u00e8s N\'Diaye"</script>', "line 1", 3),
    ("manifest.json", plain, '{"x": 1,\n "file": "Amir Benali"}', "line 2", 2),
    ("model.skops", skops_array, "", "0.npy, item 1", 2),
    ("lettre.docx", docx, "", "word/document.xml, text", 2),
    ("titre.xlsx", properties, "", "docProps/core.xml, line 1", 3),
    ("cellules.xlsx", cells, "", "xl/worksheets/sheet1.xml, line 1", 2),
    ("entretien.pdf", pdf, "", "page 1", 2),
    ("notes.txt", plain, "rien\nM. BENALI\n", "line 2", 2),
    ("large.txt", utf16, "M. Benali", "line 1", 2),
    ("image.png", lambda p, _: p.write_bytes(b"\x89PNG\0\0tEXtAuthor\0Benali\0"), "", "byte 17", 2),
    ("numero.md", plain, "au 01.02.03.04.05", "line 1", 6),
    ("liste.toml", plain, 'x = "Zelda"', "line 1", 7),
    ("AmirBenali.log", plain, "", "name of the file", 2),
    ("2013_amir-benali_2.log", plain, "", "name of the file", 2),
    ("amirbenali", plain, "", "name of the file", 2),
]


def words(place):
    return Translator("en").message(place.message())


@pytest.fixture
def key(tmp_path):
    from textlien.pseudonyms.review.key import read_key

    write_key(tmp_path / "cle.csv", KEY)
    return read_key(tmp_path / "cle.csv", lambda _: "")


@pytest.mark.parametrize(
    ("name", "make", "text", "place", "row"), PLANTED, ids=[case[0] for case in PLANTED]
)
def test_a_planted_name_is_found(tmp_path, key, name, make, text, place, row):
    folder = tmp_path / "run"
    folder.mkdir()
    make(folder / name, text)
    found = audit(folder, key)
    assert (place, row) in [(words(leak.place), leak.row) for leak in found.sure]
    printed = " ".join(f"{leak.file} {words(leak.place)} {leak.masked}" for leak in found.sure)
    assert not any(word in printed.lower() for word in ("benali", "diaye", "zelda", "01.02"))


def test_a_vocabulary_in_a_model_is_looked_through(tmp_path, key):
    folder = tmp_path / "models"
    folder.mkdir()
    skops(folder / "model.skops", "")
    assert {leak.row for leak in audit(folder, key).sure} == {3}


def test_the_name_of_a_folder_is_looked_at(tmp_path, key):
    (tmp_path / "run" / "Inès-NDiaye").mkdir(parents=True)
    (tmp_path / "run" / "benali" / "x").mkdir(parents=True)
    found = audit(tmp_path / "run", key)
    assert [(leak.file, leak.row) for leak in found.sure] == [("run/I•••", 3), ("run/b•••", 2)]


def test_a_common_word_is_possible_and_a_name_written_as_one_is_sure(tmp_path, key):
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "a.txt").write_text("une pierre\nla pierre\n")
    found = audit(folder, key)
    assert [(leak.sure, leak.row, leak.times) for leak in found.leaks] == [(False, 4, 2)]
    (folder / "b.txt").write_text("Et Pierre ?")
    assert [leak.file for leak in audit(folder, key).sure] == ["run/b.txt"]


def test_names_to_keep_and_pseudonyms_are_no_leaks(tmp_path, key):
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "a.txt").write_text("Samir Haddad habite rue Amir Benali, avec Luc. [téléphone]")
    assert audit(folder, key).leaks == []


def test_a_key_in_the_folder_is_told(tmp_path, key):
    found = audit(tmp_path, key, tmp_path / "cle.csv")
    assert [leak.place.part for leak in found.sure] == [Part.KEY]


def test_a_file_that_cannot_be_looked_into_is_told(tmp_path, key):
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "a.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "b.parquet").write_bytes(b"PAR1 broken PAR1")
    (folder / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    assert [(file, reason.id) for file, reason in audit(folder, key).closed] == [
        ("run/a.docx", "pseudonyms.closed-damaged"),
        ("run/b.parquet", "pseudonyms.closed-damaged"),
        ("run/c.pdf", "pseudonyms.closed-damaged"),
    ]


def test_a_folder_that_is_not_there_is_refused(tmp_path, key):
    with pytest.raises(TextlienError, match="no such folder"):
        audit(tmp_path / "run", key)


def test_an_applied_corpus_is_clean(tmp_path):
    source = source_of(study_of(tmp_path / "etude"))
    names = [*NAMES, Name("Roux", "person", "p2", "Petit", "replace")]
    new = key_of(source.included, names, Key())
    apply(source, names, new, tmp_path / "public", read=read_source)
    source_of(tmp_path / "public" / "study.toml")
    found = audit(tmp_path / "public", new)
    assert found.sure == []
    assert found.files == 11
    dirty = audit(tmp_path / "etude", new)
    assert {"etude/metadata.csv", "etude/etude.toml", "etude/axes.toml"} < {
        leak.file for leak in dirty.sure
    }


@pytest.mark.parametrize("name", ["a.csv", "a.html", "a.json", "a", "a.zip"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"<", b'a;b\n"x', b"\0" * 50, b"%", b"\\u12", b"\\'zz", b"PAR1"]
)
def test_any_bytes_are_looked_through_without_a_traceback(name, content):
    with contextlib.suppress(UnreadableError):
        assert all(words(piece.place) for piece in pieces(content, name))
