"""The folder of a model of themes: everything needed to measure another corpus on it.

::

    weights.npz           weights (themes × terms), salience, background, held_out, refits,
                          components and owners of merged themes; no pickle
    vocabulary.json       terms by column, kind of each, words too common to be terms
    themes.json           table ``themes``: names, shares and figures of the corpus it is of
    manifest.json         version, origin, options of the terms, digests, library versions
    README.md, README.en.md   the card, in French and in English

As a model of the axes is kept. It holds no text and no identifier of an interview, and no term of
fewer interviews than three.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from textlien import tables
from textlien.arrays import Floats, archive, read_archive
from textlien.errors import Problem, TextlienError
from textlien.files.atomic import json_bytes, write_bytes
from textlien.files.digests import (
    ModelManifest,
    check_files,
    content_digest,
    digest,
    file_digest,
    read_object,
    require_files,
    validated,
)
from textlien.messages.message import Location, message
from textlien.messages.translator import Translator
from textlien.study.options import Study
from textlien.themes.model import ThemeModel
from textlien.themes.projection.card import card
from textlien.themes.projection.remainder import MEASURES
from textlien.themes.projection.saved import FEWEST_INTERVIEWS, Origin, SavedThemes

MANIFEST = "manifest.json"
_WEIGHTS, _VOCABULARY, _THEMES = "weights.npz", "vocabulary.json", "themes.json"
_CARDS = {"fr": "README.md", "en": "README.en.md"}
_NEEDED = (_WEIGHTS, _VOCABULARY, _THEMES)

_FORMAT = 1
_KIND = "themes"
_LIBRARIES = ("numpy", "scikit-learn", "scipy", "gensim", "textlien")
_REMEDY = message("themes.save-again")


def save(saved: SavedThemes, folder: Path) -> str:
    """Write the folder of a model.

    Parameters
    ----------
    saved : the model; its ``version`` is not looked at.
    folder : to write, whose files are replaced.

    Returns
    -------
    The version: name of the study and eight digits of a digest of the content.
    """
    vocabulary = {
        "terms": list(saved.model.terms),
        "kinds": [saved.kinds[term] for term in saved.model.terms],
        "common": sorted(saved.common),
    }
    files = {
        _WEIGHTS: archive(_arrays(saved)),
        _VOCABULARY: json_bytes(vocabulary),
        _THEMES: json_bytes({"themes": _records(saved)}),
    }
    manifest = {
        "format": _FORMAT,
        "kind": _KIND,
        "origin": saved.origin._asdict(),
        "fewest_interviews": FEWEST_INTERVIEWS,
        "learnt": sorted(saved.learnt),
        "libraries": {library: installed(library) for library in _LIBRARIES},
    }
    content = {name: content_digest(files[name]) for name in files}
    version = f"{saved.origin.study}-{digest(manifest, content)[:8]}"
    saved = saved._replace(version=version)
    for language, file in _CARDS.items():
        files[file] = card(saved, Translator(language)).encode()
    for name, data in files.items():
        write_bytes(folder / name, data)
    # Last: a folder with a manifest is whole.
    digests = {name: content_digest(data) for name, data in sorted(files.items())}
    whole = {"version": version, **manifest, "files": digests}
    write_bytes(folder / MANIFEST, json_bytes(whole))
    return version


def check_model(folder: Path) -> None:
    """Refuse a folder that holds no model of themes, or not the one that was written.

    Raises
    ------
    TextlienError
        When it has no manifest, one of another kind or format, or a file is missing or changed.
    """
    check_files(folder, _read_manifest(folder).files, _REMEDY)


def load_model(folder: Path) -> SavedThemes:
    """Read a folder and check it against its manifest.

    Raises
    ------
    TextlienError
        As :func:`check_model`, and when files do not belong together.
    """
    manifest = _read_manifest(folder)
    check_files(folder, manifest.files, _REMEDY)
    vocabulary = _validated(folder / _VOCABULARY, _Vocabulary)
    rows = _validated(folder / _THEMES, _Themes).themes
    try:
        arrays = read_archive(folder / _WEIGHTS)
        _check_shapes(arrays, len(rows), len(vocabulary.terms))
        frame = tables.make("themes", rows)
        kinds = dict(zip(vocabulary.terms, vocabulary.kinds, strict=True))
    # Files made by anyone can break reading in any way; the kind of fault is for an expert.
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise TextlienError(
            Problem.error(
                "themes.unreadable-model",
                Location(file=str(folder)),
                reason=f"{type(error).__name__}: {error}",
            )
        ) from error
    return SavedThemes(
        manifest.version,
        _model(arrays, tuple(vocabulary.terms)),
        kinds,
        frozenset(vocabulary.common),
        frame,
        arrays["held_out"],
        arrays["refits"],
        frozenset(manifest.learnt),
        Origin(**manifest.origin.model_dump() | {"waves": tuple(manifest.origin.waves)}),
    )


def named_model(study: Study) -> SavedThemes | None:
    """The model that ``[themes] model`` names, None where it names none.

    Raises
    ------
    TextlienError
        As :func:`load_model`.
    """
    return load_model(study.resolve(study.themes.model)) if study.themes.model else None


def digest_of_named_model(study: Study) -> str:
    """Digest of the model that the study file names, which may be replaced in place."""
    manifest = study.resolve(study.themes.model) / MANIFEST
    return file_digest(manifest) if study.themes.model and manifest.is_file() else ""


def _arrays(saved: SavedThemes) -> dict[str, Floats]:
    """Arrays of a model, by name."""
    arrays = {
        "weights": saved.model.weights,
        "salience": saved.model.salience,
        "background": saved.model.background,
        "held_out": saved.held_out,
        "refits": saved.refits,
    }
    if saved.model.components is not None and saved.model.owners is not None:
        arrays["components"] = saved.model.components
        arrays["owners"] = saved.model.owners.astype("float64")
    return arrays


def _records(saved: SavedThemes) -> list[dict[str, Any]]:
    """Rows of table ``themes`` as JSON has them: None for what is not computed."""
    return [
        {str(column): None if pd.isna(value) else value for column, value in row.items()}
        for row in saved.themes.to_dict("records")
    ]


def _model(arrays: Mapping[str, Floats], terms: tuple[str, ...]) -> ThemeModel:
    """The model of checked arrays."""
    model = ThemeModel(terms, arrays["weights"], arrays["salience"], arrays["background"])
    if "components" not in arrays:
        return model
    owners = arrays["owners"].astype(np.int64)
    return model._replace(components=arrays["components"], owners=owners)


def _check_shapes(arrays: Mapping[str, Floats], n_themes: int, n_terms: int) -> None:
    """Refuse arrays that do not go with the themes and terms.

    Raises
    ------
    ValueError
        When a shape is another one, or a weight is negative or no number.
    """
    shapes = {"weights": (n_themes, n_terms), "salience": (n_terms,), "background": (n_terms,)}
    if "components" in arrays:
        owners = arrays["owners"]
        shapes |= {"components": (len(owners), n_terms), "owners": (len(owners),)}
        if not set(owners) <= set(range(n_themes)):
            raise ValueError(f"owners {sorted(set(owners))} of {n_themes} themes")
    for name, shape in shapes.items():
        if arrays[name].shape != shape:
            raise ValueError(f"{name} {arrays[name].shape}, expected {shape}")
        if not (np.isfinite(arrays[name]).all() and (arrays[name] >= 0).all()):
            raise ValueError(f"{name}: negative or not a number")
    for name, width in {"held_out": len(MEASURES), "refits": n_themes}.items():
        if arrays[name].shape[1:] != (width,):
            raise ValueError(f"{name} {arrays[name].shape}, expected {width} columns")
    if not n_themes or not n_terms:
        raise ValueError(f"{n_themes} themes, {n_terms} terms")


class _Strict(BaseModel):
    """A part of a file in which "2" is no number."""

    model_config = ConfigDict(frozen=True, strict=True)


class _Origin(_Strict):
    """See :class:`Origin`."""

    study: str
    waves: list[str]
    n_interviews: int
    n_passages: int
    n_occurrences: int
    fictional: bool
    engine: str
    k: int
    seed: int
    terms: dict[str, Any]
    sources: dict[str, str]


class _Vocabulary(_Strict):
    """Terms by column."""

    terms: list[str]
    kinds: list[str]
    common: list[str]


class _Themes(_Strict):
    """Rows of table ``themes``."""

    themes: list[dict[str, Any]]


class _Manifest(ModelManifest):
    """The keys of a manifest that are needed to use a model."""

    origin: _Origin
    learnt: list[str]


def _read_manifest(folder: Path) -> _Manifest:
    """The manifest of a folder, when it is one of this kind and format, and lists all files."""
    path = folder / MANIFEST
    if not path.is_file():
        raise TextlienError(Problem.error("themes.no-model", Location(file=str(folder))))
    content = read_object(path, _REMEDY)
    where = Location(file=str(path))
    if content.get("kind", _KIND) != _KIND or "axes" in content:
        raise TextlienError(Problem.error("themes.other-kind", where))
    if content.get("format", _FORMAT) != _FORMAT:
        written = str(content["format"])
        raise TextlienError(
            Problem.error("themes.other-format", where, format=written, readable=_FORMAT)
        )
    manifest = validated(path, content, _Manifest, _REMEDY)
    require_files(path, manifest, _NEEDED, _REMEDY)
    return manifest


def _validated(path: Path, kind: type[Any]) -> Any:
    """Content of a JSON file of the folder."""
    return validated(path, read_object(path, _REMEDY), kind, _REMEDY)
