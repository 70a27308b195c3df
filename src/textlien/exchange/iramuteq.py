"""A corpus for IRaMuTeQ: one text per interview, starred variables, themes.

A corpus that came from IRaMuTeQ is given back as it was, up to blanks. Of other interviews, the
interviewees' words are written without the transcriber's marks, which would be counted as words.

References
----------
Ratinaud, P. (2014). IRaMuTeQ : Interface de R pour les analyses multidimensionnelles de textes
et de questionnaires.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text.folding import fold
from textlien.text.marks import mark_spans

_VARIABLES = {"wave": "vague", "city": "ville", "actor": "acteur", "person": "personne"}


def corpus_text(
    interviews: pd.DataFrame,
    variables: pd.DataFrame,
    turns_of: Callable[[str], pd.DataFrame],
    *,
    questions: bool = False,
) -> tuple[str, list[Problem]]:
    """Write interviews as the text of a corpus file.

    Parameters
    ----------
    interviews, variables : these tables; interviews that were left out of the study are left out.
    turns_of : gives table ``turns`` of an interview.
    questions : True to include the speech of interviewers.

    Returns
    -------
    The text, ended by a line feed, and a problem for each interview that has nothing to write.
    """
    starred = {str(name): rows for name, rows in variables.groupby("interview_id", sort=False)}
    texts: list[str] = []
    problems: list[Problem] = []
    for row in interviews[interviews["included"]].to_dict("records"):
        name = str(row["interview_id"])
        turns = turns_of(name)
        if name in starred and row["format"] == "txt":
            lines = _as_it_was(starred[name], turns)
        else:
            spoken = turns[turns["role"] == "interviewee"] if not questions else turns
            lines = [_stars(row), *_body(spoken)]
        if len(lines) < 2:
            location = Location(file=str(row["file"]))
            problems.append(Problem.error("exchange.nothing-to-write", location))
        else:
            texts.append("\n".join(lines))
    return "\n\n".join(texts) + "\n", problems


def _as_it_was(variables: pd.DataFrame, turns: pd.DataFrame) -> list[str]:
    """Lines of a text that came from IRaMuTeQ: its own variables, themes and words."""
    stars = [
        f"*{name}_{value}" if value else f"*{name}"
        for name, value in zip(variables["variable"], variables["value"], strict=True)
    ]
    lines = [" ".join(["****", *stars])]
    for section, original in zip(turns["section"], turns["original"], strict=True):
        lines += [f"-*{section}"] if section else []
        lines.append(str(original).strip("\r\n"))
    return lines


def _stars(row: dict[object, object]) -> str:
    """``**** *id_… *vague_2013 *ville_le_havre``: names and values that IRaMuTeQ takes."""
    identifier = f"*id_{_plain(row['interview_id'])}"
    described = [
        f"*{star}_{_plain(row[column])}" for column, star in _VARIABLES.items() if row[column]
    ]
    return " ".join(["****", identifier, *described])


def _body(turns: pd.DataFrame) -> Iterator[str]:
    """Text of the turns; themes only where every turn has one, for IRaMuTeQ drops the others."""
    sections = [str(section) for section in turns["section"]]
    themed = all(sections) and len(set(sections)) > 1
    last = ""
    for section, text in zip(sections, turns["text"], strict=True):
        words = _words(str(text))
        if not words:
            continue
        if themed and section != last:
            yield f"-*{_plain(section)}"
            last = section
        yield words


def _words(text: str) -> str:
    """``text`` without marks, without stars, and no line that IRaMuTeQ takes for another thing."""
    kept = []
    last = 0
    for start, end in mark_spans(text):
        kept.append(text[last:start])
        last = end
    plain = " ".join([*kept, text[last:]]).replace("*", " ")
    return "\n".join(" ".join(line.split()) for line in plain.splitlines() if line.strip())


def _plain(value: object) -> str:
    """Letters without accents, digits and ``_``: what a modality may hold.

    >>> _plain("Clichy-sous-Bois")
    'clichy_sous_bois'
    """
    return fold(str(value)).replace(" ", "_")
