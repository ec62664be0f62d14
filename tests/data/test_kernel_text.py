"""The grammar of kernel text: what it means, and that no text whatever runs code or ends in a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cnnviz.data.kernel_text import parse

WORKER = Path(__file__).parent / "generated.py"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1", [[1]]),
        ("1,2;3,4", [[1, 2], [3, 4]]),
        ("1 2\n3 4", [[1, 2], [3, 4]]),
        ("1\t2\r\n3 4\r\n", [[1, 2], [3, 4]]),
        ("1,2;\n3,4;\n", [[1, 2], [3, 4]]),
        ("\n\n 1 , 2 \n\n", [[1, 2]]),
        ("1/4, 1 / 2", [[0.25, 0.5]]),
        ("1 / 4 1/2", [[0.25, 0.5]]),
        ("-1/-4,1.5/3", [[0.25, 0.5]]),
        ("−1,+1,-0", [[-1, 1, 0]]),
        (".5,5.,05,5e-1,5E+1", [[0.5, 5, 5, 0.5, 50]]),
    ],
)
def test_what_text_means(text, values):
    assert parse("kernel", text)[0].tolist() == values


def test_no_minus_zero():
    values, labels = parse("kernel", "-0,-0.0,0/-3,-0e5")
    assert not np.signbit(values).any()
    assert labels == (("0", "0", "0/−3", "0"),)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("1.0", "1"),
        ("-1.50", "−1.5"),
        (".25", "0.25"),
        ("+3", "3"),
        ("007", "7"),
        ("100", "100"),
        ("1e2", "100"),
        ("1.5e-3", "0.0015"),
        ("12345678901234567890", "12345678901234567890"),
        ("0.123456789012345678", "0.123456789012345678"),
        ("2.50e9", "2.50e+9"),
        ("-1e-9", "−1e−9"),
        ("1/9", "1/9"),
        ("-2/16", "−2/16"),
        ("0.5/2", "0.5/2"),
    ],
)
def test_labels_are_short_and_exact(typed, label):
    assert parse("kernel", typed)[1] == ((label,),)


def test_the_largest_kernel():
    values, _ = parse("kernel", ";".join([",".join(["1/961"] * 31)] * 31))
    assert values.shape == (31, 31)
    assert values.sum() == pytest.approx(1)


def generated(tmp_path, count, reader="kernel"):
    run = subprocess.run(
        [sys.executable, "-W", "error", WORKER, str(count), reader],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    return json.loads(run.stdout)


def harmless(result, count):
    assert result["events"] == []
    assert result["surprises"] == []
    assert result["read"] + result["refused"] == count
    assert min(result["read"], result["refused"]) > count // 20  # both happen often


def test_five_thousand_generated_texts_run_no_code(tmp_path):
    harmless(generated(tmp_path, 5_000), 5_000)


@pytest.mark.full
def test_fifty_thousand_generated_texts_run_no_code(tmp_path):
    harmless(generated(tmp_path, 50_000), 50_000)


def test_the_hook_hears_a_reader_that_evaluates(tmp_path):
    result = generated(tmp_path, 500, "evaluating")
    assert any(event.startswith("compile") for event in result["events"])
    assert result["surprises"]
