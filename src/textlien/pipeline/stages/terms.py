"""Stage ``terms``: tokens → terms and their counts."""

from __future__ import annotations

from textlien.files.digests import digest
from textlien.messages.message import message
from textlien.pipeline.stage import Inputs, Result
from textlien.terms.build import REVISION, build_terms
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
    """
    study = inputs.study
    saved = named_model(study)
    lexicon, problems = load_lexicon(study.terms, study.folder)
    terms, passage_terms, faults = build_terms(
        lambda: inputs.run.shards("tokens"), study.terms, lexicon, saved.kinds if saved else {}
    )
    kinds = terms["kind"].value_counts()
    several = int(kinds.get("expression", 0) + kinds.get("collocation", 0))
    summary = message("pipeline.summary-terms", terms=len(terms), several=several)
    return Result(summary, {"terms": terms, "passage_terms": passage_terms}, [*problems, *faults])
