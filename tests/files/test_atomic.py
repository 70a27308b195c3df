import errno
import io
import os
import pickle
import stat

import pytest

from tests.making import hint_of, text_of
from textlien.errors import TextlienError
from textlien.files.atomic import write_bytes


class FullDisk(io.RawIOBase):
    """A stream that takes half of what it is given, as a disk does that fills up."""

    def __init__(self, descriptor: int, number: int) -> None:
        self._descriptor, self._number = descriptor, number

    def write(self, content: bytes) -> int:
        os.write(self._descriptor, content[: len(content) // 2])
        raise OSError(self._number, os.strerror(self._number))

    def close(self) -> None:
        os.close(self._descriptor)


def fault_of_writing(path, content=b"new"):
    with pytest.raises(TextlienError) as raised:
        write_bytes(path, content)
    (problem,) = raised.value.problems
    assert problem.location.file == str(path)
    # It comes from another process where interviews are read by several.
    assert pickle.loads(pickle.dumps(raised.value)).problems == (problem,)  # noqa: S301 - ours
    return problem


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "x"
    write_bytes(path, b"old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("gone")))
    problem = fault_of_writing(path)
    assert problem.id == "files.cannot-write"
    assert "gone" in text_of(problem)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "quota is used up")]
)
def test_a_full_disk_names_the_file_and_leaves_the_old_one(tmp_path, monkeypatch, number, reason):
    path = tmp_path / "profiles.parquet"
    write_bytes(path, b"old")
    monkeypatch.setattr("os.fdopen", lambda descriptor, _: FullDisk(descriptor, number))
    problem = fault_of_writing(path)
    assert problem.id == "files.no-room"
    assert reason in text_of(problem)
    assert "Make room" in hint_of(problem)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"profiles.parquet": b"old"}


def test_a_file_that_excel_holds_open_on_windows_is_named_with_what_to_do(tmp_path, monkeypatch):
    path = tmp_path / "noms.xlsx"
    write_bytes(path, b"old")

    def held(self, target):
        raise PermissionError(errno.EACCES, "Access is denied", str(self), 5, str(target))

    monkeypatch.setattr("pathlib.Path.replace", held)
    problem = fault_of_writing(path)
    assert problem.id == "files.not-writable"
    assert "open in another program (Excel" in hint_of(problem)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"noms.xlsx": b"old"}


def test_a_disk_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    def read_only(*_):
        raise OSError(errno.EROFS, "Read-only file system", str(tmp_path))

    monkeypatch.setattr("os.open", read_only)
    problem = fault_of_writing(tmp_path / "x")
    assert problem.id == "files.cannot-write"
    assert "read-only" in text_of(problem)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_file_has_the_rights_asked_for(tmp_path, mode):
    write_bytes(tmp_path / "x", b"", mode=mode)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == mode


def test_what_a_killed_process_left_is_written_over(tmp_path):
    (tmp_path / f".x.{os.getpid()}").write_bytes(b"half")
    write_bytes(tmp_path / "x", b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"x": b"new"}
