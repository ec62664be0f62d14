"""The parameter count: filters laid out one by one, and the formula filled with their numbers."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Glide, Grid, Line, Row, Scene, Window, counted
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.slices import copied, opened
from cnnviz.stage.stories.laying_out import GAP, SIZE, cut, laid_out, pictured, whole
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
            self.walk(self.places, None, self.count_up, seconds=5.0)
        letters: Template = "In letters: K filters, each of F times F times C weights and one bias."
        with self.beat(letters, focus=self.ladder):
            self.ladder.climb(self, self.ladder.rungs("K dot (F dot F dot C + 1)"))
            for things in ([self.place.box], self.slices[:1], self.slices, [self.bias]):
                self.point(*things, seconds=0.8)
        self.look_at_pictures()
        told: Template = "{filters} filters of {one} parameters: {total}, however large the picture is."
        fields = {"filters": s.filters, "one": s.one, "total": s.total}
        self.close(told, focus=[self.total, self.place.box], motion=lambda: self.run_to(0.5, 0.5), **fields)

    def build(self) -> None:
        """Set the wall, the room beside it, and the formula."""
        s = self.s
        self.room, self.line, self.ladder, self.place = laid_out(self)
        texts = [(self.product(count), f" = {written(count * s.one)}") for count in range(1, s.filters + 1)]
        self.size = min(size_within(self.line.box.width, SIZE, *each) for each in texts)
        words = [(say("filters"), self.theme.kernel), ("  " + " × ".join(map(str, s.weight.shape)), self.theme.muted)]
        look: dict[str, Any] = {"role": "kernel", "scale": float(abs(s.weight).max()) / 2, "hidden": True}
        if s.in_color:
            look |= {"photo": 1.0, "colors": [*s.squares]}
        self.grids = self.place.hang([*s.weight[:, 0]] if s.in_color else [*s.sheets], words, **look)

    def ask(self) -> None:
        """Show a picture and the first filter, and let it go over the picture in a window."""
        s, tile = self.s, self.grids[0]
        room = whole(self.room, self.ladder, self.place)
        photo = pictured(s, 0, min(room.width, room.height - TITLE_HEIGHT))
        self.fit(photo, room=room, most=9.0)
        window, most = Window(photo, (s.kernel, s.kernel)), photo.rows - s.kernel
        self.add(photo, window)
        asks: Template = "A layer of {filters} filters, {side} × {side}, on {channels} channels: how many parameters?"
        if s.channels == 1:
            asks = "A layer of {filters} filters, {side} × {side}, on one channel: how many parameters?"
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
        self.total = self.line.put_line(runs, self.size)
        return self.total

    def product(self, count: int) -> str:
        """Write how some filters are counted."""
        s = self.s
        return f"{count} · ({s.kernel} · {s.kernel} · {s.channels} + 1) = {count} · {s.one}"

    def count_up(self, place: tuple[int, int]) -> None:
        """Light a filter, and count so far."""
        count = ROW * place[0] + place[1] + 1
        self.grids[count - 1].show()
        self.write(self.product(count), count * self.s.one)

    def look_at_pictures(self) -> None:
        """Lay the first filter on a small and on a large picture."""
        s, room = self.s, self.room.box
        side = min((room.width - GAP) / len(SIDES), room.height - TITLE_HEIGHT)
        self.photos = [pictured(s, which, side) for which in range(len(SIDES))]
        asked: Template = "The picture had {small} pixels a side. With {large}: more parameters?"
        with self.beat(asked, small=SIDES[0], large=SIDES[1], focus=self.photos):
            self.rearrange(*self.photos, gone=[*self.slices, self.bias], room=room, most=9.0, gap=GAP)
            self.windows = [Window(photo, (s.kernel, s.kernel)) for photo in self.photos]
            flights = (([copied(self.grids[0])], window.box) for window in self.windows)
            self.fly(*flights, scale=0.4)
            self.add(*self.windows)
            for ends in ((0, 1), (1, 1)):
                self.run_to(*ends)
            self.rest(0.6)

    def run_to(self, row: float, column: float) -> None:
        """Move the windows of both pictures to one share of their ways."""
        ways = [photo.rows - self.s.kernel for photo in self.photos]
        shifts = [
            window.shift_to((round(row * way), round(column * way)))
            for window, way in zip(self.windows, ways, strict=True)
        ]
        self.play(*map(Glide, self.windows, shifts), run_time=1.1)
