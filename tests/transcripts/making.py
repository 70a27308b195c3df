"""Transcripts made on the spot: Word documents of a few paragraphs, archives, refusals."""

import zipfile

import pytest

from tests.making import hint_of, text_of
from textlien.errors import TextlienError
from textlien.files.limits import LimitsOptions
from textlien.study.options import LabelsOptions, SpeakersOptions
from textlien.transcripts import read

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
BOMB = f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>'
PART = {".docx": "word/document.xml", ".odt": "content.xml"}
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACE = (
    f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships">{}</Relationships>'
)
ROOT = RELATIONS.format(
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
)
PARTS = RELATIONS.format(
    f'<Relationship Id="rId1" Type="{OFFICE}/header" Target="header1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/comments" Target="comments.xml"/>'
    f'<Relationship Id="rId9" Type="{OFFICE}/hyperlink" Target="https://a.fr" '
    'TargetMode="External"/>'
)


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def row(*cells):
    return f"<w:tr>{''.join(f'<w:tc>{par(run(cell))}</w:tc>' for cell in cells)}</w:tr>"


def reading_of(folder, *body):
    file = folder / "entretien.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("word/_rels/document.xml.rels", PARTS)
        archive.writestr("word/header1.xml", f"<w:hdr {NAMESPACE}>{par(run('EN-TÊTE'))}</w:hdr>")
        comment = f'<w:comment w:id="0" w:author="A">{par(run("REMARQUE"))}</w:comment>'
        archive.writestr("word/comments.xml", f"<w:comments {NAMESPACE}>{comment}</w:comments>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACE}><w:body>'
            f"{''.join(body)}</w:body></w:document>",
        )
    (reading,) = read(file, "entretien.docx", SpeakersOptions())
    return reading


def cut_short(file, folder, share):
    """A copy of a file in ``folder`` that ends after a share of its bytes."""
    content = file.read_bytes()
    copy = folder / f"entretien{file.suffix}"
    copy.write_bytes(content[: int(len(content) * share)])
    return copy


def refusal(path, **limits):
    with pytest.raises(TextlienError) as caught:
        read(path, path.name, LabelsOptions(), LimitsOptions(**limits))
    assert text_of(caught.value).startswith(path.name)
    assert hint_of(caught.value)
    return text_of(caught.value)


def packed(path, parts, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def encrypted_pdf() -> bytes:
    """An empty PDF that no password opens."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"00" * 32, b"11" * 32),
    )
    content, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, text in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    trailer = b"<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<00><00>] >>"
    return content + b"xref\n0 4\n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        trailer,
        len(content),
    )
