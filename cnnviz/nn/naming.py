"""Names of layers inside others."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn.layer import Layer

Layers = Layer | Mapping[str, Layer]


def named(prefix: str, name: str) -> str:
    """Join names with a dot."""
    return f"{prefix}.{name}" if prefix else name


@contextmanager
def placed(name: str) -> Iterator[None]:
    """Put the name of a layer before what it says of a shape."""
    try:
        yield
    except (ShapeError, OptionError) as error:
        raise type(error)(f"{name}: {error}") from None


def named_layers(who: str, layers: tuple[Layers, ...]) -> dict[str, Layer]:
    """Take layers, or one mapping from names to layers."""
    if len(layers) == 1 and isinstance(layers[0], Mapping):
        found = dict(layers[0])
    else:
        found = {str(i): layer for i, layer in enumerate(layers)}  # type: ignore[misc]  # checked below
    for name, layer in found.items():
        if not isinstance(layer, Layer):
            raise OptionError(
                f"{who}: expected layers, or one mapping from names to layers, got {type(layer).__name__}; "
                f"write {who}(ReLU(), ...) or {who}({{'relu': ReLU()}})"
            )
        if not isinstance(name, str) or not name or "." in name:
            raise OptionError(f"{who}: expected names without a dot, got {name!r}; choose another")
    if not found:
        raise OptionError(f"{who}: expected at least one layer, got none; give some")
    return found
