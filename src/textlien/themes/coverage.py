"""Passages that have a theme, why the others have none, and whose words themes are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from textlien import tables
from textlien.arrays import Floats
from textlien.errors import Problem
from textlien.messages.message import Location, Message, message
from textlien.themes.model import ThemeModel

# A word alone may be a figure of speech: it leaves at least half of a passage outside.
_FEWEST_TELLING = 2

# Half of a passage, and no last digit more: a single word leaves exactly half outside.
_MOST = 0.5 + 1e-9

MOST = 0.5
"""Share of a theme from which one interview, or one speaker, is called its source: without it less
would remain than goes."""


class Reason(StrEnum):
    """Why a passage has no theme; values of ``passages_without_theme.reason``."""

    OTHER_LANGUAGE = "other-language"
    NO_TERM = "no-term"
    TALK = "talk"
    FEW_TERMS = "few-terms"
    OUTSIDE = "outside"
    SET_ASIDE = "set-aside"


def has_theme(shares: Floats) -> NDArray[np.bool_]:
    """Tell which passages have a theme: more than half of them is in one theme or another.

    Parameters
    ----------
    shares : passages × themes, of :func:`~textlien.themes.shares.passage_shares`; rows sum to 1
        at most.

    Examples
    --------
    >>> has_theme(np.array([[0.5, 0.2], [0.3, 0.1], [0.0, 0.0]])).tolist()
    [True, False, False]
    """
    return np.asarray(shares.sum(axis=1) > _MOST)


def without_theme(
    model: ThemeModel,
    counts: sparse.csr_matrix,
    shares: Floats,
    passages: Sequence[str],
    aside: NDArray[np.bool_],
) -> pd.DataFrame:
    """Table ``passages_without_theme`` of the passages that have terms.

    Parameters
    ----------
    model : themes.
    counts : passages × terms of the model.
    shares : passages × themes.
    passages : identifier of each row.
    aside : (themes,), True for those that the researcher has set aside.
    """
    themed = has_theme(shares[:, ~aside])
    telling = np.asarray((counts > 0) @ _tells(model.salience).astype("int64")).ravel()
    reasons = np.full(len(passages), Reason.OUTSIDE, dtype=object)
    reasons[telling < _FEWEST_TELLING] = Reason.FEW_TERMS
    reasons[telling == 0] = Reason.TALK
    reasons[has_theme(shares)] = Reason.SET_ASIDE
    rows = {"passage_id": np.asarray(passages, dtype=object)[~themed], "reason": reasons[~themed]}
    return tables.make("passages_without_theme", pd.DataFrame(rows))


def _tells(salience: Floats) -> NDArray[np.bool_]:
    """True for terms above the least salience: that of words of talk, and of rare words.

    Where all are alike, each tells as much as any other.
    """
    least = salience.min(initial=np.inf)
    return np.asarray((salience > least) | (salience.max(initial=0) == least))


def ledger(
    with_terms: pd.DataFrame,
    ids: Iterable[str],
    counted: Iterable[str],
    foreign: Iterable[str] = (),
) -> pd.DataFrame:
    """Table ``passages_without_theme`` of a whole corpus.

    Parameters
    ----------
    with_terms : the table of the passages that have terms, by :func:`without_theme`.
    ids : identifiers of all passages, in the order of the corpus.
    counted : identifiers of the passages that have terms.
    foreign : identifiers of the passages in another language, which have none.
    """
    reasons = dict.fromkeys(foreign, str(Reason.OTHER_LANGUAGE))
    reasons |= dict(zip(with_terms["passage_id"], with_terms["reason"], strict=True))
    has_terms = set(counted)
    rows: list[dict[str, object]] = [
        {"passage_id": passage, "reason": reasons.get(passage, Reason.NO_TERM)}
        for passage in ids
        if passage in reasons or passage not in has_terms
    ]
    return tables.make("passages_without_theme", rows)


def note(table: pd.DataFrame, passages: int) -> Problem:
    """Say how many passages have no theme, and why.

    Parameters
    ----------
    table : ``passages_without_theme``.
    passages : number of passages of the corpus.
    """
    return Problem.note(
        "themes.without",
        Location(option="themes"),
        without=len(table),
        passages=passages,
        share=len(table) / passages,
        reasons=counts_by_reason(table),
    )


def counts_by_reason(table: pd.DataFrame) -> tuple[Message, ...]:
    """Number of passages without theme for each reason that there is, in words."""
    sizes = table["reason"].value_counts()
    texts = (
        message("themes.without-other-language", n=int(sizes.get(Reason.OTHER_LANGUAGE, 0))),
        message("themes.without-no-term", n=int(sizes.get(Reason.NO_TERM, 0))),
        message("themes.without-talk", n=int(sizes.get(Reason.TALK, 0))),
        message("themes.without-few-terms", n=int(sizes.get(Reason.FEW_TERMS, 0))),
        message("themes.without-outside", n=int(sizes.get(Reason.OUTSIDE, 0))),
        message("themes.without-set-aside", n=int(sizes.get(Reason.SET_ASIDE, 0))),
    )
    return tuple(text for text in texts if text.values["n"])


def dominant_themes(passage_themes: pd.DataFrame) -> pd.Series:
    """Theme of each passage that has one, by passage (:func:`has_theme`).

    Parameters
    ----------
    passage_themes : table, without the themes that do not count.
    """
    totals = passage_themes.groupby("passage_id")["share"].sum()
    first = passage_themes.loc[passage_themes.groupby("passage_id")["share"].idxmax()]
    first = first.set_index("passage_id")
    return first.loc[totals.reindex(first.index) > _MOST, "theme"]


def sources(
    themes: pd.Series,
    passage_themes: pd.DataFrame,
    passages: pd.DataFrame,
    interviews: pd.DataFrame,
) -> pd.DataFrame:
    """Table ``theme_sources``: how many interviews speak of each theme, and who most.

    Parameters
    ----------
    themes : numbers of all themes.
    passage_themes, passages, interviews : tables. A speaker is a person where the interview says
        who she is, in whatever interviews; else a voice of one interview.

    Returns
    -------
    Shares of ``interview_share`` and ``speaker_share`` are of the words of the theme: the words
    of each passage times the share that the theme has in it.
    """
    speech = passage_themes.merge(
        passages[["passage_id", "interview_id", "speaker", "n_words"]], on="passage_id"
    ).merge(interviews[["interview_id", "person"]], on="interview_id")
    voices = speech["interview_id"] + " · " + speech["speaker"]
    speech = speech.assign(
        mass=speech["share"] * speech["n_words"],
        voice=speech["person"].where(speech["person"] != "", voices),
    )
    dominant = dominant_themes(passage_themes).rename("dominant")
    counted = passages.merge(dominant, left_on="passage_id", right_index=True)
    rows = []
    for theme in themes:
        here, passages_here = (
            speech[speech["theme"] == theme],
            counted[counted["dominant"] == theme],
        )
        interview, interview_share = _largest(here, "interview_id")
        voice, voice_share = _largest(here, "voice")
        rows.append(
            {
                "theme": theme,
                "n_interviews": passages_here["interview_id"].nunique(),
                "n_passages": len(passages_here),
                "largest_interview": interview,
                "interview_share": interview_share,
                "largest_speaker": voice,
                "speaker_share": voice_share,
                "carried_by": _carried_by(interview_share, voice_share),
            }
        )
    return tables.make("theme_sources", rows)


def carried(table: pd.DataFrame, labels: Mapping[int, str]) -> list[Problem]:
    """Warn of each theme that is mostly one interview or one speaker.

    Parameters
    ----------
    table : ``theme_sources``.
    labels : of the themes, by number.
    """
    problems = []
    for row in table[table["carried_by"] != "several"].to_dict("records"):
        where, theme = Location(option="themes"), int(row["theme"])
        if row["carried_by"] == "interview":
            problem = Problem.warning(
                "themes.one-interview",
                where,
                theme=theme,
                label=labels[theme],
                share=float(row["interview_share"]),
                interview=str(row["largest_interview"]),
            )
        else:
            problem = Problem.warning(
                "themes.one-speaker",
                where,
                theme=theme,
                label=labels[theme],
                share=float(row["speaker_share"]),
                speaker=str(row["largest_speaker"]),
            )
        problems.append(problem)
    return problems


def _largest(speech: pd.DataFrame, column: str) -> tuple[str, float]:
    """The source of most of a theme, and its share of it; "" and NaN of a theme without words."""
    masses = speech.groupby(column, sort=True)["mass"].sum()
    if not masses.sum() > 0:
        return "", float("nan")
    return str(masses.idxmax()), float(masses.max() / masses.sum())


def _carried_by(interview_share: float, voice_share: float) -> str:
    """Value of ``carried_by``: an interview, where both it and its speaker are most of a theme."""
    if interview_share > MOST:
        return "interview"
    return "speaker" if voice_share > MOST else "several"
