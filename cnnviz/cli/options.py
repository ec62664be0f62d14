"""The options several commands share, one named decorator for each idea."""

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from cnnviz.cli.session import Session
from cnnviz.cli.values import complete_scene, ending, starting

__all__ = [
    "LANGUAGES",
    "THEME",
    "Decorator",
    "file_options",
    "header_option",
    "look_options",
    "output_option",
    "talk_options",
    "target_options",
    "together",
]

LANGUAGES = ("en", "es")


class ThemeType(click.ParamType[str]):
    """A theme that ships, or a file with one."""

    name = "dark|light|FILE.toml"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the name as it is; the file is read where it is needed."""
        if value not in ("dark", "light") and not value.lower().endswith(".toml"):
            self.fail(f"expected dark, light or a file that ends in .toml, got {value!r}", param, ctx)
        return value

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show what it takes."""
        return self.name

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the names, or files where none begins so."""
        return starting(incomplete, ("dark", "light"))


THEME = ThemeType()
MANIM_LETTERS = {"l": "draft", "m": "web", "h": "film", "k": "film"}
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def together(*decorators: Decorator) -> Decorator:
    """Make one decorator of several, in the order of the help."""
    return lambda command: reduce(lambda inner, decorator: decorator(inner), reversed(decorators), command)


def _switch(name: str, text: str) -> Decorator:
    def set_it(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value:
            setattr(context.ensure_object(Session), name, True)

    # Eager, so that it already holds when another option turns out to be wrong.
    return click.option(f"--{name}", is_flag=True, is_eager=True, expose_value=False, callback=set_it, help=text)


def _quality(context: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    if name is None:
        return None
    if name == "k":
        context.default_map = {**(context.default_map or {}), "width": 3840}
    return MANIM_LETTERS.get(name, name)


header_option = click.option(
    "--no-header", "header", flag_value=False, default=None, help="Leave out title and chapter."
)

look_options = together(
    click.option("--theme", type=THEME, help="The ground it is drawn on.  [default: dark]"),
    click.option(
        "-q",
        "--quality",
        metavar="draft|web|film",
        type=click.Choice(["draft", "web", "film", *MANIM_LETTERS]),
        is_eager=True,
        callback=_quality,
        help="Size and frame rate together; also Manim's letters, as in -ql.  [default: web]",
    ),
    click.option("--fps", type=float, metavar="N", help="Frames per second, instead of the quality's."),
    click.option("--width", type=int, metavar="N", help="Pixels across, instead of the quality's."),
    click.option(
        "--aspect",
        type=click.Choice(["16:9", "4:3", "1:1", "9:16"]),
        help="The shape of the frame; the scene is laid out for it.  [default: 16:9]",
    ),
    click.option(
        "--lang", type=click.Choice(LANGUAGES), help="The language of what is said and written.  [default: en]"
    ),
    click.option("--speed", type=float, metavar="N", help="How fast it plays, from 0.5 to 2.  [default: 1]"),
    header_option,
    click.option("-t", "--transparent", is_flag=True, default=None, help="Leave out the background."),
)


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=ending(".gif"),
    metavar="FILE.gif",
    help="Where to write; its description goes beside it as .alt.txt.  [default: in ./renders/]",
)

file_options = together(
    click.option(
        "--max-size", metavar="SIZE", help="2MB or so: give up frames, then pixels, then colors to get there."
    ),
    click.option(
        "--no-cache",
        "cache",
        flag_value=False,
        default=True,
        help="Draw also what was drawn before, and do not keep it.",
    ),
)
"""Pass them on to `draw` as they are: ``max_size`` and ``cache``."""

target_options = together(
    click.argument("targets", nargs=-1, metavar="[SLUG|FILE.py[:CLASS]]...", shell_complete=complete_scene),
    click.option("--chapter", type=int, metavar="N", help="Every scene of a chapter."),
    click.option("--all", "everything", is_flag=True, help="Every scene."),
)
"""Make one list of them by `cnnviz.cli.values.chosen`."""

talk_options = together(
    _switch("quiet", "No progress bar."),
    _switch("debug", "Show the traceback of an error."),
)
