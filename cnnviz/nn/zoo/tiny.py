"""The network that is small enough to show every number, and how it was trained."""

from pathlib import Path
from typing import Any

from cnnviz.data.split import digits_split
from cnnviz.nn.history import History
from cnnviz.nn.notation import parse_network
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.zoo.recipe import WOBBLE, learn
from cnnviz.nn.zoo.shipped import load_shipped

TINY = "1x8x8 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > flatten > dense 10"
WEIGHTS = Path(__file__).parent / "tiny_cnn.npz"
DIGEST = "3ae18b8247f903b4fafc730ff7ef819aebcc29e6b69d25bdc0c3ae744609f4ec"
"""SHA-256 of the file."""

EPOCHS = 40
SEED = 0


def tiny_cnn(pretrained: bool = False) -> Sequential:
    """Build the network of the lecture for 8x8 digits: 3,818 parameters.

    Two convolutions of 3x3 with 8 and 16 filters, each with its ReLU, a max pooling of 2x2 and one dense layer; what
    comes out are scores, which `cnnviz.engine.softmax` turns into shares.

    Parameters
    ----------
    pretrained
        Whether to load the weights that ship with the package, trained on ``digits_split().train``.

    Raises
    ------
    InputError
        If the shipped file is not the one that was shipped.

    Examples
    --------
    >>> split = digits_split()
    >>> network = tiny_cnn(pretrained=True)
    >>> network.forward(split.test.images[:5]).argmax(axis=1).tolist(), split.test.labels[:5].tolist()
    ([5, 0, 9, 8, 7], [5, 0, 9, 8, 7])

    Notes
    -----
    Scenes of chapter 6 show its numbers.
    """
    network = parse_network(TINY)[1]
    if pretrained:
        load_shipped("tiny_cnn", network, WEIGHTS, DIGEST)
    return network


def train_tiny(*, epochs: int = EPOCHS, seed: int = SEED, **options: Any) -> tuple[Sequential, History]:
    """Train `tiny_cnn` from scratch, as the shipped weights were.

    On the training part of `digits_split`, each picture moved a little by chance, keeping the epoch that was best on
    the validation part.

    Parameters
    ----------
    epochs
        From 1.
    seed
        For the first weights, the order and the movements; the same seed gives the same bytes on the same machine.
    **options
        ``callback``, ``progress``, ``checkpoint`` and ``resume`` of `cnnviz.nn.fit`.

    Returns
    -------
    network, history
        The history holds the filters of the first layer, epoch by epoch.

    Examples
    --------
    >>> network, history = train_tiny(epochs=1)
    >>> history[0].weights["conv1.weight"].shape
    (8, 1, 3, 3)
    """
    network = tiny_cnn()
    network.initialize(seed)
    return network, learn(network, digits_split(), epochs=epochs, seed=seed, augment=WOBBLE, **options)
