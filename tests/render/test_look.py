import pytest

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.look import Look, byte_count, fit

WIDE = Look(1280, 720, 20)


def made(limit, size, *, start=WIDE, palette=True):
    looks = []

    def make(look):
        looks.append(look)
        return size(look)

    return *fit(start, limit, make, palette=palette), looks


def cells(look):
    """A clip whose size goes with everything it could give up."""
    return int(look.width * look.height * look.fps * (look.colors or 256) / 256)


def test_nothing_is_given_up_without_need():
    assert made(10**8, cells) == (WIDE, "", [WIDE])


def test_first_frames_then_pixels_then_colors():
    most = cells(WIDE)
    look, note, looks = made(most * 2 // 3, cells)
    assert (look, looks) == (Look(1280, 720, 12.5), [WIDE, look])
    assert note == f"fewer frames to fit into {most * 2 // 3} bytes: 1280x720 at 12.5 frames a second"
    look, note, looks = made(most // 10, cells)
    assert looks[1] == Look(1280, 720, 8)
    assert (look.fps, look.colors, cells(look) <= most // 10) == (8, None, True)
    assert note.startswith("fewer frames, smaller to fit into ")
    look, note, looks = made(most // 100, cells)
    assert look == Look(320, 180, 8, 64)
    assert note.startswith("fewer frames, smaller, fewer colors to fit into ")
    assert len(looks) <= 8


def test_a_rate_below_all_others_stays():
    assert made(100_000, cells, start=Look(640, 360, 5))[0].fps == 5


def test_only_a_palette_has_colors_to_give_up():
    with pytest.raises(RenderError) as caught:
        made(1000, cells, palette=False)
    assert str(caught.value) == (
        "max-size: expected at most 1000 bytes, got 460800 even with 320x180 at 8 frames a second; "
        "allow more, or take another format"
    )


def test_a_size_that_never_falls_ends():
    with pytest.raises(RenderError):
        made(1000, lambda _: 5000)


@pytest.mark.parametrize("width", range(322, 3840, 134))
def test_every_size_on_the_way_is_even(width):
    looks = []
    start = Look(width, 2 * round(width * 9 / 32), 20)
    with pytest.raises(RenderError):
        fit(start, 1000, lambda look: looks.append(look) or 5000, palette=False)
    assert all(look.width % 2 == look.height % 2 == 0 for look in looks)
    assert looks[-1].width == 320


@pytest.mark.parametrize(("text", "count"), [("2MB", 2_000_000), ("2m", 2_000_000), ("1 KiB", 1024), (12345, 12345)])
def test_sizes(text, count):
    assert byte_count(text) == count


@pytest.mark.parametrize("text", ["", "MB", "-1MB", "2 TB", "1e9", "nan", "999", 0, "2ib", "1i"])
def test_what_is_no_size(text):
    with pytest.raises(OptionError) as caught:
        byte_count(text)
    assert str(caught.value) == f"max-size: expected 1000 bytes or more, such as 2MB or 500kB, got {str(text)!r}"
