"""Numbers of lines in the margins of a PDF. The interview is invented."""

import pytest

from tests.making import text_of
from textlien.study.options import LabelsOptions
from textlien.transcripts import read
from textlien.transcripts.layout.margins import Edge, Row, line_numbers

TURNS = [
    ("Claire Delorme", "Depuis quand est-ce que vous habitez dans la rue des Tanneurs ?"),
    (
        "Mme Lamotte",
        "Depuis 1998, avec mes parents, puis avec mes 3 enfants qui sont allés à l'école du port.",
    ),
    ("Claire Delorme", "Et le marché, vous y allez souvent, ou seulement le dimanche ?"),
    (
        "Mme Lamotte",
        "Tous les dimanches, on y voit tout le monde, et puis 12 personnes y vendent des légumes.",
    ),
]
WIDTH = 60


def printed(turns):
    """Lines of at most so many characters, as a page has them."""
    for name, text in turns:
        line = f"{name} :"
        for word in text.split():
            if len(line) + len(word) >= WIDTH:
                yield line
                line = ""
            line = f"{line} {word}".strip()
        yield line


def content(lines, number):
    """What a page shows: lines with their numbers, where ``number`` gives one and its place."""
    shown = []
    for place, line in enumerate(lines):
        height = 760 - 16 * place
        shown.append((100, height, line))
        shown += [(x, height, text) for x, text in number(place)]
    return b"\n".join(
        b"BT /F1 10 Tf %d %d Td (%s) Tj ET"
        % (x, y, text.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)"))
        for x, y, text in shown
    )


def pdf(path, pages):
    """A PDF of pages of such contents."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for n, stream in enumerate(pages):
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * n)
        )
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    body, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, part in enumerate(parts, start=1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    trailer = b"<< /Size %d /Root 1 0 R >>" % (len(parts) + 1)
    start = len(body)
    path.write_bytes(
        body
        + b"xref\n0 %d\n%strailer %s\nstartxref\n%d\n%%%%EOF\n"
        % (len(parts) + 1, table, trailer, start)
    )
    (reading,) = read(path, path.name, LabelsOptions())
    return reading


@pytest.mark.parametrize("x", [40, 560], ids=["left", "right"])
@pytest.mark.parametrize("step", [1, 2, 5])
@pytest.mark.parametrize("anew", [True, False], ids=["each page anew", "through the document"])
def test_numbers_in_a_margin_are_no_words(tmp_path, x, step, anew):
    lines = list(printed(TURNS * 6))
    half = len(lines) // 2
    pages = []
    for page, part in enumerate([lines[:half], lines[half:]]):
        first = 1 if anew else 1 + half * page

        def number(place, first=first):
            value = first + place
            return [(x, str(value))] if value % step == 0 else []

        pages.append(content(part, number))
    reading = pdf(tmp_path / "entretien.pdf", pages)
    assert list(zip(reading.turns.speaker, reading.turns.text, strict=True)) == TURNS * 6
    (note,) = [p for p in reading.problems if p.id == "speakers.line-numbers"]
    assert note.location.page == 1
    assert "numbers of lines" in text_of(note)


def test_a_number_inside_the_text_is_a_word(tmp_path):
    lines = [line for number in range(1, 9) for line in (f"{number} enfants jouent", "dans la rue")]
    reading = pdf(tmp_path / "texte.pdf", [content(lines, lambda _: [])])
    assert "3 enfants jouent" in " ".join(reading.turns.text)


def rows_of(values, near=50):
    """A row of text, and one with a number that ends there, for each value."""
    for value in values:
        yield Row(100, 500)
        yield Row(40, 500, head=Edge(str(value), near, 100))


@pytest.mark.parametrize(
    ("values", "near", "numbered"),
    [
        ([5, 10, 15, 20], 50, 4),
        ([5, 10, 15], 50, 0),
        ([5, 10, 15, 20], 101, 0),
        ([12, 3, 40, 7, 2], 50, 0),
        ([5, 10, 1998, 15, 20, 25], 50, 5),
    ],
)
def test_numbers_of_lines_stand_outside_of_the_text_and_rise(values, near, numbered):
    heads, tails = line_numbers(list(rows_of(values, near)))
    assert (len(heads), len(tails)) == (numbered, 0)
