"""Stage ``crosses``: themes by wave, city, actor and question; whose words they are made of."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from textlien.errors import Problem, TextlienError
from textlien.estimation.crosses import (
    REVISION,
    VARIABLES,
    cross_questions,
    cross_variable,
    without_verdict_on,
)
from textlien.estimation.sums import theme_values
from textlien.files.digests import digest, file_digest
from textlien.files.encoding import read_text
from textlien.messages.message import Location, message
from textlien.pipeline.measures import measures, measures_key, shares_that_count
from textlien.pipeline.stage import Inputs, Result
from textlien.segmentation.questions import match_guide, recurring_questions
from textlien.study.options import Study
from textlien.tables.parquet import concatenate
from textlien.themes.coverage import carried, sources

# Questions that a message lists.
_LISTED = 5


def key(inputs: Inputs) -> str:
    """Digest of the measures, the options and the guide."""
    guide, seed = inputs.study.themes.guide, inputs.study.study.seed
    path = inputs.study.resolve(guide)
    is_file = bool(guide) and path.is_file()
    of_guide = file_digest(path) if is_file else ""
    return digest(measures_key(inputs, REVISION), seed, guide, of_guide)


def compute(inputs: Inputs) -> Result:
    """Cross themes with what interviews are described by, and with what was asked."""
    study, run, included = inputs.study, inputs.run, inputs.included
    passages, themes, passage_themes = run["passages"], run["themes"], shares_that_count(run)
    lines, problems = read_guide(study)
    asked = match_guide(passages, lines) if lines else recurring_questions(passages)
    parts = []
    sums = measures(inputs).get("theme")
    if sums is not None:
        parts = [
            cross_variable(sums, variable, study.profiles, study.study.seed)
            for variable in VARIABLES
        ]
        values = theme_values(passage_themes, passages["passage_id"])
        question = asked.set_index("passage_id")["question"]
        parts.append(
            cross_questions(included, passages, values, question, study.profiles, study.study.seed)
        )
        problems.append(_matched(asked, passages, by_guide=bool(lines)))
        problems += unmatched(lines, asked, study)
    fragile = themes.loc[themes["fragile"], "theme"]
    crosses = without_verdict_on(concatenate("theme_crosses", parts), fragile)
    origins = sources(themes.loc[~themes["aside"], "theme"], passage_themes, passages, included)
    problems += carried(origins, dict(zip(themes["theme"], themes["label"], strict=True)))
    tables = {"theme_crosses": crosses, "theme_sources": origins, "passage_questions": asked}
    established = int(crosses["verdict"].isin(["more", "less"]).sum())
    summary = message("pipeline.summary-crosses", crosses=len(crosses), established=established)
    return Result(summary, tables, problems)


def read_guide(study: Study) -> tuple[list[str], list[Problem]]:
    """The questions of the interview guide, one a line; none where it cannot be read."""
    name = study.themes.guide
    if not name:
        return [], []
    try:
        decoded = read_text(study.resolve(name), name)
    except TextlienError as error:
        where = Location(file=study.file.name, option="themes.guide")
        return [], [*error.problems, Problem.warning("pipeline.no-guide", where, guide=name)]
    lines = (line.strip() for line in decoded.text.splitlines())
    return list(dict.fromkeys(line for line in lines if line)), list(decoded.notes)


def unmatched(lines: Sequence[str], asked: pd.DataFrame, study: Study) -> list[Problem]:
    """Warn of questions of the guide that no passage answers.

    Parameters
    ----------
    lines : of the guide.
    asked : table ``passage_questions``.
    study : names the guide.
    """
    missing = tuple(line for line in lines if line not in set(asked["question"]))
    if not missing:
        return []
    where = Location(file=study.themes.guide)
    n, first = len(missing), missing[:_LISTED]
    return [Problem.warning("pipeline.guide-unmatched", where, n=n, lines=len(lines), first=first)]


def _matched(asked: pd.DataFrame, passages: pd.DataFrame, *, by_guide: bool) -> Problem:
    """Say how much of the corpus answers a question that is crossed."""
    where = Location(option="themes.guide")
    share = len(asked) / len(passages)
    questions = asked["question"].nunique()
    if by_guide:
        return Problem.note("pipeline.guide-matched", where, share=share, questions=questions)
    return Problem.note("pipeline.questions-grouped", where, share=share, questions=questions)
