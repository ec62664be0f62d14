"""``cnnviz gif relu``: the feature map of a picture goes through ReLU."""

from pathlib import Path
from typing import Any

import click

from cnnviz.cli.drawing import draw
from cnnviz.cli.options import conv_options, file_options, image_argument, look_options, output_option, talk_options
from cnnviz.cli.session import Session, pass_session

__all__ = ["relu"]


@click.command(short_help="Send a feature map through ReLU.")
@image_argument
@conv_options
@look_options
@output_option
@file_options
@talk_options
@pass_session
def relu(
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
    """Send the feature map of a picture through ReLU, number by number, and print where the GIF is.

    The map is what the kernel makes of the picture; its negative numbers become 0. IMAGE is as for `cnnviz gif conv`;
    digit:3 if left out.

    \b
    cnnviz gif relu
    cnnviz gif relu blackboard --kernel edge-x
    cnnviz gif relu photo.jpg --kernel laplacian --size 10 -o relu.gif
    """
    from cnnviz.stage.activation.subject import ActivationSubject

    ActivationSubject.from_options(**subject)
    look = {"theme": theme, "quality": quality, "fps": fps, "width": width}
    file = {"path": output, "max_size": max_size, "cache": cache}
    draw(session, "ch04-s01-relu", format="gif", captions="burned", **file, **look, **subject)
