"""``cnnviz gif backprop``: what flows back through a convolution, to its filter or to its input."""

from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import backprop_options, image_argument

__all__ = ["backprop"]

_SCENES = {"weight": "ch07-s01-filter-gradient", "input": "ch07-s02-input-gradient"}

_USUAL = {
    "weight": {"image": "blackboard", "kernel": "edge-x", "dy": "sum"},
    "input": {"image": "blackboard", "kernel": "1,2,3;4,5,6;7,8,9", "dy": "pattern"},
}


@click.command(short_help="Hand the gradient back to filter or input.")
@image_argument
@click.option(
    "--wrt",
    type=click.Choice(list(_SCENES)),
    help="With respect to what.  [default: weight where an IMAGE is given, input otherwise]",
)
@backprop_options
@gif_options
def backprop(
    draw: Draw,
    /,
    wrt: str | None,
    **subject: Any,
) -> None:
    """Hand the gradient of a convolution back, share by share, and print where the GIF is.

    The gradient of the filter is a sum over all positions of the picture; that of the input shows which weights reach
    a pixel, and that they arrive rotated. IMAGE is as for `cnnviz gif conv`; the table blackboard if left out.

    \b
    cnnviz gif backprop
    cnnviz gif backprop --wrt weight
    cnnviz gif backprop digit:3 --wrt input --kernel sobel-x
    cnnviz gif backprop photo.jpg --size 10 --stride 2 -o dw.gif
    cnnviz gif backprop --wrt input --kernel edge-x --dy "1,0,0;0,0,0;0,0,2"
    """
    from cnnviz.subjects.backprop import Backprop

    asked = {name: value for name, value in subject.items() if value is not None}
    wrt = wrt or ("weight" if "image" in asked else "input")
    usual = dict(_USUAL[wrt])
    if "image" in asked:
        usual["dy"] = "squares"  # of somebody's own picture, a gradient that has to do with it
    chosen = {**usual, **asked}
    # Whatever is wrong with the picture or the options is said now, before the seconds that Manim takes to load.
    Backprop(**chosen)
    draw(_SCENES[wrt], **chosen)
