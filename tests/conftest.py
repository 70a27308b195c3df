"""Settings of all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.studies import Ran, demonstration, twelve_interviews

# Assertions are in English, whatever the default; tests of French say so.
os.environ["TEXTLIEN_LANG"] = "en"

# No deadline: first calls load libraries. Derandomised: a failure seen once is seen again.
settings.register_profile("textlien", deadline=None, derandomize=True)
settings.load_profile("textlien")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests of studies that are run first.

    xdist hands the first tests to one worker: it runs the studies, and no other waits for them.
    """
    items.sort(
        key=lambda item: [
            study not in getattr(item, "fixturenames", ()) for study in ("demo", "small")
        ]
    )


@pytest.fixture(scope="session")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The demonstration, for golden tables, floors of quality and the docs; not to be changed.

    It is kept in pytest's cache; without a cache (``-p no:cacheprovider``) it is run anew.
    """
    return demonstration(_cache(request, tmp_path_factory, "demonstration"))


@pytest.fixture(scope="session")
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Twelve interviews of the demonstration, for the machinery; a test changes a copy."""
    return twelve_interviews(_cache(request, tmp_path_factory, "twelve-interviews"))


def _cache(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, name: str
) -> Path:
    """A folder that outlives the session, or one of the session alone without pytest's cache."""
    cache = getattr(request.config, "cache", None)
    return Path(cache.mkdir(name)) if cache else tmp_path_factory.mktemp(name)
