"""A training of the small network: the one that was recorded, or one of your own."""

from __future__ import annotations

from cnnviz.data.split import digits_split
from cnnviz.nn.zoo.tiny import EPOCHS, SEED
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.run import record, recorded

MOST_EPOCHS = 100


class Training(Subject):
    """The recorded training of the weights that ship with cnnviz, or a new one if a seed or epochs are given.

    Examples
    --------
    >>> Training().run.epochs
    40
    """

    seed = Option(
        Integer(), None, "For the first weights, the order of the digits and how they are moved; trains if given."
    )
    epochs = Option(Integer(1, MOST_EPOCHS), None, "How often all digits are seen, usually 40; trains if given.")

    def prepare(self) -> None:
        """Read the recording, or train."""
        self.asked = len(digits_split().test)
        if self.seed is None and self.epochs is None:
            self.run = recorded()
        else:
            self.run = record(SEED if self.seed is None else self.seed, self.epochs or EPOCHS)
