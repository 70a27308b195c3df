"""Fuzz all readers of transcripts: mutated files must be read or refused with a message.

Usage: python tools/fuzz_readers.py [EXAMPLES_PER_FORMAT] [SUFFIX …]

Each mutant runs under a limit of 10 seconds and the process under a limit on memory. A fault is
printed with its traceback, made small, and kept in tests/transcripts/faults/ as a regression
test. Prints a table: mutants, read, refused, slowest, largest memory.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import resource
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.transcripts.fuzzing import FAULTS, mutants  # noqa: E402
from tests.transcripts.test_fuzz import outcome_of, seeds  # noqa: E402

from textlien.transcripts import FORMATS  # noqa: E402

SECONDS, GIGABYTE = 10, 2**30


def fuzz(suffix: str, examples: int) -> str:
    """Fuzz one format; return its row of the table."""
    resource.setrlimit(resource.RLIMIT_AS, (3 * GIGABYTE, 3 * GIGABYTE))
    warnings.simplefilter("ignore")
    folder = Path(tempfile.mkdtemp())
    file = folder / f"entretien{suffix}"
    started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seen: Counter[str] = Counter()
    slowest = 0.0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(seeds(suffix)).flatmap(lambda seed: mutants(seed.read_bytes())))
    def one(content: bytes) -> None:
        nonlocal slowest
        file.write_bytes(content)
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        begin = time.perf_counter()
        try:
            seen[outcome_of(file)] += 1
            slowest = max(slowest, time.perf_counter() - begin)
        finally:
            faulthandler.cancel_dump_traceback_later()

    try:
        one()
    except Exception as error:  # a fault of a reader may be of any kind
        traceback.print_exception(error, limit=-6)
        _keep(file, f"{type(error).__name__.lower()}")
        seen["fault"] += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        f"{suffix:10} {seen.total():8,} {seen['read']:8,} {seen['refused']:8,} "
        f"{seen['fault']:6,} {slowest:8.2f} {(peak - started) / 1024:10,.0f} {peak / 1024:8,.0f}"
    )


def _keep(file: Path, why: str) -> None:
    FAULTS.mkdir(exist_ok=True)
    number = sum(1 for _ in FAULTS.glob(f"*{file.suffix}")) + 1
    (FAULTS / f"{why}-{number}{file.suffix}").write_bytes(file.read_bytes())


def _fuzz_apart(suffix: str, examples: int) -> None:
    print(fuzz(suffix, examples), flush=True)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    names = ("format", "mutants", "read", "refused", "faults", "slowest", "MB gained", "MB peak")
    print("{:10} {:>8} {:>8} {:>8} {:>6} {:>8} {:>10} {:>8}".format(*names), flush=True)
    for name in sys.argv[2:] or FORMATS:
        if not seeds(name):
            print(f"{name:10} no file to start from in golden/")
            continue
        process = multiprocessing.Process(target=_fuzz_apart, args=(name, count))
        process.start()
        process.join()
        if process.exitcode:
            print(f"{name:10} ended by signal or after {SECONDS} s: exit {process.exitcode}")
