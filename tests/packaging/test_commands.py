"""What README and guides tell people to type, typed where the wheel is installed and no checkout near."""

import re
import shlex
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.full

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    *(f"docs/{name}.md" for name in ("experiments", "quizzes", "rendering", "site", "slides", "theme")),
)
PAGES += tuple(f"docs/{name}.md" for name in ("translating", "your-network"))
"""Those of docs/coverage.md are typed elsewhere: tests/cli/test_coverage.py."""

ELSEWHERE = {
    "--cluster": "needs machines: tests/render/work/test_cluster.py",
    "shuffling -o": "trains for minutes: tests/nn/experiments",
    "depth --seeds": "trains for longer",
    "mine.onnx": "is what the reader has: tests/nn/test_docs.py",
    "ecg.onnx": "likewise: tests/cli/test_explain.py",
    "weights.npz": "likewise",
    "keras.npz": "likewise",
}
SCENE = "ch04-s02-max-pooling"
"""Stands for the whole lecture, and for a chapter."""

WORDS = {"quiz", "site", "doctor", "list", "experiment", "train"}  # commands that stand alone
DRAWS = {"render", "slides", "site"}
MINE = """
from manim import RIGHT, Dot, Scene

class Mine(Scene):
    def construct(self):
        dot = Dot()
        self.play(dot.animate.shift(RIGHT), run_time=0.4)
"""


def commands():
    """Every command of the pages, as it is written there, once."""
    found = {}
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        lines = re.findall(r"^(?: {4})?(cnnviz .*)$", text, re.MULTILINE)
        named = re.findall(r"`(?:\.venv/bin/)?(cnnviz [^`]*)`", text)
        for line in lines + named:
            command = " ".join(line.split("  #")[0].split("<")[0].split())
            words = command.split()[1:]
            if re.search(r"\b[A-Z]{4,}\b", command) or (len(words) == 1 and words[0] not in WORDS):
                continue  # it names a command, and is none to type
            found[command] = None
    return list(found)


def typed(command):
    """The words of a command, where it takes the whole lecture of a shorter one, and drawn small."""
    if "quiz" not in command:
        command = command.replace("render --all", "render --all --dry-run").replace("--chapter 4", SCENE)
    if command.startswith("cnnviz site") and not re.search(r"\.py|ch\d\d", command):
        command = command.replace("site", f"site {SCENE}", 1)
    words = shlex.split(command)[1:]
    draft = ["-q", "draft"] if words[0] in DRAWS and "-q" not in words else []
    return [*words, *draft]


def makers():
    """The commands that write a file, and which."""
    return [(command, file) for command in commands() for file in re.findall(r"-o (\S+)", command)]


@pytest.fixture(scope="module")
def desk(installed):
    """What the pages take for granted: a picture, a scene, a theme, answers."""
    shades = np.arange(64 * 48, dtype=np.uint8).reshape(48, 64)
    for name in ("photo.jpg", "cat.jpg"):
        Image.fromarray(shades).save(installed.folder / name)
    (installed.folder / "my_scene.py").write_text(MINE)
    for file in (ROOT / "docs" / "examples" / "themes").iterdir():
        shutil.copy(file, installed.folder)
    return installed


def test_the_pages_tell_what_to_type():
    told = commands()
    assert len(told) > 50
    assert [each for word in ELSEWHERE for each in told if word in each], "what is typed elsewhere is still there"


@pytest.mark.parametrize("command", [each for each in commands() if not any(word in each for word in ELSEWHERE)])
def test_it_does_what_it_is_told(desk, command):
    for earlier, file in makers():  # a page's later commands use what earlier ones made
        if earlier != command and file in command.split() and not (desk.folder / file).exists():
            desk.run("cnnviz", *typed(earlier))
    done = desk.run("cnnviz", *typed(command), said="5\n" * 20)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()
    for file in [*re.findall(r"-o (\S+)", command)] if "--dry-run" not in typed(command) else []:
        assert (desk.folder / file).exists()
