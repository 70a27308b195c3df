"""Elements of XML and HTML: parsing pages, local names, a walk to any depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator

from lxml import etree
from lxml import html as lxml_html

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location

_BLANKS = re.compile(r"[ \t\r\n]+")


def parse_html(raw: str, source: Source) -> etree._Element:
    """Parse a page without anything from elsewhere; comments stay out.

    Raises
    ------
    TextlienError
        When it holds no text.
    """
    # Bytes and their encoding: a declaration of another one inside is not believed.
    parser = lxml_html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = lxml_html.document_fromstring(raw.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        place = Location(file=source.file)
        raise TextlienError(Problem.error("transcripts.html-without-text", place)) from error
    return root


def local_name(element: etree._Element) -> str:
    """Name without the namespace, or "" of a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, *names: str) -> str:
    """The first of these attributes, of any namespace, that is not blank; else ""."""
    for name in names:
        for key, value in element.items():
            if etree.QName(str(key)).localname == name and str(value).strip():
                return str(value).strip()
    return ""


def child_of(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this name, or None."""
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def text_of(element: etree._Element | None) -> str:
    """All text inside an element, as written; "" where there is no element."""
    return "" if element is None else "".join(map(str, element.itertext()))


def single_blanks(text: str | None) -> str:
    """``text`` as a page shows it: blanks and line feeds of the markup are one blank."""
    return _BLANKS.sub(" ", text) if text else ""


def line_of(element: etree._Element) -> Location:
    """Place of an element: the line on which it begins."""
    line = element.sourceline
    return Location(line=line if isinstance(line, int) else None)


def walk(
    root: etree._Element, wanted: Container[str], enter: Callable[[str], bool]
) -> Iterator[etree._Element]:
    """Elements of these names below ``root``, in order of the document.

    Parameters
    ----------
    root : not given itself.
    wanted : local names. The content of such an element is not searched.
    enter : whether to look inside an element of a name that is not wanted.

    Notes
    -----
    A stack, not recursion: tables stand in tables to any depth in a file made to do harm.
    """
    stack = [iter(root)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = local_name(element)
        if name in wanted:
            yield element
        elif enter(name):
            stack.append(iter(element))
