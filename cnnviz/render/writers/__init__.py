"""Sinks that turn a stream of frames into a file."""
