from __future__ import annotations

import json
import os
import pickle
import shutil

import numpy as np
import pytest

from tests.axes.made_up import trained
from tests.making import hint_of, text_of
from tests.themes.projection.made_up import BUS, HOME, MODEL, SCHOOL, corpus, saved
from textlien.axes.evaluate import evaluate
from textlien.axes.registry import save as save_axes
from textlien.errors import TextlienError
from textlien.files.digests import file_digest
from textlien.themes.projection.folder import check_model, load_model, save

FILES = {
    "weights.npz",
    "vocabulary.json",
    "themes.json",
    "manifest.json",
    "README.md",
    "README.en.md",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("themes") / "2013"
    save(MODEL, path)
    return path


def fault_of(folder):
    with pytest.raises(TextlienError) as raised:
        load_model(folder)
    (problem,) = raised.value.problems
    assert text_of(problem)
    assert hint_of(problem)
    return problem


def altered(folder, copy, name, content):
    """A copy of a model with one file replaced, and its digest as well: made by hand."""
    shutil.copytree(folder, copy)
    (copy / name).write_bytes(content)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = file_digest(copy / name)
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return copy


def test_a_model_that_is_read_again_is_the_one_that_was_kept(folder):
    read = load_model(folder)
    assert read.version.startswith("odas-")
    assert read.model.terms == MODEL.model.terms
    for name in ("weights", "salience", "background"):
        assert np.array_equal(getattr(read.model, name), getattr(MODEL.model, name))
    assert read.themes.equals(MODEL.themes)
    assert read.kinds == MODEL.kinds
    assert read.origin == MODEL.origin
    assert read.learnt == MODEL.learnt
    assert sorted(map(tuple, read.held_out)) == sorted(map(tuple, MODEL.held_out))


def test_a_model_holds_its_files_and_names_no_interview(folder):
    assert {path.name for path in folder.iterdir()} == FILES
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"i00#" not in content
    assert b'"i00"' not in content


def test_the_same_model_gives_the_same_bytes_and_another_one_another_version(folder, tmp_path):
    assert save(MODEL, tmp_path / "again") == load_model(folder).version
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
    other = MODEL._replace(themes=MODEL.themes.assign(label="autre"))
    assert save(other, tmp_path / "other") != load_model(folder).version


def test_a_term_of_two_interviews_is_not_kept_and_weights_still_sum_to_one():
    terms, passage_terms = corpus(SCHOOL, BUS, HOME)
    dupont = (
        passage_terms[passage_terms["term"] == "bus"]["passage_id"].str[:3].isin(["i00", "i01"])
    )
    passage_terms.loc[dupont.index[dupont], "term"] = "Dupont"
    terms.loc[len(terms)] = ["Dupont", "lemma", "Dupont", "", int(dupont.sum()), 9, 2]
    terms = terms.sort_values("term", ignore_index=True)
    model = saved(terms, passage_terms.sort_values(["passage_id", "term"], ignore_index=True))
    assert "Dupont" not in model.model.terms
    assert "bus" in model.model.terms
    assert model.model.weights.sum(axis=1) == pytest.approx(1)
    assert model.model.background.sum() == pytest.approx(1)


def test_the_card_gives_the_words_and_says_what_to_look_at_before_sharing(folder):
    french = (folder / "README.md").read_text(encoding="utf-8")
    assert "## Avant de le partager" in french
    assert "Ces thèmes viennent d’entretiens inventés" in french
    first = MODEL.model.terms[int(MODEL.model.weights[0].argmax())]
    assert first in french
    assert "## Before you share it" in (folder / "README.en.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(FILES - {"manifest.json"}))
def test_a_file_that_is_missing_or_changed_is_named(folder, tmp_path, name):
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / name).write_bytes((copy / name).read_bytes() + b" ")
    for identifier in ("files.other-digest", "files.missing-from-model"):
        assert (fault_of(copy).id, fault_of(copy).location.file) == (identifier, str(copy / name))
        with pytest.raises(TextlienError):
            check_model(copy)
        (copy / name).unlink(missing_ok=True)


def test_a_folder_that_holds_no_model_of_themes_is_refused(tmp_path):
    assert fault_of(tmp_path / "absent").id == "themes.no-model"
    assert fault_of(tmp_path).id == "themes.no-model"
    for content, identifier in (
        ("no json", "files.not-json"),
        ("[]", "files.not-json-object"),
        ('{"kind": "themes", "format": 9}', "themes.other-format"),
        ('{"kind": "axes"}', "themes.other-kind"),
    ):
        (tmp_path / "manifest.json").write_text(content)
        assert fault_of(tmp_path).id == identifier, content


def test_a_model_of_axes_is_no_model_of_themes(tmp_path):
    _, labels, model = trained()
    scores = evaluate(labels, model.held_out.persons, seed=1, replicates=50)
    axes = save_axes(model, scores, tmp_path, name="demo", fictional=True)
    problem = fault_of(axes)
    assert problem.id == "themes.other-kind"
    assert "textlien themes STUDY --save" in hint_of(problem)


@pytest.mark.parametrize("key", ["origin", "learnt", "version", "files"])
def test_a_key_that_a_manifest_lacks_is_named(folder, tmp_path, key):
    copy = shutil.copytree(folder, tmp_path / "copy")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    del manifest[key]
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    problem = fault_of(copy)
    assert problem.id == "files.key-missing"
    assert f'key "{key}" is missing' in text_of(problem)


@pytest.mark.parametrize(
    ("name", "content", "identifier"),
    [
        ("weights.npz", b"not a zip", "themes.unreadable-model"),
        ("weights.npz", pickle.dumps(print), "themes.unreadable-model"),
        (
            "vocabulary.json",
            b'{"terms": ["a"], "kinds": ["lemma"], "common": []}',
            "themes.unreadable-model",
        ),
        ("vocabulary.json", b'{"terms": "a", "kinds": [], "common": []}', "files.other-type"),
        ("themes.json", b'{"themes": []}', "themes.unreadable-model"),
        ("themes.json", b"[]", "files.not-json-object"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(folder, tmp_path, name, content, identifier):
    assert fault_of(altered(folder, tmp_path / "copy", name, content)).id == identifier


class Bomb:
    def __reduce__(self):
        return os.mkdir, ("exploded",)


def test_nothing_is_executed_when_a_model_is_read(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.savez(tmp_path / "weights.npz", weights=np.array([Bomb()], dtype=object))
    content = (tmp_path / "weights.npz").read_bytes()
    hostile = altered(folder, tmp_path / "copy", "weights.npz", content)
    assert fault_of(hostile).id == "themes.unreadable-model"
    assert not (tmp_path / "exploded").exists()
