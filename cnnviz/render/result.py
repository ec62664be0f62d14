"""What rendering gives back."""

from __future__ import annotations

import mimetypes
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.render.writers.captions import Caption
from cnnviz.render.writers.sidecar import image_tag

__all__ = ["Render"]


@dataclass(frozen=True)
class Render:
    """A rendered scene: where the file is and how large it came out.

    ``beside`` are the caption and alt text files that were written with it, ``alt`` says in words what it shows,
    ``said`` are its captions, ``note`` what was given up for the sake of `max_size`.
    """

    path: Path
    frames: int
    seconds: float
    width: int
    height: int
    bytes: int
    beside: tuple[Path, ...]
    alt: str
    said: tuple[Caption, ...] = ()
    note: str = ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Show itself in a notebook."""
        kind = mimetypes.guess_type(self.path.name)[0] or "application/octet-stream"
        data = b64encode(self.path.read_bytes()).decode()
        source = f"data:{kind};base64,{data}"
        if kind.startswith("video"):
            return {"text/html": f'<video controls loop src="{source}" width="{self.width}"></video>'}
        return {"text/html": image_tag(source, self.alt, self.width, self.height)}
