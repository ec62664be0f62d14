"""A beat: one sentence and the state it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SECONDS_PER_CHARACTER = 1 / 17
"""How long a sentence stands at least: people read 17 characters a second."""

LONGEST = 90
"""Characters of a sentence, at most: two lines of captions."""


@dataclass
class Beat:
    """One sentence, when it stands, and what it speaks of.

    Attributes
    ----------
    name : str
        Short, for chapter marks and slides; the sentence if none was given.
    text : str
        The sentence as said.
    fields : dict
        The values put into the template.
    start, end : float
        Seconds; ``end`` is None while it stands.
    focus : list of Mobject
        What the sentence speaks of: it lights up while the sentence waits to be read.
    others : dict of str
        The sentence in other languages, by their codes.
    """

    name: str
    text: str
    fields: dict[str, Any]
    start: float
    end: float | None = None
    focus: list[Any] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)

    @property
    def least(self) -> float:
        """Seconds it takes to read, in any of its languages."""
        return SECONDS_PER_CHARACTER * max(map(len, (self.text, *self.others.values())))
