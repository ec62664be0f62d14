"""``cnnviz gif receptive-field``: the cone of one deep neuron down to the picture."""

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.values import complete_image

__all__ = ["receptive_field"]


@click.command("receptive-field", short_help="Open the cone of one deep neuron.")
@click.argument("network", required=False)
@click.option(
    "--image",
    metavar="NAME|FILE",
    shell_complete=complete_image,
    help="The picture that the neuron looks at.  [default: photo:grace_hopper]",
)
@gif_options
def receptive_field(
    draw: Draw,
    /,
    network: str | None,
    image: str | None,
) -> None:
    """Show what one deep neuron sees of the picture, layer by layer, and print where the GIF is.

    NETWORK is one line as for `cnnviz shapes`: the input, then convolutions and poolings after > signs. If left out,
    three convolutions and then a network with pooling between are shown.

    \b
    cnnviz gif receptive-field
    cnnviz gif receptive-field "1x28x28 > conv 8 k5 > pool 2 > conv 16 k5 > pool 2" --image digit:7
    cnnviz gif receptive-field "3x64x64 > conv 8 k3 d2 > conv 8 k3 s2 > conv 8 k3" -o cone.gif
    """
    from cnnviz.subjects.field import Field

    Field(network, image)
    subject = {"network": network, "image": image}
    draw("ch05-s01-growth", **subject)
