"""The Picasso face: all parts are there, in the wrong places, and a pooling of all places cannot tell."""

from cnnviz import subjects
from cnnviz.nn.experiments.capsules import DEEP, GLOBAL
from cnnviz.stage import Column, Grid, Outline, Row, Scene, Window, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.judging import TITLES, judged
from cnnviz.stage.walk import sweep

PARTS: tuple[Template, ...] = ("eye", "nose", "mouth")
NAMES: dict[str, Template] = {GLOBAL: "sees single parts", DEEP: "sees pairs of parts"}
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
        pictures = [self.picture(s, which) for which in (0, 1)]
        self.arrange(*pictures, most=0.28)
        with self.beat("Is the second one a face, too? What would a network go by?", focus=pictures):
            self.rest(2.4)
        self.vanish(*pictures)
        self.look(s)
        self.forget(s)
        self.measure(s)

    def picture(self, s: subjects.Picasso, which: int) -> Grid:
        """Make one of both pictures."""
        return Grid(s.pictures[which], "input", TITLES[which], detail="", form="pixels", most=0.28)

    def look(self, s: subjects.Picasso) -> None:
        """Slide the first filter over the face."""
        x = self.picture(s, 0)
        w = Grid(s.filters[0], "kernel", say("a filter for an eye"), detail="", texts=s.texts[0], zoom=3.2)
        y = Grid(s.maps[0][0], "output", "its map", form="pixels", hidden=True, most=0.28)
        self.arrange(x, w, y, most=0.28)
        window = Window(x, w.values.shape)
        self.add(window)
        with self.beat("A filter for an eye: ink counts for it in the ring, against it in the middle.", focus=w):
            self.rest(2.0)
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
        self.vanish(x, w, y, window, *marks)

    def forget(self, s: subjects.Picasso) -> None:
        """Show the maps of all filters for both pictures, and keep only the largest number of each."""
        wide, rows, self.maps, pooled = self.frame.width >= self.frame.height, [], [], []
        for which in (0, 1):
            x = self.picture(s, which)
            maps = [
                Grid(y, "output", part, detail="", scale=1.0, form="pixels", hidden=True)
                for y, part in zip(s.maps[which], PARTS, strict=True)
            ]
            largest = Grid(s.pooled[which], "output", "largest", detail="", scale=1.0, hidden=True, zoom=6, least=0.5)
            rows += [Row(x, *maps, largest, gap=GAP)] if wide else [Row(x, largest, gap=GAP), Row(*maps, gap=GAP)]
            self.maps.append(maps)
            pooled.append(largest)
        self.arrange(Column(*rows, gap=GAP))
        with self.beat("One filter for each part, over both pictures.", focus=[maps[0] for maps in self.maps]):
            for kind in range(len(PARTS)):
                for maps in self.maps:
                    maps[kind].show()
                self.point(*(maps[kind] for maps in self.maps), seconds=0.9)
        with self.beat("Of each map only the largest number is kept: how strong, not where.", focus=pooled):
            for kind in range(len(PARTS)):
                for largest in pooled:
                    largest.show([(0, kind)])
                self.point(*(maps[kind] for maps in self.maps), seconds=0.8)
        told: Template = "Both lists are equal: by these numbers alone, the two pictures are the same."
        if not s.same:
            told = "These lists differ: here a part is missing, and that is noticed."
        with self.beat(told, focus=pooled):
            self.point(*pooled)
            self.rest(1.0)
        self.vanish(*(one for maps in self.maps for one in maps), *pooled, *(row.items[0] for row in rows))

    def measure(self, s: subjects.Picasso) -> None:
        """Show how often trained networks are fooled."""
        right, fooled = judged(self, s, NAMES)
        single, pairs = (say(NAMES[label]) for label in (GLOBAL, DEEP))
        seeds = counted("{count} network", "{count} networks", s.seeds)
        with self.beat(
            "Trained on faces, and on some with a part missing: {seeds} of each kind.", seeds=seeds, focus=right.box
        ):
            for name in (single, pairs):
                self.appear(right.show(name), seconds=0.35)
            self.rest(1.0)
        told: Template = "With windows of 5 × 5 on single parts, 16 numbers kept, {share} % of the rearranged pass."
        with self.beat(told, share=s.percent(s.fooled[GLOBAL]), focus=fooled.row(single)):
            self.appear(fooled.show(single), seconds=0.35)
            self.rest(1.0)
        told = "One layer more, windows of 10 × 10 that see two parts at once: {share} %."
        with self.beat(told, share=s.percent(s.fooled[DEEP]), focus=fooled.row(pairs)):
            self.appear(fooled.show(pairs, lit=True), seconds=0.35)
            self.rest(1.0)
        told = "Pooling forgets where parts are; who sees two at once still knows."
        if s.fooled[DEEP].mean >= s.fooled[GLOBAL].mean:
            told = "Pooling forgets where parts are; in this run, seeing two at once did not help."
        self.close(told, focus=[fooled.box])
