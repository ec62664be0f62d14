"""New examples from old ones: changed copies of a picture, digits in a mirror, and what changes were worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.digits import PEAK, digits
from cnnviz.data.split import digits_split
from cnnviz.engine import softmax
from cnnviz.nn import augment, zoo
from cnnviz.nn.experiments import Chart, measured
from cnnviz.nn.experiments.augmentation import CHANGES, LIGHT, MIRROR, NOTHING, SHIFT, TURN, moved
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import loaded, subject_picture
from cnnviz.subjects.sheets import square_of

CROP, ALL = "crop", "all at once"
USUAL_SIDE, EPOCHS = 48, 5
_ASKED = 9  # digits not seen, of those that are shown
_DRAWS = 20  # of a change, of which the strongest is shown
_SEED = 2  # of the first epoch: one in which the mirror mirrors


@dataclass(frozen=True, eq=False)
class Mirrored:
    """A digit as it was written, and in a mirror: its ink from 0 to 16, and the shares a network gives to 0 to 9."""

    digit: int
    inks: tuple[NDArray[np.float64], NDArray[np.float64]]
    shares: tuple[NDArray[np.float64], NDArray[np.float64]]

    @property
    def answer(self) -> int:
        """What it is read as in the mirror."""
        return int(self.shares[1].argmax())


class Augmentation(Subject):
    """A picture, changes of it in a few epochs, digits in a mirror, and experiment ``augmentation``.

    Attributes
    ----------
    picture, gray : Picture
        In color, and the same in gray.
    epochs : list of dict
        In each epoch, what every change makes of the picture: ``(3, H, W)`` by the change's name.
    mirrored : list of Mirrored
    changed : dict of str to array
        The last mirrored digit behind each change of the experiment, from 0 to 1; of its changes, a strong one.
    asked : (array, array)
        Some digits not seen as they are, and the same shifted and turned, each as a square.
    written, moved : Chart
        Accuracy on digits not seen as they are, and on shifted and turned ones, for each change.

    Examples
    --------
    >>> subject = Augmentation(size=16)
    >>> [*subject.epochs[0]], subject.epochs[0]["mirror"].shape
    (['crop', 'mirror', 'turn', 'shift', 'brightness', 'all at once'], (3, 11, 11))
    >>> bool((subject.epochs[0]["mirror"] == subject.picture.values[..., ::-1]).all())
    True
    """

    image = Convolution.image.but("photo:flower", "The picture that is changed; its middle square is taken.")
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 48.")
    digits = Option(Many(Integer(0, 9), most=2), (2, 6), "Digits that are mirrored.")
    run = run_of("augmentation")

    def prepare(self) -> None:
        """Change the picture, mirror the digits, and read what was measured."""
        whole = subject_picture(self.image, self.size, "rgb", usual=USUAL_SIDE)
        side = min(whole.values.shape[1:])
        top, left = ((length - side) // 2 for length in whole.values.shape[1:])
        self.picture = replace(whole, values=whole.values[:, top : top + side, left : left + side])
        self.gray, peak = loaded(self.picture).values[0], self.picture.peak
        changes: Mapping[str, augment.Augment] = {
            CROP: augment.crop(0.6),
            MIRROR: augment.flip,
            TURN: augment.move(turn=20.0),
            SHIFT: augment.move(shift=side / 6),
            LIGHT: augment.color(brightness=peak / 4),
        }
        changes = {**changes, ALL: augment.chain(*changes.values())}
        self.epochs = [
            {
                name: np.clip(change(self.picture.values[None], np.random.default_rng(_SEED + epoch))[0], 0, peak)
                for name, change in changes.items()
            }
            for epoch in range(EPOCHS)
        ]
        self.mirrored = [_in_a_mirror(digit) for digit in dict.fromkeys(self.digits)]
        self.changed = {name: _strongly(self.mirrored[-1].inks[0] / PEAK, change) for name, change in CHANGES.items()}
        result = self.run or measured("augmentation")
        self.seeds = len(result.seeds)
        self.written, self.moved = result.charts
        self.each = float(max(self.written.places))
        test = digits_split().test
        parts = test, moved(test, result.seeds[0])
        self.asked = tuple(square_of(part.images[:_ASKED, 0]) for part in parts)

    def best(self, chart: Chart) -> str:
        """Name what gave the highest mean with the most examples."""
        return max(chart.series, key=lambda each: each.at(self.each).mean).label

    def percent(self, chart: Chart, name: str) -> float:
        """Return the mean accuracy in percent, with one decimal."""
        return round(100 * chart[name].at(self.each).mean, 1)

    @property
    def harms(self) -> bool:
        """Whether mirroring is worse than doing nothing by more than the spread of either, on digits as written."""
        mirror, nothing = (self.written[name].at(self.each) for name in (MIRROR, NOTHING))
        return nothing.beyond(mirror)

    def helps(self, chart: Chart) -> bool:
        """Whether the best change is ahead of doing nothing by more than the spread of either."""
        return self.best(chart) in chart.gains(self.each, NOTHING)


def _in_a_mirror(digit: int) -> Mirrored:
    ink = digits().of(digit)[0].astype(np.float64)
    both = np.stack([ink, ink[:, ::-1]])
    shares = softmax(zoo.tiny_cnn(pretrained=True).forward((both[:, None] / PEAK).astype(np.float32))).astype(float)
    return Mirrored(digit, (both[0], both[1]), (shares[0], shares[1]))


def _strongly(ink: NDArray[np.float64], change: augment.Augment | None) -> NDArray[np.float64]:
    """Change a digit as chance would, as strongly as it comes in some draws; ink stays ink, none is below 0."""
    draws = (
        [ink] if change is None else [change(ink[None, None], np.random.default_rng(i))[0, 0] for i in range(_DRAWS)]
    )
    return max((draw for draw in draws if draw.min() >= 0.0), key=lambda draw: float(np.abs(draw - ink).sum()))
