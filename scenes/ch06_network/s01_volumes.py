"""Wide and shallow, then small and deep: the shapes on the way through a network."""

from typing import Any

from manim import FadeIn, FadeOut, VGroup

from cnnviz import subjects
from cnnviz.stage.glide import LATE, SOON
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.stop import KINDS, blocks, lined_up, scales
from cnnviz.stage.stories import volume_words as words
from cnnviz.stage.stories.closing_in import ClosingIn
from cnnviz.subjects.station import Station


class Volumes(
    ClosingIn,
    subject=subjects.Volumes,
    takeaway="On its way through a network, wide and shallow becomes small and deep: fewer places, more features.",
    concepts=("volume", "depth", "pooling", "flatten", "parameters"),
    seconds=47,
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
        """Set the blocks in lines, as edges, until they are made."""
        self.stops = lined_up(self, self.stations, blocks(self.stations, self.s.numbers, self.s.picture), size=LABEL)
        self.edges = [stop.volume.edges() for stop in self.stops]
        for stop in self.stops:
            stop.words.append(*stop.name()[: stop.heads])

    def open(self) -> None:
        """Show the picture flat, and turn it to stand as the first block."""
        block = self.stops[0].volume
        block.lie(block.box)
        self.add(*self.edges[1:], block)
        light = [block.front, *(stop.volume.box for stop in self.stops[1:])]
        with self.beat("What becomes of a picture on its way through a network?", focus=light):
            self.rest(2.8)
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
            if not again and len(self.stations[group[0]].shape) == 3:
                self.close_in(self.s, group[0])
                self.name(group[0])
                return
            for index in group:
                before, block = self.stops[index - 1].volume, self.stops[index].volume
                block.match(before)
                self.play(FadeIn(block), run_time=0.3)
                self.play(block.come(), FadeOut(self.edges[index]), run_time=0.8 if again else 1.2)
                self.name(index)

    def name(self, index: int) -> None:
        """Write the shape of a block."""
        stop = self.stops[index]
        self.step(index + 1, len(self.stops), noun="volume")
        self.appear(*stop.name()[stop.heads :], into=stop.words, seconds=0.25)

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
            self.line_up_again()
            self.rest(1.4)
        weights = max(self.stations, key=lambda one: one.parameters)
        counts = [[one.values for one in self.stations], [one.parameters for one in self.stations]]
        peaks = scales(*counts)
        sentence = "{values} numbers: {label} holds the most."
        with self.beat(sentence, values=most.values, label=most.label) as beat:
            bars = self.rise(0, counts[0], peaks[0])
            beat.focus = self.named(bars, most)
            self.rest(1.0)
        if not weights.parameters:
            return
        sentence = words.parameters(weights, same=weights is most)
        with self.beat(sentence, parameters=weights.parameters, label=weights.label) as beat:
            bars = self.rise(1, counts[1], peaks[1])
            beat.focus = self.named(bars, weights)
            self.rest(1.0)

    def line_up_again(self) -> None:
        """Bring the blocks closer together, and make room for bars below them."""
        volumes = [stop.volume for stop in self.stops]
        planes = [[face.plane for face in volume.faces] for volume in volumes]
        gone = [FadeOut(stop.words, rate_func=SOON) for stop in self.stops]
        self.stops = lined_up(self, self.stations, volumes, bars=True, size=LABEL)
        for volume, before in zip(volumes, planes, strict=True):
            volume.stand(before)
        names = [FadeIn(*stop.name(), rate_func=LATE) for stop in self.stops]
        self.play(*gone, *(volume.come() for volume in volumes), *names, run_time=1.2)
        for stop, name in zip(self.stops, names, strict=True):
            self.remove(name.mobject)
            stop.words.append(*name.mobject)

    def rise(self, which: int, numbers: list[int], peak: int) -> list[VGroup]:
        """Let a bar of each block appear with its number, and first the longest, of which the sentence speaks."""
        roles = ["input" if not which else KINDS[which][1], *[KINDS[which][1]] * len(numbers)]
        each = zip(self.stops, numbers, roles, strict=False)
        bars = [stop.bar(which, number, number / peak, role) for stop, number, role in each]
        first = numbers.index(max(numbers))
        self.appear(*(stop.head(which) for stop in self.stops if stop.begins), seconds=0.2)
        for index in sorted(range(len(bars)), key=lambda index: index != first):
            self.appear(bars[index], into=self.stops[index].bars, seconds=0.15)
        return bars

    def named(self, bars: list[VGroup], station: Station) -> list[Any]:
        """Return the bar and the block of a station."""
        index = self.stations.index(station)
        return [bars[index], self.stops[index].volume.front]
