"""Code that results depend on does not change without a look at its revision."""

from __future__ import annotations

import json

import pytest

from tests.pipeline.revisions import LOCK, VERSIONED, current, digest_of
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


def test_neither_comments_nor_docstrings_nor_layout_are_code():
    assert digest_of('def f(x):\n    """Text."""\n    return x  # why\n') == digest_of(
        'def f(x):\n    """Other."""\n\n    return (x)\n'
    )
    assert digest_of("x = 1\n") != digest_of("x = 2\n")
    assert digest_of("x = 1\n") != digest_of("x = '1'\n")
    assert digest_of("REVISION = 1\n") == digest_of("REVISION = 2\n")
