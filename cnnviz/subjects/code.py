"""The code of a network, line by line, with what each line makes; and one line written wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cnnviz.errors import OptionError
from cnnviz.nn import Conv2d, Layer, Linear
from cnnviz.nn.code import Call, keras_call, torch_call, written
from cnnviz.subjects.blueprint import Part
from cnnviz.subjects.network import NetworkKind
from cnnviz.subjects.option import Option, Subject

MOST = 10  # layers
USUAL = "1x28x28 > conv 8 k3 > relu > pool 2 > conv 16 k3 > relu > pool 2 > flatten > dense 10"


@dataclass(frozen=True)
class Line:
    """One line of code.

    Attributes
    ----------
    layer : Layer
    torch, keras : tuple of (str, str)
        Pieces of the line, and what each is; `keras` is None where Keras has no such line.
    before : tuple of int
        The shape that goes in.
    part : Part
        What comes out, with its parameters.
    """

    layer: Layer
    torch: Call
    keras: Call | None
    before: tuple[int, ...]
    part: Part


@dataclass(frozen=True)
class Wrong:
    """A line whose first number is not what comes in, and what PyTorch says of it.

    Attributes
    ----------
    index : int
        Which line, counted from 0.
    call : tuple of (str, str)
    message : str
    given, needed : int
        The number that is written, and the one that comes in.
    """

    index: int
    call: Call
    message: str
    given: int
    needed: int


class Code(Subject):
    """A network as text.

    Attributes
    ----------
    lines : tuple of Line
    parts : tuple of Part
        What goes in, then what each line makes.
    total : int
        Numbers to learn.
    wrong : Wrong or None
        None where no line but the first takes a number of what comes in.
    visits : list of (list of int, bool)
        Lines that are told together, counted from 0, and whether they do what a line above did.
    has_keras : bool
        Whether Keras has a line for every layer.

    Examples
    --------
    >>> code = Code("1x8x8 > conv 4 k3 > flatten > dense 3")
    >>> [written(call) for call in code.torch]
    ['# (N, 1, 8, 8)', 'nn.Conv2d(1, 4, 3)', 'nn.Flatten()', 'nn.Linear(144, 3)']
    >>> code.wrong.message
    'mat1 and mat2 shapes cannot be multiplied (1x144 and 4x3)'
    """

    network = Option(NetworkKind(), USUAL, "A network of plain layers: a name, a file, or one line of layers.")

    def prepare(self) -> None:
        """Write the code."""
        known = self.network
        shape, lines = known.input, []
        layers = known.network.children()
        if len(shape) != 3:
            raise OptionError(
                f"network: expected layers that read pictures (CHANNELSxROWSxCOLUMNS), got some that read "
                f"{'x'.join(map(str, shape))}; cnnviz summary lists them"
            )
        if len(layers) > MOST:
            raise OptionError(f"network: expected at most {MOST} layers, got {len(layers)}; write a smaller one")
        for name, layer in layers.items():
            before, shape = shape, layer.output_shape(shape)
            made = Part("", "", shape, parameters=layer.parameter_count, layer=name)
            lines.append(Line(layer, torch_call(layer), keras_call(layer), before, made))
        self.lines = tuple(lines)
        self.parts = Part("", "", known.input), *(line.part for line in lines)
        self.total = sum(part.parameters for part in self.parts)
        self.has_keras = all(line.keras is not None for line in lines)
        self.wrong = _wrong(self.lines)
        self.visits = _visits(self.lines)

    @property
    def torch(self) -> list[Call]:
        """The lines for PyTorch; what goes in is a comment."""
        batch = "# (N, " + ", ".join(map(str, self.network.input)) + ")"
        return [((batch, "in"),), *(line.torch for line in self.lines)]

    @property
    def keras(self) -> list[Call]:
        """The lines for Keras, the first for what goes in; of layers that Keras does not have, none."""
        first = ("keras.Input(", "name"), (str(_last(self.network.input)), "in"), (")", "name")
        return [first, *(line.keras for line in self.lines if line.keras)]

    @property
    def texts(self) -> list[str]:
        """All lines in both languages."""
        return [written(call) for call in (*self.torch, *self.keras)]

    @property
    def keras_labels(self) -> list[str]:
        """The shapes of the parts, channels last."""
        return [replace(part, shape=_last(part.shape)).label for part in self.parts]


def _last(shape: tuple[int, ...]) -> tuple[int, ...]:
    return (*shape[1:], shape[0])


def _visits(lines: tuple[Line, ...]) -> list[tuple[list[int], bool]]:
    """Take together what follows on each other and was told before; convolutions and dense layers never are."""
    found, known = list[tuple[list[int], bool]](), set[type]()
    for index, line in enumerate(lines):
        again = type(line.layer) in known and not isinstance(line.layer, Conv2d | Linear)
        if again and found and found[-1][1]:
            found[-1][0].append(index)
        else:
            found.append(([index], again))
        known.add(type(line.layer))
    return found


def _wrong(lines: tuple[Line, ...]) -> Wrong | None:
    """Write another first number into the last line that must agree with the one before: a convolution, if there is."""
    convs = [i for i, line in enumerate(lines) if i and isinstance(line.layer, Conv2d) and line.layer.groups == 1]
    dense = [i for i, line in enumerate(lines) if i and isinstance(line.layer, Linear)]
    if not convs + dense:
        return None
    index = (convs or dense)[-1]
    line = lines[index]
    needed, depth = line.before[0], lines[0].before[0] if convs else lines[index - 1].before[0]
    given = depth if depth != needed else needed + 1
    call = tuple((str(given), kind) if kind == "in" else (text, kind) for text, kind in line.torch)
    out, _, *kernel = line.layer.parameters()["weight"].shape
    if convs:
        sizes, came = ", ".join(map(str, (out, given, *kernel))), ", ".join(map(str, (1, *line.before)))
        message = (
            f"Given groups=1, weight of size [{sizes}], expected input[{came}] to have {given} channels, "
            f"but got {needed} channels instead"
        )
    else:
        message = f"mat1 and mat2 shapes cannot be multiplied (1x{needed} and {given}x{out})"
    return Wrong(index, call, message, given, needed)
