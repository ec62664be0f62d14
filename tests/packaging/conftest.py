"""The wheel as users get it, built once, and installed outside the checkout."""

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITE = Path(sysconfig.get_path("purelib"))


@dataclass(frozen=True)
class Environment:
    """A virtual environment far from the checkout, and an empty folder to work in."""

    folder: Path

    @property
    def site(self) -> Path:
        (found,) = self.folder.glob("env/lib/python*/site-packages")
        return found

    def run(self, name: str, *arguments: str | Path, said: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run one of the environment's programs; nothing of the caller's Python settings reaches it."""
        settings = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
        settings["CNNVIZ_CACHE"] = str(self.folder / "env" / "cache")
        command = [str(self.folder / "env" / "bin" / name), *(str(argument) for argument in arguments)]
        return subprocess.run(
            command, cwd=self.folder, env=settings, input=said, capture_output=True, text=True, check=False
        )

    def python(self, code: str) -> str:
        done = self.run("python", "-I", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def install(folder: Path, wheel: Path) -> Environment:
    venv.create(folder / "env")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "env" / "bin" / "python")]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    return Environment(folder)


@pytest.fixture(scope="session")
def installed(tmp_path_factory, wheel):
    """The wheel beside the dependencies that this environment has; building those anew would take minutes."""
    environment = install(tmp_path_factory.mktemp("installed"), wheel)
    # A path in a .pth file brings the packages there, but not the .pth files there, such as an editable checkout's.
    (environment.site / "dependencies.pth").write_text(f"{SITE}\n")
    return environment


@pytest.fixture(scope="session")
def bare(tmp_path_factory, wheel):
    """The wheel and numpy, and nothing else."""
    environment = install(tmp_path_factory.mktemp("bare"), wheel)
    for part in SITE.glob("numpy*"):
        (environment.site / part.name).symlink_to(part)
    return environment
