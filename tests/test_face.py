"""The library as ``import textlien`` gives it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import textlien
from textlien.commands.check import check_study
from textlien.pipeline.run import run
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load


def test_the_face_of_the_library_is_what_the_rooms_define():
    assert textlien.load is load
    assert textlien.check is check_study
    assert textlien.run is run
    assert textlien.Run is Run
    assert set(textlien.__all__) <= set(dir(textlien))
    assert textlien.__version__.count(".") >= 1


def test_a_name_that_is_not_exported_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'train'"):
        textlien.train  # noqa: B018 - the access is what is tested


def test_importing_the_library_loads_nothing_heavy():
    code = "import sys, textlien; print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("'pandas'", "'spacy'", "'pydantic'", "'textlien.errors'"):
        assert heavy not in done.stdout
