"""Inception: kernels of several sizes side by side, and 1 x 1 kernels in front that make them cheap."""

from cnnviz import subjects
from cnnviz.stage import Label, Lanes, Resettle, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import CAPTION, LABEL
from cnnviz.stage.pictures.lane_plan import SLICE
from cnnviz.stage.stories.telling import Telling


class Inception(
    Telling,
    subject=subjects.Inception,
    takeaway="An inception module looks with kernels of several sizes at once; 1 × 1 in front makes that cheap.",
    concepts=("GoogLeNet", "inception module", "1 x 1 convolution", "parameters", "architectures"),
    seconds=39,
):
    """One module of the network of branches."""

    title = "Inception"
    subtitle = "side by side, and cheap"

    subject: subjects.Inception

    def tell(self, s: subjects.Inception) -> None:
        """Let branches read the same maps; or, where there are none, read the network."""
        if s.module is None:
            self.lay_out("What is this network made of?")
            self.measure()
            self.end()
            return
        self.ask(s)
        self.naive(s)
        self.reduce(s)

    def ask(self, s: subjects.Inception) -> None:
        """Lay kernels of several sizes through the same maps, to ask which is best."""
        stage, peak = self.frame.stage, max(sum(part.parameters for part in lane) for lane in s.naive)
        self.lanes = Lanes(s.naive, s.shape, stage.width, stage.height, later=s.module, peak=peak, foot=True)
        self.arrange(self.lanes)
        self.first = [lane for lane, parts in enumerate(s.naive) if parts[0].kind == "conv"]
        block, slices, rods, names = self.lanes.near(self.first)
        with self.beat("Which kernel is best: 1 × 1, 3 × 3 or 5 × 5?", focus=slices):
            self.add(block)
            for rod, name in zip(slices, names, strict=False):
                self.appear(rod, name, seconds=0.5)
            self.rest(1.6)
        told: Template = "Each must run through all {reads} maps; a slice of this block is {slice} of them."
        with self.beat(told, reads=s.reads, slice=SLICE, focus=rods):
            self.appear(names[-1], seconds=0.3)
            for rod, thin in zip(rods, slices, strict=True):
                self.remove(thin)
                self.play(Resettle(rod, thin.box), run_time=0.9)
            self.rest(0.8)
        self.seen = block, rods, names

    def naive(self, s: subjects.Inception) -> None:
        """Take all of them, and add up what that costs."""
        every, lanes, (block, rods, names) = range(len(s.naive)), self.lanes, self.seen
        with self.beat("Take all: each branch reads all {reads} maps and makes its own.", reads=s.reads) as beat:
            self.vanish(names, seconds=0.2)
            lanes.part(self, block, rods, self.first)
            read = [lanes.read(lane) for lane in every]
            self.appear(*read, into=lanes, seconds=0.3)
            beat.focus = []
            for lane in every:
                beat.focus.append(lanes.made(lane))
                lanes.lengthen(self, lanes.block(lane, lanes.columns), beat.focus[-1:], 0.6)
            self.rest(0.6)
        with self.beat("A map of a convolution costs the numbers of its kernel, and one to add."):
            for lane in every:
                bar, number = lanes.bar(lane)
                lanes.take(read[lane])
                self.appear(lanes.told(lane, 0), bar, number, into=lanes, seconds=0.5)
        with self.beat("Together: {total} parameters in one module.", total=s.naive_total) as beat:
            self.total = self.add_up()
            beat.focus = [self.total]
            self.appear(self.total, into=lanes)
        told: Template = "Stacked, {maps} maps come out of {reads}: the next module costs even more."
        if s.naive_maps <= s.reads:
            told = "Stacked, {maps} maps come out of {reads}."
        with self.beat(told, maps=s.naive_maps, reads=s.reads) as beat:
            self.point(*(lanes.words[lane, lanes.columns] for lane in range(len(s.naive))))
            self.stacked = self.note_maps(s.naive_maps)
            beat.focus = [self.stacked]
            self.appear(self.stacked, into=lanes)

    def turn(self, lane: int, seconds: float = 1.2) -> None:
        """Let a lane become what it will be, and with it the sums below all lanes."""
        lanes, gone = self.lanes, [self.total, self.stacked]
        if lanes.lanes[lane] == lanes.later[lane]:
            return
        old, lanes.lanes[lane] = lanes.lanes[lane], lanes.later[lane]
        self.total, self.stacked = self.add_up(), self.note_maps(sum(each[-1].shape[0] for each in lanes.lanes))
        lanes.lanes[lane] = old
        lanes.turn(self, lane, seconds, gone=gone, come=[self.total, self.stacked])

    def add_up(self) -> Label:
        """Write below all lanes how many parameters they have together, as they stand."""
        total = sum(part.parameters for lane in self.lanes.lanes for part in lane)
        return self.lanes.below(f"= {total:,}", "text", size=CAPTION, bold=True)

    def note_maps(self, maps: int) -> Label:
        """Say below the last column how many maps all lanes make."""
        return self.lanes.below(f"= {say('{maps} maps', maps=maps)}", "output", column=self.lanes.columns, size=LABEL)

    def reduce(self, s: subjects.Inception) -> None:
        """Put 1 x 1 in front, and compare."""
        first, last, lanes = s.module[s.best][0], s.module[s.best][-1], self.lanes
        told: Template = "Now 1 × 1 goes first: of {reads} maps it makes {few}, and the next kernel is as short."
        with self.beat(told, reads=s.reads, few=first.shape[0]) as beat:
            self.turn(s.best)
            beat.focus = [lanes.words[s.best, 0], lanes.words[s.best, 1]]
            self.point(beat.focus[0])
            self.point(beat.focus[1], lanes.rods[s.best, 1])
        told = "{first} + {last} parameters instead of {before}."
        words = [lanes.words[s.best, place] for place in (0, 1)]
        with self.beat(told, first=first.parameters, last=last.parameters, before=s.before, focus=words):
            self.point(*words)
            self.rest(0.6)
        others = [lane for lane in range(len(s.module)) if lanes.lanes[lane] != lanes.later[lane]]
        if others:
            with self.beat("Other branches get a 1 × 1, too."):
                for lane in others:
                    self.turn(lane, 0.9)
        with self.beat("In all {total} instead of {naive}.", total=s.total, naive=s.naive_total) as beat:
            lanes.take(self.total)
            self.vanish(self.total)
            beat.focus = [lanes.below(f"{s.total:,} < {s.naive_total:,}", "highlight", size=CAPTION, bold=True)]
            self.appear(*beat.focus, into=lanes)
            self.rest(0.8)
        told = "Several views at once, for {total} parameters: 1 × 1 in front makes it cheap."
        self.close(told, total=s.total, focus=beat.focus)
