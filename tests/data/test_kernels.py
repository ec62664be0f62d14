from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from cnnviz.data import gallery, kernel
from cnnviz.errors import InputError, OptionError

NAMES = (
    "identity, edge-x, edge-y, sobel-x, sobel-y, prewitt-x, prewitt-y, scharr-x, scharr-y, roberts, roberts-anti, "
    "box-blur, gaussian, gaussian-5, motion-blur, sharpen, unsharp, high-pass, laplacian, laplacian-8, outline, log, "
    "line-x, line-y, emboss, cross"
)
NEITHER = "a named kernel, kernel text or a file, got"
SHOW = "separate cells with commas and rows with semicolons"


@pytest.mark.parametrize("name", gallery())
def test_every_kernel_is_complete(name):
    found = gallery()[name]
    assert found.name == name
    assert found.values.dtype == np.float64
    assert not found.values.flags.writeable
    assert found.values.ndim == 2
    assert 1 <= len(found.title) <= 40
    assert 20 <= len(found.caption) <= 90
    assert found.caption.endswith(".")
    assert found.caption.count(". ") == 0
    assert len(found.source) > 10


@pytest.mark.parametrize("name", gallery())
def test_every_label_is_the_exact_weight(name):
    found = gallery()[name]
    shape = tuple(map(len, found.labels))
    assert shape == (found.values.shape[1],) * found.values.shape[0]
    for row, labels in zip(found.values, found.labels, strict=True):
        for value, label in zip(row, labels, strict=True):
            assert float(Fraction(label.replace("−", "-"))) == value
            assert "-" not in label


def test_blurs_keep_brightness_and_edge_finders_drop_what_is_flat():
    ones = {"identity", "box-blur", "gaussian", "gaussian-5", "motion-blur", "sharpen", "unsharp", "emboss"}
    exact = {
        name: sum(Fraction(label.replace("−", "-")) for row in k.labels for label in row)
        for name, k in gallery().items()
    }
    assert {name for name, total in exact.items() if total == 1} == ones
    assert {name for name, total in exact.items() if total != 0} == ones | {"cross"}


def test_the_signs_are_those_of_a_layer():
    assert gallery()["sobel-x"].values.tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert gallery()["edge-x"].values.tolist() == [[1, 0, -1]] * 3
    for name in ("sobel", "prewitt", "scharr", "edge", "line"):
        across, down = gallery()[f"{name}-x"].values, gallery()[f"{name}-y"].values
        assert (down == across.T).all()


def test_the_kernels_agree_with_scipy():
    from scipy import ndimage

    image = np.random.default_rng(0).integers(0, 255, (9, 9)).astype(float)
    for name, theirs in {
        "sobel-x": ndimage.sobel(image, axis=1),
        "sobel-y": ndimage.sobel(image, axis=0),
        "prewitt-x": ndimage.prewitt(image, axis=1),
        "prewitt-y": ndimage.prewitt(image, axis=0),
        "laplacian": ndimage.laplace(image),
        "box-blur": ndimage.uniform_filter(image, 3),
    }.items():
        ours = ndimage.correlate(image, gallery()[name].values)
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-9, err_msg=name)


def test_the_worked_high_pass_gives_60():
    neighborhood = np.array([[0, 140, 0], [225, 220, 205], [0, 250, 0]])
    assert (neighborhood * kernel("high-pass").values).sum() == 60


def test_unsharp_is_twice_the_picture_minus_its_blur():
    center = np.zeros((5, 5))
    center[2, 2] = 2
    assert (gallery()["unsharp"].values == center - gallery()["gaussian-5"].values).all()


def test_the_gallery_cannot_be_changed():
    with pytest.raises(TypeError):
        gallery()["sobel-x"] = None
    assert list(gallery()) == NAMES.split(", ")


@pytest.mark.parametrize("spec", ["sobel-x", "Sobel-X", "sobel_x", " SOBEL_X "])
def test_names_forgive_case_and_underscores(spec):
    assert kernel(spec) is gallery()["sobel-x"]


def test_text_becomes_a_kernel_of_ones_own():
    own = kernel("1,0,-1; 1/2,0,-1/2")
    assert own.values.tolist() == [[1, 0, -1], [0.5, 0, -0.5]]
    assert own.labels == (("1", "0", "−1"), ("1/2", "0", "−1/2"))
    assert (own.name, own.title, own.source) == ("custom", "Your own kernel", "")
    assert own.caption == "Your own 2 × 3 weights; together they make 0."
    assert kernel("-1/3,-1/3,-1/3").caption == "Your own 1 × 3 weights; together they make −1."
    assert not own.values.flags.writeable


def test_a_file_holds_the_same_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("ridge.txt").write_text("\ufeff-1 2 -1\r\n-1 2 -1\r\n\r\n", encoding="utf-8")
    for spec in ("ridge.txt", "./ridge.txt", Path("ridge.txt"), tmp_path / "ridge.txt"):
        own = kernel(spec)
        assert own.name == "ridge"
        assert own.values.tolist() == [[-1, 2, -1]] * 2
    Path("sobel-x").write_text("1")
    assert kernel("sobel-x") is gallery()["sobel-x"]
    assert kernel("./sobel-x").values.tolist() == [[1]]
    Path("noname").write_text("2")
    assert kernel("noname").values.tolist() == [[2]]


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ("soble-x", f'{NEITHER} "soble-x"; did you mean sobel-x? the names are {NAMES}'),
        ("zzz", f'{NEITHER} "zzz"; the names are {NAMES}'),
        ("nan", f'{NEITHER} "nan"; the names are {NAMES}'),
        ("", 'the numbers of a kernel, got no text; write rows such as "1,0,-1; 1,0,-1"'),
        (" \n ", 'the numbers of a kernel, got no text; write rows such as "1,0,-1; 1,0,-1"'),
        ("1,a,2", f'numbers such as -1, 0.25 or 1/9, got "a" in row 1, column 2; {SHOW}'),
        ("1,2;3,nan", f'numbers such as -1, 0.25 or 1/9, got "nan" in row 2, column 2; {SHOW}'),
        ("1,inf", f'numbers such as -1, 0.25 or 1/9, got "inf" in row 1, column 2; {SHOW}'),
        ("1,,2", f"numbers such as -1, 0.25 or 1/9, got an empty cell in row 1, column 2; {SHOW}"),
        ("1,2;;3,4", f"numbers such as -1, 0.25 or 1/9, got an empty cell in row 2, column 1; {SHOW}"),
        ("1/2/3", f'numbers such as -1, 0.25 or 1/9, got "1/2/3" in row 1, column 1; {SHOW}'),
        ("1 2,3", f'numbers such as -1, 0.25 or 1/9, got "1 2" in row 1, column 1; {SHOW}'),
        ("--1", f'numbers such as -1, 0.25 or 1/9, got "--1" in row 1, column 1; {SHOW}'),
        ("1,٣", f'numbers such as -1, 0.25 or 1/9, got "٣" in row 1, column 2; {SHOW}'),
        ("[[1,0]]", f'numbers such as -1, 0.25 or 1/9, got "[[1" in row 1, column 1; {SHOW}'),
        ("1" * 41, f'numbers such as -1, 0.25 or 1/9, got "11111111…111111111111111" in row 1, column 1; {SHOW}'),
        (
            "1,2;3",
            "rows of equal length, got 2 cells in row 1 and 1 cell in row 2; "
            "fill the shorter one up, with zeros for instance",
        ),
        ("1e999", 'finite numbers, got "1e999" in row 1, column 1; keep below 1e308, the largest float64'),
        ("1e308/1e-9", 'finite numbers, got "1e308/1e-9" in row 1, column 1; keep below 1e308, the largest float64'),
        (
            "1,1/0",
            'fractions with something other than 0 below the stroke, got "1/0" in row 1, column 2; '
            "write 0 if the weight is zero",
        ),
        (
            "1e-400",
            'numbers that float64 can hold, got "1e-400" in row 1, column 1, which becomes 0; '
            "write 0 or a number above 1e-300",
        ),
        (
            ",".join("1" * 32),
            "a kernel of at most 31 × 31 cells, got 1 × 32; leave some out",
        ),
        (";".join("1" * 32), "a kernel of at most 31 × 31 cells, got 32 × 1; leave some out"),
        (
            "1," * 40_000,
            "at most 64,000 characters of text, got 80,000; a kernel has at most 31 × 31 cells",
        ),
        ("edge.txt", 'a file, got "edge.txt", which does not exist; check the path'),
        ("../up", 'a file, got "../up", which does not exist; check the path'),
    ],
)  # fmt: skip
def test_what_is_not_a_kernel(tmp_path, monkeypatch, spec, text):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        kernel(spec)
    assert str(caught.value) == f"kernel: expected {text}"


def test_files_that_hold_no_kernel(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("words.txt").write_text("not a kernel")
    Path("latin.txt").write_bytes(b"1,2,\xe9")
    Path("empty.txt").write_text("")
    Path("long.txt").write_text("1," * 200_000)
    texts = {
        "words.txt": 'kernel "words.txt": expected numbers such as -1, 0.25 or 1/9, '
        f'got "not" in row 1, column 1; {SHOW}',
        "latin.txt": 'kernel: expected a text file of numbers, got "latin.txt", which is not UTF-8 text; '
        'write rows such as "1,0,-1" on lines of their own',
        "empty.txt": 'kernel: expected a file with content, got "empty.txt", which is empty; save it again',
        "long.txt": 'kernel: expected a file of at most 256 kB, got "long.txt" with 400 kB; make it smaller first',
        ".": 'kernel: expected a file, got the folder "."; name a file in it',
    }
    for name, text in texts.items():
        with pytest.raises(InputError) as caught:
            kernel(Path(name))
        assert str(caught.value) == text


def test_the_spec_is_text_or_a_path():
    with pytest.raises(OptionError) as caught:
        kernel([[1, 0, -1]])
    assert str(caught.value) == (
        'kernel: expected a name, kernel text or a path, got list; write rows such as "1,0,-1; 1,0,-1; 1,0,-1"'
    )
