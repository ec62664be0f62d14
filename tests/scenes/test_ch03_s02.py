"""Same padding: zeros, windows and what is called lopsided are those of loops that try paddings out."""

from dataclasses import replace

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Window
from cnnviz.subjects import same_padding
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch03-s02-same-padding")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "lecture": ("16:9", {}),
    "as expected": ("9:16", {"size": 9, "theme": "light"}),
    "none": ("4:3", {"kernels": "1", "strides": "3,4", "size": 5}),
    "mixed": ("1:1", {"kernels": "5,4,9", "strides": "1,3", "size": 12}),
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    aspect, options = request.param
    return watch(SCENE, aspect, **options), options


def tried(size, kernel, stride):
    """The fewest zeros with which a window begins at every stride of the row, the odd one behind."""
    wanted, zeros = len(range(0, size, stride)), 0
    while len([at for at in range(0, size + zeros, stride) if at + kernel <= size + zeros]) < wanted:
        zeros += 1
    return zeros // 2, zeros - zeros // 2


def numbers(options, name, usual):
    return [int(n) for n in str(options.get(name, usual)).split(",")]


def ends(watched, stride):
    """The last picture of a stride with all its rows, and that with its zeros alone."""
    first, last = [], []
    for still in watched.pictures:
        titles = [sheet.grid.title for sheet in still.grids]
        if f"stride {stride}" in titles:
            (first if "zeros" in titles else last).append(still)
    return first[-1], last[-1]


def padded(sheet):
    """What is drawn in each row, from the first number to the last; rows without any number between are refused."""
    rows = []
    for row in range(sheet.values.shape[0]):
        columns = sorted(column for i, column in sheet.texts if i == row)
        assert columns == list(range(columns[0], columns[-1] + 1))
        rows.append((columns[0], [int(sheet.texts[row, column]) for column in columns]))
    return rows


def windows(still, sheet):
    """The row, the first column and the width of each window that is drawn on a sheet."""
    there = [part for part in still.family if isinstance(part, Window) and part.grid is sheet.grid]
    drawn = {window.frame: None for window in there}
    for mark in still.marks:
        if mark.outline in drawn:
            cells = mark.frame.shares(mark.corners)
            (top, left), (_, right) = cells.min(axis=0).round(), cells.max(axis=0).round()
            drawn[mark.outline] = int(top), int(left), int(right - left)
    return sorted(drawn.values())


def example(watched, options):
    """The row that the formula is about is padded as was tried out, and its window begins at its first cell."""
    end, size = watched.stills[-1], options.get("size", 8)
    rows = [sheet for sheet in end.grids if sheet.values.shape[0] == 1 and sheet.grid.detail.startswith("k = ")]
    for row in rows:
        stride, kernel = int(row.grid.title.removeprefix("stride ")), int(row.grid.detail.removeprefix("k = "))
        before, after = tried(size, kernel, stride)
        assert padded(row) == [(0, [0] * before + list(range(1, size + 1)) + [0] * after)]
        assert windows(end, row) == [(0, 0, kernel)]
    return len(rows)


def check(watched, options):
    """Rows, numbers of zeros and windows of each stride, and both together in the end."""
    size, kernels = options.get("size", 8), numbers(options, "kernels", "2,3,4,5,6,7")
    lopsided = {}
    for stride in numbers(options, "strides", "1,2"):
        expected = [tried(size, kernel, stride) for kernel in kernels]
        lopsided[stride] = [kernel for kernel, (a, b) in zip(kernels, expected, strict=True) if a != b]
        still, end = ends(watched, stride)
        grids = list(still.grids)
        at = next(index for index, sheet in enumerate(grids) if sheet.grid.title == f"stride {stride}")
        row = grids[at]
        alone = next(sheet for sheet in end.grids if sheet.grid.title == f"stride {stride}")
        for zeros in (next(s for s in grids[at:] if s.grid.title == "zeros"), alone):
            assert [
                tuple(int(zeros.texts[number, side]) for side in (0, 1)) for number in range(len(kernels))
            ] == expected
        firsts = []
        for (first, cells), (before, after) in zip(padded(row), expected, strict=True):
            assert cells == [0] * before + list(range(1, size + 1)) + [0] * after
            firsts.append(first)
        assert windows(still, row) == [(i, firsts[i], kernel) for i, kernel in enumerate(kernels)]
        said = [beat.text for beat in watched.scene.beats]
        for group, words in (
            (lopsided[stride], "one zero more"),
            ([k for k in kernels if k not in lopsided[stride]], "as many"),
        ):
            if group:
                assert any(
                    text.split(" ", 1)[1].startswith(", ".join(map(str, group))) and words in text for text in said
                )
    needed = any(sum(tried(size, k, stride)) for k in kernels for stride in lopsided)
    assert example(watched, options) == needed
    if not any(lopsided.values()):
        assert "no kernel is lopsided" in watched.scene.beats[-1].text
        return
    by_kernel = all((kernel % 2 == 0) == (kernel in odd) for odd in lopsided.values() for kernel in kernels)
    assert watched.scene.beats[-1].text.startswith("Here it is" if by_kernel else "Lopsided is not")


def test_zeros_and_windows_are_those_that_were_tried_out(case):
    check(*case)


def test_even_kernels_are_not_the_lopsided_ones():
    assert [tried(8, kernel, 2) for kernel in (2, 4, 6)] == [(0, 0), (1, 1), (2, 2)]
    assert [tried(8, kernel, 2) for kernel in (3, 5, 7)] == [(0, 1), (1, 2), (2, 3)]


def test_nothing_is_wrong_with_it(case):
    assert not findings(case[0])


def swap(monkeypatch):
    genuine = same_padding.same_padding
    monkeypatch.setattr(same_padding, "same_padding", lambda *given, **how: genuine(*given, extra="before", **how))


def displace(monkeypatch):
    genuine = SCENE.window_of

    def displaced(self, row, padded, number):
        return genuine(self, row, replace(padded, sizes=padded.sizes[::-1]), number)

    monkeypatch.setattr(SCENE, "window_of", displaced)


@pytest.mark.parametrize("broken", [swap, displace])
def test_what_is_wrong_would_be_noticed(monkeypatch, broken):
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        check(watch(SCENE, kernels="2,3", size=6), {"kernels": "2,3", "size": 6})
