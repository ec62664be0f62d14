"""Wide and shallow, then small and deep: the shapes on the way through a network."""

from manim import FadeIn, VGroup

from cnnviz import subjects
from cnnviz.stage import Scene
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.stop import blocks, lined_up
from cnnviz.stage.stories import volume_words as words


class Volumes(
    Scene,
    subject=subjects.Volumes,
    takeaway="On its way through a network, wide and shallow becomes small and deep: fewer places, more features.",
    concepts=("volume", "depth", "pooling", "flatten", "parameters"),
    seconds=41,
):
    """Every volume of a network with its values and parameters."""

    title = "Volumes"
    subtitle = "wide and shallow, then small and deep"

    subject: subjects.Volumes

    def tell(self, s: subjects.Volumes) -> None:
        """Send the picture through, then compare numbers and parameters."""
        self.s, self.stations = s, s.stations
        self.build()
        self.open()
        for part, again in s.visits:
            self.go(part, again=again)
            if part == [1]:
                self.be_honest()
        self.compare()
        self.close(words.takeaway(self.stations), focus=[stop.volume.front for stop in self.stops])

    def build(self) -> None:
        """Set the blocks in a row."""
        self.stops = lined_up(self, self.stations, blocks(self.stations, self.s.numbers, self.s.picture), 2)

    def open(self) -> None:
        """Show the picture flat and large, and turn it to stand as the first block."""
        block, stage = self.stops[0].volume, self.frame.stage
        half = 0.44 * min(stage.width, stage.height)
        x, y = stage.center
        block.lie(Box(x - half, y - half, x + half, y + half))
        self.add(block)
        with self.beat("What becomes of a picture on its way through a network?", focus=block.front):
            self.rest(2.4)
        depth, rows, columns = self.stations[0].shape
        sentence = "It is a block of numbers: {depth} deep, {rows} high and {columns} wide."
        with self.beat(sentence, depth=depth, rows=rows, columns=columns, focus=block.front):
            self.play(block.come(), run_time=1.4)
            self.name(0)

    def go(self, group: list[int], *, again: bool) -> None:
        """Let each block of a group grow out of the one before."""
        pairs = [(self.stations[index - 1], self.stations[index]) for index in group]
        sentence, fields = words.again(pairs) if again else words.made(*pairs[0])
        with self.beat(sentence, focus=[self.stops[index].volume.front for index in group], **fields):
            for index in group:
                before, block = self.stops[index - 1].volume, self.stops[index].volume
                block.match(before)
                self.play(FadeIn(block), run_time=0.3)
                self.play(block.come(), run_time=0.8 if again else 1.2)
                self.name(index)

    def name(self, index: int) -> None:
        """Write what made a block, and its shape."""
        stop = self.stops[index]
        self.step(index + 1, len(self.stops), noun="volume")
        self.appear(*stop.name(), into=stop.words, seconds=0.25)

    def be_honest(self) -> None:
        """Say where the numbers on the faces come from, if not from training."""
        sentence = ""
        if self.s.numbers is None:
            sentence = "There is too much to compute here: the blocks have true shapes, but no numbers."
        elif not self.s.has_weights:
            sentence = "It has not learned yet: random filters made these maps. The shapes will stay."
        if sentence:
            with self.beat(sentence, focus=self.stops[1].volume.front):
                self.rest(1.0)

    def compare(self) -> None:
        """Ask where the numbers and the parameters are, and let bars answer."""
        most = max(self.stations, key=lambda one: one.values)
        with self.beat("Which block holds the most numbers?", focus=[stop.volume.front for stop in self.stops]):
            self.rest(2.2)
        sentence = "{values} numbers: {label} holds the most."
        with self.beat(sentence, values=most.values, label=most.label) as beat:
            bars = self.rise(0, "numbers", [one.values for one in self.stations], "output")
            beat.focus = [bars[self.stations.index(most)]]
            self.rest(1.0)
        weights = max(self.stations, key=lambda one: one.parameters)
        if not weights.parameters:
            return
        sentence = words.parameters(weights, same=weights is most)
        with self.beat(sentence, parameters=weights.parameters, label=weights.label) as beat:
            bars = self.rise(1, "parameters", [one.parameters for one in self.stations], "kernel")
            beat.focus = [bars[self.stations.index(weights)]]
            self.rest(1.0)

    def rise(self, row: int, name: Template, numbers: list[int], role: str) -> list[VGroup]:
        """Let a row of bars appear, each with its number."""
        bars = []
        for stop, number in zip(self.stops, numbers, strict=True):
            ink = "input" if role == "output" and stop is self.stops[0] else role
            bars.append(stop.bar(row, number, number / max(numbers), ink, name if stop.begins else ""))
            self.appear(bars[-1], into=stop.bars, seconds=0.15)
        return bars
