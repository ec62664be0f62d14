"""One digit through all chapters: numbers, windows, maps, an answer, a gradient, a run, the evidence."""

from __future__ import annotations

import numpy as np

from cnnviz.data.digits import PEAK
from cnnviz.engine import cross_entropy_vjp, receptive_field, squash
from cnnviz.engine.trace import trace_conv
from cnnviz.nn import inside, zoo
from cnnviz.subjects.elsewhere import Elsewhere
from cnnviz.subjects.forward import Forward
from cnnviz.subjects.network import NetworkKind
from cnnviz.subjects.option import Subject
from cnnviz.subjects.run import recorded
from cnnviz.subjects.storeys import storeys

NETWORKS = ("this network", "AlexNet", "VGG-16")
LENGTHS, DEGREES = (0.5, 1.0, 2.0, 10.0), (120, 80, -25, 35)


class Recap(Subject):
    """A digit, and what every chapter makes of it with the tiny CNN.

    Attributes
    ----------
    ink, padded : array
        The digit, 0 to 16, and the same with a border of zeros.
    kernel : array, shape (3, 3)
        The first filter whose map is strongest.
    trace : ConvTrace
        It on the digit alone, from 0 to 1.
    same : array, shape (8, 8)
        The map it makes of the digit with its border.
    before, after, pooled : array
        The strongest map of the second convolution, behind its ReLU and behind the pooling.
    field : (int, int), int
        Which part of the digit the strongest pooled cell sees: its first cell, and its side.
    shares : array, shape (10,)
    gradient : array, shape (8, 8)
        Of the loss with respect to the digit.
    drop : array, shape (6, 6)
        How far the score of the answer falls where 3 x 3 cells are covered.
    vectors, short : array, shape (4, 2)
        Vectors of some lengths, and what squashing leaves of them.
    sizes : dict of str to int
        Parameters of three networks.
    storeys : list of list of (maps, rows)
        What their layers make.

    Examples
    --------
    >>> s = Recap()
    >>> s.answer, s.side, s.sizes
    (5, 6, {'this network': 3818, 'AlexNet': 60965224, 'VGG-16': 138357544})
    """

    image = Forward.image.but(None, "A digit, or a picture that is brought to 8 x 8; digit:5 if left out.")

    def prepare(self) -> None:
        """Go through all chapters."""
        read = Forward(image=self.image)
        self.ink = read.seen.picture.values[0].astype(float)
        self.padded = np.pad(self.ink, 1)
        network = zoo.tiny_cnn(pretrained=True)
        x = (self.ink[None, None] / PEAK).astype(np.float32)
        record = network.forward(x, record=True)
        first = int(record["relu1"].output[0].sum(axis=(1, 2)).argmax())
        self.kernel = network.parameters()["conv1.weight"].array("recap")[first, 0].astype(float)
        self.trace = trace_conv(x.astype(float), self.kernel[None, None])
        self.same = trace_conv(x.astype(float), self.kernel[None, None], padding=1).fold()[0]
        second = int(record["pool1"].output[0].sum(axis=(1, 2)).argmax())
        self.before, self.after, self.pooled = (
            record[name].output[0, second].astype(float) for name in ("conv2", "relu2", "pool1")
        )
        row, column = self.strongest = divmod(int(self.pooled.argmax()), 4)
        behind = receptive_field(network)[4]
        self.side, jump, start = (int(np.max(each)) for each in (behind.size, behind.jump, behind.start))
        corner = [max(0, start + jump * at) for at in (row, column)]
        self.corner = corner[0], corner[1]
        self.seen = tuple(
            min(8, start + jump * at + self.side) - low for at, low in zip((row, column), corner, strict=True)
        )
        self.shares, self.answer = np.asarray(read.seen.shares, dtype=float), int(record.output.argmax())
        label = self.answer if read.label is None else read.label
        wrong = cross_entropy_vjp(1.0, record.output, np.array([label]))[0]
        self.gradient = network.backward(wrong, record).input[0, 0].astype(float)
        self.run = recorded()
        known = [NetworkKind().read("network", name) for name in ("tiny-cnn", "alexnet", "vgg16")]
        self.sizes = dict(zip(NETWORKS, (each.network.parameter_count for each in known), strict=True))
        self.storeys = [storeys(each) for each in known]
        self.drop = inside.occlusion(network, x, self.answer).drop[0].astype(float)
        self.lengths = np.array([LENGTHS])
        self.squashed = np.array([[float(squash(np.array([length]))[0]) for length in LENGTHS]])
        turns = np.radians(DEGREES)
        away = np.stack([np.cos(turns), np.sin(turns)], axis=1)
        self.vectors, self.short = self.lengths.T * away, self.squashed.T * away
        self.kinds = Elsewhere().kinds[:3]
