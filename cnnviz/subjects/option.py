"""A typed field of a subject, and the subject that is made of such fields."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterable
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, overload

from cnnviz.errors import OptionError

S = TypeVar("S")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_LONGEST = 40  # characters of a default that is shown in a help text


class Kind(Protocol[T_co]):
    """What an option takes: its text form, the values of Python it accepts, and what is offered to complete it."""

    @property
    def metavar(self) -> str:
        """The text form in short, as a help text shows it: ``N[,N]``."""

    def read(self, name: str, value: Any) -> T_co:
        """Return what a text or a value of Python stands for; raise `OptionError` in one line that names ``name``."""

    def offers(self) -> tuple[str, ...]:
        """List the words that complete it."""


class Option(Generic[T]):
    """One option of a subject, declared once: kind, default and help.

    The check, the text form of ``render --set``, the flags of ``gif``, completion, ``cnnviz list SLUG`` and the
    signature in Python are read from it.

    Parameters
    ----------
    kind : Kind
        What it takes.
    default : object
        What holds where nothing is said; a text is read as a user's would be, None stays None.
    help : str
        One sentence.
    """

    @overload
    def __init__(self: Option[S | None], kind: Kind[S], default: None, help: str) -> None: ...
    @overload
    def __init__(self, kind: Kind[T], default: object, help: str) -> None: ...
    def __init__(self, kind: Kind[Any], default: object, help: str) -> None:  # noqa: A002
        self.kind, self.default, self.help = kind, default, help
        self.name = ""

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, subject: None, owner: type[Any]) -> Option[T]: ...
    @overload
    def __get__(self, subject: object, owner: type[Any]) -> T: ...
    def __get__(self, subject: object | None, owner: type[Any]) -> Option[T] | T:
        """Return the option itself of a class, its value of an instance."""
        if subject is None:
            return self
        value: T = vars(subject)[self.name]
        return value

    def but(self, default: Any, help: str = "") -> Option[Any]:  # noqa: A002
        """Return the same option with another default, and another help where one is given."""
        return Option(self.kind, default, help or self.help)

    @property
    def flag(self) -> str:
        """The name as a command has it: ``--padding-mode``."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def usual(self) -> str:
        """The default as one would type it; empty where there is none, or where it is long.

        >>> from cnnviz.subjects import Rgb, Stride
        >>> Stride.strides.usual, Rgb.bias.usual, Rgb.kernels.usual
        ('2,3', '10.0', '')
        """
        given = self.default
        text = "" if given is None else str(given).lower() if isinstance(given, bool) else str(given)
        return text if isinstance(given, str | int | float) and len(text) <= _LONGEST else ""

    def read(self, value: Any) -> Any:
        """Check a value, or read the text of one; None is the default."""
        given = self.default if value is None else value
        return None if given is None else self.kind.read(self.name, given)


class Subject:
    """What a scene is about: options, checked, and what `prepare` makes of them.

    A subclass declares its options as class attributes and makes its traces in `prepare`. Options are inherited; an
    inherited one is given another default by declaring it again. Values may be given by place, too.

    Examples
    --------
    >>> from cnnviz.subjects.kinds import Integer
    >>> class Square(Subject):
    ...     side = Option(Integer(1, 9), 3, "Cells a side.")
    ...     def prepare(self):
    ...         self.cells = self.side**2
    >>> Square().cells, Square(side="4").cells
    (9, 16)
    >>> Square(sid=2)
    Traceback (most recent call last):
    cnnviz.errors.OptionError: Square: expected options among side, got 'sid'; did you mean side?
    """

    options: ClassVar[dict[str, Option[Any]]] = {}

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        own = {name: item for name, item in vars(cls).items() if isinstance(item, Option)}
        cls.options = {**cls.options, **own}
        parameters = [
            inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=option.default)
            for name, option in cls.options.items()
        ]
        cls.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]

    def __init__(self, *values: Any, **given: Any) -> None:
        known = type(self).options
        if len(values) > len(known):
            raise OptionError(f"{type(self).__name__}: expected at most {len(known)} options, got {len(values)}")
        given = {**dict(zip(known, values, strict=False)), **given}
        type(self).check_names(given)
        for name, option in known.items():
            vars(self)[name] = option.read(given.get(name))
        self.prepare()

    @classmethod
    def check_names(cls, given: Iterable[str]) -> None:
        """Refuse a name that no option has.

        Raises
        ------
        OptionError
            With all the names there are, and the nearest one.
        """
        for name in given:
            if name not in cls.options:
                near = difflib.get_close_matches(name, cls.options, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                listed = ", ".join(cls.options) or "none"
                raise OptionError(f"{cls.__name__}: expected options among {listed}, got {name!r}{hint}")

    @classmethod
    def having(cls, **defaults: Any) -> type[Self]:
        """Return the same subject with other defaults.

        >>> from cnnviz.subjects import Convolution
        >>> Convolution.having(image="blackboard")().picture.name
        'blackboard'
        """
        cls.check_names(defaults)
        fields = {name: cls.options[name].but(value) for name, value in defaults.items()}
        return type(cls.__name__, (cls,), {"__doc__": cls.__doc__, "__module__": cls.__module__, **fields})

    def prepare(self) -> None:
        """Load, check and trace."""
