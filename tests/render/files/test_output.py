import errno
import os
import stat

import pytest

from cnnviz.errors import RenderError
from cnnviz.render.files.output import staged, staged_folder


def write(path, data=b"new", then=None, **options):
    with staged(path, **options) as temporary:
        temporary.write_bytes(data)
        if then is not None:
            then()


def failing(error):
    def fail():
        raise error

    return fail


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def refusal(path, **options):
    """Return the error's text, and see that the block did not run."""
    ran = []
    with pytest.raises(RenderError) as caught, staged(path, **options):
        ran.append(True)
    assert not ran
    return str(caught.value)


def test_the_file_appears_at_the_end_and_alone(tmp_path):
    target = tmp_path / "a.gif"
    with staged(target) as temporary:
        temporary.write_bytes(b"x")
        assert not target.exists()
        assert temporary.suffix == ".gif"
        assert temporary.stat().st_dev == tmp_path.stat().st_dev
        assert temporary.parent.parent == tmp_path
    assert target.read_bytes() == b"x"
    assert list(tmp_path.iterdir()) == [target]


def test_the_folder_in_the_making_is_private(tmp_path):
    with staged(tmp_path / "a") as temporary:
        temporary.touch()
        assert stat.S_IMODE(temporary.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), SystemExit(3), FileNotFoundError(2, "scene")])
def test_what_goes_wrong_passes_through_and_leaves_the_earlier_file(tmp_path, error):
    (tmp_path / "a").write_bytes(b"earlier")
    with pytest.raises(type(error)) as caught:
        write(tmp_path / "a", b"half", failing(error))
    assert caught.value is error
    assert (tmp_path / "a").read_bytes() == b"earlier"
    assert names(tmp_path) == ["a"]


def test_a_file_that_fails_its_check_does_not_arrive(tmp_path):
    (tmp_path / "a").write_bytes(b"earlier")

    def refuse(path):
        assert path.read_bytes() == b"new"
        raise RenderError("a: broken")

    with pytest.raises(RenderError, match=r"^a: broken$"):
        write(tmp_path / "a", verify=refuse)
    assert (tmp_path / "a").read_bytes() == b"earlier"
    assert names(tmp_path) == ["a"]


def test_a_writer_that_writes_nothing_is_noticed(tmp_path):
    with pytest.raises(RenderError) as caught, staged(tmp_path / "a"):
        pass
    assert str(caught.value) == f"{tmp_path / 'a'}: expected the writer to make a file, got none; please report this"


def test_missing_folders_are_made(tmp_path):
    write(tmp_path / "x" / "y" / "a")
    assert (tmp_path / "x" / "y" / "a").read_bytes() == b"new"


def test_folders_that_were_made_go_when_the_run_fails_but_others_stay(tmp_path):
    (tmp_path / "x").mkdir()
    with pytest.raises(ZeroDivisionError), staged(tmp_path / "x" / "y" / "z" / "a"):
        1 / 0  # noqa: B018
    assert names(tmp_path) == ["x"]
    assert names(tmp_path / "x") == []


def test_a_relative_path_and_a_changed_folder(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with staged("a") as temporary:
        temporary.write_bytes(b"x")
        monkeypatch.chdir(tmp_path / "elsewhere")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_a_link_is_followed(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "true").write_bytes(b"earlier")
    (tmp_path / "link").symlink_to(tmp_path / "far" / "true")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "far" / "true").read_bytes() == b"new"


def test_permissions_of_an_earlier_file_are_kept(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "a").chmod(0o640)
    write(tmp_path / "a")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path):
    write(tmp_path / "a")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_folder_is_refused(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path}: expected a file to write, got a folder; name a file in it"


@pytest.mark.parametrize("path", ["", "/", "."])
def test_a_path_without_a_name_is_refused(path):
    assert "expected a file to write, got a folder" in refusal(path)


def test_a_device_is_refused():
    assert refusal("/dev/null") == "/dev/null: expected a file to write, got a device or a pipe; choose another name"


def test_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "a")
    assert "got a device or a pipe" in refusal(tmp_path / "a")


def test_a_file_where_a_folder_should_be(tmp_path):
    (tmp_path / "x").touch()
    assert refusal(tmp_path / "x" / "y" / "a") == (
        f"{tmp_path / 'x' / 'y' / 'a'}: expected only folders before the last name, got a file among them; "
        "choose another path"
    )


def test_a_name_that_is_too_long(tmp_path):
    path = tmp_path / ("a" * 300)
    assert refusal(path) == f"{path}: expected a name the file system can hold, got a longer one; shorten it"


def test_links_in_a_circle(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert (
        refusal(tmp_path / "a")
        == f"{str(tmp_path / 'a')!r}: expected a path, got one that leads nowhere; choose another"
    )


def test_a_zero_byte():
    assert refusal("a\0b") == r"'a\x00b': expected a path, got one that leads nowhere; choose another"


def test_overwriting_may_be_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"earlier")
    assert refusal(tmp_path / "a", overwrite=False) == (
        f"{tmp_path / 'a'}: expected a new file, got one that exists; choose another name"
    )
    write(tmp_path / "b", overwrite=False)
    assert (tmp_path / "b").read_bytes() == b"new"


def test_a_file_that_appears_meanwhile_is_not_overwritten_where_that_is_refused(tmp_path):
    with pytest.raises(RenderError, match="got one that exists"):
        write(tmp_path / "a", then=lambda: (tmp_path / "a").write_bytes(b"another's"), overwrite=False)
    assert (tmp_path / "a").read_bytes() == b"another's"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "expected room on the disk, got a full one; free some space or choose another folder"),
        (errno.EDQUOT, "expected room in your disk quota, got none left; free some space or choose another folder"),
        (errno.EIO, "expected a disk that works, got an input/output error; choose another folder"),
        (
            errno.EFBIG,
            "expected to write the whole file, got a limit on file sizes; "
            "raise it (ulimit -f) or make a smaller picture",
        ),
    ],
)
def test_trouble_with_the_disk_is_told_in_one_line(tmp_path, number, words):
    with pytest.raises(RenderError) as caught:
        write(tmp_path / "a", then=failing(OSError(number, os.strerror(number))))
    assert str(caught.value) == f"{tmp_path / 'a'}: {words}"
    assert names(tmp_path) == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_folder_that_may_not_be_written_to(tmp_path, monkeypatch, number):
    # Simulated: these tests may run as root, who may write everywhere.
    def refuse(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    assert "expected a folder that may be written to, got " in refusal(tmp_path / "new" / "a")
    assert names(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become somebody else")
def test_a_stranger_is_refused_by_the_system_itself(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "mine").write_bytes(b"earlier")
    (tmp_path / "mine").chmod(0o644)
    for parent in tmp_path.parents[:3]:
        parent.chmod(0o755)
    os.seteuid(65534)
    try:
        assert "expected a folder that may be written to, got one that may not" in refusal(tmp_path / "a")
    finally:
        os.seteuid(0)


def test_a_read_only_file_is_not_replaced(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"earlier")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refusal(tmp_path / "a") == (
        f"{tmp_path / 'a'}: expected a file that may be replaced, got a read-only one; choose another name"
    )


def test_a_folder_appears_whole(tmp_path):
    with staged_folder(tmp_path / "f", pattern="*.png") as temporary:
        (temporary / "1.png").touch()
        assert not (tmp_path / "f").exists()
    assert names(tmp_path) == ["f"]


def test_an_earlier_folder_of_pictures_is_replaced_whole(tmp_path):
    for pictures in (["1.png", "2.png", "3.png"], ["1.png"]):
        with staged_folder(tmp_path / "f", pattern="*.png") as temporary:
            for name in pictures:
                (temporary / name).touch()
    assert names(tmp_path / "f") == ["1.png"]
    assert names(tmp_path) == ["f"]


def test_a_folder_with_other_things_in_it_is_refused(tmp_path):
    (tmp_path / "thesis.txt").touch()
    (tmp_path / "1.png").touch()
    with pytest.raises(RenderError) as caught, staged_folder(tmp_path, pattern="*.png"):
        pass
    assert str(caught.value) == (
        f"{tmp_path}: expected a new folder, or one with only *.png in it, got 'thesis.txt' there; choose another"
    )
    assert sorted(names(tmp_path)) == ["1.png", "thesis.txt"]


def test_an_error_between_the_two_renames_brings_the_earlier_folder_back(tmp_path, monkeypatch):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "1.png").write_bytes(b"earlier")
    rename = type(tmp_path).rename

    def interrupted(path, target):
        if path.name == "out":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(type(tmp_path), "rename", interrupted)
    with pytest.raises(KeyboardInterrupt), staged_folder(tmp_path / "f", pattern="*.png"):
        pass
    assert (tmp_path / "f" / "1.png").read_bytes() == b"earlier"
    assert names(tmp_path) == ["f"]
