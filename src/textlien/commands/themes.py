"""Themes of the last run, in a list that the researcher can read through."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from textlien.errors import Problem, TextlienError
from textlien.files.atomic import write_bytes
from textlien.files.shipped import folder as resource_folder
from textlien.messages.message import Location
from textlien.messages.translator import Translator
from textlien.pipeline.run_folder import Run, run_folder
from textlien.study.options import Study
from textlien.themes.edits.draft import proposals
from textlien.themes.edits.reading import read_entries

_FIRST_WORDS = 6
_COLUMNS = ["theme", "label", "share", "stability"]
# Marks that are shown where a theme has them.
_MARKS = ("fragile", "aside")
# Characters of a list of words in a terminal.
_ROOM = 60


def list_themes(study: Study) -> pd.DataFrame:
    """List the themes of the last run, with their first words in their commonest form.

    Returns
    -------
    Columns ``theme``, ``label``, ``share``, ``stability``, ``fragile`` and ``aside`` where they are
    true of a theme, ``first_words``.

    Raises
    ------
    TextlienError
        When the study has not been run, or its run has no theme.
    """
    tables = _tables(study)
    themes, theme_terms, terms = tables["themes"], tables["theme_terms"], tables["terms"]
    forms = dict(zip(terms["term"], terms["form"], strict=True))
    first = theme_terms[theme_terms["rank"] <= _FIRST_WORDS].sort_values(["theme", "rank"])
    words = first["term"].map(forms).fillna(first["term"]).groupby(first["theme"]).agg(_joined)
    columns = [*_COLUMNS, *(name for name in _MARKS if themes[name].any())]
    return themes[columns].assign(first_words=themes["theme"].map(words).fillna(""))


def _joined(words: pd.Series) -> str:
    """As many of the words as have room in a column, whole, and the first in any case."""
    text = str(words.iloc[0])
    for word in words.iloc[1:]:
        if len(text) + len(word) > _ROOM:
            break
        text += f", {word}"
    return text


THEMES_FILE = "themes.toml"


class Draft(NamedTuple):
    """Entries for the themes of the last run.

    Attributes
    ----------
    file : the file of themes, as the user knows it.
    is_new : True where it was written; one that was there is left as it is.
    entries : those that were written, or that can be pasted into it.
    is_read : True where the study file names it.
    problems : of the entries that it has.
    """

    file: str
    is_new: bool
    entries: list[str]
    is_read: bool
    problems: list[Problem]


def draft_themes(study: Study, translator: Translator) -> Draft:
    """Write a file of themes, or propose entries for themes that the one there does not mean.

    Parameters
    ----------
    translator : of the comments.

    Raises
    ------
    TextlienError
        When the study has not been run, its run has no theme, or the file cannot be written.
    """
    tables = _tables(study)
    file = study.themes.file or THEMES_FILE
    path = study.resolve(file)
    is_read = bool(study.themes.file)
    if path.exists():
        entries, problems = read_entries(path, file)
        return Draft(file, False, proposals(tables, entries, translator), is_read, problems)
    texts = proposals(tables, (), translator)
    head = resource_folder("configs") / "new-study" / translator.language / THEMES_FILE
    content = "\n".join([head.read_text(encoding="utf-8"), *texts])
    write_bytes(path, content.encode())
    return Draft(file, True, texts, is_read, [])


def _tables(study: Study) -> dict[str, pd.DataFrame]:
    """Tables of themes of the last run.

    Raises
    ------
    TextlienError
        When there is none, or no theme in it.
    """
    run = Run(run_folder(study))
    tables = {name: run[name] for name in ("themes", "theme_terms", "terms")}
    if tables["themes"].empty:
        raise TextlienError(Problem.error("commands.no-themes", Location(file=study.file.name)))
    return tables
