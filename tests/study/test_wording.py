"""Each option with each kind of wrong value: always our words, never pydantic's."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import tomli_w
from pydantic import BaseModel

from textlien.errors import Problem, TextlienError
from textlien.messages.translator import Translator
from textlien.study.loading import load
from textlien.study.options import Study

ODD = (
    *(True, 3, 0, -7, 2.5, 2013.0, 1e9, float("nan"), float("inf")),
    *("", "x", "vingt", [], ["x"], [""], [3], [["x"]], {}, {"a": "b"}, {"a": 3}, [{"a": 1}], [{}]),
)
ENGLISH_OF_PYDANTIC = ("Input should", "valid", "should be", "Value error", "field required")


def options(model: type[BaseModel] = Study) -> list[tuple[str, ...]]:
    """Path of each section and option of the study file."""
    paths: list[tuple[str, ...]] = []
    for key, field in model.model_fields.items():
        if (model, key) == (Study, "file"):
            continue
        paths.append((key,))
        kinds = (field.annotation, *get_args(field.annotation))
        inner = [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]
        paths += [(key, *path) for kind in inner for path in options(kind)]
    return paths


def content_with(path: tuple[str, ...], value: object) -> dict[str, Any]:
    """A small study with one option set."""
    content: dict[str, Any] = {"corpus": [{"wave": "2013", "path": "t"}]}
    part = content
    for key in path[:-1]:
        part = part.setdefault(key, [{"path": "a"}] if key == "file" else {})
        part = part[0] if isinstance(part, list) else part
    part[path[-1]] = value
    return content


def problems_of(file: Path) -> tuple[Problem, ...]:
    try:
        load(file)
    except TextlienError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("path", options(), ids=".".join)
def test_a_wrong_value_is_refused_in_our_words(tmp_path, path):
    file = tmp_path / "s.toml"
    refused = 0
    for value in ODD:
        file.write_text(tomli_w.dumps(content_with(path, value)), encoding="utf-8")
        problems = problems_of(file)
        refused += bool(problems)
        for problem in problems:
            assert problem.id != "study.not-allowed", value
            assert problem.location.file == str(file)
            for language in ("fr", "en"):
                text = problem.render(Translator(language))
                assert not any(words in text for words in ENGLISH_OF_PYDANTIC), text
    assert refused >= len(ODD) / 2


def test_a_french_reader_gets_french(tmp_path):
    file = tmp_path / "s.toml"
    file.write_text('[[corpus]]\nwave = "2013"\npath = "t"\n[themes]\nk = "vingt"\nkk = 1\n')
    with pytest.raises(TextlienError) as raised:
        load(file)
    text = raised.value.render(Translator("fr")).replace("\u202f", " ").replace("\u00a0", " ")
    assert text.replace(str(file), "s.toml") == (
        "s.toml, [themes] k : un nombre entier est attendu, sans guillemets ; "
        'valeur trouvée : "vingt".\n'
        "  Corrigez la valeur.\n"
        "s.toml, [themes] kk : clé inconnue : « kk ».\n"
        "  Vouliez-vous dire « k » ?"
    )
