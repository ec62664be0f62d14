"""Kills, signals, full disks and crowds: no file is ever broken, short or lost, and nothing is left lying about.

The plain run does a tenth of the rounds.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to make many processes quickly")

SCRIPT = Path(__file__).with_name("faults.py")
ROUNDS = {"kill": 500, "interrupt": 100, "terminate": 100, "limits": 50, "disks": 50, "crowds": 50}

tenth = [pytest.param(1 / 10, id="tenth"), pytest.param(1, id="full", marks=pytest.mark.full)]


def harm(kind, share, folder, *, prefix=()):
    rounds = round(ROUNDS[kind] * share)
    done = subprocess.run(
        [*prefix, sys.executable, SCRIPT, kind, str(rounds), folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return rounds, Counter(json.loads(done.stdout))


@pytest.mark.few(1)
@pytest.mark.parametrize("share", tenth)
@pytest.mark.parametrize(
    ("kind", "codes"), [("kill", {-9, 0}), ("interrupt", {130, -2, 0}), ("terminate", {143, -15, 0})]
)
def test_a_signal_at_any_moment_leaves_whole_files_only(tmp_path, kind, codes, share):
    rounds, tally = harm(kind, share, tmp_path)
    assert tally["broken"] == tally["lost"] == tally["left over"] == 0
    assert tally["new"] + tally["earlier"] + tally["none"] == rounds
    assert sum(tally[f"exit {code}"] for code in codes) == rounds


@pytest.mark.parametrize("share", tenth)
def test_a_limit_on_file_sizes_is_told_and_leaves_nothing(tmp_path, share):
    rounds, tally = harm("limits", share, tmp_path)
    assert tally["exit 1"] == rounds
    assert tally["earlier"] + tally["none"] == rounds
    assert tally["left at once"] == tally["left over"] == 0


@pytest.mark.parametrize("share", tenth)
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, share):
    rounds, tally = on_a_small_disk(tmp_path, share)
    assert tally["exit 1"] == rounds
    assert tally["earlier"] + tally["none"] == rounds
    assert tally["left at once"] == tally["left over"] == 0


def on_a_small_disk(folder, share):
    """Run in a name space of its own, where a file system of 1 MB is mounted on the folder."""
    mount = f'mount -t tmpfs -o size=1m tmpfs "{folder}" && exec "$@"'
    for rights in (["-m"], ["-r", "-m"]):
        prefix = ["unshare", *rights, "sh", "-c", mount, "sh"]
        if (
            shutil.which("unshare")
            and not subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode
        ):
            return harm("disks", share, folder, prefix=prefix)
    pytest.skip("needs the right to mount a small file system")


@pytest.mark.parametrize("share", tenth)
def test_four_at_once_do_not_disturb_each_other(tmp_path, share):
    rounds, tally = harm("crowds", share, tmp_path)
    assert tally == {"failed": 0, "right": 4 * rounds, "shared": rounds, "left over": 0}


def test_the_harm_is_real(tmp_path):
    """A writer that writes in place does not survive it."""
    script = tmp_path / "naive.py"
    script.write_text(
        "import contextlib, sys\n"
        "import cnnviz.render.writers.opening as opening\n"
        "from pathlib import Path\n"
        "@contextlib.contextmanager\n"
        "def in_place(path): yield Path(path)\n"
        "opening.staged = in_place\n"
        f"sys.path.insert(0, {str(SCRIPT.parent)!r})\n"
        "import faults\n"
        "faults.FORMATS = ('gif',)\n"
        "faults.main('kill', 8, sys.argv[1])\n"
    )
    (tmp_path / "out").mkdir()
    broken = 0
    for _ in range(10):  # when a kill comes is a matter of chance
        done = subprocess.run([sys.executable, script, tmp_path / "out"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        broken = json.loads(done.stdout).get("broken", 0)
        if broken:
            break
    assert broken
