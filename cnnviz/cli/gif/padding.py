"""``cnnviz gif padding``: five ways to fill the border of a picture, side by side."""

from pathlib import Path
from typing import Any

import click

from cnnviz.cli.drawing import draw
from cnnviz.cli.options import (
    file_options,
    image_argument,
    look_options,
    output_option,
    padding_modes_options,
    talk_options,
)
from cnnviz.cli.session import Session, pass_session

__all__ = ["padding"]


@click.command(short_help="Fill the border in five ways and compare.")
@image_argument
@padding_modes_options
@look_options
@output_option
@file_options
@talk_options
@pass_session
def padding(
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
    """Fill the border of a picture in five ways, compare the maps, and print where the GIF is.

    The ways are none (crop), zeros, replicate (extend), reflect and circular. IMAGE is as for `cnnviz gif conv`;
    blackboard if left out.

    \b
    cnnviz gif padding
    cnnviz gif padding digit:3 --kernel sobel-x
    cnnviz gif padding photo.jpg --kernel laplacian --padding 8 -o borders.gif
    """
    from cnnviz.stage.padding.subject import PaddingSubject

    PaddingSubject.from_options(**subject)
    look = {"theme": theme, "quality": quality, "fps": fps, "width": width}
    file = {"path": output, "max_size": max_size, "cache": cache}
    draw(session, "ch03-s01-padding-modes", format="gif", captions="burned", **file, **look, **subject)
