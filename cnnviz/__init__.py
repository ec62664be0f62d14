"""See a convolutional network work: real numbers, replayed step by step.

``cnnviz.engine`` computes, a trace says how, and everything a person sees replays that trace.
Importing this package loads nothing heavy; import the part you need.
"""

__version__ = "0.1.0"
