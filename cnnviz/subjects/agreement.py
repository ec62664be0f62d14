"""Routing by agreement: what parts predict for two wholes, and whom they come to speak to, round by round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel
from cnnviz.engine import dynamic_routing
from cnnviz.errors import OptionError
from cnnviz.nn.experiments.capsules import ALIKE, DEEP, ROUTED
from cnnviz.subjects.judged import Judged
from cnnviz.subjects.kernel import Rows
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option

LONGEST, FEWEST, MOST = 10.0, 2, 3  # length of a prediction at most; parts at least and at most
WORDS = {
    "agree": [[1, 0.3], [0.8, 0.9], [1.2, 0.7]],
    "differ": [[-0.8, 0.9], [1.2, 0.3], [0.5, -1]],
}
Vectors = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Round:
    """One round: couplings, the sums that they make, and how well each prediction agrees with what comes out.

    Attributes
    ----------
    couplings : array, shape (parts, wholes)
        Shares of what each part says; each row adds up to 1.
    sums, v : array, shape (wholes, 2)
        What arrives, and the same squashed.
    lengths : list of float
        Of the squashed ones.
    agreements : array, shape (parts, wholes)
        Prediction times result, added up over all rounds so far.
    """

    couplings: Vectors
    sums: Vectors
    v: Vectors
    lengths: list[float]
    agreements: Vectors


class Agreement(Judged):
    """Two or three parts that predict two wholes, and routing between them.

    Attributes
    ----------
    u : array, shape (parts, wholes, 2)
        The predictions.
    routed : list of Round
        As many as asked for.
    is_usual : bool
        Whether nothing of one's own is routed.
    leader : int
        The whole that most is said to in the end.
    unity : list of float
        For each whole the length of the predictions' sum, as a share of all their lengths: 1 if they are parallel.

    Examples
    --------
    >>> s = Agreement()
    >>> [round.couplings[0].round(2).tolist() for round in s.routed]
    [[0.5, 0.5], [0.7, 0.3], [0.86, 0.14]]
    """

    contenders = (ROUTED, ALIKE, DEEP)
    face = Option(Rows(*WORDS), "agree", "What eye, nose and mouth predict for a face: a word, or rows of two numbers.")
    other = Option(Rows(*WORDS), "differ", "What they predict for another thing.")
    rounds = Option(Integer(1, 5), 3, "Rounds of routing.")

    def prepare(self) -> None:
        """Route."""
        super().prepare()
        predicted = [_vectors(name, getattr(self, name)) for name in ("face", "other")]
        if len(predicted[0]) != len(predicted[1]):
            raise OptionError(
                f"face, other: expected equally many rows, got {len(predicted[0])} and {len(predicted[1])}; "
                "each row is what one part predicts"
            )
        self.is_usual = (self.face, self.other, self.rounds) == ("agree", "differ", 3)
        self.u = np.stack(predicted, axis=1)
        _, couplings = dynamic_routing(self.u[None], self.rounds, return_couplings=True)
        self.routed: list[Round] = []
        agreements = np.zeros(self.u.shape[:2])
        for number in range(self.rounds):
            c = couplings[number, 0]
            v = np.asarray(dynamic_routing(self.u[None], number + 1))[0]
            agreements = agreements + (self.u * v).sum(axis=2)
            lengths = np.sqrt((v * v).sum(axis=1)).tolist()
            self.routed.append(Round(c, (c[..., None] * self.u).sum(axis=0), v, lengths, agreements))
        self.leader = int(self.routed[-1].couplings.sum(axis=0).argmax())
        longest = np.sqrt((self.u**2).sum(axis=2)).sum(axis=0)
        self.unity = (np.sqrt((self.u.sum(axis=0) ** 2).sum(axis=1)) / longest).tolist()
        self.reach = float(max(1.2, 1.08 * np.sqrt((self.u**2).sum(axis=2)).max()))


def _vectors(name: str, value: str | Kernel) -> Vectors:
    rows = np.array(WORDS[value], float) if isinstance(value, str) else value.values
    fits = FEWEST <= len(rows) <= MOST and rows.shape[1] == 2
    if not fits or not rows.any(axis=1).all() or np.abs(rows).max() > LONGEST:
        raise OptionError(
            f"{name}: expected two or three rows of two numbers from -{LONGEST:g} to {LONGEST:g}, none 0,0, got "
            f"{rows.shape[0]} x {rows.shape[1]}: {rows.tolist()}"
        )
    return np.asarray(rows, float)
