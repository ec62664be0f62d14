"""The experiments by name, and what came out when they were run for the lecture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from cnnviz.data.source import hint, shown
from cnnviz.errors import InputError
from cnnviz.nn.experiments.result import Result, from_json
from cnnviz.nn.experiments.trial import Progress

NAMES = (
    "moving",
    "shuffling",
    "shifting",
    "depth",
    "overfitting",
    "transfer",
    "optimizers",
    "kernels",
    "pooling",
    "capsules",
    "augmentation",
    "leaking",
)
FOLDER = Path(__file__).parent / "measured"


@dataclass(frozen=True, slots=True)
class Experiment:
    """Something that can be measured again.

    Attributes
    ----------
    name, question : str
        What it is called, and what it asks.
    function : callable
        Called with seeds and, by name, what may be changed; gives a `Result`.
    small : mapping
        What makes it a matter of a second, too short to conclude anything.
    """

    name: str
    question: str
    function: Callable[..., Result]
    small: Mapping[str, Any]

    def run(self, seeds: Sequence[int] = range(5), *, quick: bool = False, progress: Progress = None) -> Result:
        """Measure with these seeds; a whole run takes a minute or two."""
        return self.function(seeds, progress=progress, **(self.small if quick else {}))


def names() -> tuple[str, ...]:
    """List the names.

    Examples
    --------
    >>> names()[:3]
    ('moving', 'shuffling', 'shifting')
    """
    return NAMES


def find(name: str) -> Experiment:
    """Find an experiment by its name.

    Raises
    ------
    InputError
        If there is none of this name.

    Examples
    --------
    >>> find("shifting").question
    'Is a convolution equivariant, and pooling invariant?'
    """
    if name not in NAMES:
        raise InputError(
            f"experiment: expected one of {', '.join(NAMES)}, got {shown(name)}; "
            f"{hint(name, NAMES).strip() or 'choose one'}"
        )
    module = import_module(f"cnnviz.nn.experiments.{name}")
    return Experiment(name, module.QUESTION, getattr(module, name), module.QUICK)


def measured(name: str) -> Result:
    """Give what came out when the experiment was run for the lecture, without running it.

    Raises
    ------
    InputError
        If there is no experiment of this name.

    Examples
    --------
    >>> len(measured("shifting").seeds)
    5
    """
    return from_json((FOLDER / f"{find(name).name}.json").read_text("utf-8"))
