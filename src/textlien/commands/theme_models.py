"""Models of themes: kept in a folder, to measure another corpus on them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd
from threadpoolctl import threadpool_limits

from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.pipeline.libraries import library_versions
from textlien.pipeline.run import plan
from textlien.pipeline.run_folder import Run, run_folder
from textlien.pipeline.stage import Inputs
from textlien.pipeline.stages.themes import term_sources
from textlien.study.options import Study
from textlien.terms.build import build_terms
from textlien.terms.languages import in_french, other_languages
from textlien.terms.loading import load_lexicon
from textlien.themes.edits.resolving import edits_of
from textlien.themes.find import as_numbered
from textlien.themes.fitting import StudyFit, most_themes
from textlien.themes.material import material_of
from textlien.themes.projection.card import proper_names
from textlien.themes.projection.fates import fates
from textlien.themes.projection.folder import check_model, load_model, named_model, save
from textlien.themes.projection.keeping import Corpus, keep
from textlien.themes.projection.reports import other_terms
from textlien.themes.projection.saved import Origin, SavedThemes, with_digests


class Kept(NamedTuple):
    """A model of themes that was written.

    Attributes
    ----------
    version : name of the study and digest of the content.
    folder : where it is.
    themes, terms : their numbers.
    names : terms with a capital, which may be names.
    """

    version: str
    folder: Path
    themes: int
    terms: int
    names: tuple[str, ...]


def save_themes(study: Study, folder: Path) -> Kept:
    """Keep the themes of the last run of a study in a folder.

    Parameters
    ----------
    study : the study.
    folder : to write; a model that is in it already is replaced.

    Raises
    ------
    TextlienError
        When the run is not up to date or has no theme, or the folder holds something else.
    """
    _refuse_other_folder(folder)
    saved = themes_of_run(study)
    version = save(saved, folder)
    return Kept(version, folder, len(saved.themes), len(saved.model.terms), proper_names(saved))


def themes_of_run(study: Study) -> SavedThemes:
    """The themes of the last run, as a folder keeps them.

    They are fitted again: the run keeps their first words only, and the same seed gives the same
    themes.

    Raises
    ------
    TextlienError
        When the run is not up to date, or has no theme.
    """
    place = Location(file=study.file.name)
    if not all(stage.current for stage in plan(study) if stage.name in _NEEDED):
        raise TextlienError(Problem.error("commands.themes-not-current", place))
    run = Run(run_folder(study))
    if run["themes"].empty:
        raise TextlienError(Problem.error("commands.no-themes", place))
    named = named_model(study)
    if named is not None:
        return named
    # One thread, as in a run: sums in another order would change last digits.
    with threadpool_limits(limits=1):
        corpus = _corpus(study, run)
        edits, _ = edits_of(study, corpus.terms)
        fit, k = StudyFit(study.themes, edits), min(study.themes.k, most_themes(corpus.material))
        edited = fit.edited(corpus.material, k, study.study.seed)
        edited = as_numbered(edited, corpus.material, run["themes"])
        return keep(edited.model, run["themes"], corpus, fit)


_NEEDED = ("read", "segment", "annotate", "terms", "themes")
"""Stages that themes depend on."""


def _corpus(study: Study, run: Run) -> Corpus:
    """The corpus of a run, with what its model tells of it."""
    terms, passage_terms, interviews = run["terms"], run["passage_terms"], run["interviews"]
    material, passages = material_of(terms, passage_terms)
    used = interviews[interviews["included"]]
    origin = Origin(
        study=study.name,
        waves=tuple(sorted(set(used["wave"]))),
        n_interviews=len(used),
        n_passages=len(passages),
        n_occurrences=int(passage_terms["count"].sum()),
        fictional=bool(used["fictional"].any()),
        engine=study.themes.engine,
        k=study.themes.k,
        seed=study.study.seed,
        terms=study.terms.model_dump(mode="json"),
        sources=term_sources(Inputs(study, run, library_versions(study))),
    )
    digests = frozenset(with_digests(interviews)["digest"])
    return Corpus(terms, material, _common(study, run), digests, origin)


def _common(study: Study, run: Run) -> frozenset[str]:
    """Lemmas that are in too many passages to be terms."""
    lexicon, _ = load_lexicon(study.terms, study.folder)
    options = study.terms.model_copy(update={"max_share": 1.0})
    shards = in_french(lambda: run.shards("tokens"), other_languages(run.shards("passages")))
    terms, _, _ = build_terms(shards, options, lexicon)
    return frozenset(terms["term"]) - frozenset(run["terms"]["term"])


def compare_with(study: Study, folder: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Find the counterparts of the themes of a model among those of the last run.

    Parameters
    ----------
    study : its themes are the new ones.
    folder : of the model, whose themes are the old ones.

    Returns
    -------
    Table of :func:`~textlien.themes.projection.fates.fates`; problems: terms that were made
    otherwise.

    Raises
    ------
    TextlienError
        When the run is not up to date or has no theme, or the model cannot be read.
    """
    old, new = load_model(folder), themes_of_run(study)
    problems = list(other_terms(old, study.terms, new.origin.sources))
    return fates(old, new), problems


def _refuse_other_folder(folder: Path) -> None:
    """Refuse to write among files that are not those of a model of themes.

    Raises
    ------
    TextlienError
        When the folder holds something, and not a whole model of themes.
    """
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        try:
            check_model(folder)
        except TextlienError as error:
            place = Location(file=str(folder))
            raise TextlienError(Problem.error("commands.not-a-model-folder", place)) from error
