"""One call of an engine operation: made once, asked for its value and for its gradients."""

from dataclasses import dataclass, field, replace

import numpy as np

from cnnviz import engine


@dataclass(frozen=True)
class Call:
    op: str
    args: tuple
    """As the engine takes them; float arrays among them are what the gradients are for."""
    options: dict = field(default_factory=dict)
    constant: tuple[int, ...] = ()
    """Places of float arrays whose gradient is not asked for."""

    @property
    def variables(self) -> list[int]:
        """Places of the arrays that have a gradient."""
        return [place for place, value in enumerate(self.args) if _is_float_array(value) and place not in self.constant]

    def at(self, arrays) -> "Call":
        """The same call with other arrays in the places of the variables."""
        args = list(self.args)
        for place, array in zip(self.variables, arrays, strict=True):
            args[place] = array
        return replace(self, args=tuple(args))

    def value(self):
        return getattr(engine, self.op)(*self.args, **self.options)

    def gradients(self, dy) -> list[np.ndarray]:
        """One gradient for each variable; what is left out or counts in whole numbers must have None."""
        options = {key: value for key, value in self.options.items() if not key.startswith("return_")}
        gradients = getattr(engine, f"{self.op}_vjp")(dy, *self.args, **options)
        assert isinstance(gradients, tuple)
        arrays = [place for place, value in enumerate(self.args) if value is None or isinstance(value, np.ndarray)]
        by_place = dict(zip(arrays, gradients, strict=False))
        for place, gradient in by_place.items():
            assert (gradient is None) == (not _is_float_array(self.args[place]))
        return [by_place[place] for place in self.variables]


def _is_float_array(value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"
