"""The parameter count: filters laid out one by one, and the formula filled with their numbers."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Glide, Grid, Line, Row, Scene, Window, counted
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.slices import copied, opened
from cnnviz.stage.stories.laying_out import GAP, SIZE, cut, laid_out
from cnnviz.stage.text import size_within
from cnnviz.subjects.parameters import SIDES

CELL = 0.8  # units: side of a weight, at most
ROW = 8  # places of the window in a line


class Parameters(
    Scene,
    subject=subjects.Parameters,
    takeaway="A filter has F · F · C weights and one bias; the layer has K of them, however large the picture is.",
    concepts=("parameters", "weights", "bias", "filters", "weight sharing"),
    seconds=29,
    gif="parameters",
):
    """The 64 filters of a layer that reads color, counted."""

    title = "Parameters"
    subtitle = "what a layer learns"

    subject: subjects.Parameters

    def tell(self, s: subjects.Parameters) -> None:
        """Count one filter, then all, and lay one of them on pictures of two sizes."""
        self.s, self.places = s, [divmod(i, ROW) for i in range(s.filters)]
        self.build()
        self.ask()
        self.count_one()
        with self.beat("Every further filter has as many: {filters} times {one}.", filters=s.filters, one=s.one):
            self.walk(self.places, None, self.count_up, seconds=6.0)
        letters: Template = "In letters: K filters, each of F times F times C weights and one bias."
        with self.beat(letters, focus=self.ladder):
            self.ladder.climb(self, self.ladder.rungs("K dot (F dot F dot C + 1)"))
            self.point(self.place.box)
        self.look_at_pictures()
        told: Template = "{filters} filters of {one} parameters: {total}, however large the picture is."
        self.close(told, filters=s.filters, one=s.one, total=s.total, focus=[self.total, self.place.box])

    def build(self) -> None:
        """Set the wall, the room beside it, and the formula."""
        s = self.s
        self.room, self.line, self.ladder, self.place = laid_out(self)
        shape = " × ".join(map(str, s.weight.shape))
        words = [(say("filters"), self.theme.kernel), (f"  {shape}", self.theme.muted)]
        look: dict[str, Any] = {"role": "kernel", "scale": float(abs(s.weight).max()) / 2, "hidden": True}
        if s.in_color:
            look |= {"photo": 1.0, "colors": [*s.squares]}
        self.grids = self.place.hang([*s.weight[:, 0]] if s.in_color else [*s.sheets], words, **look)

    def ask(self) -> None:
        """Show a picture and the first filter, and let it go over the picture in a window."""
        s, tile = self.s, self.grids[0]
        photo = self.photo(0, 9.0)
        self.fit(photo, room=self.room.box, most=9.0)
        window, most = Window(photo, (s.kernel, s.kernel)), photo.rows - s.kernel
        self.add(photo, window)
        asks: Template = "A layer of {filters} filters, {side} × {side}, on {channels} channels. What does it learn?"
        if s.channels == 1:
            asks = "A layer of {filters} filters, {side} × {side}, on one channel. What does it learn?"
        fields = {"filters": s.filters, "side": s.kernel, "channels": s.channels}
        tile.show()
        with self.beat(asks, focus=tile, **fields):
            self.fly(([copied(tile)], window.box), scale=window.box.width / tile.box.width)
            for row, column in ((0, 1), (0.5, 0.0), (0.5, 1)):
                self.move(window, (round(row * most), round(column * most)), 0.8)
            self.point(tile)
        self.gone = [photo, window]

    def count_one(self) -> None:
        """Open the first filter, and count its weights and its bias."""
        s, room = self.s, self.room.box
        wide = (room.width - GAP * (s.channels + 1)) / (s.channels * s.kernel + 1)
        cell = min(CELL, wide, (room.height - TITLE_HEIGHT) / s.kernel)
        self.slices = cut(s, cell)
        for grid in self.slices:
            grid.hide()
        self.bias = Grid(s.bias, "kernel", "bias", detail="", side=max(cell, 0.42))
        self.fit(Row(*self.slices, self.bias, gap=GAP), room=room)
        told = counted(
            "A filter has one slice: {weights} weights, random before it learns.",
            "A filter has {count} slices: {weights} weights, random before it learns.",
            s.channels,
        )
        product = f"{s.kernel} · {s.kernel} · {s.channels}"
        with self.beat(told, weights=s.each, focus=self.slices):
            self.vanish(*self.gone)
            self.add(*self.slices)
            opened(self, self.grids[0], self.slices)
            self.write(product, s.each)
            self.point(*self.slices)
        with self.beat("And one bias, added at the end: {one} parameters.", one=s.one, focus=self.bias):
            self.appear(self.bias)
            self.point(self.bias, self.write(f"{product} + 1", s.one))

    def write(self, work: str, result: int) -> Line:
        """Write the count in place of the one before."""
        runs = [(f"{work} = ", self.theme.text), (written(result), self.theme.kernel)]
        self.total = self.line.put_line(runs, size_within(self.line.box.width, SIZE, *(text for text, _ in runs)))
        return self.total

    def count_up(self, place: tuple[int, int]) -> None:
        """Light a filter, and count so far."""
        s, count = self.s, ROW * place[0] + place[1] + 1
        self.grids[count - 1].show()
        self.write(f"{count} · ({s.kernel} · {s.kernel} · {s.channels} + 1) = {count} · {s.one}", count * s.one)

    def look_at_pictures(self) -> None:
        """Lay one filter on a small and on a large picture."""
        s, room = self.s, self.room.box
        pixel = min((room.width - GAP) / (sum(SIDES) + GAP), (room.height - TITLE_HEIGHT) / max(SIDES))
        photos = small, large = [self.photo(which, pixel) for which in range(len(SIDES))]
        wide = room.width - large.extent(pixel)[0] - GAP * (s.channels + 1)
        high = room.height - small.extent(pixel)[1] - TITLE_HEIGHT - GAP
        slices = cut(s, min(wide / s.channels, high) / s.kernel)
        told: Template = "A picture of {small} or of {large} pixels a side: the same {total} parameters."
        with self.beat(told, small=SIDES[0], large=SIDES[1], total=s.total, focus=photos):
            items, instead = (
                [Column(small, Row(*slices, gap=GAP), gap=GAP), large],
                zip(slices, self.slices, strict=True),
            )
            self.rearrange(*items, gone=[self.bias], instead=dict(instead), room=room, most=9.0, gap=GAP)
            windows = [Window(photo, (s.kernel, s.kernel)) for photo in photos]
            self.fly(*(([copied(self.grids[0])], window.box) for window in windows), scale=0.4)
            self.add(*windows)
            for row, column in ((0, 1), (1, 1), (0.5, 0.5)):
                ends = [(round(row * (n - s.kernel)), round(column * (n - s.kernel))) for n in SIDES]
                shifts = [window.shift_to(end) for window, end in zip(windows, ends, strict=True)]
                self.play(*map(Glide, windows, shifts), run_time=1.1)

    def photo(self, which: int, pixel: float) -> Grid:
        """Draw the picture in one of its sizes."""
        values, side = self.s.pictures[which].values, SIDES[which]
        look: dict[str, Any] = {"photo": self.s.pictures[which].peak, "colors": values, "form": "pixels"}
        room = self.room.box
        fitting = min(pixel, (room.height - TITLE_HEIGHT) / side, room.width / side)
        return Grid(values[0], "input", say("picture"), detail=f"{side} × {side}", side=fitting, **look)
