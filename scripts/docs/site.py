"""Write the documentation as a site: the gallery of all scenes, the guides, and the reference from the docstrings.

    python scripts/docs/site.py [FOLDER] [--chapter N] [--jobs N]

The folder (``renders/docs`` if left out) is made anew. Any warning is an error: a link that leads nowhere, a docstring
that cannot be read.
"""

from __future__ import annotations

import argparse
import inspect
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from sphinx.cmd.build import build_main

from cnnviz.render.catalog import scenes
from cnnviz.render.files.output import staged_folder
from cnnviz.render.header import SceneEntry
from cnnviz.render.request import Request
from cnnviz.render.work.jobs import rendered

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
GUIDES = {
    "Use": ("rendering", "your-network", "slides", "site", "notebook", "quizzes", "theme", "translating"),
    "Look inside": ("notation", "coverage", "experiments", "engine", "new-scene", "architecture"),
}
PACKAGES = (
    "engine",
    "nn",
    "nn.zoo",
    "nn.inside",
    "quizzes",
    "render",
    "stage",
    "subjects",
    "data",
    "notebook",
    "errors",
)
MENDED = {
    'class="caption" role="heading"': 'class="caption" role="heading" aria-level="2"',
    "<pre><span></span>": '<pre tabindex="0"><span></span>',
    '<th class="head"><p></p></th>': "<td></td>",
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
}
"""What readers for the ear miss in the pages of the theme."""

WIDTH = 640  # pixels of a still


def build(folder: Path, entries: Sequence[SceneEntry], *, jobs: int = 1) -> Path:
    """Write the site and return its first page."""
    with staged_folder(folder, listing="files.txt") as made, tempfile.TemporaryDirectory() as name:
        source = Path(name)
        write_guides(source)
        write_reference(source / "reference")
        write_gallery(source, entries, jobs=jobs)
        shutil.copy(HERE / "conf.py", source)
        static = source / "static"
        shutil.copy(HERE / "gallery.css", static)
        options = ["-b", "html", "-q", "-W", "--keep-going", "-d", str(source / "kept")]
        if build_main([*options, str(source), str(made)]):
            raise SystemExit("docs: expected no warnings, got those above; mend what they name")
        for page in made.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            for old, new in MENDED.items():
                text = text.replace(old, new)
            page.write_text(text, encoding="utf-8")
        for spare in ("objects.inv", ".buildinfo"):
            (made / spare).unlink(missing_ok=True)
    return folder / "index.html"


def write_guides(source: Path) -> None:
    """Copy the guides, and make the first page of the README."""
    shutil.copytree(ROOT / "docs", source, dirs_exist_ok=True)
    for name in ("CHANGELOG.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        (source / name.lower()).write_text(text.replace("](docs/", "]("), encoding="utf-8")
    shutil.copytree(ROOT / "renders" / "showcase", source / "showcase")
    first = (ROOT / "README.md").read_text(encoding="utf-8")
    for old, new in (
        ("](docs/decisions/)", "](decisions/index.md)"),
        ("](docs/", "]("),
        ("](renders/showcase/", "](showcase/"),
        ("](CHANGELOG.md)", "](changelog.md)"),
        ("](CONTRIBUTING.md)", "](contributing.md)"),
    ):
        first = first.replace(old, new)
    first = re.sub(r"\[([^\]]+)\]\((?:LICENSE|cnnviz/[^)]*)\)", r"\1", first)  # files of the package, not of the site
    decisions = sorted(path.stem for path in (ROOT / "docs" / "decisions").glob("*.md"))
    (source / "decisions" / "index.md").write_text(f"# Decisions\n\n{contents('', decisions)}", encoding="utf-8")
    trees = [contents("Begin", ["gallery"]), *(contents(title, names) for title, names in GUIDES.items())]
    trees.append(contents("Reference", [f"reference/{each}" for each in PACKAGES]))
    trees.append(contents("The project", ["changelog", "contributing", "decisions/index"]))
    (source / "index.md").write_text("\n".join([first, *trees]), encoding="utf-8")


def contents(caption: str, names: Sequence[str]) -> str:
    """Write a table of contents; one with a caption stands at the side only."""
    head = f":caption: {caption}\n:hidden:\n" if caption else ""
    return "\n".join([f"```{{toctree}}\n{head}:maxdepth: 1\n", *names, "```\n"])


_OF_PARTS = {"cnnviz.stage.scene.Scene": ["   :inherited-members: Scene"]}
"""A class that is made of parts is described with their members; Manim's Scene, behind ours, describes itself."""


def write_reference(folder: Path) -> None:
    """Write a page for each package with all of its public names."""
    folder.mkdir()
    for name in PACKAGES:
        module = import_module(f"cnnviz.{name}")
        title = f"cnnviz.{name}"
        lines = [title, "=" * len(title), "", inspect.getdoc(module) or "", ""]
        for kind, objects in groupby(sorted(public(module), key=lambda it: it[0]), key=lambda it: it[0]):
            heading = {"class": "Classes", "data": "Values", "function": "Functions"}[kind]
            lines += [heading, "-" * len(heading), ""]
            for _, path in objects:
                how = ["   :members:"] * (kind == "class") + _OF_PARTS.get(path, [])
                lines += [f".. auto{kind}:: {path}", *how, ""]
        (folder / f"{name}.rst").write_text("\n".join(lines), encoding="utf-8")


def public(module: Any) -> Iterator[tuple[str, str]]:
    """Give the kind and the full name of whatever a module names in ``__all__``."""
    for name in module.__all__:
        found = getattr(module, name)
        home = getattr(found, "__module__", "")
        if inspect.isclass(found):
            yield "class", f"{home}.{name}"
        elif inspect.isroutine(found):
            yield "function", f"{home}.{name}"
        elif not inspect.ismodule(found):
            yield "data", f"{home_of(module.__name__, name)}.{name}"


def home_of(package: str, name: str) -> str:
    """Name the module that gives a constant its value, where it is described."""
    for module in sorted(each for each in sys.modules if each.startswith(f"{package}.")):
        file = getattr(sys.modules[module], "__file__", None)
        if file and re.search(rf"^{name}(: .*)? = ", Path(file).read_text(encoding="utf-8"), re.MULTILINE):
            return module
    return package


def write_gallery(source: Path, entries: Sequence[SceneEntry], *, jobs: int) -> None:
    """Draw what each scene comes to, and set the pictures on a page by chapter."""
    stills = source / "static" / "stills"
    stills.mkdir(parents=True)
    look = {"format": "png", "captions": "none", "width": WIDTH}
    list(rendered([Request.of(entry.slug, **look, path=stills / f"{entry.slug}.png") for entry in entries], jobs=jobs))
    for beside in stills.glob("*.alt.txt"):
        beside.unlink()
    seconds = round(sum(entry.seconds for entry in entries))
    parts = [
        "# Gallery",
        f"{len(entries)} scenes, {seconds // 60} minutes; each takes pictures and numbers of your own.",
    ]
    for chapter, group in groupby(entries, key=lambda entry: entry.chapter):
        parts += [f"## {chapter}", "```{raw} html", '<ul class="gallery">', *map(card, group), "</ul>", "```"]
    (source / "gallery.md").write_text("\n\n".join(parts).replace("html\n\n", "html\n"), encoding="utf-8")


def card(entry: SceneEntry) -> str:
    """Write a scene of the gallery."""
    call = f"cnnviz gif {entry.gif}" if entry.gif else f"cnnviz render {entry.slug}"
    size = f'width="{WIDTH}" height="{WIDTH * 9 // 16}"'
    return (
        f'<li><img src="_static/stills/{entry.slug}.png" alt="" {size} loading="lazy">'
        f'<p class="title">{escape(entry.title)}</p><p>{escape(entry.takeaway)}</p>'
        f"<p><code>{escape(call)}</code></p></li>"
    )


def main(*arguments: str) -> None:
    """Read the arguments and write the site."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("renders", "docs"))
    parser.add_argument("--chapter", type=int, help="only the scenes of a chapter in the gallery")
    parser.add_argument("--jobs", type=int, default=1, help="processes at work")
    asked = parser.parse_args(arguments)
    chosen = [entry for entry in scenes() if asked.chapter in (None, entry.chapter_number)]
    print(build(asked.folder, chosen, jobs=asked.jobs))


if __name__ == "__main__":
    main(*sys.argv[1:])
