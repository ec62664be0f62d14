import pytest

from cnnviz.errors import OptionError
from cnnviz.render.quality import QUALITIES, frame_size


@pytest.mark.parametrize("quality", QUALITIES)
def test_sizes_are_even_and_gif_rates_divide_a_hundred(quality):
    width, height, fps = frame_size(quality, gif=True)
    assert width % 2 == height % 2 == 0
    assert 100 % fps == 0
    assert frame_size(quality, gif=False)[2] >= fps


def test_a_width_keeps_the_shape():
    assert frame_size("film", gif=False, width=641) == (640, 360, 60)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"quality": "best"}, "quality: expected one of draft, web, film, got 'best'"),
        ({"quality": "web", "fps": 0}, "fps: expected 1 to 60 frames a second, got 0"),
        ({"quality": "web", "fps": float("nan")}, "fps: expected 1 to 60 frames a second, got nan"),
        ({"quality": "web", "width": 10}, "width: expected 160 to 3840 pixels, got 10"),
    ],
)
def test_what_is_refused(options, message):
    with pytest.raises(OptionError) as caught:
        frame_size(options.pop("quality"), gif=True, **options)
    assert str(caught.value) == message
