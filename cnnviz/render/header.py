"""The header of a scene, read from its file as text: nothing is imported and nothing is run."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cnnviz.errors import RenderError
from cnnviz.stage.chapter import chapter_of
from cnnviz.stage.language import translated

_EXPECTED = {
    "title": "a text",
    "takeaway": "a sentence",
    "concepts": "a tuple of words",
    "seconds": "a number above 0",
    "gif": "the words of a command",
}


@dataclass(frozen=True)
class SceneEntry:
    """What a scene says of itself.

    Attributes
    ----------
    slug : str
        ``chNN-sNN-short-name``, from the names of folder and file.
    chapter, title, takeaway : str
        The chapter with its number, the title, and the one sentence to remember.
    concepts : tuple of str
        What it teaches.
    seconds : float
        Length at the default options.
    path : Path
        The scene file.
    class_name : str
        The class in it.
    about : str
        Its docstring.
    subject : str
        Name of the subject in `cnnviz.subjects`; empty where it has none.
    defaults : Mapping
        Other defaults for the options of the subject.
    gif : str
        The command that draws it, after ``cnnviz gif``; empty where there is none.
    """

    slug: str
    chapter: str
    title: str
    takeaway: str
    concepts: tuple[str, ...]
    seconds: float
    path: Path
    class_name: str
    about: str = ""
    subject: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    gif: str = ""

    @property
    def chapter_number(self) -> int:
        """The number in the slug."""
        return int(self.slug[2:4])

    def spoken(self, language: str = "en") -> SceneEntry:
        """Say chapter, title, takeaway and concepts in a language.

        Raises
        ------
        OptionError
            If there are no sentences in it.
        """
        number, dot, name = self.chapter.partition(" · ")
        chapter = number + dot + translated(name, language)
        title, takeaway = (translated(text, language) for text in (self.title, self.takeaway))
        concepts = tuple(translated(concept, language) for concept in self.concepts)
        return replace(self, chapter=chapter, title=title, takeaway=takeaway, concepts=concepts)


def read_header(path: Path) -> SceneEntry:
    """Read what a scene file of a chapter says of its scene.

    Raises
    ------
    RenderError
        In one line, with the file and the field that is not as it should be.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "s01_my_idea.py"
    >>> _ = path.write_text('''class MyIdea(Scene, subject=subjects.Stride, image="ramp",
    ...     takeaway="So it is.", concepts=("stride",), seconds=30):
    ...     title = "My idea"
    ... ''')
    >>> entry = read_header(path)
    >>> entry.title, entry.subject, entry.defaults
    ('My idea', 'Stride', {'image': 'ramp'})
    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        raise RenderError(f"catalog: {_place(path)} cannot be read: {error}") from error
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    found = [node for node in classes if any(word.arg == "takeaway" for word in node.keywords)]
    if len(found) != 1:
        raise RenderError(
            f"catalog: {_place(path)}: expected one class with a takeaway in its header, got {len(found)}"
        )
    (scene,) = found
    values: dict[str, ast.expr] = {word.arg: word.value for word in scene.keywords if word.arg}
    subject = values.pop("subject", None)
    for line in scene.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and line.targets[0].id == "title":
            values["title"] = line.value
    told = {name: _literal(path, name, node) for name, node in values.items()}
    told = {"title": None, "concepts": None, "seconds": None, "gif": "", **told}
    facts = {name: told.pop(name) for name in _EXPECTED}
    for name, value in facts.items():
        if not _fits(name, value):
            raise _wrong(path, name, repr(value))
    return SceneEntry(
        slug="-".join([path.parent.name.partition("_")[0], path.stem.replace("_", "-")]),
        chapter=chapter_of(path.parent),
        path=path,
        class_name=scene.name,
        about=inspect.cleandoc(ast.get_docstring(scene) or ""),
        subject="" if subject is None else ast.unparse(subject).rpartition(".")[2],
        defaults=told,
        **facts,
    )


def _fits(name: str, value: Any) -> bool:
    if name == "concepts":
        return isinstance(value, tuple) and bool(value) and all(isinstance(word, str) for word in value)
    if name == "seconds":
        return isinstance(value, int | float) and value > 0
    return isinstance(value, str) and (bool(value) or name == "gif")


def _literal(path: Path, name: str, node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise _wrong(path, name, ast.unparse(node)) from None


def _wrong(path: Path, name: str, got: str) -> RenderError:
    expected = _EXPECTED.get(name, "a value")
    return RenderError(f"catalog: {_place(path)}: expected {name} as {expected}, written out, got {got[:60]}")


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
