import pytest
import srt as reader

from cnnviz.errors import OptionError
from cnnviz.render.writers.captions import Caption, alt_text, srt, transcript, vtt

SAID = [
    Caption(0, 1.25, "A window moves.\nIt is 3 × 3."),
    Caption(1.25, 3723.4567, "Its products\n\n are added --> one number, <i>not</i> two & \x1b[31mno more."),
]


def test_an_outside_reader_understands_the_srt():
    first, second = reader.parse(srt(SAID))
    assert (first.start.total_seconds(), first.end.total_seconds()) == (0, 1.25)
    assert first.content == "A window moves.\nIt is 3 × 3."
    assert second.end.total_seconds() == 3723.457
    assert second.content == "Its products\nare added → one number, <i>not</i> two & [31mno more."


def test_vtt_escapes_what_would_be_markup():
    text = vtt(SAID, title="A --> <b>\n\nB")
    assert text == (
        "WEBVTT - A --&gt; &lt;b&gt; B\n\n"
        "00:00:00.000 --> 00:00:01.250\nA window moves.\nIt is 3 × 3.\n\n"
        "00:00:01.250 --> 01:02:03.457\nIts products\n"
        "are added --&gt; one number, &lt;i&gt;not&lt;/i&gt; two &amp; [31mno more.\n"
    )


def test_captions_come_in_order_and_empty_ones_are_dropped():
    captions = [Caption(2, 3, "b"), Caption(1, 1.5, "  \n "), Caption(0, 1, "a")]
    assert transcript(captions) == "a\nb\n"


@pytest.mark.parametrize("write", [srt, vtt, transcript])
def test_times_that_cannot_be_are_refused(write):
    with pytest.raises(OptionError) as caught:
        write([Caption(2, 2, "x")])
    assert str(caught.value) == "caption: expected 0 <= start < end in seconds, got 2 and 2 for 'x'; give it some time"
    assert write([Caption(1, 3, "y"), Caption(0, 2, "x")])  # at the same time


def test_alt_text_holds_whole_sentences_and_its_limit():
    said = [Caption(0, 1, "a" * 100), Caption(1, 2, "b" * 500), Caption(2, 3, "c" * 100)]
    text = alt_text("T", said, seconds=3, limit=300)
    assert text == f"T, an animation of 3 seconds. {'a' * 100} {'c' * 100}"
