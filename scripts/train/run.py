"""Record the training that scene ch08-s01 shows: python scripts/train/run.py

Writes cnnviz/subjects/tiny_run.npz and prints what to put into DIGEST in cnnviz/subjects/run.py.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is loaded; sums keep their order

import hashlib

from cnnviz.subjects.run import FILE, record


def main() -> None:
    run = record()
    run.save(FILE)
    for epoch in (0, 1, 2, 3, 5, 10, 20, run.best, run.epochs):
        loss, accuracy = run.loss[epoch], run.accuracy[epoch]
        print(f"{epoch:3} loss {loss[0]:.4f} {loss[1]:.4f} accuracy {accuracy[0]:.4f} {accuracy[1]:.4f}", end="  ")
        print(f"right {run.right[epoch]}  reads {run.answers[epoch].tolist()} of {run.labels.tolist()}")
    print(f"learned in {[run.settled(digit) for digit in range(len(run.labels))]}, {FILE.stat().st_size:,} bytes")
    print(f"sha256 {hashlib.sha256(FILE.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
