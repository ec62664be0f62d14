"""``cnnviz summary``: a famous network, layer by layer in numbers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cnnviz.cli.options import talk_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cnnviz.nn.summary import Summary

__all__ = ["show", "summary"]


def _complete(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from cnnviz.nn.zoo import names

    return [CompletionItem(name) for name in names() if name.startswith(start)]


@click.command(short_help="List a network's layers, sizes and costs.")
@click.argument("name", metavar="NAME|FILE.onnx", shell_complete=_complete)
@click.option("--input", "input_text", metavar="CxHxW", help="The size of one example.  [default: the network's own]")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@talk_options
def summary(name: str, input_text: str | None, as_json: bool) -> None:
    """Say of each layer of a network its output, parameters, MACs and receptive field.

    MACs are the multiply-and-add steps of convolutions and dense layers for one example. All is computed from shapes;
    no weights are made.

    NAME is one of tiny-cnn, scattered-cnn, lenet5, lenet5-dense, alexnet, alexnet-ungrouped, alexnet-one-column, vgg11,
    vgg16, vgg19, googlenet, resnet18, resnet50, resnet152, mobilenet-v1, efficientnet-b0, or of the lecture's dense,
    cnn, cnn-4x4, cnn-130, cnn-200, cnn-32, cnn-224.

    \b
    cnnviz summary vgg16
    cnnviz summary resnet50 --input 512x512
    cnnviz summary lenet5 --json
    cnnviz summary my_network.onnx
    """
    if name.lower().endswith(".onnx"):
        from cnnviz.nn.onnx_import import read_onnx

        network, usual = read_onnx(name, who="summary")
        show(network.summary(_input(input_text, usual)), as_json=as_json)
        return
    from cnnviz.nn.zoo import find

    entry = find("summary", name)
    show(entry.build().summary(_input(input_text, entry.input)), as_json=as_json)


def _input(text: str | None, usual: tuple[int, ...]) -> tuple[int, ...]:
    """Read ``CxHxW``, or ``HxW`` with as many channels as usual."""
    from cnnviz.nn.notation import parse_shape

    if text is None:
        return usual
    sides = text.lower().replace("×", "x").split("x")
    if len(sides) == 2 and len(usual) == 3:
        text = f"{usual[0]}x{text}"
    return parse_shape("--input", text.lower())


def show(result: Summary, *, as_json: bool) -> None:
    """Write a summary to stdout: JSON, a table with lines on a terminal wide enough for it, plain text elsewhere."""
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
