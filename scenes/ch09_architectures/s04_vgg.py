"""VGG: nothing but 3 x 3, where its parameters are, and why small kernels in a row are worth a large one."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Reckoning, Row
from cnnviz.stage.language import Template
from cnnviz.stage.stories.telling import Telling
from cnnviz.stage.text import text_width

LARGE, TOTALS = 36, 28  # of sums, where there is room
LEAST = 0.34  # side of a cell with a number, in units


class Vgg(
    Telling,
    subject=subjects.Vgg,
    takeaway="Small kernels in a row see as far as a large one, with fewer weights and more ReLUs.",
    concepts=("VGG", "architectures", "receptive field", "3 x 3 kernels", "parameters"),
    seconds=46,
):
    """The network of one kernel size, and why that is 3 x 3."""

    title = "VGG"
    subtitle = "why 3 × 3"

    subject: subjects.Vgg

    def tell(self, s: subjects.Vgg) -> None:
        """Read the network, and a run of small kernels if it has one."""
        self.lay_out("How far does one get with nothing but 3 × 3 kernels?")
        self.measure()
        if s.run < 2:
            self.end()
            return
        self.grow_field(s)
        self.compare(s)

    def grow_field(self, s: subjects.Vgg) -> None:
        """Let a cell see further, kernel by kernel, and count the ways."""
        side, last = s.sides[-1], s.ways[-1]
        look = {"scale": float(last.max()), "widest": [str(last.max())], "hidden": True}
        self.field = field = Grid(last * 0.0, "input", "ways to one cell", **look)
        wide = 0.42 * self.frame.stage.width if self.frame.width > self.frame.height else 6.0
        lines = Reckoning(wide, s.run, widest=f"{s.run} × (3 × 3): {side} × {side}", size=LARGE)
        for number, (sees, rings) in enumerate(zip(s.sides, s.rings, strict=True), 1):
            first, most = min(rings[-1]), int(s.ways[number - 1].max())
            told: Template = "Through one 3 × 3 kernel a cell sees {sees} × {sees}."
            if number == 2:
                told = "Another one before it: {sees} × {sees}, with up to {most} ways from a cell."
            if number > 2:
                told = "And one more: {sees} × {sees}, with up to {most} ways from a cell."
            fields = {"sees": sees, "most": most} if number > 1 else {"sees": sees}
            with self.beat(told, **fields) as beat:
                if number == 1:
                    self.rearrange(field, lines, gone=[self.diagram, *self.columned], seconds=0.8)
                mark = Outline(field, first, sees, sees, color=self.theme.kernel)
                beat.focus = [mark, field]
                self.add(mark)
                field.sink()
                self.walk(rings, None, field.rewrite, seconds=1.8)
                runs = [(f"{number} × (3 × 3): ", "kernel"), (f"{sees} × {sees}", "input")]
                self.appear(lines.line(number - 1, runs), into=lines)
            if number < s.run:
                self.remove(mark)
        self.said = lines

    def compare(self, s: subjects.Vgg) -> None:
        """Count the weights of the small kernels and of the large one, then those of all maps."""
        (few, many), side = s.weights, s.sides[-1]
        look = {"detail": "", "note": "+ ReLU", "scale": 2.0 * many, "hidden": True, "least": LEAST}
        small = [Grid(weights, "kernel", "3 × 3", **look) for weights in s.numbered[:-1]]
        large = Grid(s.numbered[-1], "kernel", f"{side} × {side}", **look)
        widest = f"{many} × {s.maps} × {s.maps} = {s.totals[1]:,}"
        lines = Reckoning(text_width(widest, TOTALS), 2, widest=widest, size=TOTALS)
        rows = Row(*small, gap=0.25)
        sides = [Column(rows, lines), large], [rows, large, lines], [Column(rows, lines, large)]
        field = Grid(s.ways[-1], "input", "ways to one cell", least=LEAST)
        order = self.roomiest(*([field, *each] for each in sides), *([*each, field] for each in sides))
        if self.fit(*order) < LEAST:
            field, order = large, self.roomiest(*sides)
        with self.beat("Count the weights: {few} in the small kernels.", few=few, focus=small):
            self.rearrange(*order, gone=[self.said], instead={field: self.field}, seconds=0.8)
            for kernel in small:
                self.walk(kernel.everywhere(), None, lambda cell, kernel=kernel: kernel.show([cell]), seconds=0.9)
        with self.beat("One large kernel that sees as much has {many}.", many=many, focus=large):
            self.walk(large.everywhere(), None, lambda cell: large.show([cell]), seconds=2.4)
        told: Template = "With {maps} maps in and {maps} out: {little} against {much}."
        with self.beat(told, maps=s.maps, little=s.totals[0], much=s.totals[1]) as beat:
            for number, (each, total) in enumerate(zip(s.weights, s.totals, strict=True)):
                runs = [(f"{each}", "kernel"), (f" × {s.maps} × {s.maps} = ", "muted"), (f"{total:,}", "text")]
                beat.focus.append(lines.line(number, runs))
                self.appear(beat.focus[-1], into=lines)
        told = "As far a view for {few} weights instead of {many}, and a ReLU after each small kernel."
        self.close(told, few=few, many=many, focus=small)
