"""Output files that appear whole or not at all.

A file is made in a private folder beside its target, so on the same file system. When it is complete it is checked,
flushed to the disk and renamed over the target in one step. Whatever stops the run before that step (an error, a full
disk, Ctrl-C, a kill) leaves the target as it was.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from cnnviz.errors import RenderError
from cnnviz.render.files.nest import PREVIOUS, nest, sweep
from cnnviz.render.trouble import DISK, explained, terminable

__all__ = ["check_place", "staged", "staged_folder"]

Verify = Callable[[Path], None]


@contextlib.contextmanager
def staged(path: str | Path, *, verify: Verify | None = None, overwrite: bool = True) -> Iterator[Path]:
    """Give a temporary path, and rename what is written there to `path` when the block ends well.

    Missing folders on the way to `path` are made, and removed again when the block fails. A symbolic link is followed:
    the file it names is replaced, not the link. An existing file's permissions are kept.

    Parameters
    ----------
    path
        Where the file is to appear.
    verify
        Called with the temporary path; raises when the file is not what it should be.
    overwrite
        False refuses a `path` that exists.

    Raises
    ------
    RenderError
        If the file cannot be written there; where that can be known, before the block runs.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> with staged(folder / "new" / "note.txt") as temporary:
    ...     _ = temporary.write_text("done")
    >>> (folder / "new" / "note.txt").read_text(), [entry.name for entry in (folder / "new").iterdir()]
    ('done', ['note.txt'])
    """
    target = _target(path)
    with explained(path):
        mode = _check_file(path, target, overwrite=overwrite)
    with terminable(), _room(path, target) as private:
        temporary = private / f"out{target.suffix}"
        with explained(path, DISK):
            yield temporary
            if not temporary.is_file():
                raise RenderError(f"{path}: expected the writer to make a file, got none; please report this")
            if verify is not None:
                verify(temporary)
        with explained(path):
            if mode is not None:
                temporary.chmod(mode)
            _flush(temporary)
            _check_file(path, target, overwrite=overwrite)
            temporary.replace(target)
            _flush(target.parent)


@contextlib.contextmanager
def staged_folder(
    path: str | Path, *, pattern: str = "", listing: str = "", verify: Verify | None = None
) -> Iterator[Path]:
    """Give a temporary folder, and rename it to `path` when the block ends well.

    A folder that exists is replaced only where every name in it matches `pattern`, so that nobody's own files are lost.
    A folder with folders in it has a `listing` instead: a file that names all that was written, and nothing else may be
    there. That takes two renames; a kill between them is mended by the next run in the same place.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> with staged_folder(folder / "frames", pattern="*.png") as temporary:
    ...     _ = (temporary / "1.png").write_bytes(b"")
    >>> [file.name for file in (folder / "frames").iterdir()]
    ['1.png']
    """
    target = _target(path)
    with explained(path):
        _check_folder(path, target, pattern, listing)
    with terminable(), _room(path, target) as private:
        temporary = private / "out"
        with explained(path, DISK):
            temporary.mkdir()
            yield temporary
            if verify is not None:
                verify(temporary)
        with explained(path):
            if listing:
                (temporary / listing).write_text("".join(f"{name}\n" for name in _files(temporary)), encoding="utf-8")
            for file in temporary.rglob("*"):
                _flush(file)
            _flush(temporary)
            _check_folder(path, target, pattern, listing)
            if target.exists():
                (private / PREVIOUS).mkdir()
                target.rename(private / PREVIOUS / target.name)
            temporary.rename(target)
            _flush(target.parent)


def check_place(path: str | Path) -> None:
    """Refuse a path where a file cannot be written, as far as that can be known without writing it.

    Raises
    ------
    RenderError
        If it cannot.
    """
    target = _target(path)
    with explained(path):
        if not target.is_dir():  # which may be one for frames
            _check_file(path, target, overwrite=True)
        folder = next(folder for folder in target.parents if folder.exists())
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "", str(folder))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "", str(folder))


def _target(path: str | Path) -> Path:
    try:
        target = Path(path).resolve()
    except (ValueError, RuntimeError, OSError):  # a zero byte, or symbolic links in a circle
        raise RenderError(f"{str(path)!r}: expected a path, got one that leads nowhere; choose another") from None
    if not target.name or str(path) == "":
        raise RenderError(f"{str(path)!r}: expected a file to write, got a folder; name the file, such as a.gif")
    return target


@contextlib.contextmanager
def _room(path: str | Path, target: Path) -> Iterator[Path]:
    """Make the folders on the way and a private one beside the target; sweep up what dead runs left there."""
    with explained(path):
        missing = [folder for folder in target.parents if not folder.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.ExitStack() as stack:
            with explained(path):
                sweep(target.parent)
                private = stack.enter_context(nest(target.parent))
            yield private
    except BaseException:
        for folder in missing:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _check_file(path: str | Path, target: Path, *, overwrite: bool) -> int | None:
    """Refuse a target that is no plain file or must not be replaced; return its permissions where it exists."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise RenderError(f"{path}: expected a file to write, got a folder; name a file in it")
    if not stat.S_ISREG(mode):
        raise RenderError(f"{path}: expected a file to write, got a device or a pipe; choose another name")
    if not overwrite:
        raise RenderError(f"{path}: expected a new file, got one that exists; choose another name")
    if not os.access(target, os.W_OK):
        raise RenderError(f"{path}: expected a file that may be replaced, got a read-only one; choose another name")
    return stat.S_IMODE(mode)


def _check_folder(path: str | Path, target: Path, pattern: str, listing: str) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise RenderError(f"{path}: expected a folder to write, got a file; choose another name")
    if listing:
        index = target / listing
        known = {listing, *(index.read_text(encoding="utf-8").splitlines() if index.is_file() else ())}
        others, held = [name for name in _files(target) if name not in known], f"only what its {listing} names"
    else:
        others = sorted(entry.name for entry in target.iterdir() if not (entry.match(pattern) and entry.is_file()))
        held = f"only {pattern}"
    if others:
        raise RenderError(
            f"{path}: expected a new folder, or one with {held} in it, got {others[0]!r} there; choose another"
        )


def _files(folder: Path) -> list[str]:
    """List all that is in a folder and no folder itself."""
    return sorted(entry.relative_to(folder).as_posix() for entry in folder.rglob("*") if not entry.is_dir())


def _flush(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
