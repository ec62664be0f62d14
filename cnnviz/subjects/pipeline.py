"""From digits on disk to a tested network: the parts, the recorded run, every test digit, and what a leak claims."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.digits import PEAK, digits
from cnnviz.data.split import digits_split
from cnnviz.nn import zoo
from cnnviz.nn.experiments import Chart, measured
from cnnviz.nn.experiments.trial import few
from cnnviz.nn.zoo.tiny import SEED
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.option import Subject
from cnnviz.subjects.run import recorded
from cnnviz.subjects.sheets import apart

PARTS = ("training", "validation", "test")


class Pipeline(Subject):
    """One run of the real code, stage by stage, and experiment ``leaking``.

    Attributes
    ----------
    count : int
        Of all digits.
    images : array, shape (N, 8, 8)
        All of them, from 0 to 1.
    divided : dict of str to array
        The same, part by part.
    kinds : list of array
        All digits from 0 to 1, kind by kind.
    labels : list of int
        How many there are of each, 0 to 9.
    parts : dict of str to int
        Digits in each part.
    ink, scaled : array, shape (8, 8)
        One digit as it is loaded, and from 0 to 1.
    parameters : dict of str to int
        Of each layer that has some.
    sheets : dict of str to array
        Their first weights, filter beside filter; of the dense layer, a line for each digit.
    run : Run
        The recorded training.
    tested : array, shape (N, 8, 8)
        The test digits; those that are read wrong are negative.
    wrong : list of int
        Which of them these are.
    right, asked : int
    slips : list of (array, int, int)
        Test digits that are read wrong, what they are, and what they are read as.
    asked_first : int
        The place of a digit, among all test digits, of those that the experiment tests with; the first of them.
    learned_first : array, shape (8, 8)
        The first digit that the experiment learns from.
    claimed, true : Chart
        What a test claims, and what is true, for each way of testing.

    Examples
    --------
    >>> s = Pipeline()
    >>> s.parts, s.parameters, s.right, s.asked
    ({'training': 1085, 'validation': 357, 'test': 355}, {'conv1': 80, 'conv2': 1168, 'dense1': 2570}, 352, 355)
    """

    leak = run_of("leaking")

    def prepare(self) -> None:
        """Count, look, scale, and test the network that ships."""
        data, split = digits(), digits_split()
        self.count = len(data)
        self.images = data.images / PEAK
        self.kinds = [self.images[data.labels == digit] for digit in range(10)]
        self.labels = [len(kind) for kind in self.kinds]
        parts = zip(PARTS, (split.train, split.validation, split.test), strict=True)
        self.divided = {name: part.images[:, 0] for name, part in parts}
        self.parts = {name: len(images) for name, images in self.divided.items()}
        self.ink = data.images[0].astype(float)
        self.scaled = self.ink / PEAK
        network = zoo.tiny_cnn(pretrained=True)
        self.parameters: dict[str, int] = {}
        for name, parameter in network.parameters().items():
            layer = name.partition(".")[0]
            self.parameters[layer] = self.parameters.get(layer, 0) + parameter.array("pipeline").size
        first = zoo.tiny_cnn()
        first.initialize(SEED)
        weights = [each.array("pipeline") for name, each in first.parameters().items() if name.endswith("weight")]
        shapes = [(4, 2, 3, 3), (16, 8, 3, 3), (10, 16, 4, 4)]
        layers = zip(self.parameters, weights, shapes, strict=True)
        self.sheets = {name: apart(each.reshape(shape)) for name, each, shape in layers}
        self.run = recorded()
        answers = network.forward(split.test.images).argmax(axis=1)
        right = answers == split.test.labels
        self.slips = [
            (split.test.images[i, 0], int(split.test.labels[i]), int(answers[i])) for i in np.flatnonzero(~right)
        ]
        self.right, self.asked = int(right.sum()), len(right)
        self.tested = split.test.images[:, 0] * np.where(right, 1.0, -1.0)[:, None, None]
        self.wrong = np.flatnonzero(~right).tolist()
        result = self.leak or measured("leaking")
        self.claimed, self.true = result.charts
        self.seeds = len(result.seeds)
        learned, asked = (few(part, 1, result.seeds[0]).images[0, 0] for part in (split.train, split.test))
        self.learned_first = learned
        self.asked_first = int(np.flatnonzero((split.test.images[:, 0] == asked).all(axis=(1, 2)))[0])

    def filters(self, epoch: int) -> NDArray[np.float64]:
        """Return the filters of the first layer after an epoch, side by side as on its sheet."""
        return apart(self.run.filters[epoch].reshape(4, 2, 3, 3))

    def percent(self, chart: Chart, way: str) -> float:
        """Return the mean accuracy in percent, with one decimal."""
        return round(100 * chart[way].points[0].mean, 1)

    def flatters(self, way: str) -> bool:
        """Whether a way of testing claims more than is true, by more than the spread of either."""
        return self.claimed[way].points[0].beyond(self.true[way].points[0])
