"""Lexicons of a study: expressions, stop words, and names that are counted as one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.csvfile import read_csv
from textlien.files.digests import file_digest
from textlien.files.shipped import folder as resource_folder
from textlien.messages.message import Location
from textlien.study.options import TermsOptions
from textlien.terms.lexicon import Lexicon

_CONFIGS = resource_folder("configs") / "fr"
EXPRESSIONS = _CONFIGS / "expressions.csv"
STOP_WORDS = _CONFIGS / "stop_words.txt"
"""Lexicons that come with textlien; the key of stage ``terms`` holds their digests."""

Entry = tuple[str, str]
"""A term and one of its variants."""


class StudyLexicon(NamedTuple):
    """Lexicon of a study: all that terms are made of beside single lemmas.

    Attributes
    ----------
    expressions : those of textlien and of the study, and names of folds that neither has.
    folds : name that a term is counted under, by its own name.
    stop_words : lemmas that are not terms, in lower case.
    """

    expressions: Lexicon
    folds: Mapping[str, str]
    stop_words: frozenset[str]


def load_lexicon(options: TermsOptions, folder: Path) -> tuple[StudyLexicon, list[Problem]]:
    """Read the lexicons of a study.

    Parameters
    ----------
    options : ``expressions``, ``fold`` and ``stop_words``.
    folder : that the paths of ``options.expressions`` are relative to.

    Returns
    -------
    The lexicon, and the problems of its files or folds; the usable parts are used.
    """
    entries = default_expressions()
    problems: list[Problem] = []
    for path in options.expressions:
        added, problems_of_file = read_expressions((folder / path).resolve(), path)
        entries += added
        problems += problems_of_file
    lexicon, targets = _with_folds(entries, options.fold)
    folds, circles = resolve_folds(targets)
    stop_words = default_stop_words() | {word.lower() for word in options.stop_words}
    return StudyLexicon(lexicon, folds, stop_words), [*problems, *circles]


def lexicon_digests(options: TermsOptions, folder: Path) -> dict[str, str]:
    """Digest of each lexicon that terms depend on, by its name; "" for a file that is missing.

    Parameters
    ----------
    options, folder : as in :func:`load_lexicon`.
    """
    files = {path.name: path for path in (EXPRESSIONS, STOP_WORDS)}
    files |= {path: (folder / path).resolve() for path in options.expressions}
    return {name: file_digest(path) if path.is_file() else "" for name, path in files.items()}


def resolve_folds(targets: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """Follow folds to the name that all are counted under.

    Parameters
    ----------
    targets : for each folded name the one that it is counted under, which may be folded too.

    Returns
    -------
    For each folded name the last one; a problem for each name that leads into a circle, which is
    left out.
    """
    folds: dict[str, str] = {}
    problems: list[Problem] = []
    for name in targets:
        chain = _chain(name, targets)
        if chain[-1] in targets:
            location = Location(option="terms.fold")
            circle = " → ".join(chain)
            problems.append(Problem.error("terms.circle-of-folds", location, circle=circle))
        else:
            folds[name] = chain[-1]
    return folds, problems


def read_expressions(path: Path, file: str) -> tuple[list[Entry], list[Problem]]:
    """Read a lexicon of expressions.

    Parameters
    ----------
    path : a CSV file with the columns ``term`` and ``variants`` (separated by « | »; by default
        the term itself) and, for the reader, ``kind``.
    file : its name in messages.

    Returns
    -------
    The usable entries, and the problems of the others.
    """
    try:
        table = read_csv(path, file)
    except TextlienError as error:
        return [], list(error.problems)
    if "term" not in table.header:
        location = Location(file=file, line=1)
        return [], [Problem.error("terms.no-column-term", location, columns=table.header)]
    entries: list[Entry] = []
    problems: list[Problem] = []
    owners: dict[str, tuple[str, int]] = {}
    for line, row in table.rows:
        term, location = row["term"], Location(file=file, line=line)
        if not term:
            problems.append(Problem.error("terms.line-without-term", location))
            continue
        for variant in filter(None, map(str.strip, (row.get("variants") or term).split("|"))):
            other, first_line = owners.setdefault(variant, (term, line))
            if other == term:
                entries.append((term, variant))
                continue
            first = Location(line=first_line)
            twice = "terms.variant-of-two-terms"
            problems.append(
                Problem.warning(twice, location, variant=variant, term=other, first=first)
            )
    return entries, problems


def default_expressions() -> list[Entry]:
    """Expressions that come with textlien.

    Raises
    ------
    TextlienError
        When the file was damaged.
    """
    entries, problems = read_expressions(EXPRESSIONS, EXPRESSIONS.name)
    if problems:
        location = Location(file=EXPRESSIONS.name)
        raise TextlienError(Problem.error("terms.damaged-lexicon", location), *problems)
    return entries


def default_stop_words() -> frozenset[str]:
    """Lemmas in lower case, shipped with textlien, that say nothing about a subject."""
    text = STOP_WORDS.read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(line.lower() for line in lines if line)


def _with_folds(entries: list[Entry], fold: Mapping[str, str]) -> tuple[Lexicon, dict[str, str]]:
    """The lexicon with every name of the folds, and the folds between names of terms.

    « CUCS » and « contrat urbain de cohésion sociale » are one term of the lexicon; « maison
    bleue », which it does not have, becomes an expression.
    """
    lexicon = Lexicon(entries)
    terms = {name: lexicon.term_of(name) or name for name in [*fold, *fold.values()]}
    unlisted = [
        (name, name)
        for name, term in terms.items()
        if term == name and name not in lexicon.names and " " in name
    ]
    targets = {terms[left]: terms[right] for left, right in fold.items()}
    return Lexicon([*entries, *unlisted]), targets


def _chain(name: str, targets: Mapping[str, str]) -> list[str]:
    """Names from ``name`` on to the one that is not folded, or to the first met twice."""
    names = [name]
    while names[-1] in targets and names[-1] not in names[:-1]:
        names.append(targets[names[-1]])
    return names
