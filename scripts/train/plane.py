"""Record the plane that scene ch08-s02 shows: python scripts/train/plane.py

Writes cnnviz/subjects/plane.npz and prints what to put into DIGEST in cnnviz/subjects/plane.py.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is loaded; sums keep their order

import hashlib

from cnnviz.subjects.plane import FILE, WAYS, record


def main() -> None:
    plane = record()
    plane.save(FILE)
    for name in WAYS:
        way = plane.way(name)
        print(f"{name:13} {len(way) - 1:2} steps, loss {way[0, 2]:.4f} to {way[-1, 2]:.4f} at {way[-1, :2].round(2)}")
    print(f"losses from {plane.loss.min():.4f} to {plane.loss.max():.4f}, {FILE.stat().st_size:,} bytes")
    print(f"sha256 {hashlib.sha256(FILE.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
