"""The kind of a file by its first bytes: people rename files, and programs name them oddly.

A file is read as what it is, with a note where its suffix says another thing. What is certainly no
transcript is refused by its name. Where the first bytes say nothing, the suffix is believed.
"""

from __future__ import annotations

import re
import zipfile
from itertools import islice
from pathlib import Path

from textlien.errors import Problem, TextlienError
from textlien.files.source import cannot_open
from textlien.messages.message import Location, message
from textlien.text.folding import fold
from textlien.text.marks import LINE_END
from textlien.transcripts.formats import iramuteq, subtitles

_HEAD = 8192
"""Bytes that are looked at: whatever a format says of itself, it says there."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    ("picture", (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")),
    ("sound", (b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3", b"RIFF", b"\x1aE\xdf\xa3")),
    ("database", (b"SQLite format 3\0",)),
    ("packed", (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh")),
)
"""First bytes of files that hold no text; « ftyp » of .m4a and .mp4 stands behind four others."""

_SIGNED = (
    (".vtt", re.compile(r"WEBVTT\b")),
    (".cha", re.compile(r"@(?:UTF8|Begin)\b")),
    (".textgrid", re.compile(r'(?:File type = )?"ooTextFile')),
    (".rtf", re.compile(r"\{\\rtf")),
    (".pdf", re.compile(r"%PDF-")),
)
_XML = re.compile(r"<(?:\?xml|!DOCTYPE|!--|[A-Za-z][\w:.-]*[\s>])", re.IGNORECASE)
_ROOTS = (
    (".trs", re.compile(r"<Trans[\s>]")),
    (".eaf", re.compile(r"<ANNOTATION_DOCUMENT[\s>]")),
    (".xml", re.compile(r"<(?:\w+:)?(?:TEI(?:\.2)?|teiCorpus)[\s>]")),
    (
        "word-xml",
        re.compile(r"<\?mso-application|<(?:w:wordDocument|pkg:package|office:document)\b"),
    ),
    (".sonal", re.compile(r"""(?:class=["']lblseg["']|id=["']loc-json["'])""")),
    (".html", re.compile(r"<(?:!DOCTYPE\s+html|html|head|body|meta)\b", re.IGNORECASE)),
)
_JSON = re.compile(r'[\[{][\s\[{]{0,40}"')
_JSON_KEY = re.compile(r'"\w{1,30}"\s{0,4}:')
_MHTML = re.compile(r"(?:MIME-Version|From|Subject):.{0,2000}?multipart/related", re.DOTALL | re.I)
_ARCHIVES = (
    (".docx", re.compile(r"\bword/")),
    (".xlsx", re.compile(r"\bxl/")),
    ("slides", re.compile(r"\bppt/")),
)
# Parts of documents whose main part is not where it should be: their reader says what is missing.
_OF_OFFICE = re.compile(r"\[Content_Types\]\.xml|content\.xml")
_MOST_NAMES = 1000
_OPEN_DOCUMENTS = (
    (".odt", b"application/vnd.oasis.opendocument.text"),
    (".ods", b"application/vnd.oasis.opendocument.spreadsheet"),
)
_REMEDY_OF = {
    "word-xml": "old-word",
    "mhtml": "old-word",
    "sound": "sound",
    "sheet": "xls",
    "picture": "picture",
}
"""What to do about content that is not read; of all other kinds, to save it in another format."""

_PAGE_ENDS = (b"<body", (b"</html>", b"</body>"))
_ENDS = {
    **dict.fromkeys((".html", ".htm", ".sonal"), _PAGE_ENDS),
    ".cha": (b"@begin", (b"@end",)),
}
"""What a format that can be read when it is cut begins with, and what it ends with."""

# Of the lines of a file of subtitles, the share of those with times: one a cue beside its number
# and one to three lines of words. A transcript that quotes one has fewer. Judgements.
_LEAST_TIMES, _FIRST_LINES = 0.15, 4
# Documents of a word processor that may be plain text by another name.
_DOCUMENTS = frozenset((".doc", ".docx", ".docm", ".dotx", ".dotm", ".odt", ".rtf", ".pdf"))
_NOT_PLAIN = re.compile(r"\\[a-z]+-?\d*|\bendobj\b|\bstream\b|<\?xml")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_COLUMN = re.compile(r"[;,\t|]")
_COLUMNS = frozenset(
    "locuteur locutrice speaker intervenant texte text parole paroles propos contenu".split()
)


def suffix_of(path: Path, file: str) -> str:
    """Suffix of the format that the content of a file has.

    Parameters
    ----------
    path : the file, which is not empty.
    file : its name in messages.

    Returns
    -------
    One of the suffixes that are read; "" where the first bytes say nothing.

    Raises
    ------
    TextlienError
        When the content is certainly no transcript: a picture, a recording, an old or protected
        document of Office.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise TextlienError(cannot_open(error, file)) from error
    suffix = path.suffix.lower()
    if head.startswith(_ZIP):
        return _of_archive(path, head, file)
    if head.startswith(_OLE):
        raise _of_office(path, file)
    if not head.strip(b"\0"):
        raise TextlienError(Problem.error("files.only-zeros", Location(file=file)))
    for kind, signs in _MAGIC:
        if head.startswith(signs) or (kind == "sound" and head[4:8] == b"ftyp"):
            raise _unread(kind, file)
    text = _decoded(head).lstrip("\ufeff \t\r\n")
    actual = _of_text(text, suffix)
    if (suffix, actual) == (".sonal", ".html"):  # which its reader knows better
        return suffix
    if actual and not actual.startswith("."):
        raise _unread(actual, file)
    return actual


def cut_short(path: Path, actual: str, file: str) -> list[Problem]:
    """A warning where a page or a CHAT file lacks the sign that ends it.

    Parameters
    ----------
    path : the file.
    actual : suffix of the format that it has.
    file : its name in messages.
    """
    if actual not in _ENDS:
        return []
    sign, ends = _ENDS[actual]
    with path.open("rb") as stream:
        head = stream.read(_HEAD).replace(b"\0", b"").lower()
        stream.seek(max(0, path.stat().st_size - _HEAD))
        tail = stream.read().replace(b"\0", b"").lower()
    if sign not in head or any(end in tail for end in ends):
        return []
    return [Problem.warning("transcripts.file-cut", Location(file=file), sign=ends[0].decode())]


def other_content(actual: str, path: Path, file: str) -> Problem:
    """Note that a file is read as what it is, whatever its name says."""
    return Problem.note(
        "transcripts.other-content",
        Location(file=file),
        kind=message(f"transcripts.kind-{actual.removeprefix('.')}"),
        suffix=path.suffix,
        actual=actual,
    )


def _of_archive(path: Path, head: bytes, file: str) -> str:
    """Format of a zip by the names in it; of a damaged one by the names at its beginning."""
    for suffix, sign in _OPEN_DOCUMENTS:
        if sign in head[:200]:
            return suffix
    try:
        with zipfile.ZipFile(path) as archive:
            names = "\n".join(islice(archive.namelist(), _MOST_NAMES))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        names = f"content.xml {head.decode('latin-1')}"  # for the reader to say so
    kind = next((kind for kind, part in _ARCHIVES if part.search(names)), "")
    if kind == "slides" or not (kind or _OF_OFFICE.search(names)):
        raise _unread(kind or "packed", file)
    return kind


def _of_office(path: Path, file: str) -> TextlienError:
    """The refusal of an old or encrypted document of Office, by the names of its streams."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return TextlienError(Problem.error("files.password", Location(file=file)))
    if any(name.encode("utf-16-le") + b"\0\0" in content for name in ("Workbook", "Book")):
        return _unread("sheet", file)
    return TextlienError(Problem.error("transcripts.old-word", Location(file=file)))


def _unread(kind: str, file: str) -> TextlienError:
    """The refusal of content that is no transcript."""
    remedy = message(f"transcripts.remedy-{_REMEDY_OF.get(kind, 'other')}")
    return TextlienError(
        Problem.error(
            "transcripts.unread-content",
            Location(file=file),
            kind=message(f"transcripts.kind-{kind}"),
            remedy=remedy,
        )
    )


def _decoded(head: bytes) -> str:
    """First characters of a file, good enough to look for signs in ASCII."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1].decode("utf-16", "replace")
    if head[1::2].count(0) > 0.8 * len(head) / 2:
        return head.decode("utf-16-le", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _of_text(text: str, suffix: str) -> str:
    """Format of a text, a kind that is not read, or ""."""
    for actual, sign in _SIGNED:
        if sign.match(text):
            return actual
    if "%PDF-" in text[:1024]:
        return ".pdf"
    if _XML.match(text):
        return next((actual for actual, sign in _ROOTS if sign.search(text)), "")
    if _JSON.match(text) and len(_JSON_KEY.findall(text)) > 1:
        return ".json"
    if _MHTML.match(text):
        return "mhtml"
    return _of_lines(text, suffix)


def _of_lines(text: str, suffix: str) -> str:
    """Format of a text whose lines show it: subtitles, a table, a corpus, a plain transcript."""
    lines = [line for line in LINE_END.split(text) if line.strip()]
    if suffix != ".vtt" and _are_subtitles(lines):
        return ".srt"
    if suffix in (*_DOCUMENTS, ".txt") and _is_table(lines):
        return ".csv"
    may_be_plain = suffix in _DOCUMENTS or (suffix == ".csv" and iramuteq.is_corpus(text))
    return ".txt" if may_be_plain and _is_plain(text) else ""


def _is_table(lines: list[str]) -> bool:
    """True where the first line names columns of speakers and of texts."""
    cells = {fold(cell.strip('" ')) for cell in _COLUMN.split(lines[0] if lines else "")}
    return len(cells & _COLUMNS) > 1


def _is_plain(text: str) -> bool:
    """True for a text without the commands or controls of another format."""
    return len(_CONTROL.findall(text)) * 100 <= len(text) and not _NOT_PLAIN.search(text)


def _are_subtitles(lines: list[str]) -> bool:
    """True for lines that begin with times between arrows, and go on with them."""
    times = [number for number, line in enumerate(lines) if subtitles.TIMES.fullmatch(line)]
    return bool(times) and times[0] < _FIRST_LINES and len(times) >= _LEAST_TIMES * len(lines)
