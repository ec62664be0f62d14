"""A picture through a whole network: real numbers of every layer, to the answer; and a digit that it gets wrong."""

from cnnviz import subjects
from cnnviz.stage.language import Template
from cnnviz.stage.stories import volume_words as words
from cnnviz.stage.stories.deciding import Deciding


class ForwardPass(
    Deciding,
    subject=subjects.Forward,
    gif="forward",
    takeaway="Windows, sums and maxima, layer by layer, turn 64 pixels into ten shares; the largest is the answer.",
    concepts=("forward pass", "feature map", "flatten", "softmax", "prediction"),
    seconds=76,
):
    """Send a picture through a network, number by number.

    NETWORK is a name as for cnnviz list networks, one line of layers, or a file with weights. A network of 8 x 8 reads
    digits, light ink on dark ground or the other way around. Of many maps, the strongest are shown.

    cnnviz gif forward
    cnnviz gif forward digit:7#12 -o seven.gif
    cnnviz gif forward my-digit.png --theme light
    cnnviz gif forward digit:4 --network renders/tiny-cnn.npz
    cnnviz gif forward photo:china --network mine.onnx
    """

    title = "Forward pass"
    subtitle = "one picture through the network"

    subject: subjects.Forward

    def tell(self, s: subjects.Forward) -> None:
        """Go through the layers: those with windows at work, the others as they come."""
        self.line_up(s)
        self.open()
        for kind, group in s.acts:
            if kind == "window":
                self.windows(group)
            elif kind == "flatten":
                self.flatten(group[0])
            elif kind == "score":
                self.score()
            else:
                self.hurry(group)
        if s.answer is not None:
            self.decide()
        self.end()

    def open(self) -> None:
        """Show the picture, the edges of all blocks to come, and the answers that there are."""
        block = self.stops[0].volume
        block.lie(block.box)
        sentence = "What will the network make of this picture?"
        if self.s.held_out:
            sentence = "How does a network read a digit that it has never seen?"
        with self.beat(sentence, focus=[block.front, *(stop.volume.box for stop in self.stops[1:])]):
            self.rest(1.6)
            self.play(block.come(), run_time=1.0)
            self.name(0)

    def windows(self, group: list[int]) -> None:
        """Watch windows at work; a block that none of them has made whole rises afterwards."""
        thread, station = self.s.thread, self.s.station_of
        for index in group:
            for look in thread.convs:
                if station(look.layer) == index:
                    self.convolve(look, first=look is thread.convs[0])
            if thread.pool is not None and station(thread.pool.layer) == index:
                self.pool(thread.pool)
            if index == self.risen:
                self.hurry([index])

    def hurry(self, group: list[int]) -> None:
        """Let blocks rise one out of the other."""
        pairs = [(self.stations[index - 1], self.stations[index]) for index in group]
        sentence, fields = words.again(pairs) if len(pairs) > 1 else words.made(*pairs[0])
        with self.beat(sentence, focus=[self.stops[group[-1]].volume.front], **fields):
            for index in group:
                self.rise(index)

    def end(self) -> None:
        """Show one that goes wrong, where there is one, and close."""
        focus = [self.stops[0].volume.front]
        if self.s.mistake is None:
            self.come_back()
        else:
            focus = self.fail(*self.s.mistake)
        told: Template = "Windows, sums and maxima, layer by layer: that is all a forward pass is."
        if self.s.answer is not None:
            told = "Windows, sums and maxima, layer by layer; the largest share is the answer."
        self.close(told, focus=focus)
