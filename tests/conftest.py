"""Settings of all tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from textlien.cli.main import main

# Assertions are in English, whatever the default; tests of French say so.
os.environ["TEXTLIEN_LANG"] = "en"

# No deadline: first calls load libraries. Derandomised: a failure seen once is seen again.
settings.register_profile("textlien", deadline=None, derandomize=True)
settings.load_profile("textlien")


class Demo:
    """The demonstration study, run once for all tests that look at it."""

    def __init__(self, folder: Path, result: Result) -> None:
        self.folder = folder
        self.result = result
        self.study = folder / "demo.toml"
        self.run = folder / "runs" / "demo"

    def copy(self, folder: Path) -> Demo:
        """A copy, results included, that a test may change."""
        shutil.copytree(self.folder, folder / "demo")
        return Demo(folder / "demo", self.result)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("session") / "demo"
    return Demo(folder, CliRunner().invoke(main, ["demo", str(folder), "--workers", "1"]))
