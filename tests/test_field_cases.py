"""Situations from the field: none read wrongly without a word, and as many right as before."""

from collections import Counter
from pathlib import Path

import pytest
from benchmarks.field_cases import verdicts

from tests.test_baseline import floor

CASES = Path(__file__).parents[2] / "shared" / "field_cases"


@pytest.mark.real
@pytest.mark.slow
def test_situations_from_the_field_are_read_right_or_told():
    if not CASES.is_dir():
        pytest.skip("the cases from the field are not here")
    results = Counter(row.result for row in verdicts(CASES, []))
    assert results["silent"] == 0
    assert results["exact"] >= floor("field_cases.exact")
