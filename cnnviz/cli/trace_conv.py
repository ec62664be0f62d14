"""``cnnviz trace conv``: each number of a convolution as the sum it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.subject import subject_options
from cnnviz.errors import OptionError
from cnnviz.subjects import Convolution

if TYPE_CHECKING:
    from cnnviz.engine.trace import ConvStep

__all__ = ["conv"]

MOST_PRODUCTS = 500_000


@click.command(short_help="Write each number of a convolution as the sum it is.")
@subject_options(Convolution)
@click.option("--json", "as_json", is_flag=True, help="Everything each step knows, as one JSON object.")
@talk_options
def conv(as_json: bool, **options: Any) -> None:
    """Write each output number of a convolution as the sum it is, one line for each.

    Numbers in square brackets are padding. IMAGE is as for `cnnviz gif conv`.

    \b
    cnnviz trace conv blackboard --kernel edge-x
    cnnviz trace conv photo.jpg --size 12 --padding 1 | head
    cnnviz trace conv digit:7 --json > steps.json
    """
    subject = Convolution(**options)
    if not as_json:
        for line in lines(subject):
            click.echo(line)
        return
    products = len(subject.trace) * subject.trace.weight[0].size
    if products > MOST_PRODUCTS:
        raise OptionError(
            f"trace conv: expected at most {MOST_PRODUCTS:,} products to write as JSON, got {products:,}; "
            f"pass a smaller --size or a larger --stride"
        )
    click.echo(subject.trace.to_json())


def lines(subject: Convolution) -> Iterator[str]:
    """Write a convolution's settings and then its steps."""
    trace = subject.trace
    steps = "1 step" if len(trace) == 1 else f"{len(trace)} steps"
    settings = {"stride": trace.stride, "padding": trace.padding, "dilation": trace.dilation}
    yield ", ".join(
        (
            f"{subject.picture.name} {_shape(trace.input.shape)}",
            f"kernel {subject.kernel.name} {_shape(trace.weight.shape[2:])}",
            *(f"{name} {value}" for name, value in settings.items()),
            f"{trace.padding_mode}: output {_shape(trace.output_shape)}, {steps}",
        )
    )
    for step in trace:
        yield step_line(step)


def step_line(step: ConvStep) -> str:
    """Write one output number as a sum of products, one bracket for each channel if there are several."""
    sums = []
    for values, weights in zip(step.values, step.weights, strict=True):
        cells = zip(values.flat, weights.flat, step.is_padding.flat, strict=True)
        sums.append(" + ".join(f"{f'[{_number(x)}]' if pad else _number(x)}*{_number(w)}" for x, w, pad in cells))
    terms = sums[0] if len(sums) == 1 else " + ".join(f"({text})" for text in sums)
    place = ", ".join(str(i) for i in step.output_index)
    return f"y[{place}] = {terms} = {_number(step.result)}"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.6g}"


def _shape(shape: tuple[int, ...]) -> str:
    return "x".join(str(side) for side in shape)
