"""VGG: nothing but 3 x 3, where its parameters are, and why small kernels in a row are worth a large one."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Ranking, Reckoning, Row
from cnnviz.stage.language import Template, written
from cnnviz.stage.stories.telling import Telling

LARGE = 36  # of sums, where there is room


class Vgg(
    Telling,
    subject=subjects.Vgg,
    takeaway="Small kernels in a row see as far as a large one, with fewer weights and more ReLUs.",
    concepts=("VGG", "architectures", "receptive field", "3 x 3 kernels", "parameters"),
    seconds=53,
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
        self.leave()
        if s.is_usual:
            self.line_up(s)
        self.grow_field(s)
        self.compare(s)

    def line_up(self, s: subjects.Vgg) -> None:
        """Show that depth hardly costs parameters here."""
        stage = self.frame.stage
        chart = Ranking(s.names, min(stage.width, 11.0), min(0.8 * stage.height, 5.0), widest=written(max(s.sizes)))
        self.arrange(chart)
        with self.beat("11, 16 or 19 layers: parameters hardly grow, one dense layer has most.", focus=chart.labels):
            self.play(chart.go(s.sizes, "kernel"), run_time=1.2)
            chart.show(written)
            self.rest(1.5)
        self.vanish(chart)
        self.remove(chart)

    def grow_field(self, s: subjects.Vgg) -> None:
        """Let a cell see further, kernel by kernel, and count the ways."""
        side, last = s.sides[-1], s.ways[-1]
        look = {"scale": float(last.max()), "widest": [str(last.max())], "hidden": True}
        field = Grid(last * 0.0, "input", "ways to one cell", **look)
        wide = 0.42 * self.frame.stage.width if self.frame.width > self.frame.height else 6.0
        lines = Reckoning(wide, s.run, widest=f"{s.run} × (3 × 3): {side} × {side}", size=LARGE)
        self.arrange(field, lines)
        for number, (sees, rows) in enumerate(zip(s.sides, s.rows, strict=True), 1):
            first, most = min(rows[0]), int(s.ways[number - 1].max())
            told: Template = "Through one 3 × 3 kernel a cell sees {sees} × {sees}."
            if number == 2:
                told = "Another one before it: {sees} × {sees}, with up to {most} ways from a cell."
            if number > 2:
                told = "And one more: {sees} × {sees}, with up to {most} ways from a cell."
            fields = {"sees": sees, "most": most} if number > 1 else {"sees": sees}
            mark = Outline(field, first, sees, sees, color=self.theme.kernel)
            with self.beat(told, focus=[mark, field], **fields):
                self.add(mark)
                self.walk(rows, None, field.rewrite, seconds=1.8)
                runs = [(f"{number} × (3 × 3): ", "kernel"), (f"{sees} × {sees}", "input")]
                self.appear(lines.line(number - 1, runs), into=lines)
            self.remove(mark)
        self.vanish(field, lines)
        self.remove(field, lines)

    def compare(self, s: subjects.Vgg) -> None:
        """Count the weights of the small kernels and of the large one, then those of all maps."""
        (few, many), side = s.weights, s.sides[-1]
        look = {"detail": "", "scale": 2.0 * many, "hidden": True, "least": 0.34}
        small = [Grid(weights, "kernel", "3 × 3", **look) for weights in s.numbered[:-1]]
        large = Grid(s.numbered[-1], "kernel", f"{side} × {side}", **look)
        wide = 6.6 if self.frame.is_wide or self.frame.height > self.frame.width else 5.4
        lines = Reckoning(wide, 2, widest=f"{many} × {s.maps} × {s.maps} = {s.totals[1]:,}", size=LARGE)
        self.arrange(
            *self.roomiest([Row(*small, gap=0.25), large, lines], [Column(Row(*small, gap=0.25), lines), large])
        )
        with self.beat("Count the weights: {few} in the small kernels.", few=few, focus=small):
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
