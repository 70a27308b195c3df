"""Elements of XML and HTML: parsing pages, local names, a walk to any depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator

from lxml import etree
from lxml import html as lxml_html

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.transcripts.look import Kind, Look, Trait, color_of, highlight_of

_BLANKS = re.compile(r"[ \t\r\n]+")
_TRAITS = {
    **dict.fromkeys(("b", "strong"), Trait(Kind.BOLD)),
    **dict.fromkeys(("i", "em", "cite", "dfn"), Trait(Kind.ITALIC)),
    **dict.fromkeys(("u", "ins"), Trait(Kind.UNDERLINE)),
    "mark": Trait(Kind.HIGHLIGHT, "mark"),
    "li": Trait(Kind.LIST),
    "dt": Trait(Kind.LIST, "dt"),
    "blockquote": Trait(Kind.INDENT, "blockquote"),
}
_DECLARATION = re.compile(r"([a-z-]{1,40})\s{0,4}:\s{0,4}([^;:]{1,80})")
_COLOR = re.compile(r"#[0-9a-f]{3,6}|rgba?\(([\d.,\s%]{1,40})\)|[a-z]{3,20}")
_WEIGHTS = ("bold", "600", "700", "800", "900")
_LONGEST_STYLE = 2000
"""Characters of a style that are read: Word writes some hundreds."""

# Classes that programs give to all paragraphs.
_PLAIN_CLASSES = frozenset(("msonormal", "western", "normal", "msobodytext"))


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
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def attribute(element: etree._Element, *names: str) -> str:
    """The first of these attributes, of any namespace, that is not blank; else ""."""
    for name in names:
        for key, value in element.items():
            if str(key).rpartition("}")[2] == name and str(value).strip():
                return str(value).strip()
    return ""


def child_of(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this name, or None."""
    if element is None:
        return None
    return next(element.iterchildren(f"{{*}}{name}"), None)


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


def look_of_element(element: etree._Element, above: Look) -> Look:
    """Look of the text in an element of a page, by its name, its class and its style.

    Parameters
    ----------
    element : of HTML.
    above : look of the element around it, which it changes.
    """
    look = above
    if trait := _TRAITS.get(str(element.tag)):
        look = _with(look, trait.kind, trait.value, is_on=True)
    if color := element.get("color"):
        look = _with(look, Kind.COLOR, color_of(color), is_on=bool(color_of(color)))
    if align := element.get("align"):
        look = _with(look, Kind.ALIGN, align.lower(), is_on=True)
    for name in element.get("class", "").split():
        if name.lower() not in _PLAIN_CLASSES:
            look |= {Trait(Kind.STYLE, name)}
    for name, value in _DECLARATION.findall(element.get("style", "").lower()[:_LONGEST_STYLE]):
        look = _declared(look, name, value.strip())
    return look


def _declared(look: Look, name: str, value: str) -> Look:
    """A look after a declaration of CSS."""
    switches = {
        "font-weight": (Kind.BOLD, value in _WEIGHTS),
        "font-style": (Kind.ITALIC, value in ("italic", "oblique")),
        "text-decoration": (Kind.UNDERLINE, "underline" in value),
        "text-decoration-line": (Kind.UNDERLINE, "underline" in value),
        "text-transform": (Kind.CAPITALS, value == "uppercase"),
        "font-variant": (Kind.CAPITALS, "small-caps" in value),
    }
    values = {
        "color": (Kind.COLOR, color_of(_hexadecimal(value))),
        "background": (Kind.HIGHLIGHT, highlight_of(_hexadecimal(value))),
        "background-color": (Kind.HIGHLIGHT, highlight_of(_hexadecimal(value))),
        "font-family": (Kind.FONT, value),
        "font-size": (Kind.SIZE, value),
        "margin-left": (Kind.INDENT, value if value.strip("0cmptxin.%") else ""),
        "text-indent": (Kind.INDENT, value if value.strip("0cmptxin.%") else ""),
        "text-align": (Kind.ALIGN, value),
    }
    if name in switches:
        kind, is_on = switches[name]
        return _with(look, kind, "", is_on=is_on)
    if name in values:
        kind, written = values[name]
        return _with(look, kind, written, is_on=bool(written))
    return look


def _with(look: Look, kind: Kind, value: str, *, is_on: bool) -> Look:
    """A look with a trait in place of others of its kind, or without them."""
    others = frozenset(trait for trait in look if trait.kind is not kind)
    return others | {Trait(kind, value)} if is_on else others


def _hexadecimal(color: str) -> str:
    """A colour of CSS as six hexadecimal digits, or its name; "" for what is no colour."""
    match = _COLOR.match(color)
    if match is None:
        return ""
    channels = re.findall(r"\d{1,3}", match[1] or "")[:3]
    return "".join(f"{min(255, int(part)):02x}" for part in channels) or match.group()
