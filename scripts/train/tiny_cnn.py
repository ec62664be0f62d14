"""Make the weights of tiny_cnn that ship with the package: python scripts/train/tiny_cnn.py

Writes cnnviz/nn/zoo/tiny_cnn.npz and prints what to put into DIGEST in cnnviz/nn/zoo/tiny.py.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is loaded; sums keep their order

import hashlib

from cnnviz.data.split import digits_split
from cnnviz.nn.training import evaluate
from cnnviz.nn.zoo.tiny import SEED, WEIGHTS, train_tiny


def main() -> None:
    network, history = train_tiny()
    split = digits_split()
    for name in ("train", "validation", "test"):
        score = evaluate(network, getattr(split, name))
        print(f"{name:10} {score.accuracy:7.2%}  loss {score.loss:.4f}")
    network.save(WEIGHTS)
    print(f"seed {SEED}, best epoch {history.best} of {len(history)}, {WEIGHTS.stat().st_size:,} bytes")
    print(f"sha256 {hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
