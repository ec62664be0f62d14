"""Pictures of worked solutions: the last frame of each question's scene, with the question's own numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

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
    from cnnviz.render.runner import plan

    assert question.scene is not None
    options = {"theme": theme, "captions": "burned", **question.scene.options}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "still.png"
        # The options of a scene may be called as those of a picture are, such as width: they are put in afterward.
        drawing = replace(
            plan(question.scene.slug, format="png", quality="draft", path=path), options=options, key=None
        )
        drawing.drawn()
        return path.read_bytes()
