"""Rebuild the files in cnnviz/data/builtin from scikit-learn and matplotlib: ``python scripts/data/build.py``."""

from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import numpy as np
import sklearn.datasets
from PIL import Image

TARGET = Path(__file__).parents[2] / "cnnviz" / "data" / "builtin"
LONGEST_SIDE = 512
QUALITY = 85


def originals() -> dict[str, Path]:
    """Find the photographs as they come."""
    samples = Path(sklearn.datasets.__file__).parent / "images"
    return {
        "china": samples / "china.jpg",
        "flower": samples / "flower.jpg",
        "grace_hopper": Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg",
    }


def photo(path: Path) -> bytes:
    """Shrink a photograph and pack it again, without its notes; its colors are sRGB already."""
    with Image.open(path) as original:
        image = original.convert("RGB")
    image.info.clear()
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    packed = BytesIO()
    image.save(packed, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return packed.getvalue()


def digits() -> bytes:
    """Pack the handwritten digits, one byte for each cell."""
    bunch = sklearn.datasets.load_digits()
    packed = BytesIO()
    np.savez_compressed(packed, images=bunch.images.astype(np.uint8), labels=bunch.target.astype(np.uint8))
    return packed.getvalue()


def main() -> None:
    """Write all files and say how large they are."""
    files = {"digits.npz": digits()} | {f"{name}.jpg": photo(path) for name, path in originals().items()}
    for name, content in files.items():
        (TARGET / name).write_bytes(content)
        print(f"{name:18} {len(content):7,} bytes")


if __name__ == "__main__":
    main()
