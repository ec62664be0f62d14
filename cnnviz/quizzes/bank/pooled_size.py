"""How large a map is after pooling."""

from cnnviz.engine import output_shape
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("pooled-size", chapter=4, title="Shape after pooling")
def pooled_size(draw: Draw) -> Draft:
    """Ask for the shape after pooling a stack of maps whose size the window may not divide."""
    channels = draw.one(draw.by_level((4, 6, 8), (8, 16, 32), (32, 64, 128)))
    side = draw.integer(*draw.by_level((6, 14), (11, 33), (20, 113)))
    kernel, step = draw.by_level((2, 2), (draw.one((2, 3)),) * 2, (3, 2))
    out, _ = output_shape((side, side), kernel, stride=step)
    (up,) = output_shape(side, kernel, stride=step, ceil_mode=True)
    return Draft(
        prompt="A stack of {channels} × {side} × {side} (channels, rows, columns) goes through max pooling with a "
        "{kernel} × {kernel} window and stride {step}, without padding. What is its shape then?",
        facts={"channels": channels, "side": side, "kernel": kernel, "step": step},
        kind=draw.by_level("choice", "array", "array"),
        answer=(channels, out, out),
        write=shape_text,
        mistakes=[
            Mistake("rounded up", (channels, up, up), "A window that does not fit is left out: round down."),
            Mistake(
                "pooled the channels, too",
                (max(channels // step, 1), out, out),
                "Each map is pooled by itself: the number of channels stays.",
            ),
            Mistake("pooled the rows only", (channels, out, side), "Rows and columns are both pooled."),
            Mistake(
                "moved by one cell",
                (channels, side - kernel + 1, side - kernel + 1),
                say("The window moves {step} cells at a time.", step=step),
            ),
            Mistake(
                "merged the channels", (1, out, out), "Each map is pooled by itself: the number of channels stays."
            ),
            Mistake(
                "took away the window",
                (channels, side - kernel, side - kernel),
                "Count the windows that fit, one for every step.",
            ),
            Mistake("forgot the + 1", (channels, out - 1, out - 1), "There is one window more than steps."),
        ],
        solution=[
            say(
                "Rows: floor(({side} − {kernel}) / {step}) + 1 = {out}; columns the same.",
                side=side,
                kernel=kernel,
                step=step,
                out=out,
            ),
            say(
                "Each of the {channels} maps is pooled by itself: {channels} × {out} × {out}.",
                channels=channels,
                out=out,
            ),
        ],
        scene=Scene("ch06-s01-volumes", {"network": f"{channels}x{side}x{side} > pool {kernel} s{step}"}),
    )
