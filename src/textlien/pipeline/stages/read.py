"""Stage ``read``: transcripts → interviews and turns."""

from __future__ import annotations

from textlien.corpus.discovery import discover
from textlien.files.digests import digest
from textlien.pipeline.reading import describe_files, forget_others, is_read, read_files
from textlien.pipeline.stage import Context, Done
from textlien.raw import raw_error
from textlien.tables.parquet import table_digest


def read_stage(context: Context) -> Done:
    """Read what is new, and describe all interviews."""
    study, run = context.study, context.run
    transcripts, problems = discover(study)
    unread = [
        part
        for part in transcripts
        if not part.twin and ("read" in context.forced or not is_read(study, run, part))
    ]
    if unread:
        context.about_to_compute()
    read_files(
        study,
        run,
        unread,
        workers=context.workers if _is_worth_processes(context) else 1,
        advance=lambda done, total: context.watcher.advanced("read", done, total),
    )
    if not context.dry:
        forget_others(study, run, transcripts)
    corpus = describe_files(study, run, transcripts)
    problems += corpus.problems
    if not corpus.turns:
        listed = "\n".join(str(problem) for problem in problems)
        raise raw_error(f"no interview could be read.\n{listed}")
    context.interviews = corpus.interviews
    files = zip(corpus.interviews["file"], corpus.interviews["sha256"], strict=True)
    context.run.manifest["inputs"] |= dict(files)
    found = (corpus.interviews, corpus.speakers, corpus.variables)
    key = digest(*(table_digest(table) for table in found), corpus.turns)
    known_before = bool(context.shard_keys("turns"))
    changed = bool(unread) or key != context.key("read")
    if changed:
        context.about_to_compute()
    if context.dry:
        return context.recall()
    for name, table in zip(("interviews", "speakers", "variables"), found, strict=True):
        context.run.write(name, table)
    context.run.set_shards("turns", corpus.turns)
    turns = int(corpus.interviews.loc[corpus.interviews["included"], "n_turns"].sum())
    summary = f"{len(corpus.turns):,} interviews, {turns:,} turns"
    if known_before and unread:
        summary += f" ({len(unread):,} file{'' if len(unread) == 1 else 's'} anew)"
    context.record(key, summary, problems)
    return Done(summary, changed)


def _is_worth_processes(context: Context) -> bool:
    return not context.shard_keys("turns")
