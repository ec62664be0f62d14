"""Read generated kernel texts under an audit hook and print, as JSON, what happened.

``python generated.py COUNT READER`` with READER one of kernel or evaluating, which is wrong on purpose.
"""

import json
import random
import sys
from contextlib import suppress
from fractions import Fraction
from types import SimpleNamespace

import numpy as np

from cnnviz.data import kernel
from cnnviz.errors import InputError

FORBIDDEN = (
    "exec",
    "compile",
    "import",
    "open",
    "os.system",
    "os.exec",
    "subprocess.Popen",
    "socket.connect",
    "ctypes",
)
PIECES = (
    *"0123456789" * 4,
    *",;" * 12,
    *" -./e+\n" * 3,
    *("1/9", "-1", "0.5", "−2", "1e3", "\t", "\r\n", "1,0,-1;", "1 0 -1\n"),
)
ODDITIES = (
    *(
        "nan",
        "inf",
        "1e999",
        "1/0",
        "1e-999",
        "E",
        "x",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "'",
        '"',
        "\\",
        "\0",
        "\x1b",
        "%s",
    ),
    *(
        "__import__('os').system('true')",
        "open('x','w')",
        "lambda:0",
        "eval('1')",
        "exec('1')",
        "f'{1}'",
        "().__class__",
    ),
    *("٣", "１", "½", "∞", "\u202e", "\ud800", "😀", "\x85", "\u2028", "0x10", "0b1", "1_000", "1j", "9" * 400),
    *("../../etc/passwd", "/dev/zero", "~", "$HOME", "`id`", "%(x)s", "sobel-x", "edge", "digit:3", "://", "*" * 9),
)


class Ear:
    """Note what Python does while it listens; a hook cannot be taken away again."""

    def __init__(self):
        self.events = set()
        self.listening = False
        sys.addaudithook(self.hear)

    def hear(self, event, arguments):
        if self.listening and event.startswith(FORBIDDEN):
            self.events.add(f"{event} {str(arguments)[:80]}")

    def __enter__(self):
        self.listening = True

    def __exit__(self, *error):
        self.listening = False


def text(source):
    """Either a sound kernel with at most a few faults, or a heap of pieces."""
    if source.random() < 0.5:
        rows, columns = source.randint(1, 6), source.randint(1, 6)
        cells = [
            [source.choice(("1", "-1", "0", "1/9", "2.5", " 3 ", "1e2", "−4/16")) for _ in range(columns)]
            for _ in range(rows)
        ]
        made = source.choice((";", "\n", ";\n", "; ")).join(",".join(row) for row in cells)
        for _ in range(source.choice((0, 0, 0, 1, 2))):
            place = source.randint(0, len(made))
            made = made[:place] + source.choice(PIECES + ODDITIES) + made[place + source.randint(0, 2) :]
        return made
    pieces = PIECES if source.random() < 0.5 else PIECES + ODDITIES
    return "".join(source.choice(pieces) for _ in range(source.randint(0, source.choice((8, 40, 400)))))


def evaluating(spec):
    values = np.atleast_2d(np.array(eval(spec.replace("\0", "")), dtype=float))  # the classic fault
    return SimpleNamespace(values=values, labels=[[str(value) for value in row] for row in values])


def sound(found):
    values = found.values
    exact = [[number(label) for label in row] for row in found.labels]
    return (
        values.ndim == 2
        and max(values.shape) <= 31
        and np.isfinite(values).all()
        and np.allclose(values, exact, rtol=1e-15, atol=0)
    )


def number(label):
    top, _, bottom = label.replace("−", "-").partition("/")
    return float(Fraction(top) / Fraction(bottom or 1))


def main(count, reader):
    source = random.Random(12)
    texts = [text(source) for _ in range(count)]
    read = {"kernel": kernel, "evaluating": evaluating}[reader]
    surprises, good, refused = [], 0, 0
    for warm in ("1/2", "x", "\0.txt"):  # the imports of a first call are no one's code
        with suppress(InputError):
            kernel(warm)
    ear = Ear()
    for spec in texts:
        try:
            with ear:
                found = read(spec)
            good += 1
            if not sound(found):
                surprises.append(["not the numbers typed", spec])
        except InputError as error:
            refused += 1
            if not str(error).isprintable():  # nor in one line, then
                surprises.append(["not one line", spec])
        except BaseException as error:
            surprises.append([type(error).__name__, spec])
    print(json.dumps({"events": sorted(ear.events), "surprises": surprises[:5], "read": good, "refused": refused}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
