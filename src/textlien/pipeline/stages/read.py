"""Stage ``read``: transcripts → interviews and turns."""

from __future__ import annotations

from textlien.files.digests import digest
from textlien.pipeline.reading import read_corpus
from textlien.pipeline.stage import Context, Done
from textlien.raw import raw_error
from textlien.tables.parquet import table_digest


def read_stage(context: Context) -> Done:
    """Read what is new, and describe all interviews."""
    corpus = read_corpus(
        context.study,
        context.run,
        workers=context.workers if _is_worth_processes(context) else 1,
        advance=lambda done, total: context.watcher.advanced("read", done, total),
        force="read" in context.forced,
        before=context.about_to_compute,
        prune=not context.dry,
    )
    if not corpus.turns:
        listed = "\n".join(str(problem) for problem in corpus.problems)
        raise raw_error(f"no interview could be read.\n{listed}")
    context.interviews = corpus.interviews
    files = zip(corpus.interviews["file"], corpus.interviews["sha256"], strict=True)
    context.run.manifest["inputs"] |= dict(files)
    found = (corpus.interviews, corpus.speakers, corpus.variables)
    key = digest(*(table_digest(table) for table in found), corpus.turns)
    known_before = bool(context.shard_keys("turns"))
    changed = bool(corpus.read) or key != context.key("read")
    if changed:
        context.about_to_compute()
    if context.dry:
        return context.recall()
    for name, table in zip(("interviews", "speakers", "variables"), found, strict=True):
        context.run.write(name, table)
    context.run.set_shards("turns", corpus.turns)
    turns = int(corpus.interviews.loc[corpus.interviews["included"], "n_turns"].sum())
    summary = f"{len(corpus.turns):,} interviews, {turns:,} turns"
    if known_before and corpus.read:
        summary += f" ({corpus.read:,} file{'' if corpus.read == 1 else 's'} anew)"
    context.record(key, summary, corpus.problems)
    return Done(summary, changed)


def _is_worth_processes(context: Context) -> bool:
    return not context.shard_keys("turns")
