"""A command group whose commands are modules, imported when somebody calls or lists them."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

__all__ = ["LazyGroup"]


class LazyGroup(click.Group):
    """A group that knows where its commands live as ``{"name": "module:attribute"}``, in the order of the help."""

    def __init__(self, name: str | None = None, *, places: Mapping[str, str], **options: Any) -> None:
        # Stand-ins until a command is asked for; click suggests from their names when one is mistyped.
        super().__init__(name, {place: click.Command(place) for place in places}, **options)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order they were given."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.places:
            return None
        module, attribute = self.places[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
