"""Pictures that a network makes of noise or of a photograph: every step of the climb."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import TEXTURES, textures
from cnnviz.engine import softmax
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn import Sequential, inside
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.inside import Inside, LayerNames
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.network import KnownNetwork, NetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture
from cnnviz.subjects.seen import SMALLEST_MAP, check_pictures

MOST_CLASSES, MOST_SHOWN = 12, 6  # that are told apart; classes beside the one that is asked about
USUAL_CLASS = 5  # dots: what comes out of the noise is seen to be that
MOST_WORK = 2 * 10**10  # multiplications for one climb
OCTAVES, LARGE, SMALL = 3, 80, 8
BLUR = 0.5
PIECES, MOST_READ = 2, 2  # cells between two pieces of a dream; pieces that are shown
Floats = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Climb:
    """A picture on its way.

    Attributes
    ----------
    name : str
        Of the class.
    frames : list of array, shape (C, H, W)
        Before each step and after the last one.
    scores : list of float
        What was climbed, at each of these.
    shares : array, shape (frames, classes)
        What softmax makes of all scores.
    """

    name: str
    frames: list[Floats]
    scores: list[float]
    shares: Floats


@dataclass(frozen=True)
class Reading:
    """What a network reads in a piece of a photo, and in the same piece of its dream.

    Attributes
    ----------
    at : (int, int)
        Its first row and column.
    shape : (int, int)
        That of the pictures that the network was made for.
    before, after : (str, float)
        The class that is surest, and its share: in the photo, and in the dream.
    """

    at: tuple[int, int]
    shape: tuple[int, int]
    before: tuple[str, float]
    after: tuple[str, float]


class Maximized(Subject):
    """For each class the picture that a network calls by its name most surely, out of noise.

    Attributes
    ----------
    names : list of str
        Of the classes.
    asked : int
        The class that is asked about.
    climb : Climb
        For the class that is asked about.
    others : list of Climb
        For others.
    every : list of Climb
        For all of these, in the order of the classes.
    examples : dict of str to array, shape (H, W)
        For each class a picture that the network learned from, where that is known.
    reached : dict of str to float
        The score of each of these for its own class.
    learned : bool
        Whether the weights are more than chance.

    Examples
    --------
    >>> s = Maximized(steps=8)
    >>> s.climb.name, len(s.climb.frames), s.climb.scores[-1] > s.climb.scores[0]
    ('dots', 9, True)
    """

    network = Option(NetworkKind(), "texture-cnn", "A network by name, file, or as one line as for cnnviz shapes.")
    answer = Option(Integer(), None, "The class asked about, by its number; 5, or the last of fewer, if left out.")
    steps = Option(Integer(1, 200), 64, "How many steps are climbed.")

    def prepare(self) -> None:
        """Climb."""
        known, network = self.network, self.network.network
        check_pictures(known)
        shape = network.output_shape(known.input)
        if len(shape) != 1 or shape[0] > MOST_CLASSES:
            raise OptionError(
                f"network: expected one of at most {MOST_CLASSES} classes, got {known.name}, which gives "
                f"{' x '.join(map(str, shape))} numbers"
            )
        self.asked = min(USUAL_CLASS, shape[0] - 1) if self.answer is None else self.answer
        if self.asked >= shape[0]:
            raise OptionError(f"answer: expected a class of {known.name}, 0 to {shape[0] - 1}, got {self.asked}")
        check_work(known, self.steps)
        self.learned = initialized(known)
        self.names = [network.classes[i] if i < len(network.classes) else str(i) for i in range(shape[0])]
        self.climb = self._climbed(self.asked)
        rest = [i for i in range(shape[0]) if i != self.asked][:MOST_SHOWN]
        self.others = [self._climbed(i) for i in rest]
        self.every = [self._climbed(i) for i in sorted([self.asked, *rest])]
        self.examples = examples(network)
        scores = [network.forward(each[None, None])[0] for each in self.examples.values()]
        self.reached = {name: float(each[i]) for i, (name, each) in enumerate(zip(self.examples, scores, strict=True))}

    def _climbed(self, number: int) -> Climb:
        frames, scores = _maximized(self.network, number, self.steps)
        shares = softmax(self.network.network.forward(np.stack(frames)).astype(float))
        return Climb(self.names[number], frames, scores, shares)


class Dreaming(Subject):
    """A photograph in which a layer sees more and more of what it sees.

    Attributes
    ----------
    photo : array, shape (C, H, W)
        What it began with.
    where : str
        The layer.
    frames : list of array, shape (C, h, w)
        Before each step and after the last one; small ones first.
    strengths : list of float
        Half the mean square of the layer's maps, at each of these.
    octaves : list of range
        Which of the frames have one size.
    examples : dict of str to array, shape (H, W)
        For each class a picture that the network learned from, where that is known.
    learned : bool
        Whether the weights are more than chance.
    readings : list of Reading
        Of pieces beside each other, each read as another class: those that are read most surely in the dream. None
        where it is not known what the network learned from.

    Examples
    --------
    >>> s = Dreaming(steps=2, size=16)
    >>> s.where, len(s.frames), [len(octave) for octave in s.octaves], s.photo.shape
    ('relu3', 7, [2, 2, 3], (1, 11, 16))
    """

    network = Maximized.network
    image = Inside.image.but("photo:china")
    size = Convolution.size
    layer = Option(LayerNames(), None, "The layer that is to see more; the last one with maps if left out.")
    steps = Maximized.steps.but(10, "How many steps are climbed at each of three sizes.")

    def prepare(self) -> None:
        """Climb."""
        check_pictures(self.network)
        channels = self.network.input[0]
        kind = "gray" if channels == 1 else "rgb"
        picture = subject_picture(self.image, self.size, kind, usual=LARGE)
        self.photo = (picture.values / picture.peak).astype(np.float32)
        check_work(self.network, OCTAVES * self.steps, self.photo.shape)
        self.learned = initialized(self.network)
        self.where = self.layer[0] if self.layer else _last_maps(self.network)
        self.frames: list[Floats] = []
        try:
            found = inside.deep_dream(
                self.network.network, self.photo, self.where, steps=self.steps, step_size=0.03, each=self.frames.append
            )
        except ShapeError as error:
            raise OptionError(
                f"size: expected one at which, and at two smaller ones, {self.where} of {self.network.name} can be "
                f"reached, got {self.photo.shape[2]}; take a larger one or an earlier layer ({error})"
            ) from None
        self.strengths = list(found.activations)
        self.examples = examples(self.network.network) if self.learned else {}
        self.readings = readings(self.network.network, self.photo, self.frames[-1]) if self.examples else []
        starts = [octave * self.steps for octave in range(OCTAVES)]
        self.octaves = [range(a, b) for a, b in zip(starts, [*starts[1:], len(self.frames)], strict=True)]


def examples(network: Sequential) -> dict[str, Floats]:
    """Return a picture of each class that a network learned from; none where they are not known."""
    known = network.classes == TEXTURES
    return dict(zip(TEXTURES, textures(len(TEXTURES)).images[:, 0], strict=True)) if known else {}


def readings(network: Sequential, photo: Floats, dream: Floats) -> list[Reading]:
    """Read both pictures piece by piece, and return the surest pieces of the dream that no other one overlaps."""
    side = min(textures(1).images.shape[2:])
    rows, columns = (range(0, length - side + 1, PIECES) for length in photo.shape[1:])
    places = [(row, column) for row in rows for column in columns]
    if not places:
        return []

    def read(picture: Floats) -> Floats:
        pieces = np.stack([picture[:, i : i + side, j : j + side] for i, j in places])
        return softmax(network.forward(pieces).astype(float))

    before, after = read(photo), read(dream)
    found: list[Reading] = []
    for at in np.argsort(-after.max(axis=1)):
        (i, j), named = places[at], network.classes[after[at].argmax()]
        if all(named != one.after[0] and max(abs(i - one.at[0]), abs(j - one.at[1])) >= side for one in found):
            was = int(before[at].argmax())
            told = (network.classes[was], float(before[at, was])), (named, float(after[at].max()))
            found.append(Reading((i, j), (side, side), *told))
    return found[:MOST_READ]


def _last_maps(known: KnownNetwork) -> str:
    """Name the last layer with maps of some cells."""
    found = ""
    shape = known.input
    for name, layer in known.network.children().items():
        shape = layer.output_shape(shape)
        if len(shape) == 3 and min(shape[1:]) >= SMALLEST_MAP:
            found = name
    if not found:
        raise OptionError(f"network: expected one with maps of 3 × 3 cells or more, got {known.name}; nothing to climb")
    return found


def check_work(known: KnownNetwork, times: int, shape: tuple[int, ...] = ()) -> None:
    """Refuse a climb that takes too long."""
    larger = prod(shape or known.input) / prod(known.input)
    work = 3 * times * larger * known.network.summary(known.input).macs
    if work > MOST_WORK:
        raise OptionError(
            f"steps: expected a climb of at most {MOST_WORK:.0e} multiplications, got {work:.0e} of {known.name}; take "
            f"fewer steps, or a smaller network"
        )


def initialized(known: KnownNetwork) -> bool:
    """Tell whether a network has weights, and give it random ones where not."""
    learned = all(one.values is not None for one in known.network.parameters().values())
    if not learned:
        known.network.initialize(0)
    return learned


@lru_cache(maxsize=16)
def _maximized(known: KnownNetwork, number: int, steps: int) -> tuple[list[Floats], list[float]]:
    frames: list[Floats] = []
    side = min(known.input[1:])
    found = inside.maximize_activation(
        known.network,
        known.input,
        unit=number,
        steps=steps,
        step_size=0.08,
        blur=min(BLUR, side / 64),  # small pictures keep their edges
        jitter=int(side > 2 * SMALL),
        each=frames.append,
    )
    return frames, list(found.activations)
