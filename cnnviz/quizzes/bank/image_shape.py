"""A picture as an array: channels, rows, columns."""

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import count, say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic

DEPTH = {"gray": 1, "color (RGB)": 3}


@topic("image-shape", chapter=1, title="A picture is an array")
def image_shape(draw: Draw) -> Draft:
    """Ask for the shape of a picture, channels first."""
    kind = draw.one(tuple(DEPTH))
    top = draw.by_level(40, 300, 2000)
    width, height = draw.integer(8, top), draw.integer(8, top)
    depth = DEPTH[kind]
    other = 4 - depth
    return Draft(
        prompt="A {kind} picture is {width} pixels wide and {height} pixels high. What is the shape of its array, "
        "written as channels, rows, columns?",
        facts={"kind": kind, "width": width, "height": height},
        kind=draw.by_level("choice", "choice", "array"),
        answer=(depth, height, width),
        write=shape_text,
        mistakes=[
            Mistake(
                "exchanged the depths",
                (other, height, width),
                "It is the other way round: gray has 1 channel, RGB has 3, one each for red, green and blue.",
            ),
            Mistake(
                "columns before rows",
                (depth, width, height),
                "Rows come before columns: the height is the number of rows and stands first.",
            ),
            Mistake(
                "channels last",
                (height, width, depth),
                "That is the order of many picture files; here the channels stand first.",
            ),
            Mistake(
                "columns first, channels last",
                (width, height, depth),
                "Begin with the channels; then come rows (the height) and columns (the width).",
            ),
        ],
        solution=[
            say("A {kind} picture has {channels}.", kind=kind, channels=count(depth, "channel")),
            say(
                "It is {height} pixels high: {height} rows. It is {width} pixels wide: {width} columns.",
                height=height,
                width=width,
            ),
            say("Channels, rows, columns: {shape}.", shape=shape_text((depth, height, width))),
        ],
    )
