"""Average pooling by hand."""

import numpy as np

from cnnviz.engine import avg_pool2d, global_avg_pool, max_pool2d, trace_pool
from cnnviz.quizzes.batch import Batch, batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import listed, say
from cnnviz.quizzes.slate import digit
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("average-pool", chapter=4, title="Average and global pooling")
def average_pool(draw: Draw) -> Draft:
    """Ask for the averaged map; at level 3 for what global average pooling leaves of several channels."""
    if draw.level == 3:
        return _everything(draw)
    kernel = 2
    name, x = digit(draw) if draw.level == 2 else ("", np.array(draw.rows(4, 4, 0, 9)) * 2.0)
    image = batch(x)
    answer = avg_pool2d(image, kernel)[0, 0]
    return Draft(
        prompt="Average pooling with a {kernel} × {kernel} window and stride {kernel} is applied to X. "
        "What is the pooled map?",
        given={"X": x},
        facts={"kernel": kernel},
        kind=draw.by_level("choice", "array"),
        answer=answer,
        mistakes=[
            Mistake("took the greatest", max_pool2d(image, kernel)[0, 0], "That is max pooling: average the window."),
            Mistake(
                "did not divide",
                answer * kernel**2,
                say("Divide the sum by the {cells} cells of the window.", cells=kernel**2),
            ),
            Mistake(
                "divided by the side",
                answer * kernel,
                say("The window has {kernel} × {kernel} cells: divide by {cells}.", kernel=kernel, cells=kernel**2),
            ),
            Mistake(
                "left out zeros",
                _without_zeros(image, kernel),
                "A zero is a number, too: divide by all cells of the window.",
            ),
            Mistake(
                "took the first cell",
                image[0, 0, ::kernel, ::kernel],
                "All cells of the window count: add them and divide.",
            ),
            Mistake("exchanged rows and columns", answer.T, "The window moves to the right first, then down."),
        ],
        solution=worked(trace_pool(image, kernel, kind="avg")),
        scene=Scene("ch04-s03-average-pooling", {"image": name or typed(x), "kernel_size": kernel}),
        right="Each window hands on its average.",
    )


def _everything(draw: Draw) -> Draft:
    x = [draw.rows(2, 2, 0, 9) for _ in range(3)]
    image = batch(x)
    answer = global_avg_pool(image).reshape(-1)
    return Draft(
        prompt="Global average pooling is applied to an input of {channels} channels. What comes out?",
        given={say("channel {c}", c=c): rows for c, rows in enumerate(x)},
        facts={"channels": 3},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake("took the greatest", image.max(axis=(2, 3))[0], "Average: the greatest is global max pooling."),
            Mistake("did not divide", image.sum(axis=(2, 3))[0], "Divide each sum by the cells of a channel."),
            Mistake(
                "averaged across the channels",
                image.mean(axis=1)[0],
                "Each channel becomes one number; the channels are not mixed.",
            ),
            Mistake("averaged everything", [answer.mean()], "One number for each channel: the channels stay apart."),
            Mistake(
                "averaged only the rows",
                image.mean(axis=3)[0],
                "Rows and columns are both averaged away: one number for each channel.",
            ),
        ],
        solution=[
            say(
                "Channel {c}: ({cells}) / 4 = {value}",
                c=c,
                cells=listed([v for row in rows for v in row], " + "),
                value=value,
            )
            for c, (rows, value) in enumerate(zip(x, answer, strict=True))
        ],
        right="Each channel becomes the average of its cells.",
    )


def _without_zeros(image: Batch, kernel: int) -> object:
    sums = avg_pool2d(image, kernel) * kernel**2
    counted = avg_pool2d((image != 0).astype(float), kernel) * kernel**2
    return np.where(counted, sums / np.maximum(counted, 1), 0.0)[0, 0]
