"""Stage ``codings``: hand codings, anchored in the transcripts and given to passages."""

from __future__ import annotations

from textlien import tables
from textlien.coding.codings import REVISION, read_codings
from textlien.coding.labels import label_draws, label_passages
from textlien.coding.sources import codebook_of, coding_files
from textlien.files.digests import digest, file_digest
from textlien.messages.message import message
from textlien.pipeline.stage import Inputs, Result
from textlien.pipeline.texts import Texts
from textlien.tables.parquet import table_digest


def key(inputs: Inputs) -> str:
    """Digest of the files of codings, the passages and the codebook."""
    study = inputs.study
    files, missing = coding_files(study)
    return digest(
        REVISION,
        [(study.display_path(path), file_digest(path)) for path in files],
        [problem.to_plain() for problem in missing],
        table_digest(inputs.interviews[["interview_id", "file", "included"]]),
        inputs.shards("passages"),
        [(axis.key, axis.label) for axis in codebook_of(study)],
    )


def compute(inputs: Inputs) -> Result:
    """Anchor hand codings in the transcripts and give their values to passages."""
    study = inputs.study
    files, missing = coding_files(study)
    if not files:
        empty = {name: tables.make(name, []) for name in ("codings", "labels", "label_draws")}
        return Result(message("pipeline.no-codings"), empty, missing)
    texts = Texts(inputs.run, inputs.shards("turns"))
    axes = codebook_of(study)
    codings, problems = read_codings(files, study.display_path, inputs.interviews, texts, axes)
    passages = inputs.run["passages"]
    labels, draws = label_passages(codings, passages), label_draws(codings, passages)
    coded = labels["passage_id"].nunique()
    summary = message("pipeline.summary-codings", codings=len(codings), passages=coded)
    made = {"codings": codings, "labels": labels, "label_draws": draws}
    return Result(summary, made, [*missing, *problems])
