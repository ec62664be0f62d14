"""The network that finds a digit wherever it stands, and how it was trained."""

from pathlib import Path
from typing import Any

from cnnviz._checks import integer
from cnnviz.data.canvas import scattered_split
from cnnviz.nn.history import History
from cnnviz.nn.notation import parse_network
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.zoo.recipe import WOBBLE, learn
from cnnviz.nn.zoo.shipped import load_shipped

SCATTERED = (
    "1x{0}x{0} > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > conv 32 k3 p1 > relu > pool {1}"
    " > flatten > dense 10"
)
"""With the size of the canvas, and half of it."""

WEIGHTS = Path(__file__).parent / "scattered_cnn.npz"
DIGEST = "837f90ebeeb93b0b1899719d6fe04ca422ec7d373239de43ac88cee0488bd031"
"""SHA-256 of the file."""

EPOCHS = 25
SEED = 0
COPIES = 4
"""Places at which each digit is learned from."""


def written(size: int = 16) -> str:
    """Write the network for canvases of this size in one line.

    Examples
    --------
    >>> written(20)[-35:]
    'relu > pool 10 > flatten > dense 10'
    """
    return SCATTERED.format(integer("scattered_cnn", "size", size, 2), size // 2)


def scattered_cnn(pretrained: bool = False, *, size: int = 16) -> Sequential:
    """Build a network for digits anywhere on a 16 × 16 canvas: 6,218 parameters.

    Three convolutions of 3x3 with 8, 16 and 32 filters, a max pooling of 2x2 between them and one over the whole map at
    the end: of each of the 32 features only how strong it is anywhere comes through to the dense layer, not where.

    Parameters
    ----------
    pretrained
        Whether to load the weights that ship with the package, trained on ``scattered_split(16, copies=4).train``; as
        the last pooling takes in the whole map, they fit canvases of any size.
    size
        Rows and columns of the canvas.

    Raises
    ------
    InputError
        If the shipped file is not the one that was shipped.

    Examples
    --------
    >>> test = scattered_split(16).test
    >>> network = scattered_cnn(pretrained=True)
    >>> network.forward(test.images[:5]).argmax(axis=1).tolist(), test.labels[:5].tolist()
    ([5, 0, 9, 8, 7], [5, 0, 9, 8, 7])
    """
    network = parse_network(written(size))[1]
    if pretrained:
        load_shipped("scattered_cnn", network, WEIGHTS, DIGEST)
    return network


def train_scattered(
    *, epochs: int = EPOCHS, seed: int = SEED, size: int = 16, **options: Any
) -> tuple[Sequential, History]:
    """Train `scattered_cnn` from scratch, as the shipped weights were.

    Each digit at four places, every picture wobbled a little by chance, keeping the epoch that was best on the
    validation part.

    Parameters
    ----------
    epochs
        From 1.
    seed
        For the first weights, the order and the wobbling; the places are always the same. The same seed gives the same
        bytes on the same machine.
    size
        Rows and columns of the canvas.
    **options
        ``callback``, ``progress``, ``checkpoint`` and ``resume`` of `cnnviz.nn.fit`.

    Returns
    -------
    network, history
        The history holds the filters of the first layer, epoch by epoch.
    """
    network = scattered_cnn(size=size)
    network.initialize(seed)
    split = scattered_split(size, copies=COPIES)
    return network, learn(network, split, epochs=epochs, seed=seed, batch_size=64, augment=WOBBLE, **options)
