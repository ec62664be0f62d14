"""Where the GIF goes: whole and in place, or not at all and everything as it was."""

import os
import resource
import subprocess
import sys

import pytest
from PIL import Image

SMALL = ("--width", "160", "--fps", "5", "--kernel", "1")
SHORT = ("gif", "conv", "impulse", "--size", "2", *SMALL)
EARLIER = b"an earlier picture"


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_path_is_all_that_stdout_gets(process, tmp_path):
    outcome = process(*SHORT, "-o", "a.gif")
    assert (outcome.code, outcome.out, outcome.err) == (0, "a.gif\n", "")
    assert left_in(tmp_path) == ["a.alt.txt", "a.gif"]
    with Image.open(tmp_path / "a.gif") as image:
        assert (image.format, image.size, image.is_animated, image.info["loop"]) == ("GIF", (160, 90), True, 0)


def test_without_a_name_it_goes_to_renders(cnnviz, tmp_path):
    (name,) = cnnviz(*SHORT).out.splitlines()
    assert name.startswith("renders/ch02-s02-real-digit-")  # and says what it shows
    assert (tmp_path / name).stat().st_size > 1000


def test_an_earlier_file_is_replaced(cnnviz, tmp_path):
    (tmp_path / "a.gif").write_bytes(EARLIER)
    assert cnnviz(*SHORT, "-o", tmp_path / "a.gif").code == 0
    assert (tmp_path / "a.gif").read_bytes().startswith(b"GIF89a")


def test_places_that_cannot_be_written(cnnviz, tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "folder.gif").mkdir()
    (tmp_path / "locked").mkdir(mode=0o555)
    places = ["file/a.gif", "folder.gif", "/proc/a.gif", "/dev/null/a.gif", f"{'long' * 100}.gif"]
    for path in places + ["locked/a.gif"] * (os.geteuid() != 0):  # no lock holds root
        outcome = cnnviz(*SHORT, "-o", path)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.startswith(f"cnnviz: {path}: expected ")
        assert outcome.err.count("\n") == 1
    assert left_in(tmp_path) == ["file", "folder.gif", "locked"]


@pytest.mark.few(1)
@pytest.mark.parametrize("earlier", [EARLIER, None])
def test_a_limit_on_file_sizes(process, tmp_path, earlier):
    if earlier:
        (tmp_path / "a.gif").write_bytes(earlier)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))  # noqa: E731
    outcome = process(*SHORT, "-o", "a.gif", preexec_fn=limit)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "cnnviz: a.gif: expected to write the whole file, got a limit on file sizes; "
        "raise it (ulimit -f) or make a smaller picture\n"
    )
    assert left_in(tmp_path) == (["a.gif"] if earlier else [])
    assert not earlier or (tmp_path / "a.gif").read_bytes() == earlier


ON_A_SMALL_DISK = """
mount -t tmpfs -o size=8k none . && cd . || exit 99
{earlier}
"$@"
code=$?
ls -A >&2
cat a.gif 2>/dev/null
exit $code
"""


@pytest.mark.few(1)
@pytest.mark.parametrize("earlier", [EARLIER, b""])
def test_a_full_disk(tmp_path, earlier):
    """On a file system of 8 kB, in a corner of its own where anybody may mount one."""
    shell = ON_A_SMALL_DISK.format(earlier=f"printf '{earlier.decode()}' > a.gif" if earlier else "")
    become = ["--user", "--map-root-user"] * (os.geteuid() != 0)
    corner = ["unshare", *become, "--mount", "sh", "-c", shell, "sh"]
    command = [*corner, sys.executable, "-m", "cnnviz", *SHORT, "-o", "a.gif"]
    try:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no unshare on this system, so no small disk to fill")
    if done.returncode in (1, 99) and "cnnviz" not in done.stderr:
        pytest.skip(f"this system lets nobody mount a small disk: {done.stderr.strip()}")
    line, *left = done.stderr.splitlines()
    assert done.returncode == 1
    assert line == (
        "cnnviz: a.gif: expected room on the disk, got a full one; free some space or choose another folder"
    )
    assert left == (["a.gif"] if earlier else [])
    assert done.stdout == earlier.decode()


def test_a_gif_may_have_a_size_to_keep_and_is_drawn_anew_when_asked(cnnviz, tmp_path):
    assert cnnviz(*SHORT, "-o", "free.gif").code == 0
    size = (tmp_path / "free.gif").stat().st_size
    outcome = cnnviz(*SHORT, "--width", "480", "--fps", "20", "-o", "a.gif", "--max-size", 4 * size)
    assert (outcome.code, outcome.out) == (0, "a.gif\n")
    assert f" to fit into {4 * size} bytes: " in outcome.err
    assert (tmp_path / "a.gif").stat().st_size <= 4 * size
    wrong = cnnviz(*SHORT, "--max-size", "lots")
    assert (wrong.code, wrong.err) == (
        2,
        "cnnviz: max-size: expected 1000 bytes or more, such as 2MB or 500kB, got 'lots'\n",
    )


@pytest.mark.parametrize(("typed", "kept"), [((), True), (("--no-cache",), False)])
def test_a_gif_is_kept_unless_told_otherwise(cnnviz, monkeypatch, typed, kept):
    keys = []
    monkeypatch.setattr("cnnviz.render.plan.Plan.kept", lambda plan: keys.append(plan.key))
    monkeypatch.setattr("cnnviz.render.plan.Plan.drawn", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert cnnviz(*SHORT, *typed).code == 130
    assert [key is not None for key in keys] == [kept]
