"""The study file, the codebook and the metadata of a corpus with pseudonyms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import tomli_w

from textlien.files.csvfile import csv_text
from textlien.pseudonyms.replacing.replace import Say
from textlien.study.options import Study

STUDY_FILE = "study.toml"
METADATA = "metadata.csv"
CODEBOOK = "codebook.toml"

_FIELDS = ("wave", "city", "actor", "person", "date")
_DROPPED = ("speakers",)
"""Roles are in the tables of turns now."""

_WORDED = {
    "study": ("name", "title"),
    "cities": ("panel", "aliases"),
    "terms": ("stop_words", "fold"),
    "contrasts": ("waves",),
}
"""Options that hold words of the study, and so may hold names; those of ``[actors]`` all do."""


def study_toml(
    study: Study,
    say: Say,
    waves: Mapping[str, str],
    codings: Sequence[str],
    expressions: Sequence[str],
) -> str:
    """The study file for the new folder.

    Options are those of ``study``; paths lead to the new files. Comments, ``[speakers]`` and the
    trained model that ``[axes]`` may name are left out: they hold names, or words of the corpus.

    Parameters
    ----------
    study : as it is.
    say : puts pseudonyms into short texts.
    waves : folder of the transcripts of each wave.
    codings, expressions : paths of these files, relative to the new study file.
    """
    options = study.model_dump(mode="json", exclude={"file", *_DROPPED}, exclude_unset=True)
    options = {name: part for name, part in options.items() if name != "corpus" and part}
    worded = {**_WORDED, "actors": tuple(options.get("actors", {}))}
    for section, names in worded.items():
        for name in set(names) & options.get(section, {}).keys():
            options[section][name] = _replaced(options[section][name], say)
    if expressions:
        options.setdefault("terms", {})["expressions"] = list(expressions)
    axes = options.setdefault("axes", {})
    axes.pop("model", None)
    if study.axes.codebook:
        axes["codebook"] = CODEBOOK
    if study.axes.codings:
        axes["codings"] = list(codings)
    corpora = [_corpus(study, wave, folder, say) for wave, folder in waves.items()]
    content = {name: part for name, part in options.items() if part}
    content["corpus"] = corpora
    return tomli_w.dumps(content)


def _corpus(study: Study, wave: str, folder: str, say: Say) -> dict[str, Any]:
    """The ``[[corpus]]`` of one wave."""
    cities = [city for part in study.corpus if part.wave == wave for city in part.cities]
    corpus: dict[str, Any] = {"wave": say(wave), "path": folder, "metadata": METADATA}
    if cities:
        corpus["cities"] = list(dict.fromkeys(say(city) for city in cities))
    return corpus


def codebook_toml(text: str, say: Say) -> str:
    """A codebook with pseudonyms; keys of axes stay, for the codings name them."""
    content = tomllib.loads(text)
    axes = [
        {key: value if key == "key" else _replaced(value, say) for key, value in axis.items()}
        for axis in content["axis"]
    ]
    return tomli_w.dumps({"axis": axes})


def _replaced(value: Any, say: Say) -> Any:
    """A value with pseudonyms in every text of it."""
    if isinstance(value, str):
        return say(value)
    if isinstance(value, Mapping):
        return {say(key): _replaced(item, say) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(item, say) for item in value]
    return value


def metadata_csv(
    interviews: pd.DataFrame,
    files: Mapping[str, str],
    persons: Mapping[str, str],
    say: Say,
) -> str:
    """``metadata.csv`` of the new folder.

    Parameters
    ----------
    interviews : table ``interviews`` as it is.
    files : new file of each interview that is written.
    persons : new identifiers of persons.
    say : puts pseudonyms into short texts.
    """
    rows = [["file", *_FIELDS, "fictional"]]
    for row in interviews.to_dict("records"):
        interview = str(row["interview_id"])
        if interview not in files:
            continue
        values = {field: say(str(row[field])) for field in ("wave", "city", "date")}
        values |= {"actor": str(row["actor"]), "person": persons.get(str(row["person"]), "")}
        fictional = "yes" if row["fictional"] else "no"
        rows.append([files[interview], *(values[field] for field in _FIELDS), fictional])
    return csv_text(rows)
