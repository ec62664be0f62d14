"""Take in what comes from outside: whole files within a limit, and words safe to repeat in a message."""

import stat
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from cnnviz.errors import InputError


def read_bytes(who: str, path: Path, limit: int) -> bytes:
    """Read an ordinary file of at most ``limit`` bytes.

    Parameters
    ----------
    who : str
        The name the user called; the message begins with it.
    path : Path
        The file. It is looked at before it is opened, so that a pipe cannot keep us waiting.
    limit : int
        The most bytes to take.

    Raises
    ------
    InputError
        Where the file is missing, may not be read, is not an ordinary file, is empty or is too large.
    """
    name = shown(str(path))
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise InputError(f"{who}: expected a file, got the folder {name}; name a file in it")
        if not stat.S_ISREG(info.st_mode):
            raise InputError(f"{who}: expected an ordinary file, got {name}, a device or pipe; copy it to a file first")
        with path.open("rb") as file:
            data = file.read(min(limit, info.st_size) + 1)  # no more memory than the file needs
    except FileNotFoundError:
        raise InputError(f"{who}: expected a file, got {name}, which does not exist; check the path") from None
    except PermissionError:
        raise InputError(f"{who}: expected a file, got {name}, which may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{who}: expected a file, got {name}, which cannot be opened; check the path") from error
    if not data:
        raise InputError(f"{who}: expected a file with content, got {name}, which is empty; save it again")
    if len(data) > limit:
        size = max(info.st_size, len(data))
        raise InputError(
            f"{who}: expected a file of at most {_bytes_text(limit)}, got {name} with {_bytes_text(size, up=True)}; "
            f"make it smaller first"
        )
    return data


def is_there(path: str) -> bool:
    """Say whether something has this path; no for a text that cannot be a path, too long or with a NUL in it."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def shown(text: str, most: int = 80) -> str:
    r"""Quote a user's text for a one-line message: control characters escaped, the middle of a long text left out.

    Examples
    --------
    >>> print(shown("two\nlines"))
    "two\nlines"
    """
    if len(text) > most:
        text = f"{text[: most // 3]}…{text[-(most - most // 3 - 1) :]}"
    return f'"{printable(text)}"'


def printable(text: str) -> str:
    r"""Write out the characters that do not print (line ends, terminal codes, text direction marks) as escapes.

    Examples
    --------
    >>> print(printable("bell\a"))
    bell\x07
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def hint(name: str, options: Iterable[str]) -> str:
    """Say which of the options a mistyped name may have meant; empty where none is near.

    Examples
    --------
    >>> hint("soble-x", ["sobel-x", "sharpen"])
    'did you mean sobel-x? '
    >>> hint("zzz", ["sobel-x", "sharpen"])
    ''
    """
    likeness = {option: SequenceMatcher(None, name.lower(), option).ratio() for option in options}
    best = max(likeness.values(), default=0.0)
    near = [option for option, score in likeness.items() if score >= max(best - 0.05, 0.6)][:2]
    return f"did you mean {' or '.join(near)}? " if near else ""


def _bytes_text(count: int, *, up: bool = False) -> str:
    """Write a size in MB or kB, rounded up on request, so that what is too large never reads like the limit."""
    unit, name = (1_000_000, "MB") if count >= 1_000_000 else (1_000, "kB")
    tenths = count * 10 // unit
    if up and tenths * unit < count * 10:
        tenths += 1
    return f"{tenths / 10:g} {name}"
