"""Questions as files: for learning platforms, notebooks, browsers and paper. One module for each format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from cnnviz._checks import choice, number
from cnnviz._files import whole
from cnnviz.data.source import hint, shown
from cnnviz.errors import InputError, OptionError
from cnnviz.quizzes.export.item import Item, Quiz, cleaned
from cnnviz.quizzes.model import Question

__all__ = ["FORMATS", "Pictures", "export", "find_format"]

FORMATS = {
    "moodle": (".xml",),
    "gift": (".gift", ".txt"),
    "qti": (".zip",),
    "qti3": (".qti3.zip",),
    "anki": (".apkg",),
    "prairielearn": (".pl.zip",),
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
    points: float = 1.0,
    penalty: float = 1 / 3,
    pools: bool = False,
    numeric: str = "typed",
) -> Path:
    """Write questions, with feedback and worked solutions, as a file that appears whole or not at all.

    Parameters
    ----------
    questions : iterable of Question
    path : str or Path
        Missing folders on the way are made.
    format : str, optional
        One of `FORMATS`; by default what the ending of the path says. Where a platform cannot ask a question as it is,
        it becomes multiple choice.
    pictures : mapping or callable, optional
        The PNG picture of a question's solution, as bytes; it is embedded and shown with the solution.
    title : str
        What the quiz is called.
    points, penalty : float
        What a question is worth, above 0, and which part of it each further try costs, 0 to 1, where a platform keeps
        such things.
    pools : bool
        Put the variants of each topic into a category (Moodle, GIFT) or a section of which one is drawn (QTI).
    numeric : str
        ``typed``, or ``choice`` for readers that know only exact text: the usual mistakes become the choices.

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
    if choice("export", "numeric", numeric, ("typed", "choice")) == "choice":
        questions = [question.as_choice() if question.kind == "numeric" else question for question in questions]
    items = tuple(_items(questions, pictures))
    if not items:
        raise OptionError("export: expected at least one question, got none; make some with cnnviz.quizzes.make")
    points = number("export", "points", points, 0.01, 1000)
    penalty = number("export", "penalty", penalty, 0, 1)
    writer = import_module(f"cnnviz.quizzes.export.{'page' if kind == 'html' else kind}")
    data: bytes = writer.write(Quiz(items, cleaned(title), points, penalty, pools))
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
    written = Path(path).name.lower()
    for name, endings in sorted(FORMATS.items(), key=lambda row: -len(row[1][0])):  # .qti3.zip before .zip
        if written.endswith(endings):
            return name
    known = ", ".join(f"{endings[0]} ({name})" for name, endings in FORMATS.items())
    raise OptionError(
        f"export: expected a format, or a file name that ends in {known}, got {shown(Path(path).name)}; name the format"
    )


def _items(questions: Iterable[Question], pictures: Pictures | None) -> Iterator[Item]:
    seen: Counter[str] = Counter()
    for question in questions:
        item = Item(cleaned(question), _picture(question, pictures))
        yield replace(item, copy=seen[item.name])
        seen[item.name] += 1


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
