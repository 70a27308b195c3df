"""Stage ``terms``: tokens → terms and their counts."""

from __future__ import annotations

from textlien.files.digests import digest, file_digest
from textlien.messages.message import message
from textlien.pipeline.stage import Inputs, Result
from textlien.terms.build import REVISION, build_terms
from textlien.terms.loading import EXPRESSIONS, STOP_WORDS, load_lexicon


def key(inputs: Inputs) -> str:
    """Digest of the tokens, the options and the lexicons."""
    study = inputs.study
    own_lexicons = [study.resolve(path) for path in study.terms.expressions]
    return digest(
        REVISION,
        inputs.versions("gensim"),
        list(inputs.shards("tokens").values()),
        study.terms.model_dump(),
        [
            file_digest(path) if path.is_file() else ""
            for path in (EXPRESSIONS, STOP_WORDS, *own_lexicons)
        ],
    )


def compute(inputs: Inputs) -> Result:
    """Choose terms and count them in each passage."""
    study = inputs.study
    lexicon, problems = load_lexicon(study.terms, study.folder)
    terms, passage_terms, faults = build_terms(
        lambda: inputs.run.shards("tokens"), study.terms, lexicon
    )
    kinds = terms["kind"].value_counts()
    several = int(kinds.get("expression", 0) + kinds.get("collocation", 0))
    summary = message("pipeline.summary-terms", terms=len(terms), several=several)
    return Result(summary, {"terms": terms, "passage_terms": passage_terms}, [*problems, *faults])
