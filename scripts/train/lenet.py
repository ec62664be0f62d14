"""Train the layers of LeNet-5 whose maps scene ch09-s02 shows: python scripts/train/lenet.py

Writes cnnviz/subjects/lenet_maps.npz and prints what to put into DIGEST in cnnviz/subjects/lenet_maps.py.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is loaded; sums keep their order

import hashlib

from cnnviz.subjects.lenet_maps import FILE, record


def main() -> None:
    network, accuracy = record()
    network.save(FILE)
    print(f"read right {100 * accuracy:.1f} %, {FILE.stat().st_size:,} bytes")
    print(f"sha256 {hashlib.sha256(FILE.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
