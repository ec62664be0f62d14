"""The program ``cnnviz`` and its list of commands."""

import click

from cnnviz import __version__
from cnnviz.cli.lazy import LazyGroup

__all__ = ["app"]


@click.group(
    cls=LazyGroup,
    places={
        "gif": "cnnviz.cli.gif:gif",
        "list": "cnnviz.cli.list:list_scenes",
        "render": "cnnviz.cli.render:render",
        "storyboard": "cnnviz.cli.storyboard:storyboard",
        "slides": "cnnviz.cli.slides:slides",
        "site": "cnnviz.cli.site:site",
        "trace": "cnnviz.cli.trace:trace",
        "shapes": "cnnviz.cli.shapes:shapes",
        "summary": "cnnviz.cli.summary:summary",
        "explain": "cnnviz.cli.explain:explain",
        "train": "cnnviz.cli.train:train",
        "experiment": "cnnviz.cli.experiment:experiment",
        "quiz": "cnnviz.cli.quiz:quiz",
        "doctor": "cnnviz.cli.doctor:doctor",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="cnnviz")
def app() -> None:
    """See a convolutional network work, with its true numbers.

    \b
    cnnviz gif conv photo.jpg --kernel sobel-x -o conv.gif
    cnnviz list
    cnnviz render ch02-s01-slide
    cnnviz doctor

    Results go to stdout, everything else to stderr. Exit codes: 0 done, 2 a wrong call, 1 a failure, 130 stopped.

    Tab completion: put the output of _CNNVIZ_COMPLETE=bash_source cnnviz (or zsh_source, fish_source) into your
    shell's start-up file.
    """
