"""The chapters of a lecture: a folder each, whose name has the number and whose ``__init__.py`` says the name."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path


@cache
def chapter_of(folder: Path) -> str:
    """Return the chapter whose scenes are in a folder, with its number; empty if it is no chapter.

    Examples
    --------
    >>> folder = getfixture("tmp_path") / "ch02_convolution"
    >>> folder.mkdir()
    >>> _ = (folder / "__init__.py").write_text('\"\"\"Convolution.\"\"\"')
    >>> chapter_of(folder)
    '2 · Convolution'
    """
    number, file = re.match(r"ch(\d\d)_", folder.name), folder / "__init__.py"
    if number is None or not file.is_file():
        return ""
    name = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return f"{int(number[1])} · {name.strip().rstrip('.')}"
