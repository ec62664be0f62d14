"""Pictures of worked solutions: the last frame of each question's scene, with the question's own numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cnnviz.quizzes import Question

__all__ = ["draw", "still"]


def draw(questions: Sequence[Question], progress: Callable[[int, int], None] | None = None) -> dict[Question, bytes]:
    """Draw what questions have a scene; ``progress`` is called with (done, total)."""
    shown = [question for question in questions if question.scene]
    pictures = {}
    for done, question in enumerate(shown):
        if progress:
            progress(done, len(shown))
        pictures[question] = still(question)
    return pictures


def still(question: Question, *, theme: str = "light") -> bytes:
    """Draw the last frame of a question's scene as PNG."""
    from cnnviz.render import render

    assert question.scene is not None
    options: dict[str, Any] = {"theme": theme, "captions": "burned", **question.scene.options}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "still.png"
        render(question.scene.slug, format="png", quality="draft", path=path, cache=False, **options)
        return path.read_bytes()
