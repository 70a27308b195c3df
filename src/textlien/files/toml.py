"""Writing TOML, which the standard library only reads.

What a study file or a codebook says in comments is lost on purpose: names may be in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def dumps(content: Mapping[str, Any]) -> str:
    """A table of values, tables and lists of tables, as TOML.

    >>> print(dumps({"a": [1, "é"], "t": {"b": True}, "rows": [{"c": 0.5}]}), end="")
    a = [1, "é"]
    <BLANKLINE>
    [t]
    b = true
    <BLANKLINE>
    [[rows]]
    c = 0.5
    """
    return "\n".join(_lines(content, "")).lstrip("\n") + "\n"


def _lines(table: Mapping[str, Any], prefix: str) -> list[str]:
    lines = []
    parts = []
    for key, value in table.items():
        name = prefix + _key(key)
        if isinstance(value, Mapping):
            parts += ["", f"[{name}]", *_lines(value, f"{name}.")]
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for item in value:
                parts += ["", f"[[{name}]]", *_lines(item, f"{name}.")]
        else:
            lines.append(f"{_key(key)} = {_value(value)}")
    return lines + parts


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    # Strings, numbers and truth values of JSON are those of TOML, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
