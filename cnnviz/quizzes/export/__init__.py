"""Questions as files: for learning platforms, notebooks, browsers and paper. One module for each format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from cnnviz._files import whole
from cnnviz.data.source import hint, shown
from cnnviz.errors import InputError, OptionError
from cnnviz.quizzes.export.item import Item, cleaned
from cnnviz.quizzes.model import Question

__all__ = ["FORMATS", "Pictures", "export", "find_format"]

FORMATS = {
    "moodle": (".xml",),
    "gift": (".gift", ".txt"),
    "qti": (".zip",),
    "jupyterquiz": (".json",),
    "markdown": (".md",),
    "html": (".html", ".htm"),
    "pdf": (".pdf",),
}
"""Each format's file name endings, the usual one first."""

Pictures: TypeAlias = Mapping[Question, bytes] | Callable[[Question], bytes | None]
"""PNG pictures of the worked solutions, looked up or made."""

PNG = b"\x89PNG\r\n\x1a\n"


def export(
    questions: Iterable[Question],
    path: str | Path,
    format: str | None = None,  # noqa: A002
    *,
    pictures: Pictures | None = None,
    title: str = "Quiz",
) -> Path:
    """Write questions, with feedback and worked solutions, as a file that appears whole or not at all.

    Parameters
    ----------
    questions : iterable of Question
    path : str or Path
        Missing folders on the way are made.
    format : str, optional
        ``moodle``, ``gift``, ``qti``, ``jupyterquiz``, ``markdown``, ``html`` or ``pdf``; by default what the ending of
        the path says. Where a platform cannot ask a question as it is, it becomes multiple choice.
    pictures : mapping or callable, optional
        The PNG picture of a question's solution, as bytes; it is embedded and shown with the solution.
    title : str
        What the quiz is called.

    Returns
    -------
    Path
        The path written.

    Raises
    ------
    OptionError
        If there is no such format, or nothing to write.
    InputError
        If the file cannot be written there, or a picture is no PNG.

    Examples
    --------
    >>> from cnnviz.quizzes import make
    >>> folder = getfixture("tmp_path")
    >>> export([make("output-size", seed=seed) for seed in range(3)], folder / "quiz.xml").name
    'quiz.xml'
    """
    kind = find_format(path, format)
    items = [Item(cleaned(question), _picture(question, pictures)) for question in questions]
    if not items:
        raise OptionError("export: expected at least one question, got none; make some with cnnviz.quizzes.make")
    writer = import_module(f"cnnviz.quizzes.export.{'page' if kind == 'html' else kind}")
    data: bytes = writer.write(items, cleaned(title))
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as file:
            file.write(data)
    except (OSError, ValueError) as error:  # a zero byte in the name is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"export: expected a file that can be written, got {shown(str(path))} ({reason}); choose another"
        ) from None
    return Path(path)


def find_format(path: str | Path, format: str | None = None) -> str:  # noqa: A002
    """Return a format by its name, or by the ending of a path.

    Examples
    --------
    >>> find_format("a.xml"), find_format("a.txt"), find_format("a.xml", "qti")
    ('moodle', 'gift', 'qti')
    """
    if format is not None:
        if format not in FORMATS:
            raise OptionError(
                f"export: expected a format, got {shown(str(format))}; {hint(str(format), FORMATS)}"
                f"the formats are {', '.join(FORMATS)}"
            )
        return format
    ending = Path(path).suffix.lower()
    for name, endings in FORMATS.items():
        if ending in endings:
            return name
    known = ", ".join(f"{endings[0]} ({name})" for name, endings in FORMATS.items())
    raise OptionError(
        f"export: expected a format, or a file name that ends in {known}, got {shown(Path(path).name)}; name the format"
    )


def _picture(question: Question, pictures: Pictures | None) -> bytes | None:
    if pictures is None:
        return None
    picture = pictures.get(question) if isinstance(pictures, Mapping) else pictures(question)
    if picture is not None and not (isinstance(picture, bytes) and picture.startswith(PNG)):
        raise InputError(
            f"export: expected a PNG picture as bytes for {question.topic}, got {type(picture).__name__} that is none; "
            f"save it as PNG"
        )
    return picture
