"""Collect what the scenes say, for translators: whatever is annotated ``Template`` is a sentence.

    python scripts/sentences.py [FILE]        write the template of a catalogue (.pot), to standard output without FILE
    python scripts/sentences.py --update      bring every scenes.po up to it, and write the .mo of all .po

A literal is found where a parameter, a returned value, a constant or a class attribute of type ``Template`` (or
``Said``, a template with its fields) gets it: directly, by a name of the same file, or as one of several that are
chosen from. What a field is given as literal text is translated, too, and what pages list of a scene: its concepts, and
what its options are.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from cnnviz.data import gallery
from cnnviz.nn.experiments import measured, names
from cnnviz.render.catalog import scenes, subject_of

ROOT = Path(__file__).resolve().parent.parent
MEASURED = "cnnviz/nn/experiments/catalog.py:1"
KERNELS = "cnnviz/data/kernel_table.py:1"
OPTIONS = "cnnviz/subjects:1"
ROOMS = ("cnnviz/render", "cnnviz/stage", "scenes")
HEADER = ("title", "subtitle", "chapter", "takeaway")  # said of a scene
SAYING = ("beat", "say", "close")


@dataclass(frozen=True)
class Sentence:
    """A template, its plural where a count chooses, and where it stands."""

    text: str
    plural: str = ""
    where: str = field(default="", compare=False)


def sentences(root: Path = ROOT) -> list[Sentence]:
    """Return all of them, each once, in the order of the files."""
    files = [file for room in ROOMS for file in sorted((root / room).rglob("*.py"))]
    trees = {str(file.relative_to(root)): ast.parse(file.read_text(encoding="utf-8")) for file in files}
    takers, attributes = _takers(trees.values()), _attributes(trees.values())
    found: dict[Sentence, None] = {}
    for where, tree in trees.items():
        own = takers | _takers([tree])  # of several with one name, the file's own is meant
        found.update(dict.fromkeys(_File(where, tree, own, attributes).sentences()))
    for kernel in gallery().values():
        found.update({Sentence(text, where=KERNELS): None for text in (kernel.title, kernel.caption)})
    found.update({Sentence(measured(name).setting, where=MEASURED): None for name in names()})
    for entry in scenes():
        found.update({Sentence(text, where=f"{entry.path.relative_to(ROOT)}:1"): None for text in entry.concepts})
        helps = [option.help for option in subject_of(entry).options.values()]
        found.update({Sentence(text, where=OPTIONS): None for text in helps})
    return list(found)


def _attributes(trees: Iterable[ast.Module]) -> set[str]:
    """The class attributes that are templates."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    annotated = [node for each in classes for node in each.body if isinstance(node, ast.AnnAssign)]
    return {*HEADER, *(getattr(node.target, "id", "") for node in annotated if _is_template(node.annotation))}


def _takers(trees: Iterable[ast.Module]) -> dict[str, list[tuple[str, bool]]]:
    """The parameters of everything that takes a template, with whether it is one, by the name it is called by."""
    takers = {}
    for tree in trees:
        for node in ast.walk(tree):
            made = [(node.name, each) for each in node.body if _is_init(each)] if isinstance(node, ast.ClassDef) else []
            for name, function in [(node.name, node)] if isinstance(node, ast.FunctionDef) else made:
                arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
                arguments = [each for each in arguments if each.arg not in ("self", "cls")]
                takes = [(each.arg, _is_template(each.annotation)) for each in arguments]
                if any(is_template for _, is_template in takes) and name != "__init__":
                    takers[name] = takes
    return takers


def _is_init(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "__init__"


def _is_template(annotation: ast.expr | None) -> bool:
    return annotation is not None and any(
        getattr(node, "id", None) in ("Template", "Said") or getattr(node, "value", None) in ("Template", "Said")
        for node in ast.walk(annotation)
    )


class _File:
    def __init__(
        self, where: str, tree: ast.Module, takers: dict[str, list[tuple[str, bool]]], attributes: set[str]
    ) -> None:
        self.where, self.tree, self.takers, self.attributes = where, tree, takers, attributes
        self.constants: dict[str, list[ast.expr]] = {}
        for node in tree.body:
            self._assigned(node, self.constants)
        self.open: set[int] = set()  # names being followed

    def sentences(self) -> Iterator[Sentence]:
        of_chapter = Path(self.where).name == "__init__.py" and self.where.startswith("scenes")
        if of_chapter and (title := ast.get_docstring(self.tree)):
            yield Sentence(title.splitlines()[0].rstrip("."), where=f"{self.where}:1")
        yield from self._visit(self.tree, self.constants)

    def _visit(self, node: ast.AST, names: dict[str, list[ast.expr]]) -> Iterator[Sentence]:
        if isinstance(node, ast.FunctionDef):
            names = dict(names)
            for each in ast.walk(node):
                self._assigned(each, names)
            if _is_template(node.returns):
                for each in ast.walk(node):
                    if isinstance(each, ast.Return) and each.value is not None:
                        yield from self._said(each.value, names)
        elif isinstance(node, ast.AnnAssign) and node.value is not None and _is_template(node.annotation):
            yield from self._said(node.value, names)
        elif isinstance(node, ast.ClassDef):
            for keyword in node.keywords:
                if keyword.arg in HEADER:
                    yield from self._said(keyword.value, names)
            for each in node.body:
                if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", "") in self.attributes:
                    yield from self._said(each.value, names)
        elif isinstance(node, ast.Call):
            yield from self._call(node, names)
        for child in ast.iter_child_nodes(node):
            yield from self._visit(child, names)

    def _call(self, node: ast.Call, names: dict[str, list[ast.expr]]) -> Iterator[Sentence]:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "counted":
            yield from self._said(node, names)
        takes = self.takers.get(name)
        if takes is None:
            return
        for value, (_, is_template) in zip(node.args, takes, strict=False):
            if is_template and not isinstance(value, ast.Starred):
                yield from self._said(value, names)
        own = dict(takes)
        for keyword in node.keywords:
            if own.get(keyword.arg or "", name in SAYING and keyword.arg is not None):
                yield from self._said(keyword.value, names)

    def _said(self, node: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[Sentence]:
        """What an expression may become."""
        following: list[ast.expr] = []
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if any(letter.isalpha() for letter in node.value):
                yield Sentence(node.value, where=f"{self.where}:{node.lineno}")
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "counted":
            one, many = (list(self._said(each, names)) for each in node.args[:2])
            for single, plural in zip(one, many, strict=False):
                yield Sentence(single.text, plural.text, single.where)
        elif isinstance(node, ast.IfExp):
            following = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            following = node.values
        elif isinstance(node, ast.Tuple | ast.List):
            following = node.elts
        elif isinstance(node, ast.Dict):
            following = node.values
        elif isinstance(node, ast.Subscript):
            following = [node.value]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get":
            following = [node.func.value, *node.args[1:]]  # type: ignore[attr-defined]
        elif isinstance(node, ast.Name | ast.Attribute):
            following = names.get(node.id if isinstance(node, ast.Name) else node.attr, [])
        if id(node) not in self.open:
            self.open.add(id(node))
            for each in following:
                yield from self._said(each, names)
            self.open.discard(id(node))

    @staticmethod
    def _assigned(node: ast.AST, names: dict[str, list[ast.expr]]) -> None:
        """Note what a name is given, each of ``a, b = x, y`` its own; in a loop, each of several what it runs over."""
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "iter", getattr(node, "value", None))
        if not isinstance(node, ast.Assign | ast.AnnAssign | ast.For | ast.comprehension) or value is None:
            return
        values = value.args if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "zip" else [value]
        pairs = [(target, values) for target in targets if target is not None]
        if isinstance(node, ast.Assign) and isinstance(value, ast.Tuple):
            for target in targets:
                if isinstance(target, ast.Tuple) and len(target.elts) == len(value.elts):
                    pairs = [(one, [given]) for one, given in zip(target.elts, value.elts, strict=True)]
        for target, given in pairs:
            for name in ast.walk(target):
                if isinstance(name, ast.Name):
                    names[name.id] = [*names.get(name.id, []), *given]


def catalogue() -> Catalog:
    """Return all sentences as the template of a catalogue."""
    found = Catalog(project="cnnviz", charset="utf-8")
    for each in sentences():
        path = each.where.rpartition(":")[0]
        found.add((each.text, each.plural) if each.plural else each.text, locations=[(path, None)])
    return found


def translations() -> list[Path]:
    """Return the files that translators edit."""
    return sorted((ROOT / "cnnviz" / "locale").glob("*/LC_MESSAGES/scenes.po"))


def update(file: Path) -> None:
    """Bring a translated catalogue up to what is said now; what is no longer said is dropped."""
    language = file.parts[-3]
    with file.open("rb") as opened:
        known = read_po(opened, locale=language)
    known.update(catalogue(), no_fuzzy_matching=True)
    known.obsolete.clear()
    known.header_comment = f"# What the scenes say, in {known.locale.english_name}."
    known.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # the day it was collected says nothing
    with file.open("wb") as opened:
        write_po(opened, known, width=120, omit_header=False, sort_by_file=True)


def compiled(file: Path) -> bytes:
    """Return a translated catalogue as gettext reads it."""
    made = io.BytesIO()
    with file.open("rb") as opened:
        write_mo(made, read_po(opened, locale=file.parts[-3]))
    return made.getvalue()


@click.command()
@click.argument("file", type=click.File("wb"), default="-")
@click.option("--update", "bring", is_flag=True, help="Bring every scenes.po up to it, and write the .mo of all .po.")
def main(file: BinaryIO, bring: bool) -> None:
    """Write the template of a catalogue (.pot), or bring the translated ones up to it."""
    if not bring:
        write_po(file, catalogue(), width=120)
        return
    for each in translations():
        update(each)
    for each in (ROOT / "cnnviz" / "locale").rglob("*.po"):
        each.with_suffix(".mo").write_bytes(compiled(each))


if __name__ == "__main__":
    main()
