"""The padding that keeps the size."""

from cnnviz.engine import same_padding as padding_for
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("same-padding", chapter=3, title="Same padding")
def same_padding(draw: Draw) -> Draft:
    """Ask how many cells of padding keep the size of a map."""
    kernel = draw.one(draw.by_level((3, 5, 7), (3, 5, 7, 9), (3, 5, 7, 9)))
    dilation = draw.by_level(1, 1, draw.integer(2, 4))
    size = draw.integer(20, 56)
    ((before, _),) = padding_for(size, kernel, dilation=dilation)
    span = dilation * (kernel - 1) + 1
    spread = say(" and dilation {dilation}", dilation=dilation) if dilation > 1 else ""
    return Draft(
        prompt="A map of {size} × {size} goes through a convolution with a {kernel} × {kernel} kernel, stride "
        "1{spread}. How many cells of padding on each side keep the size?",
        facts={"size": size, "kernel": kernel, "spread": spread, **({"dilation": dilation} if dilation > 1 else {})},
        kind=draw.by_level("choice", "numeric", "numeric"),
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
