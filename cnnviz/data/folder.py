"""Pictures of one's own: a folder for each class."""

from pathlib import Path

import numpy as np

from cnnviz._checks import choice, integer
from cnnviz.data.images import load_image
from cnnviz.data.source import is_there, printable, shown
from cnnviz.data.split import Examples, Split, stratified
from cnnviz.errors import InputError, OptionError

WHO = "folder"
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")
LEAST = 5
"""Pictures of a class, so that each part of the split gets one."""

MOST_CLASSES, MOST_PICTURES, LARGEST = 100, 20_000, 256
MOST_BYTES = 512 * 2**20


def folder_split(
    folder: str | Path, *, size: int = 32, channels: str = "gray", seed: int = 0
) -> tuple[Split, tuple[str, ...]]:
    """Read pictures from folders within a folder, one for each class, and divide them as `stratified` does.

    Parameters
    ----------
    folder
        Holds a folder for each class, named as the class; other files and hidden ones are passed over.
    size
        Rows and columns that every picture becomes, its largest central square kept; at most 256.
    channels
        ``gray`` or ``rgb``.
    seed
        Decides which pictures go to which part.

    Returns
    -------
    split, names
        Images ``(N, C, size, size)`` of float32 from 0 to 1; the classes in the order of their labels, which is that of
        their names.

    Raises
    ------
    InputError
        Where there are no two classes with five pictures each, more than 100 classes or 20,000 pictures, more cells
        than 512 MiB hold, or a picture cannot be read.
    OptionError
        If an argument is outside what it may be.
    """
    integer(WHO, "size", size, 1)
    if size > LARGEST:
        raise OptionError(f"{WHO}: expected size of at most {LARGEST}, got {size}; choose less")
    depth = 1 if choice(WHO, "channels", channels, ("gray", "rgb")) == "gray" else 3
    generator = np.random.default_rng(integer(WHO, "seed", seed, 0))
    place = Path(folder)
    if not is_there(str(folder)) or not place.is_dir():
        raise InputError(
            f"{WHO}: expected a folder with one folder for each class, got {shown(str(folder))}, which is none; "
            f"check the path"
        )
    files = _files(place)
    count = sum(map(len, files.values()))
    need = 4 * count * depth * size * size
    if count > MOST_PICTURES or need > MOST_BYTES:
        raise InputError(
            f"{WHO}: expected at most {MOST_PICTURES:,} pictures and {MOST_BYTES // 2**20} MiB of cells, got "
            f"{count:,} pictures and {need // 2**20:,} MiB; take fewer pictures or a smaller size"
        )
    images = np.empty((count, depth, size, size), np.float32)
    paths = [path for each in files.values() for path in each]
    for image, path in zip(images, paths, strict=True):
        picture = load_image(path, size=(size, size), channels=channels)
        image[:] = picture.values / picture.peak
    labels = np.repeat(np.arange(len(files)), [len(each) for each in files.values()])
    return stratified(Examples(images, labels), generator), tuple(printable(name)[:40] for name in files)


def _files(folder: Path) -> dict[str, list[Path]]:
    """List the pictures of each class by name."""
    classes = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("."))
    if not 2 <= len(classes) <= MOST_CLASSES:
        raise InputError(
            f"{WHO}: expected 2 to {MOST_CLASSES} folders, one for each class, in {shown(str(folder))}, "
            f"got {len(classes)}; put the pictures of each class into a folder of its own"
        )
    files = {}
    for entry in classes:
        pictures = [path for path in entry.iterdir() if path.suffix.lower() in ENDINGS and path.is_file()]
        files[entry.name] = sorted(path for path in pictures if not path.name.startswith("."))
        if len(files[entry.name]) < LEAST:
            raise InputError(
                f"{WHO}: expected at least {LEAST} pictures ({', '.join(ENDINGS)}) of each class, got "
                f"{len(files[entry.name])} in {shown(entry.name)}; add some or remove the folder"
            )
    return files
