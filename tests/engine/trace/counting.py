"""Counting how many steps are built, by standing between a trace and its step class."""

from importlib import import_module


class Counter:
    def __init__(self, monkeypatch, module, name):
        self.made = 0
        module = import_module(f"cnnviz.engine.trace.{module}")
        step = getattr(module, name)

        def counted(**fields):
            self.made += 1
            return step(**fields)

        monkeypatch.setattr(module, name, counted)
