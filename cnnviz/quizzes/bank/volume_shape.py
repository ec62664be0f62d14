"""From wide and shallow to small and deep."""

from cnnviz.nn import parse_network
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import listed, say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("volume-shape", chapter=6, title="Shapes through a network")
def volume_shape(draw: Draw) -> Draft:
    """Ask for the shape after a few layers."""
    inputs = draw.one((1, 3))
    side = draw.by_level(draw.integer(4, 7) * 2, draw.integer(10, 32), draw.integer(40, 130))
    blocks = draw.by_level(1, 2, draw.integer(2, 3))
    filters = [draw.one((4, 6, 8)) * 2**number for number in range(blocks)]
    parts, words = [], []
    for number in filters:
        kernel = draw.one(draw.by_level((3,), (3,), (3, 5)))
        padding = draw.by_level(0, draw.integer(0, 1), draw.integer(0, kernel // 2))
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
        kind=draw.by_level("choice", "array", "array"),
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
