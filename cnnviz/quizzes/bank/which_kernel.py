"""Which kernel made this map."""

import numpy as np

from cnnviz.data import gallery
from cnnviz.engine import conv2d
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import Said, say
from cnnviz.quizzes.slate import digit, table
from cnnviz.quizzes.topic import Draft, Mistake, topic

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
                    say(
                        "{title} would write {maps} into row {row}, column {column}, where the map has "
                        "{answer}: try one window.",
                        title=gallery()[name].title,
                        maps=maps[name][row, column],
                        row=row,
                        column=column,
                        answer=answer[row, column],
                    ),
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
            say("{title}: {caption}", title=gallery()[right].title, caption=gallery()[right].caption),
            say(
                "On the first window {x} it gives {answer}, as in Y; so it does everywhere else.",
                x=x[:3, :3],
                answer=answer[0, 0],
            ),
        ],
        right="Every window of X under this kernel gives the number in Y.",
        scene=Scene("ch02-s02-real-digit" if draw.level == 3 else "ch02-s01-slide", {"image": image, "kernel": right}),
    )


def _with_weights(name: str) -> Said:
    return say("{title}: {weights}", title=gallery()[name].title, weights=gallery()[name].values)
