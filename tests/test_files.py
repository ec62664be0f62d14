"""Files that appear whole or not at all."""

import os
import stat

import pytest

from cnnviz._files import whole


def write(path, data=b"new"):
    with whole(path) as file:
        file.write(data)


def test_links_are_followed_and_permissions_kept(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write(link)
    assert (target.read_bytes(), link.is_symlink()) == (b"new", True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path / "a")
    finally:
        assert os.umask(before) == 0o027
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_what_stops_the_writing_leaves_nothing(tmp_path, error):
    (tmp_path / "a").write_bytes(b"old")

    def stopped(path):
        with whole(path) as file:
            file.write(b"half")
            raise error

    for name in ("a", "b"):
        with pytest.raises(error):
            stopped(tmp_path / name)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IsADirectoryError, match=r"Is a directory"):
        write(tmp_path)
    assert list(tmp_path.iterdir()) == []
