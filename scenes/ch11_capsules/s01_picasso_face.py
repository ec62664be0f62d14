"""The Picasso face: all parts are there, in the wrong places, and a pooling of all places cannot tell."""

from manim import VGroup

from cnnviz import subjects
from cnnviz.nn.experiments.capsules import DEEP, GLOBAL
from cnnviz.stage import Column, Grid, Outline, Row, Scene, Window, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.judging import TITLES, judged
from cnnviz.stage.walk import sweep

PARTS: tuple[Template, ...] = ("eye", "nose", "mouth")
NAMES: dict[str, Template] = {GLOBAL: "windows of 5 × 5", DEEP: "windows of 10 × 10"}
SEEN = {GLOBAL: ((4, 4), 5), DEEP: ((3, 3), 10)}
"""Where a window is shown, and how many cells of a picture one of the numbers has seen that are kept."""
GAP = 0.3


class PicassoFace(
    Scene,
    subject=subjects.Picasso,
    takeaway="Pooling over all places forgets where parts are; who sees two parts at once still knows.",
    concepts=("capsule", "global pooling", "invariance", "Picasso problem"),
    seconds=46,
):
    """A face and its parts in the wrong places, under the same filters; and what trained networks say."""

    title = "The Picasso face"
    subtitle = "right parts, wrong places"

    subject: subjects.Picasso

    def tell(self, s: subjects.Picasso) -> None:
        """Ask, filter, pool, and show what was measured."""
        self.pictures = [self.picture(s, which) for which in (0, 1)]
        self.arrange(*self.pictures, most=0.28)
        with self.beat("Is the second one a face, too? What would a network go by?", focus=self.pictures):
            self.rest(2.4)
        self.look(s)
        self.forget(s)
        self.measure(s)

    def picture(self, s: subjects.Picasso, which: int) -> Grid:
        """Make one of both pictures."""
        return Grid(s.pictures[which], "input", TITLES[which], detail="", form="pixels", most=0.28)

    def look(self, s: subjects.Picasso) -> None:
        """Slide the first filter over the face."""
        x, other = self.pictures
        w = Grid(s.filters[0], "kernel", say("a filter for an eye"), detail="", texts=s.texts[0], zoom=3.2)
        y = Grid(s.maps[0][0], "output", "its map", form="pixels", hidden=True, most=0.28)
        with self.beat("A filter for an eye: ink counts for it in the ring, against it in the middle.", focus=w):
            self.rearrange(x, w, y, gone=[other], most=0.28)
            window = Window(x, w.values.shape)
            self.appear(window)
            self.rest(1.6)
        with self.beat("It slides over the whole picture.", focus=y):
            self.walk(
                s.traces[0][0],
                window,
                lambda step: y.show([step.output_index[1:]]),
                seconds=4.0,
                tempo=sweep,
                noun="window",
            )
        marks = [Outline(y, cell, color=self.theme.highlight) for cell in s.best]
        with self.beat("Its map is brightest where an eye stands.", focus=marks):
            self.add(*marks)
            self.move(window, s.best[0], 0.8)
            self.rest(1.0)
        self.vanish(window, *marks)
        self.first = y
        self.gone = [w]

    def forget(self, s: subjects.Picasso) -> None:
        """Show the maps of all filters for both pictures, and keep only the largest number of each."""
        wide, rows, self.maps, pooled = self.frame.width >= self.frame.height, [], [], []
        self.marks, zoom = list[Outline](), 9 if self.frame.is_wide else 6
        for which in (0, 1):
            x = self.pictures[which]
            maps = [
                Grid(y, "output", part, detail="", scale=1.0, form="pixels", hidden=True)
                for y, part in zip(s.maps[which], PARTS, strict=True)
            ]
            largest = Grid(
                s.pooled[which], "output", "largest", detail="", scale=1.0, hidden=True, zoom=zoom, least=0.5
            )
            rows += [Row(x, *maps, largest, gap=GAP)] if wide else [Row(x, largest, gap=GAP), Row(*maps, gap=GAP)]
            self.maps.append(maps)
            pooled.append(largest)
        self.maps[0][0].show()
        with self.beat("One filter for each part, over both pictures.", focus=[maps[0] for maps in self.maps]):
            self.rearrange(Column(*rows, gap=GAP), instead={self.maps[0][0]: self.first}, gone=self.gone)
            for kind in range(len(PARTS)):
                for maps in self.maps:
                    maps[kind].show()
                self.point(*(maps[kind] for maps in self.maps), seconds=0.9)
        with self.beat("Of each map only the largest number is kept: how strong, not where.", focus=pooled):
            for kind in range(len(PARTS)):
                self.keep([maps[kind] for maps in self.maps], pooled, kind)
        told: Template = "Both lists are equal: by these numbers alone, the two pictures are the same."
        if not s.same:
            told = "These lists differ: here a part is missing, and that is noticed."
        with self.beat(told, focus=pooled):
            self.point(*pooled)
            self.rest(1.0)
        self.gone = [*(one for maps in self.maps for one in maps), *pooled, *self.marks]

    def keep(self, maps: list[Grid], pooled: list[Grid], kind: int) -> None:
        """Let the largest number of a map travel to where it is kept, for both pictures at once."""
        places = [divmod(int(y.values.argmax()), y.columns) for y in maps]
        marks = [Outline(y, place, color=self.theme.highlight) for y, place in zip(maps, places, strict=True)]
        self.appear(*marks, seconds=0.3)
        copies = [largest.copy_of((0, kind)) for largest in pooled]
        for copy, mark in zip(copies, marks, strict=True):
            VGroup(*copy).move_to((*mark.box.center, 0))
        self.fly(*((copy, one.cell_box((0, kind))) for copy, one in zip(copies, pooled, strict=True)), seconds=0.8)
        for largest in pooled:
            largest.show([(0, kind)])
        self.marks += marks

    def measure(self, s: subjects.Picasso) -> None:
        """Show how often trained networks are fooled."""
        seeds = counted("{count} network", "{count} networks", s.seeds)
        with self.beat("Trained on faces, and on some with a part missing: {seeds} of each kind.", seeds=seeds):
            (right, fooled), pictures = judged(self, s, NAMES, each=True, stood=self.pictures, gone=self.gone)
            for score, label in zip(right, NAMES.values(), strict=True):
                self.appear(score.show(say(label)), seconds=0.5)
                self.rest(0.4, focus=score.box)
        told: tuple[Template, ...] = (
            "Windows of 5 × 5 just touch a second part: {share} % of the rearranged pass.",
            "One layer more, windows of 10 × 10 that see two parts at once: {share} %.",
        )
        for words, (label, ((place, side))), score, x in zip(told, SEEN.items(), fooled, pictures[1], strict=True):
            window = Window(x, (side, side))
            with self.beat(words, share=s.percent(s.fooled[label]), focus=score.row(say(NAMES[label]))):
                self.appear(window, seconds=0.3)
                self.move(window, place, 1.2)
                self.appear(score.show(say(NAMES[label]), lit=label == DEEP), seconds=0.5)
                self.rest(0.6)
        end: Template = "Pooling forgets where parts are; who sees two at once still knows."
        if s.fooled[DEEP].mean >= s.fooled[GLOBAL].mean:
            end = "Pooling forgets where parts are; in this run, seeing two at once did not help."
        self.close(end, focus=[score.box for score in fooled])
