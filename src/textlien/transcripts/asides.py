"""Lines beside the speech: comments, footnotes, field notes, closing lines of an export.

Editors and people write them around or between the turns, and nobody said them. Only lines that
begin no turn are looked at. What is left out is reported with its first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from textlien.text.folding import fold
from textlien.transcripts import notice


class Aside(StrEnum):
    """Kind of a line that is no speech."""

    COMMENT = "comment"
    FOOTNOTE = "footnote"
    FIELD_NOTE = "field-note"
    CLOSING = "closing"
    NOTICE = "notice"
    RULE = "rule"


class Row(NamedTuple):
    """A line as written, and whether it begins a turn."""

    text: str
    begins_turn: bool


class Asides(NamedTuple):
    """Asides of a text, and the marks in the speech that refer to them.

    Attributes
    ----------
    kinds : kind by index of a line, in order.
    references : pattern of the marks that comments or footnotes have in the speech, or None.
    """

    kinds: dict[int, Aside]
    references: re.Pattern[str] | None = None


# Words of a closing line, at the end of a text and in the midst of it.
_LONGEST_CLOSING, _LONGEST_AMID = 16, 8
_LONGEST_LINE = 1000  # characters; a longer line is speech, and searching it would cost time
_CLOSES = (
    r"fin(?: d[eu] (?:l |la |cet |cette |notre )?(?:enregistrement|entretien|interview|entrevue|"
    r"(?:re)?transcription|bande|audio|conversation|discussion|extrait|reunion|fichier|cassette|"
    r"seance|verbatim|focus group)\b.*)?|"
    r"(?:[\w ]{1,40} )?(?:a |ont |has )?(?:arrete|demarre|commence|lance|termine|stopped|started) "
    r"(?:la |l )?(?:transcription|enregistrement)|"
    r"(?:l )?(?:enregistrement|entretien|transcription|interview|reunion) (?:s )?(?:est |etait )?"
    r"(?:arrete|termine|interrompu|fini|acheve)\w*(?: .*)?|end of .*"
)
_CLOSING_AMID = re.compile(_CLOSES)
_CLOSING = re.compile(
    rf"{_CLOSES}|(?:re)?transcri(?:t|ts|te|ption|ptions|ptrice|pteur|bed)\b.*|"
    r"(?:entretien|propos|interview) (?:realise|mene|conduit|recueilli)\w*(?: .*)?|"
    r"(?:relu|saisi|corrige|genere|produit|exporte|cree|telecharge)\w* (?:par|avec|le|depuis)\b.*|"
    r"fait a .{2,40}|(?:generated|created|exported|powered) (?:by|with)\b.*|(?:https?|www) .*"
)
_SPEAKS = re.compile(r"\b(?:je|j|tu|vous|on|nous|moi|oui|non|voila|bon|merci|ok|d accord|c est)\b")
_FIELD_NOTES = (
    r"(?:mes |nos )?notes?(?: (?:de terrain|d observation|de l enquet\w+|du transcripteur|"
    r"de la transcriptrice|apres .*|hors .*))|(?:mes |nos )?observations?(?: .{0,60})?|"
    r"journal de (?:terrain|bord)|carnet de terrain|hors (?:micro|enregistrement)"
)
_FIELD_NOTE_AMID = re.compile(_FIELD_NOTES)
_FIELD_NOTE = re.compile(
    rf"{_FIELD_NOTES}|(?:mes |nos )?notes?(?: .{{0,60}})?|(?:elements? de )?contexte.{{0,60}}|"
    r"(?:remarques?|commentaires?|impressions?|ambiance|deroulement)(?: .{0,60})?|a noter|memo|"
    r"conditions (?:de|d) .{2,60}|(?:conventions?|codes?|legende)(?: de (?:re)?transcription)?|"
    r"apres (?:l )?(?:enregistrement|entretien)|post scriptum|ps|nb"
)
_HEADING = re.compile(r"\W{0,5}(?P<key>[^\W\d_][^:\n]{0,70}?)\s?(?::|$)")
_RULE = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[\[({<].{3,}[\])}>]")
# One pair of brackets is a mark within speech (:mod:`textlien.text.marks`), or a word aside.
_STAGE_DIRECTION = re.compile(r"\(\(.{3,}\)\)|\[\[.{3,}\]\]|<<.{3,}>>")
_COMMENT = re.compile(r"\[(?P<mark>[a-z]{1,2})\]\s{0,3}(?=\S)")
_NUMBER = re.compile(r"[\[(]?(?P<mark>\d{1,2}|[¹²³⁴-⁹]{1,2})(?:[\])]|[.)]?\s|(?<=[¹²³⁴-⁹]))")
_STARS = re.compile(r"(?P<mark>\*{1,3})\s?(?=[^\s*])")
_STARS_IN_SPEECH = re.compile(r"(?<=[\w.,;:!?…»)])\*{1,3}(?!\w)")
_RAISED = str.maketrans("123456789", "¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")


def asides_of(rows: Sequence[Row]) -> Asides:
    """Lines that nobody said.

    Parameters
    ----------
    rows : lines that are not blank, in order. Where none begins a turn, only comments and lines
        that close a text for certain are looked for: chapters of an article are not field notes.

    >>> text = [("R : C'est loin.[a]", True), ("[a]à vérifier", False)]
    >>> asides_of([Row(*row) for row in text]).kinds
    {1: <Aside.COMMENT: 'comment'>}
    """
    last = max((index for index, row in enumerate(rows) if row.begins_turn), default=-1)
    kinds, references = _comments(rows, last)
    if last >= 0:
        if not kinds:
            kinds, references = _footnotes(rows, last)
        kinds |= dict(_field_notes(rows, last, kinds))
    kinds |= dict(_amid(rows, kinds, labelled=last >= 0))
    if last >= 0:
        kinds |= dict(_foot(rows, last, kinds))
        kinds |= dict(_under_rule(rows, last, kinds))
    return Asides(dict(sorted(kinds.items())), references)


def _comments(rows: Sequence[Row], last: int) -> tuple[dict[int, Aside], re.Pattern[str] | None]:
    """Comments below a text, « [a] à vérifier », whose marks stand in it."""
    first, marks = _below(rows, last, _COMMENT, "a")
    above = "\n".join(row.text for row in rows[:first])
    marks = [mark for mark in marks if f"[{mark}]" in above]
    if not marks:
        return {}, None
    pattern = re.compile(rf"\[(?:{'|'.join(marks)})\]")
    return dict.fromkeys(range(first, len(rows)), Aside.COMMENT), pattern


def _footnotes(rows: Sequence[Row], last: int) -> tuple[dict[int, Aside], re.Pattern[str] | None]:
    """Footnotes below a text, numbered or with stars, whose marks stand behind words in it."""
    first, marks = _below(rows, last, _NUMBER, "1")
    if marks and marks == [str(n) for n in range(1, len(marks) + 1)]:
        numbers = "|".join(marks)
        raised = "|".join(mark.translate(_RAISED) for mark in marks)
        pattern = re.compile(
            rf"\[(?:{numbers})\]|\((?:{numbers})\)|(?<=[a-zà-ÿ]{{3}})(?:{numbers})(?!\w)|(?:{raised})"
        )
    else:
        first, marks = _below(rows, last, _STARS, "*")
        pattern = _STARS_IN_SPEECH
    above = "\n".join(row.text for row in rows[:first])
    if not marks or len(pattern.findall(above)) < len(marks):
        return {}, None
    return dict.fromkeys(range(first, len(rows)), Aside.FOOTNOTE), pattern


def _below(
    rows: Sequence[Row], last: int, pattern: re.Pattern[str], opening: str
) -> tuple[int, list[str]]:
    """Index of the first of some marked lines below the last turn, and their marks in order."""
    marks = {
        index: match["mark"].translate(_PLAIN)
        for index in range(last + 1, len(rows))
        if (match := pattern.match(rows[index].text))
    }
    starts = [index for index, mark in marks.items() if mark == opening]
    first = (starts[0] if opening == "*" else starts[-1]) if starts else len(rows)
    return first, [mark for index, mark in marks.items() if index >= first]


def _under_rule(
    rows: Sequence[Row], last: int, kinds: Mapping[int, Aside]
) -> Iterator[tuple[int, Aside]]:
    """Lines below a rule, « ______ », that follows the last turn."""
    rules = (index for index in range(last + 1, len(rows)) if _RULE.fullmatch(rows[index].text))
    for index in range(next(rules, len(rows)) + 1, len(rows)):
        if index not in kinds:
            yield index, Aside.FOOTNOTE


def _field_notes(
    rows: Sequence[Row], last: int, kinds: Mapping[int, Aside]
) -> Iterator[tuple[int, Aside]]:
    """Blocks such as « Notes de terrain : … », down to the next turn."""
    inside = False
    for index, row in enumerate(rows):
        heading = _HEADING.match(row.text) if not row.begins_turn else None
        pattern = _FIELD_NOTE if index > last else _FIELD_NOTE_AMID
        if row.begins_turn:
            inside = False
        elif heading and pattern.fullmatch(fold(heading["key"])):
            inside = True
        if inside and index not in kinds:
            yield index, Aside.FIELD_NOTE


def _amid(
    rows: Sequence[Row], kinds: Mapping[int, Aside], *, labelled: bool
) -> Iterator[tuple[int, Aside]]:
    """Lines that are asides wherever they stand: « *** », « ((il se lève)) », a closing line."""
    for index, row in enumerate(rows):
        if index not in kinds and not row.begins_turn and len(row.text) <= _LONGEST_LINE:
            kind = _alone(row.text, labelled=labelled)
            if kind:
                yield index, kind


def _alone(text: str, *, labelled: bool) -> Aside | None:
    """Kind of a line that is an aside by itself."""
    may_close = labelled or _BRACKETED.fullmatch(text)
    if may_close and len(text.split()) <= _LONGEST_AMID and _closes(text, _CLOSING_AMID):
        return Aside.CLOSING
    if labelled and _RULE.fullmatch(text):
        return Aside.RULE
    return Aside.FIELD_NOTE if labelled and _STAGE_DIRECTION.fullmatch(text) else None


def _closes(text: str, pattern: re.Pattern[str]) -> bool:
    """True for a line that says that a recording or a transcription ends, or who made it."""
    folded = fold(text)
    return bool(pattern.fullmatch(folded)) and not _SPEAKS.search(folded)


def _foot(
    rows: Sequence[Row], last: int, kinds: Mapping[int, Aside]
) -> Iterator[tuple[int, Aside]]:
    """Closing lines and entries of a notice, from the last line up to the first that is none."""
    for index in range(len(rows) - 1, last, -1):
        text = rows[index].text
        if index in kinds:
            continue
        if len(text.split()) <= _LONGEST_CLOSING and _closes(text, _CLOSING):
            yield index, Aside.CLOSING
        elif notice.is_entry(text):
            yield index, Aside.NOTICE
        else:
            return
