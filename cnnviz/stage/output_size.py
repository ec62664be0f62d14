"""The output-size formula: in letters, with the numbers of one axis put in, and step by step down to the size."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviz.stage.formula import tinted
from cnnviz.stage.theme import Theme
from cnnviz.subjects.output_size import OutputSize


@dataclass(frozen=True)
class SizeFormula:
    """The formula of an output's size, in letters and with its numbers put in.

    Letters have the colors of what they belong to: ``W`` and ``P`` of the input, ``F`` and ``D`` of the kernel, ``S``
    that of the highlight. ``short`` leaves out padding and dilation where there is none.
    """

    size: OutputSize
    theme: Theme
    short: bool = False

    @property
    def letters(self) -> str:
        """The formula in letters."""
        return self._whole(*self._terms("W", "F", "P", "D"), tinted("S", self.theme.highlight))

    @property
    def put_in(self) -> str:
        """The formula with the numbers in the places of the letters."""
        size = self.size
        terms = self._terms(str(size.width), str(size.kernel), "", str(size.dilation))
        return self._whole(*terms, tinted(str(size.stride), self.theme.highlight))

    @property
    def steps(self) -> tuple[str, ...]:
        """The formula with the numbers put in, and then what becomes of it, step by step down to the size.

        Examples
        --------
        >>> from cnnviz.stage.theme import theme
        >>> for step in SizeFormula(OutputSize(32, 3, stride=2, padding=(1, 1)), theme("dark")).steps[1:4]:
        ...     print(step)
        floor(31 / 2) + 1
        floor(15.5) + 1
        15 + 1
        """
        out, room, stride = self.size.out, self.size.room, self.size.stride
        steps = [self.put_in, f"floor({room} / {stride}) + 1"]
        steps += [f"floor({_quotient(room, stride)}) + 1", f"{out - 1} + 1", tinted(str(out), self.theme.output)]
        return tuple(steps)

    def _terms(self, width: str, kernel: str, padding: str, dilation: str) -> tuple[str, str]:
        """Write the cells there are, and those the window takes."""
        theme, short = self.theme, self.short
        window = tinted(kernel, theme.kernel)
        if not (short and self.size.dilation == 1):
            # A letter stands beside its bracket, a number needs its dot.
            times = "" if dilation == "D" else " dot "
            window = f"{tinted(dilation, theme.kernel)}{times}({window} - 1) - 1"
        there = tinted(width, theme.input)
        before, after = self.size.padding
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
