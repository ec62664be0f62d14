"""How the documentation is set: guides in Markdown, a reference from docstrings, and nothing from anywhere else."""

import inspect
import re
from typing import Any

from cnnviz import __version__

project, copyright, release = "cnnviz", "the cnnviz authors", __version__  # noqa: A001  (named by Sphinx)
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "cnnviz"
html_static_path = ["static"]
html_css_files = ["gallery.css"]
html_show_sphinx = html_copy_source = html_show_sourcelink = False
html_show_search_summary = False  # it would fetch each page found, which a browser forbids to a page on a disk
html_baseurl = ""

default_role = "code"  # a name in single backticks is a name
add_module_names = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = False
napoleon_use_rtype = napoleon_use_ivar = True
napoleon_preprocess_types = False
myst_heading_anchors = 3
suppress_warnings = ["ref.python"]  # several packages have a Picture


def mended(app: Any, what: str, name: str, found: Any, options: Any, lines: list[str]) -> None:  # noqa: ARG001
    """Take the star of a shape such as (C, *spatial) for no emphasis, and say nothing of what dictionaries are."""
    if what == "data" and lines and lines[0] == (inspect.getdoc(type(found)) or "").split("\n")[0]:
        lines.clear()
    lines[:] = [re.sub(r"(?<=, )\*(?=\w+\)(?!`))", r"\*", line) for line in lines]


def setup(app: Any) -> None:
    """Look at docstrings before others do."""
    app.connect("autodoc-process-docstring", mended, priority=400)
