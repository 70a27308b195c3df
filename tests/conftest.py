"""Settings of all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.studies import Ran, demonstration, ran, write_small

# Assertions are in English, whatever the default; tests of French say so.
os.environ["TEXTLIEN_LANG"] = "en"

# No deadline: first calls load libraries. Derandomised: a failure seen once is seen again.
settings.register_profile("textlien", deadline=None, derandomize=True)
settings.load_profile("textlien")


@pytest.fixture(scope="session")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The demonstration, for golden tables, floors of quality and the docs; not to be changed.

    It is kept in pytest's cache; without a cache (``-p no:cacheprovider``) it is run anew.
    """
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("demonstration") if cache else tmp_path_factory.mktemp("demonstration")
    return demonstration(folder)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Twelve interviews of the demonstration, for the machinery; a test changes a copy."""
    folder = tmp_path_factory.mktemp("session") / "small"
    folder.mkdir()
    write_small(folder)
    return ran(folder, "small", "run", str(folder / "small.toml"))
