"""A picture of what was measured again and again, read back: dots, means and what is written beside them."""

import statistics
from itertools import pairwise

import pytest


def check_pairs(still, pairs, measured):
    """Each case of each contender is a line; colors of cases are those of the title, names stand before their lines.

    ``measured`` holds values by case, in the order of the title, and by the contender's name.
    """
    theme = pairs.theme
    title = " ".join(s.text for s in still.labels if pairs.box.top < s.center[1] < pairs.top)
    for case, contenders in measured.items():
        assert case in title
        for name, values in contenders.items():
            key = pairs.key(name, case)
            check_spread(still, pairs, {key: values}, named=False)
            assert pairs.lines[key][1].get_fill_color().to_hex() == theme.role(pairs.inks[case]).upper()
            middle = statistics.fmean(pairs.y(pairs.key(name, each)) for each in measured)
            before = [s for s in inside(still, pairs) if s.center[0] < pairs.plane.left or pairs.over]
            near = min(before, key=lambda s: abs(s.center[1] - middle))
            assert near.text in name or pairs.over


def check_against(still, pairs, case, base, measured):
    """A line stands at the mean of one contender, and a way leads from there to the mean of each other one.

    ``measured`` holds values by the contender's name; a way has another color where it is longer than both spreads.
    """
    rule, *ways = pairs.compared[case].submobjects
    assert {rule, *ways} <= set(still.family)
    scale, others = axis(still, pairs), [name for name in measured if name != base]
    start, spread = statistics.fmean(measured[base]), statistics.stdev(measured[base])
    assert [scale(x) for x in rule.points[:, 0]] == pytest.approx([start] * len(rule.points), abs=1e-6)
    for name, way in zip(others, ways, strict=True):
        end, most = statistics.fmean(measured[name]), max(spread, statistics.stdev(measured[name]))
        assert [scale(way.points[0, 0]), scale(way.points[-1, 0])] == pytest.approx([start, end], abs=1e-6)
        assert abs(way.points[0, 1] - pairs.y(pairs.key(name, case))) < pairs.half + 0.01
        theme = pairs.theme
        ink = theme.negative if start - end > most else theme.highlight if end - start > most else theme.muted
        assert way.get_stroke_color().to_hex().lower() == ink.lower()


def check_spread(still, spread, measured, digits=1, *, named=True):
    """Every value is a dot on the axis that the marks give, the mean a stroke, and both numbers are written.

    ``measured`` holds the values by what stands at the left of their line; the numbers have so many decimals.
    """
    scale = axis(still, spread)
    for name, values in measured.items():
        band, dots, mean, _ = spread.lines[name].submobjects
        drawn = sorted(scale(corners[:, 0].mean()) for corners in dots.points.reshape(len(values), 16, 3))
        assert drawn == pytest.approx(sorted(values), abs=1e-6)
        assert scale(mean.points[0, 0]) == pytest.approx(statistics.fmean(values), abs=1e-6)
        reach = [statistics.fmean(values) + way * statistics.stdev(values) for way in (-1, 1)]
        within = [min(max(end, spread.low), spread.high) for end in reach]
        assert [scale(band.points[:, 0].min()), scale(band.points[:, 0].max())] == pytest.approx(within, abs=1e-6)
        y = mean.points[:, 1].mean()
        assert dots.points[:, 1].mean() == pytest.approx(y, abs=1e-6)
        beside = [s for s in inside(still, spread) if not spread.plane.left < s.center[0] < spread.plane.right]
        line = sorted((s for s in beside if abs(s.center[1] - y) < 0.1), key=lambda s: s.center[0])
        said = f"{100 * statistics.fmean(values):.{digits}f} ± {100 * statistics.stdev(values):.{digits}f} %"
        written = " ".join(s.text for s in line if named or s.center[0] > spread.plane.right)
        assert written == (f"{name} {said}" if named else said)


def inside(still, spread):
    """The labels in its room."""
    box = spread.box
    return [
        s
        for s in still.labels
        if box.left - 0.01 < s.center[0] < box.right + 0.01 and box.bottom < s.center[1] < box.top
    ]


def axis(still, spread):
    """What is at an x, from the percents that are written below."""
    below = sorted((s for s in inside(still, spread) if s.center[1] < spread.plane.bottom), key=lambda s: s.center[0])
    marks = [(float(a.text) / 100, (a.box[0] + b.box[2]) / 2) for a, b in pairwise(below) if b.text == "%"]
    assert len(marks) >= 2
    (a, x0), *_, (b, x1) = marks
    assert (x0, x1) == pytest.approx((spread.x(a), spread.x(b)), abs=0.03)
    return lambda x: a + (b - a) * (x - spread.x(a)) / (spread.x(b) - spread.x(a))


def check_scores(still, scores, measured, digits=1):
    """A score is a spread whose number stands above its bar, which is as long as the mean; its title names it.

    ``measured`` holds the name and the values of each score.
    """
    for score, (name, values) in zip(scores, measured, strict=True):
        scale, (bar, band, dots, mean, _) = axis(still, score), score.lines[name].submobjects
        drawn = sorted(scale(corners[:, 0].mean()) for corners in dots.points.reshape(len(values), 16, 3))
        assert drawn == pytest.approx(sorted(values), abs=1e-6)
        share, spread = statistics.fmean(values), statistics.stdev(values)
        assert scale(mean.points[0, 0]) == pytest.approx(share, abs=1e-6)
        assert [scale(bar.points[:, 0].min()), scale(bar.points[:, 0].max())] == pytest.approx([0.0, share], abs=1e-6)
        within = [min(max(share + way * spread, 0.0), 1.0) for way in (-1, 1)]
        assert [scale(band.points[:, 0].min()), scale(band.points[:, 0].max())] == pytest.approx(within, abs=1e-6)
        written = [s for s in inside(still, score) if abs(s.center[1] - score.number[1]) < 0.2]
        said = f"{100 * share:.{digits}f} ± {100 * spread:.{digits}f} %"
        assert " ".join(s.text for s in sorted(written, key=lambda s: s.center[0])) == said
        assert max(inside(still, score), key=lambda s: s.center[1]).text in name
