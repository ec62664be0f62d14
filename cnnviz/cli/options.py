"""The options several commands share, one named decorator for each idea."""

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import click

from cnnviz.cli.session import Session
from cnnviz.cli.values import complete_image, complete_kernel, padding, per_axis

__all__ = [
    "Decorator",
    "backprop_options",
    "channels_option",
    "conv_options",
    "conv_transpose_options",
    "file_options",
    "image_argument",
    "look_options",
    "output_option",
    "padding_modes_options",
    "pool_options",
    "size_option",
    "talk_options",
    "together",
]

MANIM_LETTERS = {"l": "draft", "m": "web", "h": "film", "k": "film"}
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def together(*decorators: Decorator) -> Decorator:
    """Make one decorator of several, in the order of the help."""
    return lambda command: reduce(lambda inner, decorator: decorator(inner), reversed(decorators), command)


def _switch(name: str, text: str) -> Decorator:
    def set_it(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value:
            setattr(context.ensure_object(Session), name, True)

    # Eager, so that it already holds when another option turns out to be wrong.
    return click.option(f"--{name}", is_flag=True, is_eager=True, expose_value=False, callback=set_it, help=text)


def _quality(context: click.Context, parameter: click.Parameter, name: str) -> str:
    if name == "k":
        context.default_map = {**(context.default_map or {}), "width": 3840}
    return MANIM_LETTERS.get(name, name)


image_argument = click.argument("image", required=False, shell_complete=complete_image)

size_option = click.option(
    "--size", metavar="N[,N]", callback=per_axis, help="Pixels along the longer side, or ROWS,COLUMNS."
)


def _kernel_option(default: str) -> Decorator:
    return click.option(
        "--kernel",
        metavar="NAME|ROWS|FILE",
        shell_complete=complete_kernel,
        help=f'A name of the gallery, rows as text ("1,0,-1;1,0,-1;1,0,-1"), or a text file.  [default: {default}]',
    )


def _stride_option(default: str) -> Decorator:
    return click.option(
        "--stride",
        metavar="N[,N]",
        callback=per_axis,
        default=default,
        show_default=True,
        help="Cells the window moves on.",
    )


_dilation_option = click.option(
    "--dilation",
    metavar="N[,N]",
    callback=per_axis,
    default="1",
    show_default=True,
    help="Distance between neighbors in the kernel.",
)

_border_options = together(
    click.option(
        "--padding",
        metavar="N|WORD",
        callback=padding,
        default="0",
        show_default=True,
        help="Cells added around: N, or ROWS,COLUMNS, or TOP,BOTTOM;LEFT,RIGHT, or valid, same, full.",
    ),
    click.option(
        "--padding-mode",
        type=click.Choice(["zeros", "replicate", "reflect", "circular"]),
        default="zeros",
        show_default=True,
        help="What the added cells hold.",
    ),
)

padding_modes_options = together(
    _kernel_option("edge-x"),
    size_option,
    click.option(
        "--padding",
        metavar="N|WORD",
        callback=padding,
        help="Cells added around, as for `cnnviz gif conv`.  [default: same, and more around a large picture]",
    ),
)

channels_option = click.option(
    "--channels",
    type=click.Choice(["gray", "rgb"]),
    default="gray",
    show_default=True,
    help="One slice or three.",
)

conv_options = together(
    _kernel_option("sobel-x"),
    size_option,
    _stride_option("1"),
    _border_options,
    _dilation_option,
    channels_option,
)

backprop_options = together(
    _kernel_option("edge-x, or 1 to 9 for the gradient of the input"),
    click.option(
        "--dy",
        metavar="NAME|ROWS",
        help="Gradient of the output: that of a loss, sum (1 everywhere) or squares (the output itself), "
        "pattern (small whole numbers), or rows as text.  [default: squares where an IMAGE is given]",
    ),
    size_option,
    _stride_option("1"),
    _border_options,
    _dilation_option,
)

conv_transpose_options = together(
    _kernel_option("1,2,1;2,4,2;1,2,1"),
    size_option,
    _stride_option("2"),
    click.option(
        "--padding",
        metavar="N[,N]",
        callback=per_axis,
        help="Cells cut off on every side.  [default: so that STRIDE times as many remain]",
    ),
    click.option(
        "--output-padding",
        metavar="N[,N]",
        callback=per_axis,
        help="Cells added at the end before that.  [default: as for --padding]",
    ),
    _dilation_option,
)

pool_options = together(
    click.option(
        "--kernel-size",
        metavar="N[,N]",
        callback=per_axis,
        default="2",
        show_default=True,
        help="Cells of the window, or ROWS,COLUMNS.",
    ),
    click.option(
        "--padding",
        metavar="N[,N]",
        callback=per_axis,
        default="0",
        show_default=True,
        help="Cells added around, at most half of the window.",
    ),
    click.option("--ceil-mode", is_flag=True, help="Let the last windows reach over the edge."),
    size_option,
)
"""All but ``--stride``, whose default is not the same everywhere."""

look_options = together(
    click.option("--theme", type=click.Choice(["dark", "light"]), help="The ground it is drawn on.  [default: dark]"),
    click.option(
        "-q",
        "--quality",
        metavar="draft|web|film",
        type=click.Choice(["draft", "web", "film", *MANIM_LETTERS]),
        default="web",
        is_eager=True,
        callback=_quality,
        show_default=True,
        help="Size and frame rate together; also Manim's letters, as in -ql.",
    ),
    click.option("--fps", type=float, metavar="N", help="Frames per second, instead of the quality's."),
    click.option("--width", type=int, metavar="N", help="Pixels across, instead of the quality's."),
)


def _gif_path(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() != ".gif":
        raise click.BadParameter(f"expected a file name that ends in .gif, got {str(path)!r}", context, parameter)
    return path


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=_gif_path,
    metavar="FILE.gif",
    help="Where to write; its description goes beside it as .alt.txt.  [default: in ./renders/]",
)

file_options = together(
    click.option(
        "--max-size", metavar="SIZE", help="2MB or so: give up frames, then pixels, then colors to get there."
    ),
    click.option(
        "--no-cache",
        "cache",
        flag_value=False,
        default=True,
        help="Draw also what was drawn before, and do not keep it.",
    ),
)
"""Pass them on to `draw` as they are: ``max_size`` and ``cache``."""

talk_options = together(
    _switch("quiet", "No progress bar."),
    _switch("debug", "Show the traceback of an error."),
)
