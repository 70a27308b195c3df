"""skops files that hold no type but those expected, and the same bytes for the same content.

skops names its objects by their addresses in memory and stamps its archive with the time, so
that two trainings give two files. Here objects are numbered in order and the archive has no date.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import skops.io

from textlien.raw import raw_error

TRUSTED = ("textlien.axes.features.MeanVectors", "textlien.axes.features.NgramTfidf")
"""Types that a model may hold besides those that skops itself trusts."""

_SCHEMA = "schema.json"
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def dumps(value: object) -> bytes:
    """``value`` as a skops file: equal values, equal bytes."""
    with zipfile.ZipFile(io.BytesIO(skops.io.dumps(value))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    schema = json.loads(members.pop(_SCHEMA))
    arrays: dict[str, str] = {}
    _number(schema, {}, arrays)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for old, new in arrays.items():
            _write(archive, new, members[old])
        _write(archive, _SCHEMA, json.dumps(schema, indent=1, sort_keys=True).encode())
    return buffer.getvalue()


def loads(content: bytes, shown: str) -> Any:
    """The value of a skops file.

    Parameters
    ----------
    content : the file.
    shown : its name in messages.

    Raises
    ------
    TextlienError
        When it is no skops file, or holds a type that is not expected in a model.
    """
    try:
        foreign = sorted(set(skops.io.get_untrusted_types(data=content)) - set(TRUSTED))
        if not foreign:
            return skops.io.loads(content, trusted=list(TRUSTED))
    # A file made by anyone can break skops in any way; which one tells the user nothing.
    except Exception as error:
        message = f"{shown}: not a model that can be read ({type(error).__name__})."
        raise raw_error(message, "Train the model again: textlien train STUDY.") from error
    raise raw_error(
        f"{shown}: holds {', '.join(foreign)}, which no model of textlien holds.",
        "Do not use this file unless you know who made it; train the model again.",
    )


def _number(node: Any, objects: dict[int, int], arrays: dict[str, str]) -> None:
    """Replace addresses by numbers, in place; ``arrays`` tells the new name of each array."""
    if isinstance(node, list):
        for item in node:
            _number(item, objects, arrays)
        return
    if not isinstance(node, dict):
        return
    if isinstance(node.get("__id__"), int):
        node["__id__"] = objects.setdefault(node["__id__"], len(objects))
    if "__loader__" in node and isinstance(node.get("file"), str):
        suffix = node["file"].rpartition(".")[2]
        node["file"] = arrays.setdefault(node["file"], f"{len(arrays)}.{suffix}")
    for key, item in node.items():
        if key not in ("__id__", "file"):
            _number(item, objects, arrays)


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, date_time=_NO_DATE), content, zipfile.ZIP_DEFLATED)
