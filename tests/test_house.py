"""The house keeps its rooms: sizes, docstrings, no text taken apart, tests beside the code."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "textlien"
MODULES = sorted(SRC.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})

MOST_MODULES = 12
"""Modules in one folder, ``__init__`` apart: what one can take in at a glance."""

MOST_FORMATS = 24
"""The folder of file formats is a leaf: as long as the list of formats."""

MOST_LINES = 400
LONGEST_FUNCTION = 40
"""Lines of a function without its docstring."""

TAKEN_APART = re.compile(
    r"\b(?:message|hint|place|reason|location)(?:\(\w*\))?"
    r"\.(?:partition|rpartition|split|rsplit|removeprefix|removesuffix|startswith|endswith)\("
)
"""A message, a place or a reason that is parsed: it should have been kept in parts."""


def shown(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


rooms = pytest.mark.parametrize("folder", FOLDERS, ids=shown)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and lines without the docstring of each function."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            has_doc = ast.get_docstring(node, clean=False) is not None
            doc = (first.end_lineno or 0) - first.lineno + 1 if has_doc else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - doc


def test_the_top_level_holds_the_face_and_the_ground():
    top = {path.name for path in SRC.iterdir() if path.suffix == ".py"}
    assert top == {"__init__.py", "arrays.py", "errors.py"}


@rooms
def test_a_room_is_seen_at_a_glance(folder):
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    limit = MOST_FORMATS if folder.name == "formats" else MOST_MODULES
    assert len(modules) <= limit


@rooms
def test_modules_and_functions_are_short(folder):
    modules = sorted(folder.glob("*.py"))
    long = [shown(p) for p in modules if len(p.read_text("utf-8").splitlines()) > MOST_LINES]
    long += [
        f"{shown(path)}:{name} ({lines})"
        for path in modules
        for name, lines in functions(path)
        if lines > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("folder", [f for f in FOLDERS if f != SRC], ids=shown)
def test_a_room_says_what_it_is_for_and_what_it_must_not_import(folder):
    docstring = ast.get_docstring(tree_of(folder / "__init__.py")) or ""
    assert len(docstring.split()) > 8
    assert re.search(r"import|only room", docstring), docstring


def test_every_module_says_what_it_is_for():
    assert [shown(p) for p in MODULES if not ast.get_docstring(tree_of(p))] == []


@rooms
def test_no_text_is_parsed_back(folder):
    places = [
        f"{shown(path)}:{number}: {line.strip()}"
        for path in sorted(folder.glob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if TAKEN_APART.search(line)
    ]
    assert places == []


BANNED = {"found", "known", "given", "said", "own", "taken", "shown", "one"}
"""Participles that name no thing. Locals and parameters are nouns of what they hold."""


@rooms
def test_names_are_nouns_of_what_they_hold(folder):
    names: Counter[str] = Counter()
    for path in folder.glob("*.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names[node.id] += 1
            elif isinstance(node, ast.arg):
                names[node.arg] += 1
    assert {name: names[name] for name in BANNED if names[name]} == {}


def test_tests_stand_where_the_code_stands():
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.glob("*/**/test_*.py")}
    apart = {Path("browser"), Path("docs")}
    strays = [f for f in folders - apart if not (SRC / f).is_dir()]
    assert strays == []
