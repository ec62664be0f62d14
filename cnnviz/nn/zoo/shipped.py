"""Weights that ship with the package."""

import hashlib
from pathlib import Path

from cnnviz.errors import InputError
from cnnviz.nn.layer import Layer


def load_shipped(who: str, network: Layer, path: Path, digest: str) -> None:
    """Load weights, if the file has this SHA-256.

    Raises
    ------
    InputError
        If the file is not the one that was shipped.
    """
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise InputError(f"{who}: expected the weights that ship with cnnviz, got another file; install it again")
    network.load(path)
