"""Experiments that anyone can repeat: what the lecture claims about learning, measured, whatever comes out."""

from cnnviz.nn.experiments.catalog import Experiment, find, measured, names
from cnnviz.nn.experiments.result import Chart, Point, Result, Series, from_json

__all__ = ["Chart", "Experiment", "Point", "Result", "Series", "find", "from_json", "measured", "names"]
