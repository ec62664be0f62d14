import re
import tomllib
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

import cnnviz

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="session")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return message_from_string(archive.read(name).decode())


def files_below(folder, prefix):
    return {
        f"{prefix}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".po")
    }


def test_it_carries_the_package_and_the_scenes_and_no_more(names):
    expected = files_below("cnnviz", "cnnviz") | files_below("scenes", "cnnviz/_scenes")
    assert {name for name in names if ".dist-info/" not in name} == expected


@pytest.mark.parametrize(
    "name",
    [
        "cnnviz/py.typed",
        "cnnviz/_scenes/ch02_convolution/s01_slide.py",
        "cnnviz/data/builtin/LICENSES.md",
        "cnnviz/stage/fonts/OFL.txt",
        "cnnviz/stage/fonts/Inter-Regular.otf",
    ],
)
def test_it_carries(names, name):
    assert name in names


def test_every_license_stands_in_the_metadata(wheel, names):
    told = metadata(wheel).get_all("License-File")
    assert sorted(told) == sorted(PROJECT["license-files"])
    for name in told:
        assert f"cnnviz-{PROJECT['version']}.dist-info/licenses/{name}" in names


def test_the_version_is_one(wheel):
    assert metadata(wheel)["Version"] == PROJECT["version"] == cnnviz.__version__


def test_the_readme_names_every_extra():
    told = re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(PROJECT["optional-dependencies"])


def test_it_is_small(wheel):
    assert wheel.stat().st_size < 2_100_000


def test_the_photographs_are_small():
    photos = list((ROOT / "cnnviz/data/builtin").glob("*.jpg"))
    assert len(photos) == 3
    assert sum(path.stat().st_size for path in photos) <= 150_000


def test_the_constraints_are_exact_and_name_no_address():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line) for line in lines)
    assert lines == sorted(set(lines))
    assert len({line.split("==")[0] for line in lines}) == len(lines)


def test_the_constraints_cover_what_the_project_asks_for():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    asked = [*PROJECT["dependencies"], *(line for group in groups.values() for line in group)]
    pinned = {line.split("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert {re.match(r"[\w-]+", line)[0].lower() for line in asked} <= pinned
