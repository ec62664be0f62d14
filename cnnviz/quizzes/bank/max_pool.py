"""Max pooling by hand."""

from cnnviz.engine import avg_pool2d, max_pool2d, trace_pool
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.misprint import misprinted
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.slate import digit
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("max-pool", chapter=4, title="Max pooling")
def max_pool(draw: Draw) -> Draft:
    """Ask for the pooled map; windows overlap at level 3."""
    size, kernel, step = draw.by_level((4, 2, 2), (8, 2, 2), (5, 3, 2))
    name, x = digit(draw) if draw.level == 2 else ("", draw.rows(size, size, draw.by_level(0, 0, -9), 9))
    image = batch(x)
    answer = max_pool2d(image, kernel, step)[0, 0]
    everywhere = max_pool2d(image, kernel, 1)[0, 0]
    n = len(answer)
    draft = Draft(
        prompt="Max pooling with a {kernel} × {kernel} window and stride {step} is applied to X, without padding. "
        "What is the pooled map?",
        given={"X": x},
        facts={"kernel": kernel, "step": step},
        kind="choice" if draw.level == 1 else "array",
        answer=answer,
        mistakes=[
            Mistake(
                "took the average",
                avg_pool2d(image, kernel, step)[0, 0],
                "Max pooling keeps the greatest number of each window; nothing is averaged.",
            ),
            Mistake(
                "took the first cell",
                image[0, 0, ::step, ::step][:n, :n],
                "The greatest cell counts, wherever in the window it is.",
            ),
            Mistake(
                "looked at one row of the window",
                max_pool2d(image, (1, kernel), step)[0, 0, :n],
                "The window has several rows: the greatest may stand in any of them.",
            ),
            Mistake(
                "moved by one cell",
                everywhere[:n, :n],
                say("The next window begins {step} cells further.", step=step),
            ),
            Mistake(
                "pooled every window",
                everywhere,
                say("With stride {step} windows begin {step} cells apart: the map becomes smaller.", step=step),
            ),
            Mistake(
                "took the smallest",
                -max_pool2d(-image, kernel, step)[0, 0],
                "Take the greatest number; among negative ones that is the one nearest to 0.",
            ),
            Mistake("exchanged rows and columns", answer.T, "The window moves to the right first, then down."),
        ],
        solution=worked(trace_pool(image, kernel, stride=step)),
        scene=Scene("ch04-s02-max-pooling", {"image": name or typed(x), "kernel_size": kernel, "stride": step}),
        right="Each window hands on its greatest number.",
    )
    if draw.level < 3:
        return draft
    return misprinted(
        draw,
        draft,
        "Max pooling with a {kernel} × {kernel} window and stride {step} is applied to X, without padding. Somebody "
        "worked out the pooled map M, and one number in it is wrong. Which number belongs there?",
    )
