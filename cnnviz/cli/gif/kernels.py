"""``cnnviz gif kernels``: one photo under several kernels."""

from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import image_argument, size_option
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
@gif_options
def kernels(
    draw: Draw,
    /,
    image: str | None,
    chosen: tuple[str, ...],
    size: int | tuple[int, int] | None,
) -> None:
    """Hang one photo under several kernels, one after the other and then all together, and print where the GIF is.

    IMAGE is as for `cnnviz gif conv`; photo:grace_hopper if left out. Without --kernel these are two blurs, sharpen,
    emboss and four edge finders.

    \b
    cnnviz gif kernels
    cnnviz gif kernels photo.jpg --theme light -o gallery.gif
    cnnviz gif kernels photo:china --kernel sobel-x --kernel sobel-y --kernel "0,-1,0;-1,5,-1;0,-1,0"
    """
    from cnnviz.subjects.gallery import Gallery

    subject: dict[str, Any] = {"image": image, "kernels": list(chosen) or None, "size": size}
    # Whatever is wrong with the picture or a kernel is said now, before the seconds that Manim takes to load.
    Gallery(**subject)
    draw("ch02-s03-kernel-gallery", **subject)
