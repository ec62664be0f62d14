"""The output-size formula: in letters, with the numbers of one axis put in, and step by step down to the size."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviz.engine import output_shape
from cnnviz.stage.formula import tinted
from cnnviz.stage.theme import Theme


@dataclass(frozen=True)
class OutputSize:
    """The size of an output along one axis as a formula, in letters and with its numbers put in.

    Letters have the colors of what they belong to: ``W`` and ``P`` of the input, ``F`` and ``D`` of the kernel, ``S``
    that of the highlight.

    Attributes
    ----------
    width, kernel, stride, dilation : int
        Cells of the input and of the kernel, the step, and the distance of the kernel's cells.
    padding : (int, int)
        Cells added before and after.
    """

    width: int
    kernel: int
    stride: int = 1
    padding: tuple[int, int] = (0, 0)
    dilation: int = 1

    @property
    def out(self) -> int:
        """The size itself, from the engine."""
        (size,) = output_shape(
            (self.width,), (self.kernel,), stride=self.stride, padding=(self.padding,), dilation=self.dilation
        )
        return size

    @property
    def room(self) -> int:
        """Cells that the window can still move on from its first place."""
        return self.width + sum(self.padding) - self.dilation * (self.kernel - 1) - 1

    @property
    def left_over(self) -> int:
        """Cells at the end that no window reaches: what the floor drops.

        >>> OutputSize(32, 3, stride=2, padding=(1, 1)).left_over
        1
        """
        return self.room - (self.out - 1) * self.stride

    def letters(self, theme: Theme, *, short: bool = False) -> str:
        """Write the formula in letters; ``short`` leaves out padding and dilation where there is none."""
        return self._whole(*self._terms(theme, "W", "F", "P", "D", short), tinted("S", theme.highlight))

    def put_in(self, theme: Theme, *, short: bool = False) -> str:
        """Write the formula with the numbers in the places of the letters."""
        names = (str(self.width), str(self.kernel), "", str(self.dilation))
        return self._whole(*self._terms(theme, *names, short), tinted(str(self.stride), theme.highlight))

    def steps(self, theme: Theme, *, short: bool = False) -> tuple[str, ...]:
        """Write the formula with the numbers put in, and then what becomes of it, step by step down to the size.

        Examples
        --------
        >>> from cnnviz.stage.theme import theme
        >>> for step in OutputSize(32, 3, stride=2, padding=(1, 1)).steps(theme("dark"))[1:4]:
        ...     print(step)
        floor(31 / 2) + 1
        floor(15.5) + 1
        15 + 1
        """
        room, stride = self.room, self.stride
        steps = [self.put_in(theme, short=short), f"floor({room} / {stride}) + 1"]
        steps += [f"floor({_quotient(room, stride)}) + 1", f"{self.out - 1} + 1", tinted(str(self.out), theme.output)]
        return tuple(steps)

    def _terms(
        self, theme: Theme, width: str, kernel: str, padding: str, dilation: str, short: bool
    ) -> tuple[str, str]:
        """Write the cells there are, and those the window takes."""
        window = tinted(kernel, theme.kernel)
        if not (short and self.dilation == 1):
            # A letter stands beside its bracket, a number needs its dot.
            times = "" if dilation == "D" else " dot "
            window = f"{tinted(dilation, theme.kernel)}{times}({window} - 1) - 1"
        there = tinted(width, theme.input)
        before, after = self.padding
        if not (short and before == after == 0):
            if before != after:
                sides = ("P_0", "P_1") if padding else (str(before), str(after))
                there += "".join(f" + {tinted(side, theme.input)}" for side in sides)
            else:
                there += (
                    f" + 2 {tinted(padding, theme.input)}"
                    if padding
                    else f" + 2 dot {tinted(str(before), theme.input)}"
                )
        return there, window

    @staticmethod
    def _whole(there: str, window: str, stride: str) -> str:
        return f"floor(({there} - {window}) / {stride}) + 1"


def _quotient(top: int, bottom: int) -> str:
    """Write a quotient in decimals, cut off after two with dots where there are more.

    >>> _quotient(31, 2), _quotient(5, 3), _quotient(6, 2)
    ('15.5', '1.66 dots', '3')
    """
    whole, rest = divmod(top, bottom)
    if not rest:
        return str(whole)
    decimals, more = divmod(rest * 100, bottom)
    return f"{whole}.{decimals:02d} dots" if more else f"{whole}.{decimals:02d}".rstrip("0")
