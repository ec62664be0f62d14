"""``cnnviz gif kernels``: one photo under several kernels."""

from pathlib import Path
from typing import Any

import click

from cnnviz.cli.drawing import draw
from cnnviz.cli.options import file_options, image_argument, look_options, output_option, size_option, talk_options
from cnnviz.cli.session import Session, pass_session
from cnnviz.cli.values import complete_kernel

__all__ = ["kernels"]


@click.command(short_help="Hang one photo under several kernels.")
@image_argument
@click.option(
    "--kernel",
    "chosen",
    multiple=True,
    metavar="NAME|ROWS|FILE",
    shell_complete=complete_kernel,
    help="A name of the gallery, rows as text, or a text file; give it up to eight times.  [default: eight classics]",
)
@size_option
@look_options
@output_option
@file_options
@talk_options
@pass_session
def kernels(
    session: Session,
    /,
    image: str | None,
    chosen: tuple[str, ...],
    size: int | tuple[int, int] | None,
    theme: str | None,
    quality: str,
    fps: float | None,
    width: int | None,
    output: Path | None,
    max_size: str | None,
    cache: bool,
) -> None:
    """Hang one photo under several kernels, one after the other and then all together, and print where the GIF is.

    IMAGE is as for `cnnviz gif conv`; photo:grace_hopper if left out. Without --kernel these are two blurs, sharpen,
    emboss and four edge finders.

    \b
    cnnviz gif kernels
    cnnviz gif kernels photo.jpg --theme light -o gallery.gif
    cnnviz gif kernels photo:china --kernel sobel-x --kernel sobel-y --kernel "0,-1,0;-1,5,-1;0,-1,0"
    """
    from cnnviz.stage.gallery.subject import GallerySubject

    subject: dict[str, Any] = {"image": image, "kernels": list(chosen) or None, "size": size}
    # Whatever is wrong with the picture or a kernel is said now, before the seconds that Manim takes to load.
    GallerySubject.from_options(**subject)
    look = {"theme": theme, "quality": quality, "fps": fps, "width": width}
    file = {"path": output, "max_size": max_size, "cache": cache}
    draw(session, "ch02-s03-kernel-gallery", format="gif", captions="burned", **file, **look, **subject)
