"""The same photo under eight kernels, and what each of them is for."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Outline, Row, Scene, Slot, Window, cell_text, counted
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL, NOTE, RESULT
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale, gray_scale
from cnnviz.stage.scene import pictures
from cnnviz.stage.text import text_width

ROOM, LOW, TALL = 1.75, 1.24, 6.0  # of a window's numbers and of a kernel; in a low frame; a stage as high is not low
STRIPS = 10  # in which a map is painted
PICTURE: Template = "The weights add up to {total}: the answers are a picture again."
SIGNS: Template = "The weights add up to {total}: the answers have both signs."
POSTERS = 1.4, 1.3, 1.2, 1.1, 0.9, 0.8  # of a kernel on the last picture, from large to small


class KernelGallery(
    Scene,
    subject=subjects.Gallery,
    gif="kernels",
    takeaway="The operation is always the same; what a kernel does is decided by its weights.",
    concepts=("kernel", "edge detection", "blur", "sharpening"),
    seconds=55,
):
    """Hang one photo under several kernels, one after the other and then all together.

    cnnviz gif kernels
    cnnviz gif kernels photo.jpg --theme light -o gallery.gif
    cnnviz gif kernels photo:china --kernels "sobel-x|sobel-y|0,-1,0;-1,5,-1;0,-1,0"
    """

    title = "Kernel gallery"
    subtitle = "one photo, other weights"

    subject: subjects.Gallery

    def tell(self, s: subjects.Gallery) -> None:
        """Show the exhibits one by one, then all of them."""
        self.s, count = s, len(s.exhibits)
        self.build()
        kernels = counted("{count} kernel", "{count} kernels", count)
        with self.beat("One photo, {kernels}: what do other weights make of it?", kernels=kernels, focus=self.photo):
            self.appear(*self.marks, seconds=0.6)
            self.rest(2.0)
        first = {exhibit.signed: exhibit for exhibit in reversed(s.exhibits)}
        for index, exhibit in enumerate(s.exhibits):
            with self.beat("{caption}", caption=exhibit.kernel.caption, focus=self.maps[index]):
                self.step(index + 1, count, noun="kernel")
                self.hang(index, 4.0 if index == 0 else 1.4)
            if first[exhibit.signed] is exhibit:
                with self.beat(SIGNS if exhibit.signed else PICTURE, total=exhibit.total, focus=self.total):
                    self.rest(1.0)
        if count > 1:
            self.vanish(*self.places, self.photo, *self.marks)
            self.remove(*self.places)
            self.all_together()
        self.close("Always the same operation: what it does is decided by the weights alone.", focus=self.maps)

    def build(self) -> None:
        """Set the photo and all kernels, the places of window, kernel and result, and that of the map."""
        s = self.s
        self.photo = Grid(s.picture.values[0], "input", "photo", photo=s.picture.peak, form="pixels")
        self.maps = [self.map_of(exhibit, "feature map") for exhibit in s.exhibits]
        widest = max(text_width(say(each.kernel.title), LABEL) for each in s.exhibits)
        canvas = Grid(s.picture.values[0], "output", "feature map", form="pixels")
        self.room = ROOM if self.frame.is_wide or self.frame.stage.height > TALL else LOW
        self.patch, self.kernel = Slot(self.room, self.room + 0.42), Slot(max(self.room, widest), self.room + 0.42)
        self.result, self.total, self.legend = Slot(2.4, 0.6), Slot(2.4, 0.34), Slot(3.0, 0.3)
        whole, answers = Column(canvas, self.legend, gap=0.1), Column(self.result, self.total, gap=0.08)
        numbers, photo = Row(self.patch, self.kernel, gap=0.3), self.photo
        wide = photo, Column(numbers, answers, gap=0.12), whole
        orders = wide, (Row(photo, whole), numbers, answers), (Row(photo, whole), Row(numbers, answers))
        low = photo, Column(self.patch, self.kernel, answers, gap=0.08), whole
        cell = self.fit(*(wide if self.frame.is_wide else self.roomiest(*orders, low)))
        self.hall = Slot(*canvas.extent(cell))
        self.hall.settle(canvas.box.left, canvas.top, cell)
        self.places = [self.patch, self.kernel, self.result, self.total, self.hall, self.legend]
        self.add(self.photo, *self.places)
        look, every = {"detail": "", "most": 0.42}, [exhibit.kernel for exhibit in s.exhibits]
        self.marks: list[Any] = [Grid(k.values, "kernel", k.title, texts=k.labels, **look) for k in every]
        self.fit(*self.marks, room=self.frame.left_by(self.photo.box), gap=0.25)

    def map_of(self, exhibit: Any, title: str = "") -> Grid:
        """Make the map of a kernel: a picture where its weights have a positive sum, else in the colors of signs."""
        shown = {"scale": exhibit.scale} if exhibit.signed else {"photo": exhibit.scale}
        return Grid(exhibit.map, "output", title, form="pixels", hidden=bool(title), **shown)

    def hang(self, index: int, seconds: float) -> None:
        """Show a kernel, let it paint its map, and show one window in numbers."""
        exhibit, one = self.s.exhibits[index], self.maps[index]
        self.vanish(self.patch, self.result, *self.marks, seconds=0.15)
        self.put(self.kernel, exhibit.kernel.values, "kernel", exhibit.kernel.title, exhibit.kernel.labels)
        self.hall.put(one).settle(self.hall.box.left, self.hall.box.top, self.photo.side)
        self.put_legend(exhibit)
        window = Window(self.photo, exhibit.kernel.values.shape, width=4.0)
        self.add(window)
        strips = min(STRIPS, one.rows)
        for strip in range(strips):
            top, below = one.rows * strip // strips, one.rows * (strip + 1) // strips
            window.lay((top, 0))
            self.move(window, (top, one.columns - 1), seconds / strips)
            one.show((row, column) for row in range(top, below) for column in range(one.columns))
        window.lay(exhibit.step.input_origin)
        self.put(self.patch, exhibit.step.values[0], "input", "window")
        self.marks = [window, Outline(one, exhibit.step.output_index[1:], color=self.theme.text, width=3.0)]
        text, ink = written(exhibit.step.result), self.theme.output if exhibit.step.result >= 0 else self.theme.negative
        text = text if text[0] == "≈" else f"= {text}"
        self.result.put(Label(text, RESULT, ink, at=self.result.box.center, bold=True))
        self.add(*self.marks)
        self.point(*self.marks, seconds=0.8)
        self.rest(0.6)

    def put(self, place: Slot, values: Any, role: str, title: str, texts: Any = None) -> None:
        """Put a small matrix into its place."""
        side = min(0.56, self.room / max(values.shape))
        scale = self.s.picture.peak if role == "input" else float(abs(values).max())
        grid = Grid(values, role, title, detail="", side=side, scale=scale, texts=texts)
        place.put(grid).settle(place.box.left, place.box.top, side)

    def put_legend(self, exhibit: Any) -> None:
        """Say what the colors of a map mean, and what the weights add up to."""
        colors, (least, most) = gray_scale(), ("0", cell_text(exhibit.scale))
        if exhibit.signed:
            colors, (least, most) = fill_scale(self.theme, exhibit.scale, signed=True)
        ends = exhibit.ends(least, most)
        self.legend.put(ScaleBar(colors, ends, at=self.legend.box.center, width=1.5, theme=self.theme))
        runs = [(say("weights add up to") + " ", self.theme.muted), (written(exhibit.total), self.theme.kernel)]
        self.total.put(Line(runs, NOTE, at=self.total.box.center))

    def all_together(self) -> None:
        """Hang all maps beside their kernels, these as large as leaves the maps about their height."""
        for weights in POSTERS:
            tiles = [self.tile(exhibit, weights) for exhibit in self.s.exhibits]
            if self.fit(*tiles, gap=0.15) * self.photo.rows >= 0.85 * weights:
                break
        for tile in tiles:
            self.appear(*pictures([tile]), seconds=0.3)
        self.maps = [tile.items[1].items[0] for tile in tiles]

    def tile(self, exhibit: Any, side: float) -> Column:
        """Make a map beside its kernel."""
        kernel, head = exhibit.kernel, Slot(0.1, 0.0, exhibit.kernel.title, role="kernel")
        weights = Grid(kernel.values, "kernel", side=side / max(kernel.values.shape), texts=kernel.labels)
        weights.note = say("sum {total}", total=exhibit.total)
        return Column(head, Row(self.map_of(exhibit), weights, gap=0.12), gap=0.0)
