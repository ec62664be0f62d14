import pytest

from cnnviz.render.writers.press import Press


class Stream:
    """Takes frames as an encoder does; refuses those that are asked to fail."""

    def encode(self, frame):
        if frame == "bad":
            raise ValueError("no such frame")
        return [] if frame is None else [frame]


class File:
    def __init__(self):
        self.packets = []

    def mux(self, packets):
        self.packets += packets


def test_frames_come_out_in_order():
    file = File()
    press = Press(file, Stream())
    for number in range(200):
        press.encode(number)
    press.finish()
    assert file.packets == list(range(200))


def test_what_goes_wrong_is_told_and_nothing_follows_it():
    file = File()
    press = Press(file, Stream())
    press.encode("good")
    press.encode("bad")
    with pytest.raises(ValueError, match="no such frame"):
        press.finish()
    with pytest.raises(ValueError, match="no such frame"):
        press.encode("late")
    assert file.packets == ["good"]


def test_it_can_be_stopped_at_any_time_and_again():
    press = Press(File(), Stream())
    press.encode("a")
    press.stop()
    press.stop()
    finished = Press(File(), Stream())
    finished.finish()
    finished.stop()
