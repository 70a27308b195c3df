"""Mutated transcripts: what becomes of a file on a bad disk, a bad mail or in bad hands.

A strategy of hypothesis, so that a fault is found again and made small. For archives the parts
are mutated and packed again, else nearly every mutant would stop at the checksum of the zip.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import strategies as st

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


@st.composite
def mutants(draw: st.DrawFn, seed: bytes) -> bytes:
    """``seed`` with one to six mutations; those of an archive are in one of its parts."""
    if not zipfile.is_zipfile(io.BytesIO(seed)) or draw(st.integers(0, 4)) == 0:
        return draw(_mutated(seed))
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = draw(_mutated(parts[name]))
    if draw(st.integers(0, 9)) == 0:
        del parts[draw(st.sampled_from(sorted(parts)))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return packed.getvalue()


@st.composite
def _mutated(draw: st.DrawFn, content: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 6))):
        size = len(content)
        start = draw(st.integers(0, size))
        end = min(size, start + draw(st.sampled_from([0, 1, 2, 5, 20, 100, 1000])))
        kind = draw(st.sampled_from(["insert", "replace", "delete", "repeat", "cut", "flip"]))
        if kind == "insert":
            content = content[:start] + draw(st.sampled_from(TOKENS)) + content[start:]
        elif kind == "replace":
            content = content[:start] + draw(st.sampled_from(TOKENS)) + content[end:]
        elif kind == "delete":
            content = content[:start] + content[end:]
        elif kind == "repeat":
            times = draw(st.sampled_from([2, 3, 50]))
            content = content[:start] + content[start:end] * times + content[end:]
        elif kind == "cut":
            content = content[:start]
        elif size:
            at = min(start, size - 1)
            flipped = bytes([content[at] ^ draw(st.sampled_from([1, 8, 32, 128, 255]))])
            content = content[:at] + flipped + content[at + 1 :]
    return content
