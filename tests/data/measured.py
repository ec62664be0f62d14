"""Read each file of a folder in a process of its own and print, as JSON, how it ended and what it cost.

``python measured.py FOLDER READER`` with READER one of image, npz, idx or pillow. Warnings are errors in here.
"""

import json
import os
import resource
import sys
import warnings
from importlib import import_module
from pathlib import Path

CPU_SECONDS = 20  # a guard against hanging, far above what is allowed
ADDRESS_SPACE = 4 * 2**30


def image(path):
    from cnnviz.data import load_image

    load_image(path, size=64, channels="rgb")


def npz(path):
    from cnnviz.data.npz import read_npz

    read_npz("load", path)


def idx(path):
    from cnnviz.data.idx import read_idx

    read_idx("mnist", path, 3)


def pillow(path):
    from PIL import Image

    Image.open(path).convert("RGB").resize((64, 64))


READERS = {reader.__name__: reader for reader in (image, npz, idx, pillow)}


def main(folder, reader):
    for module in ("PIL.Image", "cnnviz.data.decode", "cnnviz.data.npz", "cnnviz.data.idx"):
        import_module(module)  # here, so that the children do not pay for it
    warnings.simplefilter("error")
    results = {path.name: measure(path, READERS[reader]) for path in sorted(folder.iterdir())}
    print(json.dumps(results))


def measure(path, read):
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        ending, text = "read", ""
        try:
            read(path)
        except BaseException as error:
            ending, text = type(error).__name__, str(error)
        os.write(sink, json.dumps([ending, text]).encode()[:4000])
        os._exit(0)
    os.close(sink)
    with os.fdopen(source, "rb") as pipe:
        answer = pipe.read()
    _, status, usage = os.wait4(child, 0)
    ending, text = json.loads(answer) if answer else (f"died with status {status}", "")
    megabytes = usage.ru_maxrss / (1e3 if sys.platform != "darwin" else 1e6)
    return {"ending": ending, "text": text, "megabytes": megabytes, "seconds": usage.ru_utime + usage.ru_stime}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
