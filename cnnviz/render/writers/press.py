"""Encoding beside drawing: while one picture is drawn, the one before it is encoded."""

from queue import Queue
from threading import Thread
from typing import Any

__all__ = ["Press"]

_WAITING = 2  # pictures between the two, at most


class Press:
    """Encode frames into a stream, in the order in which they are given, in a thread of its own.

    Parameters
    ----------
    file, stream
        An open container of PyAV and the stream in it; nobody else uses them until `finish` or `stop` has returned.
    """

    def __init__(self, file: Any, stream: Any) -> None:
        self._file, self._stream = file, stream
        self._frames: Queue[Any] = Queue(_WAITING)
        self._failure: BaseException | None = None
        self._stopped = False
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def encode(self, frame: Any) -> None:
        """Hand over a frame, which is not to be touched any more; raises what went wrong with those before."""
        self._check()
        self._frames.put(frame)

    def finish(self) -> None:
        """Wait until all frames are in the file."""
        self._leave()
        self._check()
        self._file.mux(self._stream.encode(None))

    def stop(self) -> None:
        """Leave out what still waits; may be called at any time, and again."""
        self._stopped = True
        self._leave()

    def _leave(self) -> None:
        if self._thread.is_alive():
            self._frames.put(None)
            self._thread.join()

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _work(self) -> None:
        while (frame := self._frames.get()) is not None:
            if self._stopped or self._failure is not None:
                continue
            try:
                self._file.mux(self._stream.encode(frame))
            except BaseException as error:
                self._failure = error
