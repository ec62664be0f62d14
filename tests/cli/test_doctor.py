import json

import pytest

from cnnviz.cli import health
from cnnviz.cli.health import CHECKS, Check, examine


def test_this_machine_is_well(cnnviz):
    outcome = cnnviz("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split()[:2] for line in outcome.out.splitlines()] == [["ok", check.name] for check in CHECKS]


def test_a_lack_has_a_remedy_and_a_code(cnnviz, monkeypatch):
    def probe():
        raise ImportError("libcairo.so.2:\n cannot open shared object file")

    monkeypatch.setattr(
        "cnnviz.cli.doctor.CHECKS", (Check("python", lambda: "3.11", ""), Check("cairo", probe, "install it"))
    )
    outcome = cnnviz("doctor")
    assert outcome.code == 1
    assert outcome.out == (
        "ok       python     3.11\n"
        "MISSING  cairo      libcairo.so.2: cannot open shared object file\n"
        "         remedy:    install it\n"
    )
    findings = json.loads(cnnviz("doctor", "--json").out)
    assert [(finding["name"], finding["ok"], finding["remedy"]) for finding in findings] == [
        ("python", True, ""),
        ("cairo", False, "install it"),
    ]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_names_a_remedy(check):
    assert check.remedy


def test_a_missing_scene_file_is_found(monkeypatch, tmp_path):
    from dataclasses import replace

    from cnnviz.render import catalog

    lost = tuple(replace(entry, path=tmp_path / "gone.py") for entry in catalog.scenes())
    monkeypatch.setattr(catalog, "scenes", lambda: lost)
    finding = next(examine(check) for check in CHECKS if check.name == "scenes")
    assert not finding.ok
    assert finding.detail.startswith("no file for ch")


def test_a_full_disk_is_found(monkeypatch):
    monkeypatch.setattr(health, "MOST_NEEDED", 10**18)
    finding = next(examine(check) for check in CHECKS if check.name == "disk")
    assert not finding.ok
    assert " MB free in " in finding.detail
