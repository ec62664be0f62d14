"""What a diagram of a network says, read back: its lines from above, with the number in the column of bars."""

from cnnviz.stage import Bars
from cnnviz.stage.pictures.diagram import Diagram


def lines(still, which=0):
    """The texts of each line of a diagram from the left, by what is drawn at one height."""
    diagram = [part for part in still.family if isinstance(part, Diagram)][which]
    rows, box = [[] for _ in diagram.parts], diagram.box
    for label in sorted(still.labels, key=lambda label: label.box[0]):
        index = (diagram.plates.top - label.center[1]) / diagram.pitch
        inside = box.left - 0.1 < label.center[0] < box.right + 0.1
        if not label.caption and inside and 0 <= index < len(rows):
            rows[int(index)].append(label.text)
    return [tuple(row) for row in rows]


def check_bars(still, counts, which=0, most=None):
    """Each bar is as long as its count is, as a share of the largest; one without end as long as that."""
    bars = [part for part in still.family if isinstance(part, Bars)][which]
    most = most or max(count for count in counts if count < 1e15)
    for bar, count in zip(bars.rectangles, counts, strict=True):
        low, high = bar.points[:, 0].min(), bar.points[:, 0].max()
        assert abs((high - low) / bars.length - min(count / most, 1.0)) < 1e-6
