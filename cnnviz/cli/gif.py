"""``cnnviz gif``: one idea, one picture, one small file; a command for each scene whose header says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.subject import ARGUMENTS, parameters

if TYPE_CHECKING:
    from cnnviz.render.header import SceneEntry
    from cnnviz.subjects import Subject

__all__ = ["gif"]


class Scenes(click.Group):
    """The scenes with ``gif="..."`` in their headers.

    Several share a command where each says a flag of its own: ``gif="pool --mode max"`` and ``gif="pool --mode avg"``.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the lecture."""
        return list(_scenes())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line for each name; nothing has to be made for that."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entries[0].about.partition("\n")[0]) for name, entries in _scenes().items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Let click know the names, from which it suggests when one is mistyped."""
        self.commands = {name: click.Command(name) for name in _scenes()}
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make a command of the scenes that share a name."""
        entries = _scenes().get(cmd_name)
        return _command(cmd_name, entries) if entries else None


@click.group(cls=Scenes, short_help="Make an animated GIF of one operation.")
def gif() -> None:
    """Make an animated GIF of one operation, with the numbers of your own picture.

    \b
    cnnviz gif conv photo.jpg --kernel sobel-x -o conv.gif
    cnnviz gif forward digit:7
    """


def _scenes() -> dict[str, list[SceneEntry]]:
    from cnnviz.render.catalog import scenes

    found: dict[str, list[SceneEntry]] = {}
    for entry in scenes():
        if entry.gif:
            found.setdefault(entry.gif.split()[0], []).append(entry)
    return found


def _command(name: str, entries: list[SceneEntry]) -> click.Command:
    from cnnviz.render.catalog import subject_of

    ways = {entry.gif.split()[-1]: entry for entry in entries}
    flags = {entry.gif.split()[1] for entry in entries if " " in entry.gif}
    chooser = flags.pop().removeprefix("--") if len(entries) > 1 else ""
    subject = subject_of(entries[0])

    @gif_options
    def call(draw: Draw, /, **given: Any) -> None:
        entry = ways[given.pop(chooser)] if chooser else entries[0]
        asked = {name: _one(value) for name, value in given.items() if value not in (None, ())}
        # Whatever is wrong with the picture or the options is said now, before the seconds that Manim takes to load.
        subject_of(entry)(**asked)
        draw(entry.slug, **asked)

    command = click.command(name)(call)
    own = parameters(subject, without=[chooser])
    if chooser:
        told = f"{', '.join(f'{word} for {entry.title}' for word, entry in ways.items())}."
        choice = click.Choice(list(ways))
        default = next(iter(ways))
        own.insert(1, click.Option([f"--{chooser}"], type=choice, default=default, show_default=True, help=told))
    command.params[:0] = own
    command.help = _help(name, entries[0].about, subject)
    return command


def _one(value: Any) -> Any:
    """Take a flag that may come several times, and came once, as it is."""
    if not isinstance(value, tuple):
        return value
    return value[0] if len(value) == 1 else list(value)


def _help(name: str, about: str, subject: type[Subject]) -> str:
    """Make a help text of a docstring: what the argument is, and examples that click does not fill."""
    paragraphs = [part for part in about.split("\n\n") if part]
    examples = [part for part in paragraphs if part.startswith("cnnviz ")]
    texts = [part for part in paragraphs if part not in examples]
    first = next(iter(subject.options.values()), None)
    if first is not None and first.name in ARGUMENTS:
        argument, usual = first.name.upper(), first.usual
        if not any(text.startswith(argument) for text in texts):
            more = "" if first.help.startswith("The picture:") else f" {first.help}"
            texts.append(f"{argument} is as for `cnnviz gif conv`.{more}")
        if usual:
            texts = [f"{text}  [default: {usual}]" if text.startswith(argument) else text for text in texts]
    if not examples:
        photo = f"\ncnnviz gif {name} photo.jpg -o {name}.gif" if first is not None and first.name == "image" else ""
        examples = [f"cnnviz gif {name}{photo}"]
    return "\n\n".join([*texts, *(f"\b\n{part}" for part in examples)])
