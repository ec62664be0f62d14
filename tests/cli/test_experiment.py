import json

import pytest
from PIL import Image

from cnnviz.nn.experiments import find, measured, names


def test_all_are_listed_with_their_questions(cnnviz):
    lines = cnnviz("experiment").out.splitlines()
    assert [line.split()[0] for line in lines] == list(names())
    assert all(line.endswith(find(name).question) for line, name in zip(lines, names(), strict=True))


def test_a_table_and_the_finding(cnnviz, tmp_path):
    outcome = cnnviz("experiment", "shifting", "--seeds", 2, "--quick")
    assert (outcome.code, outcome.err) == (0, "")
    assert (
        outcome.out
        == f"{find('shifting').run(range(2), quick=True)}\nquick: too little training to conclude anything\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_json_with_a_picture_beside_it(cnnviz, tmp_path):
    outcome = cnnviz("experiment", "shifting", "--seeds", 2, "--quick", "--json", "-o", "a.png")
    assert (outcome.code, outcome.err) == (0, "a.png\n")
    assert json.loads(outcome.out)["seeds"] == [0, 1]
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (1536, 684)
        assert len(picture.convert("RGB").getcolors(1_000_000)) > 100


def test_a_place_that_cannot_be_written_is_said_before_anything_is_measured(cnnviz, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine")
    monkeypatch.setattr("cnnviz.nn.experiments.find", lambda _: None)  # which cannot run
    outcome = cnnviz("experiment", "shifting", "-o", "file/a.png")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "cnnviz: file/a.png: expected only folders before the last name, got a file among them; choose another path\n"
    )


@pytest.mark.few(1)
@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_what_shipped_is_shown_and_drawn_alike_each_time(cnnviz, tmp_path, ending):
    for name in ("a", "b"):
        outcome = cnnviz("experiment", "shuffling", "--shipped", "-o", f"{name}.{ending}")
        assert outcome.out == f"{measured('shuffling')}\n{name}.{ending}\n"
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


@pytest.mark.few(2)
@pytest.mark.parametrize("name", names())
def test_every_result_can_be_drawn(name, tmp_path):
    from cnnviz.cli.plot import plot

    plot(measured(name), tmp_path / "a.svg")
    drawn = (tmp_path / "a.svg").read_text("utf-8")
    for chart in measured(name).charts:
        for series in chart.series:
            assert series.label.replace("&", "&amp;") in drawn


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["shufling"],
            "experiment: expected one of moving, shuffling, shifting, depth, overfitting, transfer, optimizers, "
            'kernels, pooling, capsules, augmentation, leaking, got "shufling"; did you mean shuffling?',
        ),
        (
            ["depth", "-o", "a.gif"],
            "Invalid value for '-o' / '--output': expected a file name that ends in .png, .svg, .pdf, got 'a.gif' "
            "(see 'cnnviz experiment --help')",
        ),
        (
            ["depth", "--seeds", "0"],
            "Invalid value for '--seeds': 0 is not in the range 1<=x<=100. (see 'cnnviz experiment --help')",
        ),
    ],
)
def test_wrong_words_get_one_line(cnnviz, tmp_path, arguments, line):
    outcome = cnnviz("experiment", *arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert list(tmp_path.iterdir()) == []
