"""Names of files and places, compared as a reader sees them; files looked up by a typed name."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item", bound=Hashable)

# Word types « ’ » and « – » where a folder has « ' » and « - »; some keyboards have « ` » or « ´ ».
_ALIKE = str.maketrans(
    dict.fromkeys("’‘‛ʼʹ′＇`´", "'")
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("“”„‟″", '"')
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# Names that Windows keeps for devices, with any suffix, and characters that some system refuses.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
)
_REFUSED = frozenset('/\\:*?"<>|')
_LONGEST_NAME = 120
"""Bytes of the name of a folder: a run keeps files with names of twice as many below it."""
_BEFORE_SUFFIX = re.compile(r" (?=\.\w+$)")
_DRIVE = re.compile(r"[A-Za-z]:")


def comparable(name: str) -> str:
    r"""``name`` without what a reader of it cannot see or does not mind; accents count.

    Composed and decomposed accents are the same, and so are capitals and small letters, « œ » and
    « oe », kinds of apostrophes, hyphens and blanks; runs of blanks are one, none is at the
    ends or before a suffix, and characters without width count for nothing.

    >>> comparable("E\u0301lue a\u0300 l’Œuvre \u2013 n°\u00a03 ")
    "élue à l'oeuvre - n° 3"
    >>> comparable("Élu") == comparable("Elu")
    False
    """
    visible = "".join(c for c in name.translate(_ALIKE) if unicodedata.category(c) != "Cf")
    folded = unicodedata.normalize("NFKC", visible).casefold().translate(_LIGATURES)
    single_blanks = " ".join(unicodedata.normalize("NFC", folded).split())
    return _BEFORE_SUFFIX.sub("", single_blanks)


def is_folder_name(name: str) -> bool:
    """True for a name that a folder may have on every system, and that leads nowhere else.

    >>> is_folder_name("Enquête 2024"), is_folder_name("../x"), is_folder_name("nul")
    (True, False, False)
    """
    return (
        name == name.strip()
        and not name.endswith(".")
        and 0 < len(name.encode("utf-8", "replace")) <= _LONGEST_NAME
        and name.split(".", maxsplit=1)[0].rstrip().casefold() not in _DEVICES
        and not any(c in _REFUSED or unicodedata.category(c)[0] == "C" for c in name)
    )


def folder_name(text: str, otherwise: str) -> str:
    """The nearest name that a folder may have, or another one where nothing is left.

    >>> folder_name("Lien social : 2013/2015 ?", "x")
    'Lien social 2013-2015'
    """
    plain = "".join("-" if c in _REFUSED else c for c in text if unicodedata.category(c)[0] != "C")
    words = filter(None, (word.strip("-") for word in plain.split()))
    name = " ".join(words).strip(" .-")
    while len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        name = name[:-1].rstrip(" .-")
    return name if is_folder_name(name) else otherwise


def _composed(name: str) -> str:
    """``name`` with its accents composed: the strictest way to compare it."""
    return unicodedata.normalize("NFC", name)


_FORMS: tuple[Callable[[str], str], ...] = (_composed, comparable)


class _File(NamedTuple, Generic[Item]):
    """A file that a name may mean.

    Attributes
    ----------
    folders : from the outermost, in the form in which they are compared.
    inner : number of the last of them that a path from another machine must end with.
    item : to be looked up.
    """

    folders: tuple[str, ...]
    inner: int
    item: Item


class FileNames(Generic[Item]):
    r"""Files looked up by a name that a person typed: the end of the path, the suffix or not.

    « adjointe », « adjointe.docx », « 2013/Adjointe.docx » and « C:\Études\2013\adjointe.docx »
    all mean the file ``transcripts/2013/adjointe.docx`` of a corpus in ``transcripts/2013``;
    « 2015/adjointe.docx » does not. A name as it is written comes before one that is only
    :func:`comparable`.

    Parameters
    ----------
    files : path, number of its last folders that are the corpus's, and item of each file.
    """

    def __init__(self, files: Iterable[tuple[str, int, Item]]) -> None:
        files = list(files)
        self._items = [item for _, _, item in files]
        self._files: list[dict[str, list[_File[Item]]]] = [defaultdict(list) for _ in _FORMS]
        for path, inner, item in files:
            *folders, name = _parts(path)
            for form, index in zip(_FORMS, self._files, strict=True):
                inside = tuple(map(form, folders))
                for key in {form(name), form(PurePosixPath(name).stem)}:
                    index[key].append(_File(inside, inner, item))

    def items(self) -> list[Item]:
        """All items, in order, each once."""
        return list(dict.fromkeys(self._items))

    def find(self, name: str) -> list[Item]:
        """Items of the files that ``name`` may mean; several where it is not clear which."""
        *folders, last = _parts(name) or [""]
        for form, index in zip(_FORMS, self._files, strict=True):
            typed = tuple(map(form, folders))
            matches = [file.item for file in index.get(form(last), []) if _agree(typed, file)]
            if matches:
                return list(dict.fromkeys(matches))
        return []


def _parts(path: str) -> list[str]:
    r"""Folders and name of a path of any system, without its drive and the way up to it.

    >>> _parts("C:\\\\Études\\\\2013\\\\a.docx"), _parts("../t/./a.docx")
    (['Études', '2013', 'a.docx'], ['t', 'a.docx'])
    """
    plain = posixpath.normpath(_DRIVE.sub("", path.strip().replace("\\", "/"), count=1))
    return [part for part in plain.split("/") if part not in ("", ".", "..")]


def _agree(typed: Sequence[str], file: _File[Item]) -> bool:
    """True if the typed folders end the file's, or end with the corpus's."""
    common = 0
    for left, right in zip(reversed(typed), reversed(file.folders), strict=False):
        if left != right:
            break
        common += 1
    return common == len(typed) or 0 < file.inner <= common
