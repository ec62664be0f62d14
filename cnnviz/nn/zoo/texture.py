"""The network that tells textures apart, whose dreams can be recognized, and how it was trained."""

from pathlib import Path
from typing import Any

from cnnviz.data.textures import TEXTURES, textures_split
from cnnviz.nn.history import History
from cnnviz.nn.notation import parse_network
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.zoo.recipe import learn
from cnnviz.nn.zoo.shipped import load_shipped

TEXTURE = (
    "1x32x32 > conv 12 k5 p2 > relu > pool 2 > conv 16 k3 p1 > relu > pool 2 > conv 24 k3 p1 > relu > gap > flatten"
    " > dense 7"
)
WEIGHTS = Path(__file__).parent / "texture_cnn.npz"
DIGEST = "6a2e441df21b3c00b7a3359ae5a6aff07c97ae48c34aa46d0182ebbc4f207060"
"""SHA-256 of the file."""

EPOCHS = 12
SEED = 0


def texture_cnn(pretrained: bool = False) -> Sequential:
    """Build a network for stripes, checks, dots and rings of 32 × 32: 5,711 parameters.

    Three convolutions with 12 filters of 5 × 5, then 16 and 24 of 3 × 3, and the mean of each last map.

    Parameters
    ----------
    pretrained
        Whether to load the weights that ship with the package, trained on ``textures_split().train``: drawn pictures,
        no photographs.

    Raises
    ------
    InputError
        If the shipped file is not the one that was shipped.

    Examples
    --------
    >>> test = textures_split().test
    >>> network = texture_cnn(pretrained=True)
    >>> network.forward(test.images[:7]).argmax(axis=1).tolist(), network.classes[5]
    ([0, 1, 2, 3, 4, 5, 6], 'dots')
    """
    network = parse_network(TEXTURE)[1]
    network.classes = TEXTURES
    if pretrained:
        load_shipped("texture_cnn", network, WEIGHTS, DIGEST)
    return network


def train_texture(*, epochs: int = EPOCHS, seed: int = SEED, **options: Any) -> tuple[Sequential, History]:
    """Train `texture_cnn` from scratch, as the shipped weights were.

    Parameters
    ----------
    epochs
        From 1.
    seed
        For the first weights and the order; the same seed gives the same bytes on the same machine.
    **options
        ``callback``, ``progress``, ``checkpoint`` and ``resume`` of `cnnviz.nn.fit`.
    """
    network = texture_cnn()
    network.initialize(seed)
    return network, learn(network, textures_split(), epochs=epochs, seed=seed, **options)
