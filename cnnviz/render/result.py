"""What rendering gives back."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.render.writers.captions import Caption
from cnnviz.render.writers.sidecar import image_tag

__all__ = ["Render"]

KINDS = {
    "gif": "image/gif",
    "webp": "image/webp",
    "apng": "image/apng",
    "png": "image/png",
    "svg": "image/svg+xml",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
"""What kinds of file are, by their endings: not every system knows all of them."""


@dataclass(frozen=True)
class Render:
    """A rendered scene: where the file is and how large it came out.

    ``beside`` are the caption and alt text files that were written with it, ``alt`` says in words what it shows,
    ``said`` are its captions, ``note`` what was given up: for the sake of `max_size`, or because
    no font has it.
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
        kind = KINDS.get(self.path.suffix[1:].lower(), "application/octet-stream")
        data = b64encode(self.path.read_bytes()).decode()
        source = f"data:{kind};base64,{data}"
        if kind.startswith("video"):
            return {"text/html": f'<video controls loop src="{source}" width="{self.width}"></video>'}
        return {"text/html": image_tag(source, self.alt, self.width, self.height)}
