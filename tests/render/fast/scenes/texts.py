from manim import (
    BLUE,
    BOLD,
    DOWN,
    GREEN,
    ITALIC,
    LEFT,
    RED,
    RIGHT,
    UP,
    Code,
    FadeIn,
    MarkupText,
    Paragraph,
    Scene,
    Text,
    Transform,
)


class Texts(Scene):
    """Texts that come again: in other colors and styles, in parts, of several lines, turned into each other."""

    def construct(self):
        colored = Text("red and blue", t2c={"red": RED, "blue": BLUE}).shift(3 * UP)
        again = Text("red and blue", t2c={"red": GREEN}).shift(2 * UP)
        slanted = Text("red and blue", t2s={"red": ITALIC}, t2w={"blue": BOLD}).shift(UP)
        same = [Text("red and blue", font_size=size).shift(y * DOWN) for size, y in ((20, 0), (48, 1), (20, 2))]
        same[2].set_color(RED)[0].shift(0.3 * UP)
        self.add(colored, again, slanted, *same)
        self.wait(0.2)
        lines = Paragraph("two", "lines", alignment="center").shift(4 * RIGHT)
        marked = MarkupText('<span fgcolor="#33FF33">up</span> <b>down</b>').shift(4 * LEFT + 2 * DOWN)
        self.play(FadeIn(lines), FadeIn(marked), run_time=0.3)
        code = Code(code_string="for i in x:\n    y", language="python").scale(0.5).shift(4 * LEFT + UP)
        self.add(code)
        self.play(Transform(same[0], Text("red and blue").shift(3 * DOWN)), run_time=0.3)
        same[1].become(Text("blue and red"))
        self.wait(0.2)
