"""``cnnviz gif conv-transpose``: every pixel stamps the kernel into a larger map."""

from pathlib import Path
from typing import Any

import click

from cnnviz.cli.drawing import draw
from cnnviz.cli.options import (
    conv_transpose_options,
    file_options,
    image_argument,
    look_options,
    output_option,
    talk_options,
)
from cnnviz.cli.session import Session, pass_session

__all__ = ["conv_transpose"]


@click.command("conv-transpose", short_help="Stamp a kernel, pixel by pixel.")
@image_argument
@conv_transpose_options
@look_options
@output_option
@file_options
@talk_options
@pass_session
def conv_transpose(
    session: Session,
    /,
    theme: str | None,
    quality: str,
    fps: float | None,
    width: int | None,
    output: Path | None,
    max_size: str | None,
    cache: bool,
    **subject: Any,
) -> None:
    """Stamp a kernel times each pixel into a larger map, where stamps add up, and print where the GIF is.

    IMAGE is as for `cnnviz gif conv`; a digit of 3 x 3 pixels if left out. The output becomes STRIDE times as large,
    unless --padding or --output-padding is given.

    \b
    cnnviz gif conv-transpose
    cnnviz gif conv-transpose digit:3 --size 4 --kernel "1,1;1,1"
    cnnviz gif conv-transpose photo.jpg --kernel "1/4,1/2,1/4;1/2,1,1/2;1/4,1/2,1/4" -o enlarged.gif
    cnnviz gif conv-transpose blackboard-4 --stride 1 --padding 0
    """
    from cnnviz.stage.backprop.transposed import TransposedSubject

    # Whatever is wrong with the picture or the options is said now, before the seconds that Manim takes to load.
    TransposedSubject.from_options(**subject)
    look = {"theme": theme, "quality": quality, "fps": fps, "width": width}
    file = {"path": output, "max_size": max_size, "cache": cache}
    draw(session, "ch03-s07-transposed-convolution", format="gif", captions="burned", **file, **look, **subject)
