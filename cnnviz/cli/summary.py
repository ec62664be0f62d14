"""``cnnviz summary``: a famous network, or one of one's own, layer by layer in numbers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cnnviz.cli.options import talk_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cnnviz.nn import Sequential

__all__ = ["complete_network", "like_option", "show", "size_of", "summary"]


like_option = click.option(
    "--like", metavar="NAME|LAYERS", help="The network that weights belong to, where their file does not say it."
)


def complete_network(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the names of the zoo."""
    from click.shell_completion import CompletionItem

    from cnnviz.nn.zoo import names

    return [CompletionItem(name) for name in names() if name.startswith(start)]


@click.command(short_help="List a network's layers, sizes and costs.")
@click.argument("network", metavar="NAME|FILE", shell_complete=complete_network)
@like_option
@click.option("--input", "input_text", metavar="CxHxW", help="The size of one example.  [default: the network's own]")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@talk_options
def summary(network: str, like: str | None, input_text: str | None, as_json: bool) -> None:
    """Say of each layer of a network its output, parameters, MACs and receptive field.

    MACs are the multiply-and-add steps of convolutions and dense layers for one example. All is computed from shapes;
    no weights are made.

    A FILE is .onnx, or weights in .npz or .safetensors: those of cnnviz train say their network, those of PyTorch and
    Keras need --like.

    NAME is one of tiny-cnn, scattered-cnn, lenet5, lenet5-dense, texture-cnn, alexnet, alexnet-ungrouped,
    alexnet-one-column, vgg11, vgg16, vgg19, googlenet, resnet18, resnet50, resnet152, mobilenet-v1, efficientnet-b0, or
    of the lecture's dense, cnn, cnn-4x4, cnn-130, cnn-200, cnn-32, cnn-224.

    \b
    cnnviz summary vgg16
    cnnviz summary resnet50 --input 512x512
    cnnviz summary lenet5 --json
    cnnviz summary my_network.onnx
    cnnviz summary renders/folder-cnn.npz
    cnnviz summary weights.safetensors --like "1x28x28 > conv 8 k3 > relu > flatten > dense 10"
    """
    from cnnviz.nn import load

    asked = None if input_text is None else size_of(input_text)
    whole = asked if network.lower().endswith(".onnx") and asked is not None and len(asked) != 2 else None
    show(load(network, like=like, input_shape=whole, who="summary"), asked, as_json=as_json)


def size_of(text: str) -> tuple[int, ...]:
    """Read ``CxHxW``, or ``HxW`` with as many channels as usual."""
    from cnnviz.nn.notation import parse_shape

    sides = text.lower().replace("×", "x")
    if sides.count("x") == 1:
        return parse_shape("--input", f"1x{sides}")[1:]
    return parse_shape("--input", sides)


def show(network: Sequential, asked: tuple[int, ...] | None = None, *, as_json: bool) -> None:
    """Write a network's summary to stdout.

    As JSON, as a table with lines on a terminal wide enough for it, or as plain text.
    """
    from cnnviz.errors import InputError

    shape = network.input_shape
    if asked is not None:
        shape = (*shape[:1], *asked) if len(asked) == 2 and shape is not None else asked
    if shape is None:
        raise InputError(
            "summary: expected the size of one example, which the file does not say; add --input 3x224x224"
        )
    result = network.summary(shape)
    if as_json:
        click.echo(result.json())
        return
    if sys.stdout.isatty():
        from rich.console import Console

        console = Console()
        if console.width >= max(map(len, str(result).splitlines())) + 14:  # what the lines between columns take
            console.print(result)
            return
    click.echo(str(result))
    if network.classes:
        click.echo(f"classes  {', '.join(network.classes)}")
