from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.making import hint_of
from textlien.annotation.speech.folder import MANIFEST, check_folder, files_of, title
from textlien.errors import TextlienError


def written(folder: Path, **changes: object) -> Path:
    """A folder as an annotator's, with a manifest that has it right but for ``changes``."""
    (folder / "morphologizer").mkdir(parents=True)
    (folder / "morphologizer" / "model").write_bytes(b"weights")
    (folder / "meta.json").write_text('{"license": "CC BY-SA 4.0 and LGPL-LR"}')
    (folder / "LICENSE.md").write_text("# Licence")
    manifest = {"format": 1, "licence": "CC BY-SA 4.0 and LGPL-LR", "files": files_of(folder)}
    manifest |= {"name": "fr_x", "version": "1.0.0"}
    (folder / MANIFEST).write_text(json.dumps({**manifest, **changes}))
    return folder


def test_a_whole_folder_is_accepted(tmp_path: Path):
    folder = written(tmp_path / "1.0.0")
    check_folder(folder)
    assert set(files_of(folder)) == {"LICENSE.md", "meta.json", "morphologizer/model"}


def test_a_folder_without_manifest_is_not_looked_at(tmp_path: Path):
    check_folder(tmp_path)
    assert title(tmp_path) == ""


@pytest.mark.parametrize("name", ["morphologizer/model", "LICENSE.md", "meta.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str):
    folder = written(tmp_path / "1.0.0")
    (folder / name).unlink()
    with pytest.raises(TextlienError, match=f"{name}: the file is missing") as caught:
        check_folder(folder)
    assert "make annotator" in hint_of(caught.value)


def test_another_file_is_named(tmp_path: Path):
    folder = written(tmp_path / "1.0.0")
    (folder / "morphologizer" / "model").write_bytes(b"other weights")
    with pytest.raises(TextlienError, match=r"model: not the file that was written"):
        check_folder(folder)


def test_another_licence_is_refused(tmp_path: Path):
    folder = written(tmp_path / "1.0.0")
    (folder / "meta.json").write_text('{"license": "MIT"}')
    with pytest.raises(TextlienError, match=r'licence "MIT", but .* under "CC BY-SA 4\.0 and') as e:
        check_folder(folder)
    assert "do not pass it on" in hint_of(e.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1: .* not valid JSON"),
        ("[]", "a JSON object is expected"),
        ('{"licence": "", "name": "", "version": "", "files": {}}', 'key "format" is missing'),
        ('{"format": 2, "files": {}, "licence": ""}', "format 2; .* reads format 1"),
        ('{"format": 1, "licence": "", "name": "", "files": {}}', 'key "version" is missing; a t'),
        (
            '{"format": 1, "licence": "", "name": 3, "version": "", "files": {}}',
            'key "name" should hold a text; it holds 3',
        ),
        (
            '{"format": 1, "licence": "", "name": "", "version": "", "files": 1}',
            'key "files" should hold a group of keys and values; it holds 1',
        ),
    ],
)
def test_a_manifest_that_cannot_be_used_is_named(tmp_path: Path, content: str, message: str):
    (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(TextlienError, match=rf"manifest\.json.*{message}"):
        check_folder(tmp_path)


def test_a_meta_that_is_no_json_is_named(tmp_path: Path):
    folder = written(tmp_path / "1.0.0")
    (folder / "meta.json").write_text("{")
    with pytest.raises(TextlienError, match=r"meta\.json, line 1: .* not valid JSON"):
        check_folder(folder)


def test_a_manifest_tells_one_model_from_another(tmp_path: Path):
    one, other = written(tmp_path / "a"), written(tmp_path / "b", settings="others")
    assert re.fullmatch(r"fr_x 1\.0\.0 \([0-9a-f]{8}\)", title(one))
    assert title(one) != title(other)
