"""What to do about errors that scenes of one's own often make."""

from __future__ import annotations

import re
import shutil

__all__ = ["remedy"]

_PROGRAMS = ("latex", "pdflatex", "xelatex", "lualatex", "dvisvgm")


def remedy(error: BaseException) -> str:
    """Return what is missing and what to do, or nothing if that is not known.

    Examples
    --------
    >>> remedy(ZeroDivisionError("division by zero"))
    ''
    """
    text = f"{type(error).__name__}: {error}"
    if "opengl" in text.lower():
        return (
            "expected mobjects for Manim's Cairo renderer, got some for OpenGL, which is not supported; "
            f"use their counterparts without OpenGL in the name ({text})"
        )
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if any(re.search(rf"\b{name}\b", text) for name in missing) or (missing and "LaTeX" in text):
        return (
            "expected LaTeX for MathTex and Tex, found none; install it (apt-get install texlive-latex-extra dvisvgm), "
            "or write formulas with MathTypst and text with Text, which need nothing"
        )
    return ""
