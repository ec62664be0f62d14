"""From wide and shallow to small and deep."""

from cnnviz.engine import output_shape
from cnnviz.nn import parse_network
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import Said, listed, say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("volume-shape", chapter=6, title="Shapes through a network")
def volume_shape(draw: Draw) -> Draft:
    """Ask for the shape after a few layers."""
    if draw.level == 3:
        return _backward(draw)
    inputs = draw.one((1, 3))
    side = draw.by_level(draw.integer(4, 7) * 2, draw.integer(10, 32))
    blocks = draw.by_level(1, 2)
    filters = [draw.one((4, 6, 8)) * 2**number for number in range(blocks)]
    parts, words = [], []
    for number in filters:
        kernel = 3
        padding = draw.by_level(0, draw.integer(0, 1))
        parts += [f"conv {number} k{kernel} p{padding}", "relu", "pool 2"]
        words.append(
            say(
                "convolution with {number} filters of {kernel} × {kernel}, padding {padding}; ReLU; max pooling 2 × 2",
                number=number,
                kernel=kernel,
                padding=padding,
            )
        )
    text = f"{inputs}x{side}x{side} > {' > '.join(parts)}"
    rows = parse_network(text)[1].summary((inputs, side, side)).rows
    depth, out, _ = rows[-1].output
    before = rows[-2].output
    layers = listed(words, "; ")
    loose = _without_pooling(inputs, side, parts)
    kept = side // 2**blocks
    return Draft(
        prompt="An input of {inputs} × {side} × {side} (channels, rows, columns) goes through these layers: {layers}. "
        "Convolutions "
        "have stride 1, poolings stride 2. What shape comes out?",
        facts={"inputs": inputs, "side": side, "layers": layers},
        kind=draw.by_level("choice", "array"),
        answer=(depth, out, out),
        write=shape_text,
        mistakes=[
            Mistake("forgot the last pooling", before, "The last pooling halves rows and columns."),
            Mistake(
                "kept the input's depth", (inputs, out, out), "The depth is the number of filters of the last layer."
            ),
            Mistake(
                "multiplied the depths",
                (inputs * depth, out, out),
                "A filter adds up all channels into one map: the depth is the number of filters.",
            ),
            Mistake(
                "kept the size in convolutions",
                (depth, kept, kept),
                "A convolution without enough padding takes rows and columns away.",
            ),
            Mistake("forgot all poolings", (depth, loose, loose), "Each 2 × 2 pooling halves rows and columns."),
            Mistake("pooled the depth", (max(depth // 2, 1), out, out), "Pooling leaves the number of maps as it is."),
            Mistake("channels last", (out, out, depth), "Channels come first here."),
        ],
        solution=[
            say("Input: {inputs} × {side} × {side}.", inputs=inputs, side=side),
            *(
                say("After the {name}: {output}.", name=name, output=shape_text(row.output))
                for name, row in zip(("convolution", "ReLU", "pooling") * blocks, rows, strict=True)
                if name != "ReLU"
            ),
        ],
        right=say("What comes out is {value}.", value=shape_text((depth, out, out))),
        scene=Scene("ch06-s01-volumes", {"network": text}),
    )


def _without_pooling(inputs: int, side: int, parts: list[str]) -> int:
    text = " > ".join(part for part in parts if not part.startswith("pool"))
    network = parse_network(f"{inputs}x{side}x{side} > {text}")[1]
    return network.output_shape((inputs, side, side))[1]


def _backward(draw: Draw) -> Draft:
    """Ask for the layer that makes the shape fit."""
    inputs, side, filters = draw.one((3, 8, 16)), draw.integer(16, 64), draw.one((8, 16, 24, 32))
    kernel, stride, padding = draw.one((3, 5)), draw.integer(1, 2), draw.integer(0, 2)
    layers = [
        (filters, kernel, stride, padding),
        (filters, kernel, 3 - stride, padding),
        (filters, 8 - kernel, stride, padding),
        (filters, kernel, stride, (padding + 1) % 3),
        (inputs * filters, kernel, stride, padding),
        (inputs, kernel, stride, padding),
    ]
    shapes = [(layer[0], *output_shape((side, side), layer[1], stride=layer[2], padding=layer[3])) for layer in layers]
    made = shapes[0]
    feedback = [
        "",
        say("Stride {stride} makes {shape}.", stride=3 - stride, shape=shape_text(shapes[1])),
        say("A kernel of {kernel} × {kernel} makes {shape}.", kernel=8 - kernel, shape=shape_text(shapes[2])),
        say("Padding {padding} makes {shape}.", padding=(padding + 1) % 3, shape=shape_text(shapes[3])),
        "A filter adds up all channels: the depth is the number of filters, whatever comes in.",
        "The depth is the number of filters, not that of the input.",
    ]
    names = (
        "",
        "took another stride",
        "took another kernel",
        "took another padding",
        "multiplied the depths",
        "kept the depth",
    )
    rows = (made[1] - 1) * stride + kernel
    return Draft(
        prompt="Which convolution makes {made} of an input of {inputs} × {side} × {side} (channels, rows, columns)?",
        facts={"made": shape_text(made), "inputs": inputs, "side": side},
        answer=layers[0],
        text=_layer(*layers[0]),
        mistakes=[
            Mistake(name, layer, told, _layer(*layer))
            for name, layer, told, shape in zip(names, layers, feedback, shapes, strict=True)
            if shape != made
        ],
        solution=[
            say("{depth} maps come out, so there are {depth} filters.", depth=filters),
            say(
                "{rows} windows at stride {stride} reach over {reach} of the {padded} rows with padding {padding}; "
                "one window more would not fit.",
                rows=made[1],
                stride=stride,
                reach=rows,
                padded=side + 2 * padding,
                padding=padding,
            ),
            say("What comes out is {value}.", value=shape_text(made)),
        ],
        scene=Scene(
            "ch06-s01-volumes", {"network": f"{inputs}x{side}x{side} > conv {filters} k{kernel} s{stride} p{padding}"}
        ),
    )


def _layer(filters: int, kernel: int, stride: int, padding: int) -> Said:
    return say(
        "{filters} filters of {kernel} × {kernel}, stride {stride}, padding {padding}",
        filters=filters,
        kernel=kernel,
        stride=stride,
        padding=padding,
    )
