"""The padding that keeps the size."""

from cnnviz.engine import same_padding as padding_for
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("same-padding", chapter=3, title="Same padding")
def same_padding(draw: Draw) -> Draft:
    """Ask how many cells of padding keep the size of a map."""
    if draw.level == 3:
        return _backward(draw)
    kernel = draw.one(draw.by_level((3, 5, 7), (3, 5, 7, 9)))
    dilation = draw.by_level(1, draw.integer(1, 3))
    size = draw.integer(20, 56)
    ((before, _),) = padding_for(size, kernel, dilation=dilation)
    span = dilation * (kernel - 1) + 1
    spread = say(" and dilation {dilation}", dilation=dilation) if dilation > 1 else ""
    return Draft(
        prompt="A map of {size} × {size} goes through a convolution with a {kernel} × {kernel} kernel, stride "
        "1{spread}. How many cells of padding on each side keep the size?",
        facts={"size": size, "kernel": kernel, "spread": spread, **({"dilation": dilation} if dilation > 1 else {})},
        kind=draw.by_level("choice", "numeric"),
        answer=before,
        mistakes=[
            Mistake("took both sides together", 2 * before, "That is what is needed in all: half of it on each side."),
            Mistake("padded by the kernel", kernel, "The map loses kernel − 1 cells, half of them on each side."),
            Mistake(
                "rounded up",
                span // 2 + 1,
                "The center of the kernel is not lost: take away 1 before halving.",
            ),
            Mistake("took kernel − 1", kernel - 1, "Kernel − 1 cells are lost in all, not on each side: halve."),
            Mistake(
                "forgot the dilation",
                (kernel - 1) // 2,
                say(
                    "Dilation spreads the kernel over {span} cells: take that instead of {kernel}.",
                    span=span,
                    kernel=kernel,
                ),
            ),
            Mistake("always padded by one", 1, "One cell is enough for a plain 3 × 3 kernel only."),
            Mistake(
                "did not pad", 0, say("Without padding the map would lose {lost} rows and columns.", lost=span - 1)
            ),
        ],
        solution=[
            say(
                "The kernel spans {dilation}·({kernel} − 1) + 1 = {span} cells, so the map would lose {lost}.",
                dilation=dilation,
                kernel=kernel,
                span=span,
                lost=span - 1,
            ),
            say("Half of them on each side: {lost} / 2 = {before}.", lost=span - 1, before=before),
        ],
        scene=Scene("ch03-s05-output-size", {"size": size, "kernel": kernel, "padding": before, "dilation": dilation}),
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the kernel that a padding goes with."""
    kernel, dilation, size = draw.one((3, 5, 7, 9)), draw.integer(2, 4), draw.integer(20, 56)
    ((made, _),) = padding_for(size, kernel, dilation=dilation)
    return Draft(
        prompt="A convolution with stride 1, dilation {dilation} and {made} cells of padding on each side keeps the "
        "size of a map of {size} × {size}. How many cells has its square kernel along a side?",
        facts={"size": size, "dilation": dilation, "made": made},
        kind="numeric",
        answer=kernel,
        mistakes=[
            Mistake(
                "forgot the dilation",
                2 * made + 1,
                "The kernel spans that many cells; with dilation its cells lie apart.",
            ),
            Mistake(
                "forgot the first cell",
                kernel - 1,
                "Those are the gaps between the kernel's cells: there is one cell more than gaps.",
            ),
            Mistake(
                "took one side",
                (kernel + 1) // 2,
                "The padding is on both sides: the map would lose twice as many cells.",
            ),
            Mistake(
                "took the padding for the kernel",
                made,
                "The padding makes up for what is lost: work out what the kernel takes away.",
            ),
            Mistake(
                "multiplied by the dilation",
                dilation * 2 * made + 1,
                "Dilation makes a small kernel reach far: divide by it.",
            ),
        ],
        solution=[
            say(
                "Without padding the map would lose 2·{made} = {lost} cells: the kernel spans {lost} + 1 = {span}.",
                made=made,
                lost=2 * made,
                span=2 * made + 1,
            ),
            say(
                "Its cells lie {dilation} apart: {lost} / {dilation} = {gaps} gaps, so {gaps} + 1 = {kernel} cells.",
                dilation=dilation,
                lost=2 * made,
                gaps=kernel - 1,
                kernel=kernel,
            ),
        ],
        scene=Scene("ch03-s05-output-size", {"size": size, "kernel": kernel, "padding": made, "dilation": dilation}),
    )
