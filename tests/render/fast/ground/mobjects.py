"""A small one of every kind of mobject that Manim offers, by its name."""

from pathlib import Path

import numpy as np
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    ORIGIN,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Angle,
    AnnotationDot,
    AnnularSector,
    Annulus,
    Arc,
    ArcBetweenPoints,
    ArcBrace,
    ArcPolygon,
    ArcPolygonFromArcs,
    Arrow,
    Arrow3D,
    ArrowCircleFilledTip,
    ArrowCircleTip,
    ArrowSquareFilledTip,
    ArrowSquareTip,
    ArrowTriangleFilledTip,
    ArrowTriangleTip,
    ArrowVectorField,
    Axes,
    BackgroundRectangle,
    BarChart,
    Brace,
    BraceBetweenPoints,
    BraceLabel,
    BraceText,
    Circle,
    Code,
    ComplexPlane,
    Cone,
    ConvexHull,
    ConvexHull3D,
    Cross,
    Cube,
    CubicBezier,
    CurvedArrow,
    CurvedDoubleArrow,
    CurvesAsSubmobjects,
    Cutout,
    Cylinder,
    DashedLine,
    DashedVMobject,
    DecimalNumber,
    DecimalTable,
    Difference,
    DiGraph,
    Dodecahedron,
    Dot,
    Dot3D,
    DoubleArrow,
    Elbow,
    Ellipse,
    Exclusion,
    FullScreenRectangle,
    FunctionGraph,
    Graph,
    Group,
    Icosahedron,
    ImageMobject,
    ImplicitFunction,
    Integer,
    IntegerTable,
    Intersection,
    LabeledDot,
    Line,
    Line3D,
    MarkupText,
    MathTypst,
    MobjectTable,
    NumberLine,
    NumberPlane,
    Octahedron,
    Paragraph,
    ParametricFunction,
    PGroup,
    PMobject,
    Point,
    PointCloudDot,
    PolarPlane,
    Polygon,
    Polygram,
    Polyhedron,
    Prism,
    Rectangle,
    RegularPolygon,
    RegularPolygram,
    RightAngle,
    RoundedRectangle,
    SampleSpace,
    ScreenRectangle,
    Sector,
    Sphere,
    Square,
    Star,
    StealthTip,
    StreamLines,
    Surface,
    SurroundingRectangle,
    SVGMobject,
    Table,
    TangentialArc,
    TangentLine,
    Tetrahedron,
    Text,
    ThreeDAxes,
    Torus,
    Triangle,
    Typst,
    Underline,
    Union,
    UnitInterval,
    VDict,
    Vector,
    VGroup,
    VMobject,
)

PIXELS = np.random.default_rng(3).integers(0, 255, (6, 9, 3), dtype=np.uint8)
DRAWING = Path(__file__).parent / "drawing.svg"
CODE = "def conv(x, w):\n    return sum(x * w)"


def swirl(at):
    """A field of arrows that turns."""
    return np.array([-at[1], at[0], 0.0]) / 3


def numbered(kind, *given, **how):
    """A mobject of numbers, set in Pango's letters rather than LaTeX's."""
    return kind(*given, mob_class=Text, **how)


def moved(kind, *given, **how):
    """One of a kind, away from the middle."""
    return kind(*given, **how).shift(1.5 * LEFT + UP)


BARE = {"include_numbers": False}
FACES = [[0, 1, 2], [0, 1, 3], [1, 2, 3], [0, 2, 3]]


def decimal(value, **how):
    """A decimal number without LaTeX."""
    return DecimalNumber(float(value), mob_class=Text, **how)


def integer(value, **how):
    """A whole number without LaTeX."""
    return Integer(int(value), mob_class=Text, **how)


def cloud():
    """Points of several colors."""
    made = PMobject(stroke_width=6)
    made.add_points(np.random.default_rng(1).uniform(-1, 1, (40, 3)), color=RED)
    return made


def streams():
    """Lines along a field, the same each time."""
    np.random.seed(0)  # noqa: NPY002  # Manim draws from it
    return StreamLines(
        swirl, x_range=[-2, 2, 1], y_range=[-1, 1, 1], padding=0, virtual_time=1, dt=0.1, noise_factor=0.0
    )


MOBJECTS = {
    "Angle": lambda: Angle(Line(ORIGIN, 2 * RIGHT), Line(ORIGIN, UP + RIGHT), radius=0.8, dot=True),
    "AnnotationDot": lambda: AnnotationDot().scale(3),
    "AnnularSector": lambda: AnnularSector(0.5, 1.5, angle=2, fill_opacity=0.5, stroke_width=3),
    "Annulus": lambda: Annulus(0.6, 1.4, fill_opacity=0.4),
    "Arc": lambda: Arc(1.5, 0.3, 4),
    "ArcBetweenPoints": lambda: ArcBetweenPoints(2 * LEFT, UP, angle=1.2),
    "ArcBrace": lambda: ArcBrace(Arc(1, 0, 2)),
    "ArcPolygon": lambda: ArcPolygon(LEFT, RIGHT, UP, angle=0.8, fill_opacity=0.3),
    "ArcPolygonFromArcs": lambda: ArcPolygonFromArcs(
        *(ArcBetweenPoints(a, b) for a, b in ((LEFT, RIGHT), (RIGHT, UP), (UP, LEFT))), fill_opacity=0.4
    ),
    "Arrow": lambda: Arrow(2 * LEFT, UP),
    "Arrow3D": lambda: Arrow3D(LEFT, RIGHT + UP, resolution=4),
    "ArrowVectorField": lambda: ArrowVectorField(swirl, x_range=[-3, 3, 1], y_range=[-2, 2, 1]),
    "Axes": lambda: Axes(x_range=[-3, 3], y_range=[-2, 2], x_length=6, y_length=4),
    "BackgroundRectangle": lambda: VGroup(BackgroundRectangle(Square(), color=RED), Square()),
    "BarChart": lambda: BarChart([3, -1, 4], y_range=[-2, 5, 1], x_length=5, y_length=3, y_axis_config=BARE),
    "Brace": lambda: Brace(Square(2), LEFT),
    "BraceBetweenPoints": lambda: BraceBetweenPoints(2 * LEFT, UP),
    "BraceLabel": lambda: BraceLabel(Square(), "side", label_constructor=Text),
    "BraceText": lambda: BraceText(Square(), "side", label_constructor=Text),
    "Circle": lambda: Circle(1.2, fill_opacity=0.3),
    "Code": lambda: Code(code_string=CODE, language="python"),
    "ComplexPlane": lambda: ComplexPlane(x_range=[-3, 3], y_range=[-2, 2]),
    "Cone": lambda: Cone(resolution=6),
    "ConvexHull": lambda: ConvexHull(LEFT, RIGHT, UP, 0.2 * UP, fill_opacity=0.5),
    "ConvexHull3D": lambda: ConvexHull3D(*np.eye(3), -np.ones(3)),
    "Cross": lambda: Cross(Square()),
    "Cube": lambda: Cube().rotate(0.5, UP + RIGHT),
    "CubicBezier": lambda: CubicBezier(2 * LEFT, UP, DOWN, 2 * RIGHT),
    "CurvedArrow": lambda: CurvedArrow(LEFT, RIGHT),
    "CurvedDoubleArrow": lambda: CurvedDoubleArrow(LEFT, RIGHT),
    "CurvesAsSubmobjects": lambda: CurvesAsSubmobjects(Circle()).set_color_by_gradient(RED, BLUE),
    "Cutout": lambda: Cutout(Square(3), Circle(0.5), Triangle().shift(RIGHT), fill_opacity=0.6),
    "Cylinder": lambda: Cylinder(resolution=6),
    "DashedLine": lambda: DashedLine(2 * LEFT, 2 * RIGHT + UP),
    "DashedVMobject": lambda: DashedVMobject(Circle(), num_dashes=9),
    "DecimalNumber": lambda: decimal(-3.14159),
    "DecimalTable": lambda: DecimalTable([[1.5, 2], [-3, 4.25]], element_to_mobject=decimal),
    "DiGraph": lambda: DiGraph([1, 2, 3], [(1, 2), (2, 3), (3, 1)], layout="circular"),
    "Difference": lambda: Difference(Square(), Circle().shift(0.5 * RIGHT), fill_opacity=0.5),
    "Dodecahedron": lambda: Dodecahedron().rotate(0.4, UP),
    "Dot": lambda: Dot(LEFT, radius=0.3, color=YELLOW),
    "Dot3D": lambda: Dot3D(radius=0.3, resolution=(4, 4)),
    "DoubleArrow": lambda: DoubleArrow(2 * LEFT, 2 * RIGHT),
    "Elbow": lambda: Elbow(1.0, angle=0.3),
    "Ellipse": lambda: Ellipse(3, 1, fill_opacity=0.4, color=GREEN),
    "Exclusion": lambda: Exclusion(Square(), Circle().shift(0.5 * RIGHT), fill_opacity=0.5),
    "FullScreenRectangle": lambda: FullScreenRectangle(stroke_width=8),
    "FunctionGraph": lambda: FunctionGraph(np.sin, x_range=[-3, 3, 0.2]),
    "Graph": lambda: Graph([1, 2, 3, 4], [(1, 2), (2, 3), (3, 4), (4, 1)], layout="circular", labels=False),
    "Group": lambda: Group(ImageMobject(PIXELS).scale(9), Square()),
    "Icosahedron": lambda: Icosahedron().rotate(0.4, UP),
    "ImageMobject": lambda: ImageMobject(PIXELS).scale(20).rotate(0.2),
    "ImplicitFunction": lambda: ImplicitFunction(lambda x, y: x * x - y * y - 1, max_quads=60, min_depth=3),
    "Integer": lambda: numbered(Integer, 42),
    "IntegerTable": lambda: IntegerTable([[1, 2], [3, 4]], element_to_mobject=integer),
    "Intersection": lambda: Intersection(Square(), Circle().shift(0.5 * RIGHT), fill_opacity=0.5),
    "LabeledDot": lambda: LabeledDot(Text("x").scale(0.6)),
    "Line": lambda: Line(2 * LEFT, UP, stroke_width=6),
    "Line3D": lambda: Line3D(LEFT, RIGHT + UP, resolution=4),
    "MarkupText": lambda: MarkupText("a <b>bold</b> <i>word</i>"),
    "MathTypst": lambda: MathTypst("x^2 + 1/2"),
    "MobjectTable": lambda: MobjectTable([[Circle(0.3), Square(0.5)], [Dot(), Star(outer_radius=0.4)]]),
    "NumberLine": lambda: NumberLine([-3, 3, 1], include_tip=True),
    "NumberPlane": lambda: NumberPlane(x_range=[-3, 3], y_range=[-2, 2], faded_line_ratio=2),
    "Octahedron": lambda: Octahedron().rotate(0.4, UP),
    "PGroup": lambda: PGroup(PointCloudDot(radius=0.5, density=5), PointCloudDot(RIGHT, radius=0.3, density=5)),
    "PMobject": cloud,
    "Paragraph": lambda: Paragraph("two lines", "of text", alignment="center").scale(0.7),
    "ParametricFunction": lambda: ParametricFunction(
        lambda t: (np.cos(3 * t), np.sin(2 * t), 0), t_range=[0, 6.3, 0.1]
    ),
    "Point": lambda: Point(LEFT, stroke_width=9),
    "PointCloudDot": lambda: PointCloudDot(radius=0.8, density=6),
    "PolarPlane": lambda: PolarPlane(
        radius_max=2, size=4, azimuth_units=None, radius_config={"include_numbers": False}
    ),
    "Polygon": lambda: Polygon(LEFT, UP, RIGHT, DOWN, fill_opacity=0.4, stroke_opacity=0.5),
    "Polygram": lambda: Polygram([LEFT, UP, RIGHT], [DOWN, 2 * RIGHT, UP + RIGHT], color=RED),
    "Polyhedron": lambda: Polyhedron([[1, 0, 0], [0, 1, 0], [0, 0, 1], [-1, -1, -1]], FACES),
    "Prism": lambda: Prism([1, 2, 3]).rotate(0.5, RIGHT),
    "Rectangle": lambda: Rectangle(GREEN, height=1, width=3, grid_xstep=0.5, grid_ystep=0.5),
    "RegularPolygon": lambda: RegularPolygon(7, fill_opacity=0.4),
    "RegularPolygram": lambda: RegularPolygram(7, density=3),
    "RightAngle": lambda: RightAngle(Line(ORIGIN, 2 * RIGHT), Line(ORIGIN, 2 * UP), length=0.5),
    "RoundedRectangle": lambda: RoundedRectangle(corner_radius=[0.1, 0.5, 0.3, 0.0], fill_opacity=0.3),
    "SVGMobject": lambda: SVGMobject(DRAWING),
    "SampleSpace": lambda: SampleSpace(height=2, width=3, fill_opacity=0.6),
    "ScreenRectangle": lambda: ScreenRectangle(height=2),
    "Sector": lambda: Sector(1.5, angle=1.2, fill_opacity=0.7),
    "Sphere": lambda: Sphere(resolution=(6, 4)),
    "Square": lambda: Square(2, fill_opacity=0.5, stroke_width=0),
    "Star": lambda: Star(6, density=2, fill_opacity=0.5),
    "StreamLines": streams,
    "Surface": lambda: Surface(lambda u, v: (u, v, u * v), u_range=[-1, 1], v_range=[-1, 1], resolution=4),
    "SurroundingRectangle": lambda: VGroup(Circle(), SurroundingRectangle(Circle(), corner_radius=0.2)),
    "Table": lambda: Table([["a", "b"], ["c", "d"]], include_outer_lines=True).scale(0.6),
    "TangentLine": lambda: TangentLine(Circle(), 0.2, length=3),
    "TangentialArc": lambda: TangentialArc(Line(LEFT, RIGHT), Line(RIGHT, UP), radius=0.4, corner=(1, -1)),
    "Tetrahedron": lambda: Tetrahedron().rotate(0.4, UP),
    "Text": lambda: Text("cnn éß Ж", t2c={"cnn": RED}, slant="ITALIC"),
    "ThreeDAxes": lambda: ThreeDAxes(x_length=4, y_length=4, z_length=2),
    "Title": lambda: VGroup(Text("as a title"), Underline(Text("as a title"))),
    "Torus": lambda: Torus(resolution=(6, 4)),
    "Triangle": lambda: Triangle(fill_opacity=0.5).scale(1.5),
    "Typst": lambda: Typst("some *bold* text"),
    "Underline": lambda: Underline(Square(), buff=0.3),
    "Union": lambda: Union(Square(), Circle().shift(0.5 * RIGHT), fill_opacity=0.5),
    "UnitInterval": lambda: UnitInterval(unit_size=4),
    "VDict": lambda: VDict({"one": Square(), "two": Circle()}),
    "VGroup": lambda: VGroup(*(moved(Square, 0.3 * i, fill_opacity=0.5) for i in range(1, 6))).arrange(DOWN, buff=-0.3),
    "VMobject": lambda: VMobject(stroke_width=5).set_points_smoothly([2 * LEFT, UP, RIGHT, 2 * RIGHT + UP]),
    "VMobjectFromSVGPath": lambda: SVGMobject(DRAWING)[1],
    "Vector": lambda: Vector(UP + 2 * RIGHT),
    "arrow tips": lambda: VGroup(
        *(
            Arrow(ORIGIN, 2 * RIGHT, tip_shape=tip)
            for tip in (
                ArrowCircleFilledTip,
                ArrowCircleTip,
                ArrowSquareFilledTip,
                ArrowSquareTip,
                ArrowTriangleFilledTip,
                ArrowTriangleTip,
                StealthTip,
            )
        )
    ).arrange(DOWN, buff=0.1),
}

ELSEWHERE = {
    "of LaTeX, which is not on every machine": "BulletedList MathTable MathTex SingleStringMathTex Tex Variable Label "
    "LabeledArrow LabeledLine LabeledPolygram ManimBanner Matrix DecimalMatrix IntegerMatrix MobjectMatrix",
    "nothing to see": "ComplexValueTracker ValueTracker VectorizedPoint Mobject",
    "bases of others in the table": "ArrowTip Mobject1D Mobject2D ThreeDVMobject TipableVMobject VectorField",
    "in tests/render/fast/scenes or among the ways": "AnimatedBoundary ImageMobjectFromCamera TracedPath",
}
