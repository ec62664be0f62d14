"""Which kernel made this map."""

import numpy as np

from cnnviz.data import gallery
from cnnviz.engine import conv2d
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.slate import digit, table
from cnnviz.quizzes.topic import Draft, Mistake, topic
from cnnviz.quizzes.value import settle, text_of

NAMES = (
    "identity", "edge-x", "edge-y", "sobel-x", "sobel-y", "prewitt-x", "prewitt-y", "sharpen", "high-pass",
    "laplacian", "laplacian-8", "outline", "line-x", "line-y", "emboss", "cross",
)  # fmt: skip


@topic("which-kernel", chapter=2, title="Which kernel made this picture?")
def which_kernel(draw: Draw) -> Draft:
    """Show a picture and a map, and ask for the kernel between them."""
    if draw.level == 1:
        image, x = "blackboard-4", table("blackboard-4")
    elif draw.level == 2:
        image, x = "blackboard", table("blackboard")
    else:
        image, x = digit(draw)
    names = draw.some(NAMES, 6)
    maps = {name: conv2d(batch(x), batch(gallery()[name].values))[0, 0] for name in names}
    right, *others = names
    answer = maps[right]
    mistakes = []
    for name in others:
        differs = np.argwhere(maps[name] != answer)
        if len(differs):  # a kernel that makes the same map would be right, too
            row, column = differs[0]
            mistakes.append(
                Mistake(
                    f"took it for {name}",
                    name,
                    f"{gallery()[name].title} would write {text_of(settle(maps[name][row, column]))} into row {row}, "
                    f"column {column}, where the map has {text_of(settle(answer[row, column]))}: try one window.",
                    _with_weights(name),
                )
            )
    return Draft(
        prompt="A convolution layer without padding, stride or bias made the map Y of the picture X. "
        "Which kernel did it use?",
        given={"X": x, "Y": answer},
        answer=right,
        text=_with_weights(right),
        mistakes=mistakes,
        solution=[
            f"{gallery()[right].title}: {gallery()[right].caption}",
            f"On the first window {text_of(settle(x[:3, :3]))} it gives {text_of(settle(answer[0, 0]))}, as in Y; so "
            "it does everywhere else.",
        ],
        right="Every window of X under this kernel gives the number in Y.",
        scene=Scene("ch02-s02-real-digit" if draw.level == 3 else "ch02-s01-slide", {"image": image, "kernel": right}),
    )


def _with_weights(name: str) -> str:
    return f"{gallery()[name].title}: {text_of(settle(gallery()[name].values))}"
