"""Code that results depend on does not change without a look at its revision."""

from __future__ import annotations

import json

import pytest

from tests.pipeline.revisions import LOCK, SRC, VERSIONED, covered, current, digest_of, used
from textlien.pipeline.catalogue import STAGES

WRITE = "python tests/pipeline/revisions.py"


@pytest.mark.parametrize("stage", VERSIONED)
def test_code_and_revision_are_those_that_were_looked_at(stage):
    locked = json.loads(LOCK.read_text(encoding="utf-8"))[stage]
    here = current()[stage]
    if here["modules"] != locked["modules"] and here["revision"] == locked["revision"]:
        changed = sorted(dict(here["modules"].items() ^ locked["modules"].items()))
        pytest.fail(
            f"{', '.join(changed)} changed. If the same input may give another result, raise "
            f"REVISION in {VERSIONED[stage].module}; then, in either case: {WRITE}"
        )
    assert here == locked, WRITE


def test_every_stage_that_computes_has_a_revision():
    assert set(VERSIONED) == {stage.name for stage in STAGES} - {"report"} | {"describe"}


GROUND = (
    "errors.py",
    "arrays.py",
    "messages/*.py",
    "study/*.py",
    "tables/*.py",
    "files/atomic.py",
    "files/digests.py",
    "files/limits.py",
    "files/shipped.py",
    "files/toml.py",
    "pipeline/manifest.py",
    "pipeline/parallel.py",
    "pipeline/run_folder.py",
    "pipeline/watcher.py",
    "**/__init__.py",
)
"""What gives no result of its own: how options, tables and problems are kept, found and shown."""


@pytest.mark.parametrize("stage", VERSIONED)
def test_no_code_that_a_result_depends_on_is_without_a_revision(stage):
    """A stage before counts too: what it versions, this one is given as a table."""
    names = list(VERSIONED)
    end = max(names.index(stage), names.index("describe")) + 1  # « read » has two revisions
    before = [covered(name) for name in names[:end]]
    ground = {path for pattern in GROUND for path in SRC.glob(pattern)}
    beside = used(covered(stage)) - set().union(*before, ground)
    assert sorted(path.relative_to(SRC).as_posix() for path in beside) == []


def test_neither_comments_nor_docstrings_nor_layout_are_code():
    assert digest_of('def f(x):\n    """Text."""\n    return x  # why\n') == digest_of(
        'def f(x):\n    """Other."""\n\n    return (x)\n'
    )
    assert digest_of("x = 1\n") != digest_of("x = 2\n")
    assert digest_of("x = 1\n") != digest_of("x = '1'\n")
    assert digest_of("REVISION = 1\n") == digest_of("REVISION = 2\n")
