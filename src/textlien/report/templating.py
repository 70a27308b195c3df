"""Templates of pages."""

from __future__ import annotations

import functools

import jinja2


@functools.cache
def environment() -> jinja2.Environment:
    """The templates; a name that is missing is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("textlien.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
