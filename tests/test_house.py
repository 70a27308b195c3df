"""Limits of the house: sizes, complexity, docstrings, no parsing of texts, places of tests."""

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

MOST_FORMATS = 26
"""The folder of file formats is a leaf: as long as the list of formats."""

MOST_LINES = 400
LONGEST_FUNCTION = 40
"""Lines of a function without its docstring."""

MOST_COMPLEX = 12
"""Branches and operators of a function, and one."""

ODD_OPENINGS = {"What", "Whether", "Who", "How", "That"}
"""First words of a docstring that opens with neither a verb nor a noun."""

MESSAGES = {"error", "hint", "location", "message", "place", "problem", "reason", "summary"}
"""Names of what is written for people: what is looked for in it should have been kept in parts."""

PARSERS = set(
    "count endswith find findall finditer fullmatch index match partition removeprefix "
    "removesuffix rfind rpartition rsplit search split splitlines startswith sub".split()
)
"""Methods of texts and patterns that take a text apart, or decide by what is in it."""

PARSED_ALL_THE_SAME = {
    "files/toml.py": "_LINE.search(str(error))",  # tomllib keeps the line nowhere else
    "annotation/annotate.py": "str(error).splitlines()",  # the first line of another's message
}
"""Messages of other people's libraries."""


def shown(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


rooms = pytest.mark.parametrize("folder", FOLDERS, ids=shown)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Number of lines of a function without its docstring."""
    first = function.body[0]
    has_doc = ast.get_docstring(function, clean=False) is not None
    doc = (first.end_lineno or 0) - first.lineno + 1 if has_doc else 0
    return (function.end_lineno or 0) - function.lineno + 1 - doc


def complexity_of(function: ast.AST) -> int:
    """Cyclomatic complexity: 1, and 1 for each branch, loop, handler, case, condition or operator.

    Ruff's C901 counts neither ``and`` and ``or`` nor conditional expressions and comprehensions,
    so that a rule of six clauses on one line passes there.
    """
    complexity = 1
    for node in ast.walk(function):
        if isinstance(node, ast.BoolOp):
            complexity += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            complexity += 1 + len(node.ifs)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.While | ast.Try):
            complexity += bool(node.orelse) + (not isinstance(node, ast.Try))
        elif isinstance(node, ast.If | ast.IfExp | ast.ExceptHandler | ast.match_case | ast.Assert):
            complexity += 1
    return complexity


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
        f"{shown(path)}:{function.name} ({lines_of(function)})"
        for path in modules
        for function in functions(path)
        if lines_of(function) > LONGEST_FUNCTION
    ]
    assert long == []


@rooms
def test_functions_are_simple(folder):
    dense = [
        f"{shown(path)}:{function.name} ({complexity_of(function)})"
        for path in sorted(folder.glob("*.py"))
        for function in functions(path)
        if complexity_of(function) > MOST_COMPLEX
    ]
    assert dense == []


def test_operators_and_comprehensions_count_as_branches():
    rule = "def f(a, b):\n    return [c for c in a if c] if a and b or not a else b"
    assert complexity_of(ast.parse(rule)) == 6


@rooms
def test_docstrings_open_with_a_verb_or_a_noun(folder):
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    odd = [
        f"{shown(path)}: {docstring.splitlines()[0]}"
        for path in sorted(folder.glob("*.py"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, documented) and (docstring := ast.get_docstring(node))
        if docstring.split()[0] in ODD_OPENINGS
    ]
    assert odd == []


@pytest.mark.parametrize("folder", [f for f in FOLDERS if f != SRC], ids=shown)
def test_a_room_says_what_it_is_for_and_what_it_must_not_import(folder):
    docstring = ast.get_docstring(tree_of(folder / "__init__.py")) or ""
    assert len(docstring.split()) > 8
    assert re.search(r"import|only room", docstring), docstring


def test_every_module_says_what_it_is_for():
    assert [shown(p) for p in MODULES if not ast.get_docstring(tree_of(p))] == []


def parsed_texts(tree: ast.Module) -> Iterator[ast.expr]:
    """Expressions that take a text for people apart, or decide by one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in PARSERS and any(map(is_for_people, [node.func.value, *node.args])):
                yield node
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            texts = [side for side in sides if isinstance(side, ast.Constant)]
            if any(isinstance(text.value, str) for text in texts) and any(
                map(is_for_people, sides)
            ):
                yield node


def is_for_people(node: ast.expr) -> bool:
    """True for a message or a place by its name, and for the text of a problem or an error."""
    if isinstance(node, ast.Call):
        function = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        if function in {"str", "render"}:
            return any(map(is_for_people, node.args)) or function == "render"
        return function in MESSAGES
    return getattr(node, "attr", getattr(node, "id", "")) in MESSAGES


@rooms
def test_no_text_is_parsed_back(folder):
    places = [
        f"{shown(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in sorted(folder.glob("*.py"))
        for node in parsed_texts(tree_of(path))
        if ast.unparse(node) != PARSED_ALL_THE_SAME.get(shown(path))
    ]
    assert places == []


@pytest.mark.parametrize(
    "code",
    [
        'problem.place.partition(", line ")[0]',
        'INITIALS in problem.reason.split(";")',
        'if one.reason == "ville de l\'étude": pass',
        'x = "password" in str(error)',
        're.search(r"line (\\d+)", str(problem))',
        'problem.render(translator).startswith("small.toml")',
        'if problem.location == "[axes.codebook]": pass',
    ],
)
def test_these_are_texts_that_are_parsed_back(code):
    assert list(parsed_texts(ast.parse(code)))


def test_identifiers_and_parts_of_a_place_may_decide():
    code = 'problem.id == "corpus.twin" and problem.location.option == "themes.k"'
    assert list(parsed_texts(ast.parse(code))) == []


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
