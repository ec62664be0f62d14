"""Transposed convolution: every cell stamps the kernel, times its value, and overlapping stamps add up."""

from manim import FadeIn

from cnnviz import subjects
from cnnviz.stage.backprop import equations, narration
from cnnviz.stage.backprop.lesson import SharesLesson
from cnnviz.stage.backprop.size_table import SizeTable
from cnnviz.stage.backprop.view import SharesView


class TransposedConvolution(
    SharesLesson,
    subject=subjects.Transposed,
    gif="conv-transpose",
    takeaway="A transposed convolution stamps the kernel once for each cell, times its value; overlapping stamps "
    "add up.",
    concepts=("transposed convolution", "upsampling", "output_padding"),
    seconds=50,
):
    """Stamp a kernel, times each pixel, into a larger map.

    Stamps add up. The output becomes STRIDE times as large, unless padding or output padding is given.

    cnnviz gif conv-transpose
    cnnviz gif conv-transpose digit:3 --size 4 --kernel "1,1;1,1"
    cnnviz gif conv-transpose photo.jpg --kernel "1/4,1/2,1/4;1/2,1,1/2;1/4,1/2,1/4" -o enlarged.gif
    cnnviz gif conv-transpose blackboard-4 --stride 1 --padding 0
    """

    title = "Transposed convolution"
    subtitle = "stamp and add up"

    def construct(self) -> None:
        """Stamp all cells, cut the border off, then account for the size."""
        subject, trace = self.subject, self.subject.trace
        self.sharing = subject.of_stamps()
        source = equations.of_stamps(trace.stride, trace.dilation)
        self.view = SharesView(self.sharing, self.theme, peak=subject.picture.peak, source=source)
        self.add(*self.view.static)
        self.say(
            "How does a small map become a large one? Transposed convolution stamps the kernel, cell by cell.", fade=0
        )
        self.hold(0.6)
        self.hand_out(narration.of_stamps(subject, self.sharing))
        if sentence := narration.cut(subject):
            self.say(sentence)
            self.hold(0.8)
        self.complete()
        self.hold(1.2)
        self.account_for_size()
        self.say("A transposed convolution is a convolution's way back: each cell stamps the kernel, overlaps add up.")
        self.hold(2.5)

    def account_for_size(self) -> None:
        """Write what each option adds to the size, or takes from it."""
        self.clear_middle()
        at = self.view.middle.x, self.view.middle.top.box.bottom - 0.4
        self.say("Steps between the stamps, one kernel, and what is added or cut off: that is the size of the output.")
        for line in SizeTable(self.subject, at=at, theme=self.theme):
            self.play(FadeIn(line), run_time=0.3)
            self.hold(0.5)
        self.hold(0.6)
        if sentence := narration.alike(self.subject):
            self.say(sentence)
            self.hold(0.5)
