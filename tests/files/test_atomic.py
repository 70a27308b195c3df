import os
import stat

import pytest

from textlien.files.atomic import write_bytes


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "x"
    write_bytes(path, b"old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_file_has_the_rights_asked_for(tmp_path, mode):
    write_bytes(tmp_path / "x", b"", mode=mode)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == mode


def test_what_a_killed_process_left_is_written_over(tmp_path):
    (tmp_path / f".x.{os.getpid()}").write_bytes(b"half")
    write_bytes(tmp_path / "x", b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"x": b"new"}
