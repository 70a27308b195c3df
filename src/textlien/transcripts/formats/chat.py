"""CHAT files (CLAN, CHILDES, TalkBank): main lines ``*ANN:`` with codes between the words.

The codes are taken out or put in plain words before anything else, for « &-euh » or « (il)s » would
be read as they stand; what is kept as the original is the line without them.

References
----------
MacWhinney, B. (2000). *The CHILDES Project: Tools for Analyzing Talk*; manual of 2024, part 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.folding import fold
from textlien.text.marks import LINE_END
from textlien.transcripts.formats.segments import LONGEST_LABEL, Segment, seconds, utterances_of
from textlien.transcripts.model import Document, Role

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("investigator", "interviewer", "experimenter", "observer"), "interviewer"),
    **dict.fromkeys(("participant", "informant", "subject", "interviewee"), "interviewee"),
    **dict.fromkeys(("environment", "media", "narrator", "audience", "group"), "other"),
}
"""Roles of ``@Participants`` that say who asks; « Unidentified » and the others say nothing."""

_TIME = re.compile(r"\x15(?P<start>\d{1,9})_(?P<end>\d{1,9})\x15|\x15[^\x15]{0,200}\x15")
_CODES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\[=!\s*([^\[\]]{1,80})\]", r"[\1]"),  # [=! rit]: how it was said
        (r"\[(?:[:*/+%$^<>?!=-]|x\s*\d)[^\[\]]{0,200}\]", " "),  # [//] [?] [: mot] [= note] [* m]
        (r"&=(\w[\w:]{0,40})", r"[\1]"),  # &=rit
        (r"(?<![\w&])&\+(\w[\w’']{0,40})", r"\1-"),  # &+fra: a word begun
        (r"(?<![\w&])&[-~]?(?=\w)", ""),  # &-euh: a filled pause
        (r"(?<=\w)[-’']?~(?!\w)", "-"),  # vi~, vi-~: a word begun, as TEICORPO writes it
        (r"\(\s*(?:\.{1,3}|\d+(?:\.\d*)?|\d+:\d+(?:\.\d*)?)\s*\)", "(...)"),  # (.) (1.5): pauses
        (r"(?<=\w)\((\w{1,20})\)|\((\w{1,20})\)(?=\w)", r"\1\2"),  # i(l), (il)s: not pronounced
        (r"(?<!\S)(?:yyy|www)(?!\w)", "xxx"),
        (r"(?<!\S)0(?:\w+)?(?![\w.,])", " "),  # 0mot: not said at all
        (r"(?<!\S)\+\.\.\.?(?!\S)", "…"),  # trailing off
        (r"(?<!\S)\+[^\w\s]{0,4}\?(?!\S)", "?"),  # +/? a question that is broken off
        (r"(?<!\S)\+[^\w\s]{0,4}(?!\S)", " "),  # +/. +" +^ +< ++ and the like
        (r"(?<=\w)\+(?=\w)", "-"),  # grand+père
        (r"(?<=[^\W\d_])@\w{1,6}(?::\w{1,10})?(?:\$\w{1,10})?", ""),  # mot@o, mot@s:eng
        (r"(?<=[^\W_])_(?=[^\W_])", " "),  # parce_que
        (r"(?<=[^\W\d_]):+(?=[^\W\d_]|\s|$)", ""),  # non:: a lengthened sound
        (r"[‡„]", ","),
        (r"(?<!\S)#+(?!\S)", "(...)"),
        (r"[<>↑↓↗↘→⇗⇘≠≡∞∆∇°▁▔☺♋⁇∬Ϋ∮§⌈⌉⌊⌋ˈˌ·]|(?<=\w)\^(?=\w)", ""),
        (r"(?<!\s)\s+([.,…])", r"\1"),
    )
)
"""What each code becomes, in order."""


class _Line(NamedTuple):
    """A logical line, and the number of the line on which it begins."""

    number: int
    text: str


def read(source: Source) -> list[Document]:
    """Read a ``.cha``: one document; the codes of the main lines are the labels.

    Roles that ``@Participants`` states count; dependent lines (``%mor:``) and headers stay out,
    but for ``@Date`` and ``@Location``, which are properties.

    Raises
    ------
    TextlienError
        When it has no main line.
    """
    raw, encoding, notes = read_text(source.path, source.file)
    lines = list(_lines(raw))
    segments = [segment for line in lines if line.text.startswith("*") for segment in _spoken(line)]
    if not segments:
        raise TextlienError(Problem.error("transcripts.not-chat", Location(file=source.file)))
    headers = dict(_header(line.text) for line in reversed(lines) if line.text.startswith("@"))
    present = {segment.speaker for segment in segments}
    stated = _stated_roles(headers.get("participants", ""))
    roles = {code: role for code, role in stated.items() if code in present}
    stated_properties = {"date": headers.get("date", ""), "place": headers.get("location", "")}
    properties = {name: value for name, value in stated_properties.items() if value}
    return [
        Document(
            "",
            {},
            utterances_of(segments),
            tuple(notes),
            properties=properties,
            encoding=encoding,
            roles=roles,
        )
    ]


def without_codes(line: str) -> str:
    """The words of a main line, in plain writing, with marks of speech that textlien knows.

    >>> without_codes("&-euh <je je> [/] je sais pas i(l) est là &=rit parce_que oui: +...")
    'euh je je je sais pas il est là [rit] parce que oui…'
    """
    for pattern, replacement in _CODES:
        line = pattern.sub(replacement, line)
    return " ".join(line.split())


def _lines(raw: str) -> Iterator[_Line]:
    """Logical lines: one that begins with a blank continues the one before."""
    number, pieces = 0, [""]
    for here, line in enumerate(LINE_END.split(raw.removeprefix("\ufeff")), start=1):
        if line[:1] in ("*", "@", "%"):
            yield _Line(number, " ".join(pieces))
            number, pieces = here, [line]
        else:
            pieces.append(line.strip())
    yield _Line(number, " ".join(pieces))


def _spoken(line: _Line) -> Iterator[Segment]:
    """The segment of a main line, if a word is left when its codes are taken out."""
    label, colon, rest = line.text[1:].partition(":")
    if not colon or len(label) > LONGEST_LABEL:
        return
    times = [match for match in _TIME.finditer(rest) if match["start"]]
    start = seconds(times[0]["start"], per_second=1000) if times else None
    end = seconds(times[-1]["end"], per_second=1000) if times else None
    words = without_codes(_TIME.sub(" ", rest))
    if any(character.isalnum() for character in words):
        yield Segment(start, end, label.strip(), words, Location(line=line.number))


def _header(line: str) -> tuple[str, str]:
    """Name, folded, and value of a line that begins with ``@``."""
    name, _, value = line[1:].partition(":")
    return fold(name), " ".join(value.split())


def _stated_roles(participants: str) -> dict[str, Role]:
    """« CHI Ross Target_Child, INV Anne Investigator » → {"INV": "interviewer"}."""
    roles: dict[str, Role] = {}
    for entry in participants.split(","):
        words = entry.split()
        if len(words) > 1 and words[-1].lower() in _ROLES:
            roles[words[0]] = _ROLES[words[-1].lower()]
    return roles
