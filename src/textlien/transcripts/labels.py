"""From paragraphs to utterances, by the speaker labels that a file turns out to use.

A label is not recognised one line at a time: the openings of all lines are read first, and
those that come back, that name a role, or that carry a time mark are this file's labels. So
« Attention : … » stays speech, and « AB : » can be a speaker.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from textlien.errors import Problem
from textlien.transcripts import head as notice
from textlien.transcripts import marks
from textlien.transcripts.folding import fold
from textlien.transcripts.model import Document, Utterance
from textlien.transcripts.normal import trace_characters
from textlien.transcripts.speakers import AMBIGUOUS, ANSWERERS, known_role

_NAME = r"[^\W\d_][\w.'’/&° -]{0,39}?(?:\s\([^\W\d_][^()\d]{0,30}\))?"
_TIME = rf"[\[(<]?\s*(?:{marks.TIME_RANGE.pattern})\s*[\])>]?"
_BRACKETED = rf"[\[(]\s*(?:{marks.TIME_RANGE.pattern})\s*[\])]?"
_FORMS = {
    # [Chercheur] (0:01 - 0:11), a missing bracket forgiven where the time is there
    "timed": rf"\[?\s*(?P<name>{_NAME})\s*\]?\s*(?P<time>{_BRACKETED})\s*:?\s*(?P<rest>.*)",
    "bracket": rf"\[\s*(?P<name>{_NAME})\s*\]\s*(?P<time>{_TIME})?\s*:?\s*(?P<rest>.*)",
    "colon": (
        rf"(?P<time>{_TIME})?\s*[#*]?(?P<name>{_NAME})\s*:(?!//)"
        r"(?P<rest>\s.*|(?=[^\W\d_«\"]).*|$)"
    ),
    "tab": rf"(?:(?P<time>{_TIME})\s+)?(?P<name>{_NAME})\s*\t\s*(?P<rest>.*)",
    "dated": rf"(?P<name>{_NAME})\s+(?P<time>{_TIME})(?P<rest>)",
    # [Chercheur alone on its line, or Chercheur]
    "half": rf"(?=\[|[^\[\]]*\]$)\[?\s*(?P<name>{_NAME})\s*\]?(?P<time>)(?P<rest>)",
    "initial": r"(?P<time>)(?P<name>[A-Z]{1,2}\d?)\s?[.)–—-]\s+(?P<rest>\S.*)",
}
_PATTERNS = {form: re.compile(pattern) for form, pattern in _FORMS.items()}
_MOST_WORDS = 6
_TITLES = frozenset("m mm mr mme mlle monsieur madame mademoiselle dr docteur maitre me".split())
# What opens a sentence before a colon, again and again, and is nobody.
_OPENERS = frozenset(
    "attention exemple ex donc bref conclusion remarque note nb ps objectif objectifs "
    "resultat resultats premierement deuxiemement voila et alors mais oui non bon "
    "source http https tel fax telephone email mail adresse site contact date ville "
    "demain hier pour contre avec enfin ensuite puis la le les ici suppleant suppleante".split()
) | {
    "aujourd hui",
    "par exemple",
    "c est a dire",
    "autrement dit",
    "en clair",
    "je m explique",
    "e mail",
}
_BARE_LABEL = re.compile(r"([A-ZÉ][^\W\d_]{4,}) (?=[A-ZÀÂÇÉÈÊÎÔ«])")
_CODE = re.compile(r"([^\W\d_]{1,3}|[^\W\d_]+ )(\d{1,2})")
# Labels that name no role make a labelled file when there are so many, or on half the lines.
_MANY_TURNS, _LEAST_SHARE = 6, 0.1
_LONG_NOTICE, _LONG_TITLE = 40, 10


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or line of a file, and where it stands.

    Attributes
    ----------
    text : as the file has it; line feeds inside are soft breaks.
    place : "paragraph 12", "line 40".
    bold : all of it is bold or otherwise set apart, as questions without a label are.
    section : the heading that it stands under, or "".
    """

    text: str
    place: str
    bold: bool = False
    section: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, and the label that it may begin with; ``key`` is that label folded.

    ``raw`` is the line as written, ``text`` without invisible characters; ``rest`` is what of
    ``raw`` follows the label.
    """

    raw: str
    text: str
    place: str
    form: str = ""
    name: str = ""
    key: str = ""
    time: str = ""
    rest: str = ""


def split(
    paragraphs: Sequence[Paragraph], shown: str, declared: frozenset[str] = frozenset()
) -> Document:
    """Find the head notice, the labels and the utterances of one interview.

    Parameters
    ----------
    paragraphs : not blank, in order; line feeds inside are soft breaks.
    shown : name of the file in messages.
    declared : labels of the study file, which are labels even where they occur once.

    Returns
    -------
    One document. All paragraphs of one speech are one utterance, joined by line feeds; a file
    without labels is one utterance of speaker "", with a note.
    """
    lines = [
        _parse(raw, paragraph.place)
        for paragraph in paragraphs
        for raw in marks.LINE_END.split(paragraph.text)
        if raw.strip()
    ]
    labels = _learn(lines, {fold(name) for name in declared})
    first = _first_turn(lines, labels)
    head, problems = _head(lines[:first], shown, labelled=bool(labels))
    body = lines[first:]
    if not labels:
        said = Utterance(
            "", "\n".join(line.raw for line in body), place=body[0].place if body else ""
        )
        utterances = [said] if said.text else []
        problems += [_no_label(shown)] if said.text else []
    else:
        utterances = _utterances(body, labels)
        problems += [*_broken_labels(body, labels, shown), *_repeats(utterances, shown)]
    return Document("", head, tuple(utterances), tuple(problems))


def _parse(raw: str, place: str) -> _Line:
    text = marks.normalise_characters(raw).strip(" ")
    for form, pattern in _PATTERNS.items():
        match = pattern.fullmatch(text)
        if match is None:
            continue
        name = match["name"].strip()
        key = fold(name)
        whole = f"({name})"
        if len(name.split()) > _MOST_WORDS or not key or marks.mark_spans(whole):
            continue
        if form == "initial" and key in _TITLES:
            continue
        rest = _from(raw, text, match.start("rest")) if match["rest"].strip() else ""
        return _Line(raw, text, place, form, name, key, match["time"] or "", rest)
    return _Line(raw, text, place)


def _from(raw: str, text: str, start: int) -> str:
    """What of ``raw`` stands from ``start`` of ``text`` on, which is ``raw`` normalised."""
    if text in raw:
        return raw[raw.index(text) + start :].strip(" ")
    traced = trace_characters(raw)
    blanks = len(traced.text) - len(traced.text.lstrip(" "))
    return raw[traced.at[blanks + start] :].strip(" ")


def _learn(lines: Sequence[_Line], declared: set[str]) -> frozenset[str]:
    """Folded labels that this file uses; none when it has no labels at all."""
    found = [line for line in lines if line.name]
    known = {line.key for line in found} & declared
    counts = Counter(line.key for line in found)
    roles = {line.key: known_role(line.name) for line in found}
    sides = {roles[key] for key in counts} >= {"interviewer", "interviewee"}
    named = {
        key
        for key, count in counts.items()
        if roles[key] in ("interviewer", "interviewee")
        and (count > 1 or sides or key not in AMBIGUOUS)
    }
    named |= {line.key for line in found if line.form == "timed"}
    named |= known
    if sum(counts[key] for key in named) < 2 and not known:
        named = set()
    if any(line.key in named and line.form != "initial" for line in found):
        # « OK. Donc… » is no label where labels are written otherwise.
        found = [line for line in found if line.form != "initial"]
    # Someone must answer: where no label names who does, less is asked of the others.
    answered = any(roles.get(key) == "interviewee" for key in named)
    frequent = _frequent(found, counts, 3 if named and answered else 2) - named
    if named and not answered and not frequent:
        frequent = _frequent(found, counts, 1) - named
    if not named:
        total = sum(counts[key] for key in frequent)
        spread = total >= _MANY_TURNS and _LEAST_SHARE * len(lines) <= total
        if len(frequent) < 2 or not (spread or 2 * total >= len(lines)):
            return _only_label(lines)
    labels = named | frequent
    rare = {line.key for line in found if line.key not in labels and _is_like(line, labels)}
    return frozenset(labels | rare)


def _only_label(lines: Sequence[_Line]) -> frozenset[str]:
    """The one label of a file, if its speech opens with « Répondant : » and what this one says.

    An interviewer's would leave nobody who answers, « Enquête : » is a heading more often than
    a person, and « Répondante : Mme A » is a notice: none is taken.
    """
    named = [line for line in lines if line.form in ("colon", "bracket") and line.key in ANSWERERS]
    if len(named) != 1:
        return frozenset()
    (line,) = named
    index = lines.index(line)
    opens = not any(_says(other.text) for other in lines[:index] if not notice.pairs(other.text))
    follows = not line.rest and index + 1 < len(lines)
    if line.key == "enquete" and not line.name.endswith("é"):
        return frozenset()
    return frozenset({line.key}) if opens and (_says(line.rest) or follows) else frozenset()


def _says(text: str) -> bool:
    """Whether a text is a sentence, not a title or a name."""
    return len(text.split()) > _LONG_TITLE or text.endswith((".", "?", "!", "…"))


def _frequent(found: Sequence[_Line], counts: Counter[str], least: int) -> set[str]:
    return {
        line.key
        for line in found
        if counts[line.key] >= (3 if line.form == "initial" else least)
        and line.key not in _OPENERS
        and (line.name[0].isupper() or line.form in ("bracket", "tab"))
    }


def _is_like(line: _Line, labels: set[str]) -> bool:
    """Whether a label seen once or twice is a speaker all the same: « M. le Maire », « E3 »."""
    if line.form == "initial":
        return False
    if known_role(line.name) == "other" or line.key.split()[0] in _TITLES:
        return True
    code = _CODE.fullmatch(line.key)
    if code:
        return any(other and other[1] == code[1] for other in map(_CODE.fullmatch, labels))
    long = [label for label in labels if len(label) >= 5]
    return len(line.key) >= 5 and bool(difflib.get_close_matches(line.key, long, 1, 0.85))


def _first_turn(lines: Sequence[_Line], labels: frozenset[str]) -> int:
    """Index of the first line of speech; what stands before it is the head."""
    if labels:
        for index, line in enumerate(lines):
            if line.key in labels and not _in_notice(lines[index:], labels):
                return index
        return len(lines)
    index = 0
    while index < len(lines) and _is_notice(lines, index):
        index += 1
    return index


def _in_notice(lines: Sequence[_Line], labels: frozenset[str]) -> bool:
    """Whether « Enquêteur : P. Durand » is followed by « Ville : … », so names and not says."""
    seen: set[str] = set()
    for line in lines:
        if not notice.pairs(line.text) or line.key in seen:
            return False
        if line.key not in labels:
            return True
        seen.add(line.key)
    return False


def _is_notice(lines: Sequence[_Line], index: int) -> bool:
    def says(line: _Line) -> bool:
        return bool(notice.pairs(line.text)) or notice.says_fictional(line.text)

    is_title = index == 0 and len(lines) > 2 and says(lines[1])
    return says(lines[index]) or is_title


def _head(
    lines: Sequence[_Line], shown: str, *, labelled: bool
) -> tuple[dict[str, str], list[Problem]]:
    head: dict[str, str] = {}
    others: list[_Line] = []
    for line in lines:
        found = notice.pairs(line.text)
        if notice.says_fictional(line.text) and "fictif" not in found:
            head["fictif"] = "oui"
        for key, value in found.items():
            head.setdefault(key, value)
        if not found:
            others.append(line)
    if others:
        head.setdefault("titre", marks.collapse_blanks(others[0].text))
    left_out = marks.word_count(" ".join(line.text for line in others[1:]))
    if not labelled or left_out <= _LONG_NOTICE:
        return head, []
    message = f"{left_out} words stand before the first speaker label and were left out."
    hint = "Give them a label if they are speech."
    return head, [Problem(shown, message, hint, others[1].place, "warning")]


def _utterances(lines: Sequence[_Line], labels: frozenset[str]) -> list[Utterance]:
    spellings: dict[str, Counter[str]] = {key: Counter() for key in labels}
    starts = [index for index, line in enumerate(lines) if line.key in labels]
    for index in starts:
        spellings[lines[index].key][lines[index].name] += 1
    utterances = []
    for start, end in pairwise([*starts, len(lines)]):
        line = lines[start]
        raw = "\n".join([line.rest, *(following.raw for following in lines[start + 1 : end])])
        opening = marks.BRACKETED_TIME.match(raw.lstrip())
        times = marks.times_of(line.time or (opening.group() if opening else ""))
        speaker = spellings[line.key].most_common(1)[0][0]
        said = Utterance(speaker, raw.lstrip("\n"), *times, line.place)
        if said.text:
            utterances.append(said)
    return utterances


def _broken_labels(lines: Sequence[_Line], labels: frozenset[str], shown: str) -> Iterator[Problem]:
    """Lines that begin like a label of this file, yet are not written as one."""
    for line in lines:
        if line.key in labels:
            continue
        opening = fold(re.split(r"[\]):\t\d]", line.text.lstrip("[(# "))[0])
        short = len(line.text.split()) <= _MOST_WORDS and len(opening) > 4
        near = short and difflib.get_close_matches(opening, labels, 1, 0.85)
        marked = near and (opening in labels or re.search(r"[\[\]():]|\d:\d", line.text))
        bare = _BARE_LABEL.match(line.text)
        if marked or (bare and fold(bare[1]) in labels and known_role(bare[1])):
            message = f"« {_excerpt(line.text)} » looks like a speaker label that is not complete."
            hint = "It was kept as speech. Write it as the others are."
            yield Problem(shown, message, hint, line.place, "warning")


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _repeats(utterances: Sequence[Utterance], shown: str) -> Iterator[Problem]:
    """Labels that follow themselves in a file of two voices which nearly always alternate."""
    again = [after for before, after in pairwise(utterances) if before.speaker == after.speaker]
    voices = {utterance.speaker for utterance in utterances}
    if len(voices) == 2 and again and len(again) <= 0.05 * len(utterances):
        places = ", ".join(utterance.place for utterance in again)
        message = f"« {again[0].speaker} » answers itself ({places})."
        hint = "Check that the label is the right one, and that none is missing before it."
        yield Problem(shown, message, hint, again[0].place, "note")


def _no_label(shown: str) -> Problem:
    return Problem(
        shown,
        "no speaker labels: the whole text is taken for the interviewee's.",
        "Begin each speech with a label, as in « Enquêteur : » and « R : ».",
        severity="note",
    )
