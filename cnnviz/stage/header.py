"""The header of a scene: what it is about and what it teaches, said once as keywords of its class."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from cnnviz.stage.chapter import chapter_of
from cnnviz.subjects.option import Subject


class About:
    """Read the header of a scene class.

    A scene says ``class Stride(Scene, subject=subjects.Stride, takeaway="...", concepts=("stride",), seconds=37)``.
    Other keywords are other defaults for the subject's options; ``gif="conv"`` makes it the scene of
    ``cnnviz gif conv``, and ``gif="pool --mode max"`` one of several. ``title`` and ``subtitle`` are class attributes;
    the chapter is that of the file's folder. All of it is read by `cnnviz.render.catalog` as text, too, so it is
    written out: no names but that of the subject.

    Examples
    --------
    >>> from cnnviz.subjects import Stride
    >>> class Jump(About, subject=Stride, image="blackboard", takeaway="A stride skips windows."):
    ...     title = "Jump"
    >>> Jump.subject_class().picture.name, Jump.takeaway
    ('blackboard', 'A stride skips windows.')
    """

    title: str = ""
    subtitle: str = ""
    chapter: ClassVar[str] = ""
    takeaway: ClassVar[str] = ""
    concepts: ClassVar[tuple[str, ...]] = ()
    seconds: ClassVar[float] = 0
    gif: ClassVar[str] = ""
    subject_class: ClassVar[type[Subject]] = Subject

    def __init_subclass__(
        cls,
        *,
        subject: type[Subject] | None = None,
        takeaway: str = "",
        concepts: Iterable[str] = (),
        seconds: float = 0,
        gif: str = "",
        **defaults: Any,
    ) -> None:
        super().__init_subclass__()
        cls.takeaway, cls.concepts, cls.seconds, cls.gif = takeaway, tuple(concepts), seconds, gif
        about = subject or cls.subject_class
        cls.subject_class = about.having(**defaults) if defaults else about
        file = getattr(sys.modules.get(cls.__module__), "__file__", None)
        if "chapter" not in vars(cls) and file and (chapter := chapter_of(Path(file).resolve().parent)):
            cls.chapter = chapter

    @classmethod
    def divide(cls, given: Mapping[str, Any], base: type[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Divide keyword arguments into those that ``base`` takes and those for the subject."""
        taken = inspect.signature(base.__init__).parameters
        own = {name: value for name, value in given.items() if name in taken}
        return own, {name: value for name, value in given.items() if name not in taken}
