import json
import subprocess
import sys

import pytest

from cnnviz.cli import run
from cnnviz.nn import zoo


def test_a_table_with_its_totals(cnnviz):
    outcome = cnnviz("summary", "cnn")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0].split() == ["name", "layer", "output", "parameters", "MACs", "receptive", "field"]
    assert lines[3].split() == ["conv1", "Conv2d", "32", "3x3", "32x26x26", "320", "194,688", "3"]
    assert lines[-1].split() == ["total", "10", "93,322", "2,794,240"]


@pytest.mark.parametrize("name", zoo.names())
def test_every_network_is_named_in_the_help_and_can_be_asked_for(cnnviz, name):
    assert name in " ".join(cnnviz("summary", "--help").out.split()).replace("- ", "-")
    found = json.loads(cnnviz("summary", name.replace("-", "_").upper(), "--json").out)
    assert found["parameters"] == zoo.find("test", name).build().parameter_count


def test_another_input(cnnviz):
    found = json.loads(cnnviz("summary", "resnet50", "--input", "512x256", "--json").out)
    assert found["input"] == [3, 512, 256]
    assert found["layers"][0]["output"] == [64, 256, 128]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["vgg16", "--input", "4096x4096"],
            "fc6: Linear: expected 25088 features, got 8388608; "
            "change in_features to 8388608, or the size of the input",
        ),
        (
            ["vgg16", "--input", "wide"],
            "--input: expected the input as CHANNELSxROWSxCOLUMNS, such as 3x224x224, or one number of features, "
            "each from 1 to 1,000,000, got 'wide'; write it so",
        ),
        (
            ["vgg16", "--input", "1x224x224"],
            "conv1_1: Conv2d: expected an input of C=3 channels, got (C=1, H=224, W=224); "
            "change in_channels to 1 or the layer before",
        ),
        (
            ["vg16"],
            f"summary: expected a network ({', '.join(zoo.names())}), got 'vg16'; did you mean vgg16?",
        ),
    ],
)
def test_what_cannot_be_gets_one_line(cnnviz, arguments, line):
    outcome = cnnviz("summary", *arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")


def test_a_huge_input_takes_no_memory():
    code = (
        "import resource\n"
        "from cnnviz.cli import run\n"
        "assert run(['summary', 'resnet152', '--input', '1000000x1000000', '--json']) == 0\n"
        "import sys; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
    )
    # A child begins with the peak of the process it was forked from; a shell between the two keeps that small.
    command = ["/bin/sh", "-c", '"$0" "$@"; exit $?', sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stderr) < 200  # MB
    assert json.loads(done.stdout)["layers"][0]["output"] == [64, 500_000, 500_000]


def test_a_table_with_lines_on_a_wide_terminal(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    assert run(["summary", "tiny-cnn"]) == 0
    out = capsys.readouterr().out
    assert "┃" in out
    assert "3,818" in out
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["summary", "tiny-cnn"]) == 0
    assert capsys.readouterr().out.startswith("name ")


def test_names_complete(process):
    done = process(
        env={"_CNNVIZ_COMPLETE": "bash_complete", "COMP_WORDS": "cnnviz summary vgg", "COMP_CWORD": "2", "PATH": ""}
    )
    assert [line.removeprefix("plain,") for line in done.out.split()] == ["vgg11", "vgg16", "vgg19"]
