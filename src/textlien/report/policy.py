"""Content security policy of the page: nothing runs or styles it but what it came with.

A style attribute has no digest that a policy could name, so the looks of single elements become
classes of the style sheet.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_INJECTED = re.compile(r'getElementById\("([0-9a-f]{64})"\)')


class Looks:
    """Style declarations of single elements, each a class of the page's style sheet."""

    def __init__(self) -> None:
        self._classes: dict[str, str] = {}

    def look(self, declarations: str) -> str:
        """Class of an element with these declarations, such as ``height:314px``."""
        return self._classes.setdefault(declarations, f"look-{len(self._classes) + 1}")

    @property
    def rules(self) -> str:
        """Rules of the classes that were asked for, in the order of the page."""
        return "".join(
            f".{name} {{ {declarations} }}\n" for declarations, name in self._classes.items()
        )


def injected_styles(script: str) -> tuple[str, ...]:
    """Ids of the style elements that a script adds where the page has no element of that id.

    plotly brings the style sheet of its maps this way, named after a digest: an empty element of
    that id keeps it out, since no map is drawn.
    """
    return tuple(dict.fromkeys(_INJECTED.findall(script)))


def content_security_policy(style: str, scripts: Iterable[str]) -> str:
    """Policy that admits one style sheet and some scripts, by their digests.

    Parameters
    ----------
    style, scripts : what stands between the tags, letter by letter; an empty script is none.

    Notes
    -----
    plotly adds an empty style sheet and fills it by its object model, which needs no digest: the
    digest of nothing admits it, and nothing else.
    """
    of_scripts = " ".join(_source(script) for script in scripts if script)
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_source(style)} {_source('')}",
            f"script-src {of_scripts}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _source(content: str) -> str:
    """Digest of an inline style sheet or script, as a policy names it."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
