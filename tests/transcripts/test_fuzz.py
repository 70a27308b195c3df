"""Whatever is in a file, it is read or refused with a message: no traceback, no hang.

The same property over 20,000 mutants: ``python tools/fuzz_readers.py``.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.making import hint_of, text_of
from tests.transcripts.fuzzing import FAULTS, GOLDEN, mutants
from textlien.errors import TextlienError
from textlien.study.options import LabelsOptions
from textlien.transcripts import FORMATS, read


def outcome_of(path):
    """Assert that a file is read, or refused with its name, what is wrong and what to do."""
    try:
        readings = read(path, path.name, LabelsOptions())
    except TextlienError as error:
        refusal = error
    else:
        assert readings
        errors = [
            [problem for problem in reading.problems if problem.severity == "error"]
            for reading in readings
        ]
        for reading, found in zip(readings, errors, strict=True):
            assert len(reading.turns) or found
        return "refused" if all(errors) else "read"
    assert text_of(refusal).startswith(path.name)
    assert len(text_of(refusal)) > len(path.name) + 5
    assert hint_of(refusal)
    return "refused"


def seeds(suffix):
    files = (file for file in GOLDEN.rglob("*") if file.suffix.lower() == suffix)
    return sorted(
        file for file in files if not file.name.endswith(".turns.csv") and file.name != "README.md"
    )


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_has_a_file_to_start_from(suffix):
    assert seeds(suffix)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_file_is_read_or_refused(suffix, data, tmp_path_factory):
    seed = data.draw(st.sampled_from(seeds(suffix)))
    file = tmp_path_factory.mktemp("fuzz") / f"entretien{suffix}"
    file.write_bytes(data.draw(mutants(seed.read_bytes())))
    outcome_of(file)  # asserts


@pytest.mark.parametrize("file", sorted(FAULTS.glob("*.*")), ids=lambda file: file.name)
def test_a_fault_that_was_found_stays_mended(file):
    outcome_of(file)  # asserts
