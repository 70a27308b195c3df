import pytest

from tests.making import hint_of
from textlien.errors import TextlienError
from textlien.files.digests import check_files, digest, file_digest
from textlien.messages.message import message

REMEDY = message("files.retrain-model")


def test_equal_values_have_equal_digests():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest(1, 2) != digest(2, 1)


def test_a_folder_as_it_was_written_is_accepted(tmp_path):
    (tmp_path / "a").write_bytes(b"a")
    check_files(tmp_path, {"a": file_digest(tmp_path / "a")}, REMEDY)


def test_every_file_that_is_missing_or_changed_is_named_with_the_remedy(tmp_path):
    (tmp_path / "a").write_bytes(b"changed")
    with pytest.raises(TextlienError) as raised:
        check_files(tmp_path, {"a": "0" * 64, "b": "0" * 64}, REMEDY)
    assert [(problem.id, problem.location.file) for problem in raised.value.problems] == [
        ("files.other-digest", str(tmp_path / "a")),
        ("files.missing-from-model", str(tmp_path / "b")),
    ]
    assert "textlien train" in hint_of(raised.value)
