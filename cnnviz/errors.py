"""What can go wrong, in one tree.

::

    CnnvizError
    ├── ShapeError(ValueError)    arrays that do not fit each other or the operation
    ├── OptionError(ValueError)   an argument outside what it may be
    ├── InputError                a file or text from outside that cannot be used
    └── RenderError               a picture that could not be made or written

Every message reads *who: expected what, got what, and what to do next*, in one line.
"""

__all__ = ["CnnvizError", "InputError", "OptionError", "RenderError", "ShapeError"]


class CnnvizError(Exception):
    """Anything that cnnviz refuses to do; the message is one line meant for a person, whatever values it quotes."""

    def __init__(self, message: str = "") -> None:
        super().__init__(" ".join(message.split("\n")) if "\n" in message else message)


class ShapeError(CnnvizError, ValueError):
    """Arrays that do not fit each other or the operation."""


class OptionError(CnnvizError, ValueError):
    """An argument outside what it may be."""


class InputError(CnnvizError):
    """A file or a text from outside that cannot be used."""


class RenderError(CnnvizError):
    """A picture that could not be made or written."""
