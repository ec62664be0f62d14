"""How the small networks are trained: those whose weights ship, and one for any examples."""

from typing import Any

from cnnviz.data.split import Split
from cnnviz.errors import ShapeError
from cnnviz.nn.augment import move
from cnnviz.nn.history import History
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.notation import parse_network
from cnnviz.nn.optimizer import AdamW
from cnnviz.nn.schedule import CosineDecay
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.training import fit

WOBBLE = move(shift=0.5, turn=8.0, grow=0.08)
"""What handwriting stands without changing its meaning."""


def learn(network: Layer, split: Split, *, epochs: int, seed: int, batch_size: int = 32, **options: Any) -> History:
    """Train with AdamW along a cosine, keeping the epoch that was best on the validation part.

    The history holds the filters of the first convolution, epoch by epoch.

    Parameters
    ----------
    network
        With first weights.
    split
        What to learn from and to choose by.
    epochs, seed, batch_size, **options
        As for `cnnviz.nn.fit`.
    """
    return fit(
        network,
        split.train,
        epochs=epochs,
        seed=seed,
        optimizer=AdamW(5e-3, weight_decay=1e-2),
        batch_size=batch_size,
        validation=split.validation,
        schedule=CosineDecay(epochs),
        snapshots=tuple(name for name in ("conv1.weight",) if name in network.parameters()),
        **options,
    )


def small_cnn(shape: Shape, classes: int) -> tuple[Sequential, str]:
    """Build a small network for pictures of any size: convolutions and poolings until maps are 4 to 7 cells wide.

    Parameters
    ----------
    shape
        Of one picture, ``(C, H, W)``, at least 4 × 4.
    classes
        How many to tell apart.

    Returns
    -------
    network, text
        And how it is written in one line, for `cnnviz.nn.parse_network`.

    Raises
    ------
    ShapeError
        If the pictures are smaller.

    Examples
    --------
    >>> small_cnn((1, 28, 28), 10)[1]
    '1x28x28 > conv 8 k3 p1 > relu > pool 2 > conv 16 k3 p1 > relu > pool 2 > flatten > dense 10'
    """
    side, filters = min(shape[1:]), 8
    if side < 4:
        raise ShapeError(f"small_cnn: expected pictures of at least 4 × 4, got {shape[1]} × {shape[2]}; enlarge them")
    words = ["x".join(map(str, shape))]
    while side >= 8 or len(words) == 1:
        words += [f"conv {filters} k3 p1", "relu", "pool 2"]
        side, filters = side // 2, min(2 * filters, 32)
    text = " > ".join([*words, "flatten", f"dense {classes}"])
    return parse_network(text)[1], text
