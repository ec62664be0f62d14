"""AlexNet: 11 x 11 kernels in large steps, what all its layers cost, and two columns that seldom meet."""

from cnnviz import subjects
from cnnviz.stage import Grid, Lanes, Resettle, Window, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import CAPTION
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.stories.mapping import Mapping


class AlexNet(
    Mapping,
    subject=subjects.AlexNet,
    takeaway="AlexNet looks with 11 × 11 kernels in steps of 4, and lies on two cards that seldom talk.",
    concepts=("AlexNet", "architectures", "stride", "grouped convolution", "parameters", "ReLU", "dropout"),
    seconds=49,
):
    """The network of 2012, its first kernels, its parts and its two columns."""

    title = "AlexNet"
    subtitle = "the network of 2012"

    subject: subjects.AlexNet

    def tell(self, s: subjects.AlexNet) -> None:
        """Read the network, its first windows, and its columns if it has some."""
        if s.picture is None:
            self.lay_out("What was the network made of that won in 2012?")
        else:
            self.slide(s)
        self.weigh()
        if s.columns:
            self.divide_up(s)
            self.save(s)
            return
        self.work()
        self.end()

    def slide(self, s: subjects.AlexNet) -> None:
        """Let the first window run over all of the picture, and the map sink into the diagram of the network."""
        x = Grid(s.picture.values[0], "input", "input", photo=s.picture.peak, colors=s.picture.values, form="pixels")
        steps, zoom = say("in steps of {stride}", stride=s.stride), 0.3 * s.side / s.kernel
        kernel = Grid(s.edges, "kernel", f"{s.kernel} × {s.kernel}", detail="", note=steps, zoom=zoom)
        size = f"{s.made.shape[0]} × {s.made.shape[1]}"
        look = {"detail": size, "form": "pixels", "hidden": True, "zoom": s.side / s.made.shape[1]}
        made = Grid(s.made, "output", "map", **look)
        question: Template = "What was the network made of that won in 2012?"
        with self.beat(question if s.is_usual else "What is this network made of?", focus=x):
            self.arrange(x)
            self.rest(2.0)
        told: Template = "Its first kernels are {kernel} × {kernel}, here a simple one that finds edges."
        with self.beat(told, kernel=s.kernel, focus=kernel):
            self.rearrange(x, kernel, made, gap=0.4)
            window = Window(x, s.edges.shape)
            pixels = value_pixels(s.edges, "kernel", 1.0, self.theme)
            laid = PixelImage(pixels, x.cell_box((0, 0), *s.edges.shape))
            laid.box = x.cell_box((0, 0), *s.edges.shape)
            self.add(laid, window)
            self.play(Resettle(laid, kernel.box), run_time=1.2)
            self.rest(0.4)
        told = "In steps of {stride} a window fits {formula} times a side: a map of {size} cells."
        cells = made.everywhere()
        with self.beat(told, stride=s.stride, formula=s.formula, size=size, focus=made):
            self.remove(laid)
            at = lambda cell: (cell[0] * s.stride, cell[1] * s.stride)  # noqa: E731
            self.walk(cells, window, lambda cell: made.show([cell]), seconds=5.0, at=at)
        told = "{count} kernels make {count} maps; behind them, layer reads layer."
        with self.beat(told, count=s.filters, focus=made):
            self.sink([[x, window], [kernel, made]], {})

    def divide_up(self, s: subjects.AlexNet) -> None:
        """Let two cards grow out of the diagram, each with its half of the maps."""
        stage, every = self.frame.stage, range(len(s.columns))
        names = [say("card {number}", number=lane + 1) for lane in every]
        self.lanes = Lanes(s.columns, s.reads, stage.width, stage.height, mixed=s.mixed, called=names, foot=True)
        told: Template = "It was too large for one card of its time: each card got half of the filters."
        if not s.is_usual:
            told = "In the middle its filters lie in columns, side by side."
        with self.beat(told, focus=self.diagram.row(self.split(s))) as beat:
            self.unfold(self.split(s), self.lanes, self.lanes)
            beat.focus = [self.lanes.row(lane) for lane in every]
            self.rest(0.6)
        last = max(s.mixed, default=0)
        for place in range(last + 1):
            self.go_on(s, place)
        if last + 1 < len(s.columns[0]):
            with self.beat("Behind it, each card reads its own maps again.") as beat:
                for place in range(last + 1, len(s.columns[0])):
                    beat.focus = self.lay(place)
                self.appear(*(self.lanes.made(lane) for lane in every), into=self.lanes)

    def split(self, s: subjects.AlexNet) -> int:
        """Return the first part of the network that lies in columns."""
        return next(index for index, part in enumerate(s.parts) if part.split)

    def go_on(self, s: subjects.AlexNet, place: int) -> None:
        """Lay a kernel through the maps that it reads, say what it costs, and let it make maps on each card."""
        before = s.reads[0] if place == 0 else s.columns[0][place - 1].shape[0]
        told: Template = "Here a kernel reads the {maps} maps of its own card only."
        if place in s.mixed:
            told = "Only here each kernel reads the {maps} maps of all cards."
            before *= len(s.columns)
        with self.beat(told, maps=before) as beat:
            beat.focus = self.lay(place)
            if place in s.mixed:
                beat.focus = [self.lanes.crossing(place)]
                self.appear(*beat.focus, into=self.lanes, seconds=0.6)

    def lay(self, place: int) -> list[object]:
        """Lay a kernel through maps on each card, say what it costs, and let it make maps; return what was said."""
        lanes, every = self.lanes, range(len(self.lanes.lanes))
        told = [lanes.told(lane, place) for lane in every]
        lanes.lengthen(self, [lanes.rod(lane, place) for lane in every], told)
        blocks = [part for lane in every for part in lanes.block(lane, place + 1)]
        lanes.lengthen(self, blocks)
        return told

    def save(self, s: subjects.AlexNet) -> None:
        """Say what is saved where columns do not meet."""
        lanes = self.lanes
        with self.beat("Were the maps of all cards read everywhere, that would take more weights.") as beat:
            for place, saved in enumerate(s.saved):
                if saved:
                    lanes.visit(self, place)
                beat.focus = [lanes.below(f"+ {saved:,}", "text" if saved else "muted", column=place)]
                self.appear(*beat.focus, into=lanes)
            equal = "= " if lanes.wide else ""
            total = lanes.below(f"{equal}{sum(s.saved):,}", "highlight", column=lanes.columns, size=CAPTION, bold=True)
            beat.focus = [total]
            self.appear(total, into=lanes)
        told: Template = "Columns fitted small cards and saved {saved} weights; as groups they still do."
        self.close(told, saved=sum(s.saved), focus=total)
