"""Lock of the revisions: the code that each ``REVISION`` versions, as it was when last looked at.

Usage: python tests/pipeline/revisions.py

Writes ``revisions.json``. Before that, ask of each module that changed: may the same input give
another result? Then raise its ``REVISION``, so that runs made before are not taken for up to date.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

SRC = Path(__file__).parents[2] / "src" / "textlien"
LOCK = Path(__file__).with_name("revisions.json")


class Versioned(NamedTuple):
    """A ``REVISION``: the module that holds it, and the modules whose results it versions."""

    module: str
    covers: tuple[str, ...]


_CSV = ("files/csvfile.py", "files/encoding.py", "files/source.py", "files/sheets/frame.py")
_SHEETS = (
    *_CSV,
    "files/containers.py",
    "files/sheet_extent.py",
    "files/spreadsheet.py",
    "files/sheets/letters.py",
    "files/sheets/unseen.py",
)
_FEATURES = ("annotation/encoder.py", "axes/features/*.py")

VERSIONED = {
    "read": Versioned(
        "pipeline/reading.py",
        ("pipeline/reading.py", "transcripts/**/*.py", "text/*.py", *_SHEETS),
    ),
    "describe": Versioned(
        "corpus/describe.py",
        ("corpus/*.py", "pipeline/warnings.py", "text/folding.py", "text/names.py", *_SHEETS),
    ),
    "segment": Versioned(
        "segmentation/passages.py", ("segmentation/passages.py", "text/marks.py", "text/words.py")
    ),
    "annotate": Versioned(
        "annotation/annotate.py",
        (
            "annotation/*.py",
            "annotation/speech/*.py",
            "text/folding.py",
            "text/ligatures.py",
            "text/marks.py",
        ),
    ),
    "terms": Versioned(
        "terms/build.py",
        (
            "terms/*.py",
            "themes/**/*.py",
            "text/folding.py",
            "transcripts/language.py",
            "text/phrase_index.py",
            *_CSV,
        ),
    ),
    "themes": Versioned(
        "themes/find.py",
        (
            "themes/**/*.py",
            "annotation/encoder.py",
            "terms/languages.py",
            "transcripts/language.py",
        ),
    ),
    "codings": Versioned(
        "coding/codings.py",
        (
            "coding/anchor.py",
            "coding/codebook.py",
            "coding/coders.py",
            "coding/codings.py",
            "coding/labels.py",
            "coding/row_problems.py",
            "coding/sources.py",
            "files/formula_guard.py",
            "text/folding.py",
            *_SHEETS,
        ),
    ),
    "encode": Versioned("annotation/encoder.py", ("annotation/encoder.py",)),
    "train": Versioned(
        "axes/train.py",
        (
            "axes/*.py",
            "axes/learning/*.py",
            "axes/words/content.py",
            "coding/codebook.py",
            "coding/coders.py",
            "estimation/intervals.py",
            "estimation/resampling.py",
            *_FEATURES,
        ),
    ),
    "axes": Versioned(
        "axes/score.py",
        (
            "axes/score.py",
            "axes/unscored.py",
            "axes/words/content.py",
            "axes/learning/*.py",
            "transcripts/language.py",
            "axes/registry.py",
            "axes/weights.py",
            *_FEATURES,
        ),
    ),
    "distance": Versioned(
        "axes/distance.py", ("axes/distance.py", "axes/registry.py", "axes/weights.py", *_FEATURES)
    ),
    "words": Versioned(
        "axes/words/evidence.py",
        (
            "axes/words/*.py",
            "axes/unscored.py",
            "axes/registry.py",
            "axes/weights.py",
            "transcripts/language.py",
            *_FEATURES,
        ),
    ),
    "profiles": Versioned("estimation/profiles.py", ("estimation/*.py",)),
    "contrasts": Versioned("estimation/contrasts.py", ("estimation/*.py",)),
    "crosses": Versioned(
        "estimation/crosses.py",
        ("estimation/*.py", "segmentation/questions.py", "themes/**/*.py"),
    ),
}
"""By stage; ``read`` has two. ``report`` has none: its key is made of its own code and words."""


def current() -> dict[str, dict[str, object]]:
    """Revision of each stage, and digest of each module that it versions."""
    return {
        name: {
            "revision": revision_of(SRC / versioned.module),
            "modules": {
                path.relative_to(SRC).as_posix(): digest_of(path.read_text(encoding="utf-8"))
                for pattern in versioned.covers
                for path in sorted(SRC.glob(pattern))
            },
        }
        for name, versioned in VERSIONED.items()
    }


def covered(name: str) -> set[Path]:
    """Modules whose results the revision of a stage versions."""
    return {path for pattern in VERSIONED[name].covers for path in SRC.glob(pattern)}


def used(modules: Iterable[Path]) -> set[Path]:
    """Modules that some modules need, themselves and all that these import included."""
    waiting, needed = list(modules), set(modules)
    while waiting:
        for path in imported(waiting.pop()) - needed:
            needed.add(path)
            waiting.append(path)
    return needed


def imported(module: Path) -> set[Path]:
    """Modules of textlien that a module imports; a package as its ``__init__``."""
    paths: set[Path] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textlien"):
            room = SRC.joinpath(*str(node.module).split(".")[1:])
            below = [room / alias.name for alias in node.names]
            for path in (room, *below) if room != SRC else below:
                paths |= {path.with_suffix(".py"), path / "__init__.py"}
    return {path for path in paths if path.is_file()}


def revision_of(path: Path) -> int:
    """The number that a module assigns to ``REVISION``."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "REVISION":
            revision = ast.literal_eval(node.value)
            assert isinstance(revision, int)
            return revision
    raise ValueError(f"{path} has no REVISION")


def digest_of(source: str) -> str:
    """Digest of the code alone: neither comments, docstrings nor the layout are in it."""
    text = json.dumps(_plain(ast.parse(source)), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(node: object) -> object:
    """A syntax tree as lists, alike on every version of Python: empty fields are left out."""
    if isinstance(node, ast.AST):
        fields = [(name, _plain(value)) for name, value in ast.iter_fields(node)]
        return [type(node).__name__, *(field for field in fields if field[1] not in (None, []))]
    if isinstance(node, list):
        return [_plain(part) for part in node if not _is_docstring(part) and not _is_revision(part)]
    return node if isinstance(node, str | int | float | None) else repr(node)


def _is_docstring(node: object) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _is_revision(node: object) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "REVISION"


if __name__ == "__main__":
    LOCK.write_text(json.dumps(current(), indent=1) + "\n", encoding="utf-8")
