"""Stage ``terms``: tokens → terms and their counts."""

from __future__ import annotations

import pandas as pd

from textlien.files.digests import digest
from textlien.messages.message import Location, message
from textlien.pipeline.stage import Inputs, Result
from textlien.tables.parquet import read_parquet
from textlien.terms.build import REVISION, build_terms
from textlien.terms.languages import in_french, other_languages, warning
from textlien.terms.loading import lexicon_digests, load_lexicon
from textlien.themes.projection.folder import digest_of_named_model, named_model


def key(inputs: Inputs) -> str:
    """Digest of the tokens, the options, the lexicons and a model of themes."""
    study = inputs.study
    return digest(
        REVISION,
        inputs.versions("gensim"),
        list(inputs.shards("tokens").values()),
        study.terms.model_dump(),
        lexicon_digests(study.terms, study.folder),
        digest_of_named_model(study),
    )


def compute(inputs: Inputs) -> Result:
    """Choose terms and count them in each passage.

    Terms of a model of themes are terms whatever their frequency: themes are measured by them.
    Passages in another language have none, so that no later stage makes themes of its words.
    """
    study = inputs.study
    others = other_languages(inputs.run.shards("passages"))
    saved = named_model(study)
    lexicon, problems = load_lexicon(study.terms, study.folder)
    terms, passage_terms, faults = build_terms(
        in_french(lambda: inputs.run.shards("tokens"), others),
        study.terms,
        lexicon,
        saved.kinds if saved else {},
    )
    if len(others):
        problems = [*problems, warning(others, _place(inputs, others))]
    kinds = terms["kind"].value_counts()
    several = int(kinds.get("expression", 0) + kinds.get("collocation", 0))
    summary = message("pipeline.summary-terms", terms=len(terms), several=several)
    return Result(summary, {"terms": terms, "passage_terms": passage_terms}, [*problems, *faults])


def _place(inputs: Inputs, passages: pd.DataFrame) -> Location:
    """Place of the first turn of the first of some passages, in the file of its interview."""
    first = passages.iloc[0]
    interview = str(first["interview_id"])
    turns = read_parquet(inputs.shard("turns", interview), "turns").set_index("turn")["place"]
    files = inputs.interviews.set_index("interview_id")["file"]
    return Location.from_code(str(turns[first["turn_first"]]), file=str(files[interview]))
