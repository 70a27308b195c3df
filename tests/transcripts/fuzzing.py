"""Mutated transcripts: what becomes of a file on a bad disk, a bad mail or in bad hands.

A strategy of hypothesis, so that a fault is found again and made small. For archives the parts
are mutated and packed again, else nearly every mutant would stop at the checksum of the zip; of XML
and JSON half of the mutants are well-formed, else nearly every one would stop at the parser.
"""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

GOLDEN = Path(__file__).parent / "golden"
FAULTS = Path(__file__).parent / "faults"

TOKENS = [
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\r", b"\n\n", b"\t" * 50),
    *(b"<", b">", b"&", b"&#0;", b"&#x10FFFF;", b"&e;", b"]]>", b"<!--", b"<![CDATA[", b"</w:p>"),
    *(b'<!DOCTYPE a [<!ENTITY e "eee">]>', b'<?xml version="1.0" encoding="utf-7"?>', b"<w:tbl>"),
    *(b"{", b"}", b"[" * 2000, b'{"segments":' * 200, b"null", b"NaN", b"-1", b"1e999", b'"'),
    *(b"{\\rtf1", b"\\bin99999999 ", b"\\u-99999 ", b"\\'zz", b"{\\*" * 500, b"\\page"),
    *(b"00:00:01.000 --> 00:00:00.000", b"99:99:99,999", b"WEBVTT", b"<v ", b"<c.", b"\x15"),
    *(b"**** *a_b", b"-*th me", b" * ", b"@Begin", b"*MIC:\t", b"%mor:\t", b"=1+1", b"#REF!"),
    *("Enquêteur\u00a0: ".encode(), "Q : ".encode("cp1252"), "é".encode("utf-16")),
    *(b"9" * 400, b"a" * 20_000, b"()" * 3000, b"x : " * 1000, b" " * 20_000),
]
NUMBERS = [b"0", b"-1", b"1e999", b"NaN", b"1.5", b"9" * 12, b"9" * 400, b"", b"1 2", "²".encode()]
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")

VALUES = [
    *("", "0", "-1", "1e999", "NaN", "9" * 400, "1 2 3", "x" * 20_000, " " * 20_000, "é\u202e"),
    *(
        "#T0",
        "T0",
        "ts1",
        "a1",
        "r1",
        "spk1",
        "spk1 spk2 spk9",
        "ref@BA",
        "99:99:99,999",
        "00:00:07",
    ),
    *(
        "Enquêteur : oui ?",
        "<v A>",
        "?",
        "[" * 500,
        "(" * 3000,
        "1.044",
        "//",
        "anon finsel lblseg",
    ),
]
"""Texts and values that stand where others are expected."""

LEAVES = [
    *VALUES,
    None,
    True,
    -1,
    0,
    1e300,
    float("inf"),
    [],
    {},
    [[]],
    {"text": "a"},
    ["a", 1],
    "\ud800",
]


@st.composite
def mutants(draw: st.DrawFn, seed: bytes) -> bytes:
    """``seed`` with one to six mutations; those of an archive are in one of its parts."""
    if not zipfile.is_zipfile(io.BytesIO(seed)) or draw(st.integers(0, 4)) == 0:
        return draw(_changed(seed))
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = draw(_changed(parts[name]))
    if draw(st.integers(0, 9)) == 0:
        del parts[draw(st.sampled_from(sorted(parts)))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return packed.getvalue()


@st.composite
def _changed(draw: st.DrawFn, content: bytes) -> bytes:
    """``content`` mutated as bytes, or, where it is XML or JSON, as a tree."""
    opening = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    is_tree = opening == b"<" or (opening == b"{" and not content.startswith(b"{\\rtf"))
    if is_tree and draw(st.booleans()):
        return draw(_markup(content) if opening == b"<" else _leaves(content))
    return draw(_mutated(content))


@st.composite
def _markup(draw: st.DrawFn, content: bytes) -> bytes:
    """One to six elements removed, repeated, moved, renamed, or with another text or attribute."""
    root = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False))
    items = list(root.iter(etree.Element))
    for _ in range(draw(st.integers(1, 6))):
        item = items[draw(st.integers(0, len(items) - 1))]
        other = items[draw(st.integers(0, len(items) - 1))]
        kind = draw(
            st.sampled_from(["attribute", "text", "tail", "rename", "drop", "repeat", "move"])
        )
        if kind == "attribute" and item.attrib:
            name = draw(st.sampled_from(sorted(item.attrib)))
            item.set(name, draw(st.sampled_from(VALUES)))
        elif kind == "text":
            item.text = draw(st.sampled_from(VALUES))
        elif kind == "tail" and item is not root:
            item.tail = draw(st.sampled_from(VALUES))
        elif kind == "rename":
            item.tag = other.tag
        elif item.getparent() is not None:
            _transplant(draw, kind, item, other)
    return etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)


def _transplant(draw: st.DrawFn, kind: str, item: etree._Element, other: etree._Element) -> None:
    if kind == "drop":
        item.getparent().remove(item)
    elif kind == "repeat":
        for _ in range(draw(st.sampled_from([1, 2, 50]))):
            item.addnext(copy.deepcopy(item))
    elif kind == "move" and item not in other.iterancestors() and item is not other:
        other.append(item)


@st.composite
def _leaves(draw: st.DrawFn, content: bytes) -> bytes:
    """JSON with one to six values replaced, removed or repeated."""
    tree = json.loads(content)
    for _ in range(draw(st.integers(1, 6))):
        holders = _holders(tree)
        holder = holders[draw(st.integers(0, len(holders) - 1))]
        keys = sorted(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            continue
        key = draw(st.sampled_from(keys))
        kind = draw(st.sampled_from(["replace", "drop", "repeat"]))
        if kind == "replace":
            holder[key] = copy.deepcopy(draw(st.sampled_from(LEAVES)))
        elif kind == "drop":
            del holder[key]
        elif isinstance(holder, list):
            holder += [copy.deepcopy(holder[key]) for _ in range(50)]
    return json.dumps(tree).encode()


def _holders(tree: object) -> list[dict[str, object] | list[object]]:
    """All objects and arrays of a JSON tree."""
    found = []
    rest = [tree]
    while rest:
        item = rest.pop()
        if isinstance(item, (dict, list)):
            found.append(item)
            rest += item.values() if isinstance(item, dict) else item
    return found


@st.composite
def _mutated(draw: st.DrawFn, content: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 6))):
        size = len(content)
        start = draw(st.integers(0, size))
        end = min(size, start + draw(st.sampled_from([0, 1, 2, 5, 20, 100, 1000])))
        kind = draw(
            st.sampled_from(["insert", "replace", "delete", "repeat", "cut", "flip", "number"])
        )
        if kind == "insert":
            content = content[:start] + draw(st.sampled_from(TOKENS)) + content[start:]
        elif kind == "replace":
            content = content[:start] + draw(st.sampled_from(TOKENS)) + content[end:]
        elif kind == "delete":
            content = content[:start] + content[end:]
        elif kind == "repeat":
            times = draw(st.sampled_from([2, 3, 50]))
            content = content[:start] + content[start:end] * times + content[end:]
        elif kind == "number":
            found = [match.span() for match in _NUMBER.finditer(content)]
            at, to = draw(st.sampled_from(found)) if found else (size, size)
            content = content[:at] + draw(st.sampled_from(NUMBERS)) + content[to:]
        elif kind == "cut":
            content = content[:start]
        elif size:
            at = min(start, size - 1)
            flipped = bytes([content[at] ^ draw(st.sampled_from([1, 8, 32, 128, 255]))])
            content = content[:at] + flipped + content[at + 1 :]
    return content
