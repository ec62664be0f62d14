"""Make the weights that ship with the package: python scripts/train/zoo.py [tiny | scattered | texture]

Writes cnnviz/nn/zoo/NAME_cnn.npz and prints what to put into DIGEST in cnnviz/nn/zoo/NAME.py.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is loaded; sums keep their order

import hashlib
import sys

from cnnviz.data import digits_split, scattered_split, textures_split
from cnnviz.nn import evaluate
from cnnviz.nn.zoo import scattered, texture, tiny

NETWORKS = {
    "tiny": (tiny, tiny.train_tiny, digits_split),
    "scattered": (scattered, scattered.train_scattered, scattered_split),
    "texture": (texture, texture.train_texture, textures_split),
}


def main(name: str) -> None:
    module, train, examples = NETWORKS[name]
    network, history = train()
    split = examples()
    for part in ("train", "validation", "test"):
        score = evaluate(network, getattr(split, part))
        print(f"{part:10} {score.accuracy:7.2%}  loss {score.loss:.4f}")
    network.save(module.WEIGHTS)
    print(f"seed {module.SEED}, best epoch {history.best} of {len(history)}, {module.WEIGHTS.stat().st_size:,} bytes")
    print(f"sha256 {hashlib.sha256(module.WEIGHTS.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or NETWORKS:
        main(chosen)
