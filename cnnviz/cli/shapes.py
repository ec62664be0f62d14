"""``cnnviz shapes``: a network in one line of text, layer by layer in numbers."""

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.summary import like_option

__all__ = ["shapes"]


@click.command(short_help="Follow an input through a network in one line.")
@click.argument("network")
@like_option
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@talk_options
def shapes(network: str, like: str | None, as_json: bool) -> None:
    """Follow an input through a NETWORK written in one line: sizes, parameters, MACs, receptive field.

    First the input, CHANNELSxROWSxCOLUMNS or a number of features, then layers after > signs: conv 10 k3 s1 p0 d1 g1
    nobias, convt 10 k2 s2, pool 2, avgpool 2, gap, relu, sigmoid, tanh, softmax, bn eps1e-5, dropout 0.5, flatten,
    dense 10. Padding is p1, p0-1 (before and after), or same as in Keras. Or a network by name or from a file, as for
    cnnviz summary.

    \b
    cnnviz shapes "3x130x130 > conv 10 k3 > pool 4 > conv 20 k5 p2 > pool 2 > flatten"
    cnnviz shapes "1x28x28 > conv 32 k4 > relu > pool 2 > flatten > dense 10" --json
    cnnviz shapes my_network.onnx
    """
    from cnnviz.cli.summary import show
    from cnnviz.nn import load, parse_network

    if ">" in network or not network[:1].isalpha():
        shape, found = parse_network(network)
        found.input_shape = shape
    else:
        found = load(network, like=like, who="shapes")
    show(found, as_json=as_json)
