"""Every topic answered once more, by nested loops, from nothing but what the question says."""

from importlib import import_module

from tests.quizzes.recomputed.register import ANSWERS

for part in ("pictures", "convolution", "borders", "pooling", "network", "gradient", "training", "beyond"):
    import_module(f"tests.quizzes.recomputed.{part}")

__all__ = ["ANSWERS"]
