"""Conditions on a table as its reader writes them: on what the screen shows.

``--where "ville = 'creil' et mots > 500"``: a column goes by its heading or by its name in the
table, a value by the word on the screen or by the one in the table, whatever the case, the accents
and the quotation marks. What is left is a condition for :meth:`pandas.DataFrame.query`.
"""

from __future__ import annotations

import ast
import re
from typing import Any

import pandas as pd

from textlien.errors import Problem, TextlienError, did_you_mean
from textlien.exchange.readable import heading, value_text
from textlien.messages.message import Location, message
from textlien.messages.translator import Translator
from textlien.text.folding import fold, without_accents

_PLACE = Location(argument="--where")

_LITERAL = re.compile(
    # An apostrophe ends a text where a word does: 'L'Haÿ-les-Roses' is one.
    r"(?<!\w)'(?P<straight>[^\n]*?)'(?!\w)"
    r'|"(?P<double>[^"\n]*)"|“(?P<english>[^”\n]*)”|«\s*(?P<french>[^»\n]*?)\s*»'
    r"|‘(?P<curly>[^\n]*?)’(?![\w])"
)
_LIST = re.compile(r"\[[^\[\]]*\]")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SIGNS = (
    (re.compile(r"(?<![=!<>])=(?![=])"), "=="),
    (re.compile(r"<>|≠"), "!="),
    (re.compile(r"≤"), "<="),
    (re.compile(r"≥"), ">="),
    # As pandas reads them: weaker than a comparison.
    (re.compile(r"&+|(?<!\w)et(?!\w)", re.IGNORECASE), " and "),
    (re.compile(r"\|+|(?<!\w)ou(?!\w)", re.IGNORECASE), " or "),
    (re.compile(r"~|(?<!\w)non(?!\w)", re.IGNORECASE), " not "),
)
_NAME = re.compile(r"(column|shown)_\d+")
_EQUALITIES = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)


def rows_where(
    frame: pd.DataFrame, condition: str, translator: Translator
) -> tuple[pd.DataFrame, list[Problem]]:
    """Rows of a table that fit a condition.

    Parameters
    ----------
    frame : any table, with its own names and values.
    condition : comparisons of columns with values, joined by « and » or « or ».
    translator : of the language in which the table is displayed.

    Returns
    -------
    The rows, and a warning for each value that the condition compares with a column that never
    holds it: « 0 rows » alone would look like a result.

    Raises
    ------
    TextlienError
        When the condition is not understood or names a column that the table does not have.
    """
    columns = _Columns(frame, translator)
    try:
        values = _Values(columns)
        tree = values.visit(ast.parse(columns.in_python(condition), mode="eval"))
        rows = columns.used().query(
            ast.unparse(ast.fix_missing_locations(tree)),
            engine="python",
            local_dict={},
            global_dict={},
        )
    except _UnknownNameError as error:
        near = did_you_mean(str(error), columns.headings, key=fold)
        raise TextlienError(
            Problem.error("exchange.unknown-column", _PLACE, condition=condition, suggestion=near)
        ) from error
    # pandas and Python raise whatever comes first: the condition was typed by hand.
    except Exception as error:
        raise TextlienError(
            Problem.error(
                "exchange.bad-condition", _PLACE, condition=condition, columns=columns.headings
            )
        ) from error
    return frame.iloc[rows.index], values.problems


class _UnknownNameError(Exception):
    """A name in a condition that is of no column."""


class _Columns:
    """The columns of a table under names that Python takes.

    ``column_3`` holds the values of the table, ``shown_3`` those of the screen.
    """

    def __init__(self, frame: pd.DataFrame, translator: Translator) -> None:
        self._frame, self._translator = frame.reset_index(drop=True), translator
        self._names = [str(name) for name in frame.columns]
        self.headings = tuple(heading(name, translator) for name in self._names)
        self._asked: dict[str, pd.Series] = {}
        spellings = {
            **{text: f"shown_{number}" for number, text in enumerate(self.headings)},
            **{name: f"column_{number}" for number, name in enumerate(self._names)},
        }
        self._spellings = {_plain(text): name for text, name in spellings.items()}
        longest_first = sorted(self._spellings, key=len, reverse=True)
        self._pattern = re.compile(
            rf"(?<![\w.])({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE
        )

    def in_python(self, condition: str) -> str:
        """The condition with these names and Python's signs; texts between straight quotes."""
        parts, last = [], 0
        for match in _LITERAL.finditer(condition):
            text = next(part for part in match.groups() if part is not None)
            parts += [self._outside(condition[last : match.start()]), repr(text)]
            last = match.end()
        parts.append(self._outside(condition[last:]))
        return "".join(parts).strip()

    def _outside(self, part: str) -> str:
        """A part of a condition that is no text."""
        plain = without_accents(part.replace("`", "").replace("’", "'").replace("\u00a0", " "))
        part = self._pattern.sub(lambda match: self._spellings[_plain(match[0])], plain)
        for sign, python in _SIGNS:
            part = sign.sub(python, part)
        lists = _LIST.findall(part)
        between = [_DECIMAL_COMMA.sub(".", piece) for piece in _LIST.split(part)]
        return "".join(piece for pair in zip(between, [*lists, ""], strict=True) for piece in pair)

    def used(self) -> pd.DataFrame:
        """The columns that were asked for, in a table of as many rows."""
        return pd.DataFrame(self._asked, index=self._frame.index)

    def ask(self, name: str) -> None:
        """Have a column in the table of :meth:`used`."""
        if not _NAME.fullmatch(name):
            raise _UnknownNameError(name)
        kind, _, number = name.partition("_")
        column = self._frame.iloc[:, int(number)]
        texts = self._texts(int(number))
        # A flag stands for itself: « not included ».
        if kind == "shown" and texts and not pd.api.types.is_bool_dtype(column):
            column = column.map(texts)
        self._asked[name] = column

    def value(self, name: str) -> str:
        """Name of the column of values for that of the words on the screen."""
        return name.replace("shown_", "column_")

    def heading(self, name: str) -> str:
        """Heading of a column."""
        return self.headings[int(name.partition("_")[2])]

    def is_decimal(self, name: str) -> bool:
        """True for a column of numbers that are displayed rounded."""
        return self._frame.iloc[:, int(name.partition("_")[2])].dtype.kind == "f"

    def matching(self, name: str, value: object) -> list[object] | None:
        """Values of a column that the reader calls ``value``; None where it may be any number."""
        number = int(name.partition("_")[2])
        texts = self._texts(number)
        if texts is None:
            return None
        if value in texts and not isinstance(value, bool):
            return [value]
        # A wave is a text: 2015 means "2015".
        written = str(value)
        for same in (str, fold):
            wanted = same(written)
            near = [name for name, text in texts.items() if same(str(text)) == wanted]
            near = near or [name for name in texts if same(str(name)) == wanted]
            if near and wanted:
                return near
        return []

    def choices(self, name: str) -> list[str]:
        """Words on the screen for the values of a column."""
        texts = self._texts(int(name.partition("_")[2])) or {}
        return [str(text) for text in texts.values()]

    def _texts(self, number: int) -> dict[object, object] | None:
        """Values of a column with the words on the screen; None for a column of numbers."""
        column = self._frame.iloc[:, number]
        if pd.api.types.is_bool_dtype(column):
            text = self._translator.text
            return {flag: text(f"values.{str(flag).lower()}") for flag in (True, False)}
        if pd.api.types.is_numeric_dtype(column):
            return None
        name = self._names[number]
        return {value: value_text(name, value, self._translator) for value in column.unique()}


class _Values(ast.NodeTransformer):
    """Puts the values of the table where a condition has the words on the screen."""

    def __init__(self, columns: _Columns) -> None:
        self._columns = columns
        self.problems: list[Problem] = []

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Have the column in the table, if there is such a one."""
        self._columns.ask(node.id)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Replace the values that a column is compared with."""
        if len(node.ops) != 1 or not isinstance(node.left, ast.Name):
            return self.generic_visit(node)
        constants = _constants(node.comparators[0])
        if not constants or not _NAME.fullmatch(node.left.id):
            return self.generic_visit(node)
        name, operator = self._columns.value(node.left.id), node.ops[0]
        self._columns.ask(name)
        if not isinstance(operator, _EQUALITIES):
            number = _number(constants[0])
            return ast.Compare(ast.Name(name), [operator], [ast.Constant(number)])
        values: list[Any] = []
        for constant in constants:
            matching = self._columns.matching(name, constant)
            if matching is None:
                values.append(_number(constant))
                continue
            if not matching:
                self._tell(name, constant)
            values += matching
        return self._equality(name, operator, values)

    def _equality(self, name: str, operator: ast.cmpop, values: list[Any]) -> ast.AST:
        """Comparison of a column with some values, of which it has to be one."""
        column: ast.expr = ast.Name(name)
        digits = max((_digits(value) for value in values), default=0)
        if digits and self._columns.is_decimal(name):
            # As many decimals as were typed: the screen shows three.
            column = ast.Call(ast.Attribute(column, "round"), [ast.Constant(digits)], [])
        inside = isinstance(operator, ast.Eq | ast.In)
        listed = ast.List([ast.Constant(value) for value in values])
        return ast.Compare(column, [ast.In() if inside else ast.NotIn()], [listed])

    def _tell(self, name: str, value: object) -> None:
        """Note that a column never holds a value."""
        choices = tuple(dict.fromkeys(self._columns.choices(name)))
        many = message("exchange.many-values", n=len(choices))
        self.problems.append(
            Problem.warning(
                "exchange.no-such-value",
                _PLACE,
                column=self._columns.heading(name),
                value=str(value),
                suggestion=did_you_mean(
                    str(value),
                    choices,
                    key=fold,
                    otherwise=many if len(choices) > _MOST_CHOICES else None,
                ),
            )
        )


_MOST_CHOICES = 12
"""Values that are listed where none is near; more would fill the screen."""


def _plain(text: str) -> str:
    """A heading as it is looked for: no accents, no case, straight apostrophes, plain blanks."""
    return without_accents(text).replace("’", "'").replace("\u00a0", " ").lower()


def _constants(node: ast.expr) -> list[Any]:
    """The constants of a value or of a list of values; none where there is anything else."""
    parts = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]
    signed = [_signed(part) for part in parts]
    return [part.value for part in signed if isinstance(part, ast.Constant)] if all(signed) else []


def _signed(node: ast.expr) -> ast.Constant | None:
    """A constant, or minus one."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = node.operand
        is_number = isinstance(inner, ast.Constant) and isinstance(inner.value, int | float)
        return ast.Constant(-inner.value) if is_number else None  # type: ignore[attr-defined]
    return node if isinstance(node, ast.Constant) else None


def _number(value: Any) -> Any:
    """A number that was typed as a text, as a number: « '0,5' »."""
    if not isinstance(value, str):
        return value
    try:
        return float(value.replace(",", ".").replace("\u202f", "").replace("\u00a0", ""))
    except ValueError:
        return value


def _digits(value: Any) -> int:
    """Number of decimals of a number as it was typed."""
    return len(repr(value).partition(".")[2]) if isinstance(value, float) else 0
