"""A layer in the hand: what the browser computes is what the engine computes, and what is pointed at is told."""

import json
import re

import numpy as np
import pytest

from cnnviz.data import digits
from cnnviz.engine import avg_pool2d, conv2d, max_pool2d, relu, softmax
from cnnviz.errors import CnnvizError, InputError, OptionError
from cnnviz.nn import zoo
from cnnviz.notebook import explore
from cnnviz.render.explore.hand import given, module, plain_script, style
from cnnviz.stage.theme import theme
from cnnviz.subjects import Convolution
from tests.browser import faults, opened

MODES = ("zeros", "replicate", "reflect", "circular")


def test_a_notebook_reads_back_what_is_on_screen():
    explorer = explore("digit:3", "sobel-x", padding=1, stride=2)
    trace = Convolution(image="digit:3", kernel="sobel-x", padding=1, stride=2).trace
    np.testing.assert_array_equal(explorer.output, trace.fold()[0])
    explorer.state = {**explorer.state, "kernel": [[2.0]], "padding": [0, 0], "stride": [1, 1]}
    np.testing.assert_array_equal(explorer.output, 2 * explorer.image)
    explorer.state = {**explorer.state, "operation": "network"}
    assert explorer.output.shape == (10,)
    assert explorer.output.argmax() == 3


@pytest.mark.parametrize(
    ("layer", "expected"), [("max", [[4.0]]), ("mean", [[2.5]]), ("relu", [[1.0, 2.0], [3.0, 4.0]])]
)
def test_other_layers(layer, expected):
    assert explore("1,2;3,4", layer=layer).output.tolist() == expected


def test_what_cannot_be_explored():
    with pytest.raises(OptionError, match=r"^explore: expected layer to be one of conv, max, mean, relu, network"):
        explore(layer="dense")
    with pytest.raises(InputError, match=r"^explore: expected one slice of at most 64 x 64 cells, got 1 x 80 x 80"):
        explore("photo:china", size="80,80")
    with pytest.raises(OptionError, match="channels"):
        explore(channels="rgb")
    with pytest.raises(CnnvizError, match="nosuch"):
        explore(kernel="nosuch")


def test_a_page_from_a_disk_needs_no_module():
    assert "export" in module()
    assert "export" not in plain_script()


def cases(count):
    """Random layers on random pictures."""
    rng = np.random.default_rng(0)
    while count:
        shape, size = rng.integers(1, 12, 2), rng.integers(1, 5, 2)
        stride, dilation = rng.integers(1, 4, 2), rng.integers(1, 4, 2)
        kind, mode = rng.choice(["conv", "conv", "max", "mean"]), rng.choice(MODES)
        most = shape - 1 if mode == "reflect" else shape if mode == "circular" else [4, 4]
        padding = [[int(rng.integers(0, min(4, m) + 1)) for _ in "ab"] for m in most]
        if kind != "conv":
            mode, padding = "zeros", [[int(n)] * 2 for n in (rng.integers(0, k // 2 + 1) for k in size)]
        if (shape + np.sum(padding, 1) < dilation * (size - 1) + 1).any():
            continue
        x = rng.integers(-9, 10, shape) if rng.integers(2) else rng.normal(size=shape)
        weight = rng.normal(size=size)
        sliding = {"stride": stride.tolist(), "padding": padding, "dilation": dilation.tolist()}
        yield str(kind), x.astype(float), weight, {"size": size.tolist(), "mode": str(mode), **sliding}
        count -= 1


def by_engine(kind, x, weight, layer):
    sliding = {
        "stride": layer["stride"],
        "padding": [tuple(p) for p in layer["padding"]],
        "dilation": layer["dilation"],
    }
    if kind == "conv":
        return conv2d(x[None, None], weight[None, None], padding_mode=layer["mode"], **sliding)[0, 0]
    return (max_pool2d if kind == "max" else avg_pool2d)(x[None, None], layer["size"], **sliding)[0, 0]


IN_THE_BROWSER = """cases => cases.map(([kind, x, weight, layer]) =>
    kind === "conv" ? conv([x], [[weight]], [0], layer)[0] : pool([x], kind, layer)[0])"""


@pytest.fixture
def page(browser):
    page, trouble = opened(browser, "about:blank", offline=True)
    yield page
    assert trouble == []
    page.close()


def test_every_word_is_said_in_spanish():
    told = given(Convolution(), "conv", theme("dark"), "es")
    assert {word for word, said in told["words"].items() if word == said} <= {"max pooling", "average pooling"}
    assert told["mark"] == ","
    spoken = set(re.findall(r'\bt\("([^"]+)"', module())) | set(re.findall(r'(?:choose|pair)\("([^"]+)"', module()))
    assert spoken <= told["words"].keys()


@pytest.mark.full
def test_ten_thousand_layers_are_those_of_the_engine(page):
    page.add_script_tag(content=module().replace("export ", ""))
    asked = list(cases(10_000))
    told = page.evaluate(IN_THE_BROWSER, [(kind, x.tolist(), w.tolist(), layer) for kind, x, w, layer in asked])
    for case, got in zip(asked, told, strict=True):
        expected = by_engine(*case)
        assert np.shape(got) == expected.shape, case
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-12, err_msg=str(case))
    assert sum(kind == "conv" for kind, *_ in asked) > 4000
    wrong = page.evaluate(IN_THE_BROWSER.replace("layer)[0] :", "{...layer, stride: [1, 1]})[0] :"), [
        (kind, x.tolist(), w.tolist(), layer) for kind, x, w, layer in asked[:200]
    ])  # fmt: skip
    assert any(np.shape(got) != by_engine(*case).shape for case, got in zip(asked, wrong, strict=False))


@pytest.mark.full
def test_the_network_is_the_one_that_ships(page):
    page.add_script_tag(content=module().replace("export ", ""))
    layers = given(Convolution(), "network", theme("dark"))["network"]["layers"]
    images = (digits().images[::9] / 16).astype(np.float32)
    told = page.evaluate("([layers, images]) => images.map(x => forward(layers, [x]))", [layers, images.tolist()])
    network = zoo.tiny_cnn(pretrained=True)
    x = images[:, None]
    for number, (name, layer) in enumerate(network.children().items()):
        x = layer.forward(x)
        np.testing.assert_allclose([each[number] for each in told], x, rtol=1e-5, atol=1e-6, err_msg=name)
    np.testing.assert_allclose([each[-1] for each in told], softmax(x), rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(relu(np.array([-1.0, 2.0])), [0, 2])


@pytest.fixture
def shown(page, tmp_path):
    """The page with a given layer."""

    def show(layer="conv", **options):
        begun = json.dumps(given(Convolution(**options), layer, theme("dark")))
        path = tmp_path / "hand.html"
        begin = f"{plain_script()}cnnvizExplore(hand, {begun}, state => window.now = state)"
        page_of = (
            "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>hand</title><style>{}</style><main><h1>hand</h1>"
        )
        path.write_text(f"{page_of.format(style())}<div id=hand></div></main><script>{begin}</script>", "utf-8")
        page.goto(path.as_uri())
        return page

    return show


@pytest.mark.full
def test_what_is_pointed_at_is_told(shown):
    page = shown(image="1,2,3;4,5,6;7,8,9", kernel="1,0;0,-1")
    map_ = page.locator("figure canvas").nth(1)
    map_.hover(position={"x": 60, "y": 10})
    assert page.locator(".sum").text_content() == "Row 1, column 2: 2 × 1 + 3 × 0 + 5 × 0 + 6 × (−1) = −4"
    map_.press("ArrowDown")
    assert page.locator(".sum").text_content() == "Row 2, column 2: 5 × 1 + 6 × 0 + 8 × 0 + 9 × (−1) = −4"
    page.locator(".weights input").first.fill("3")
    page.locator(".weights input").first.blur()
    assert page.locator(".sum").text_content().endswith("= 6")
    assert page.evaluate("now.kernel") == [[3, 0], [0, -1]]
    page.get_by_label("Layer").select_option("max")
    assert page.locator(".sum").text_content() == "Row 1, column 1: max(1, 2, 4, 5) = 5"
    page.get_by_role("group", name="Stride").get_by_label("columns").fill("9")
    page.get_by_role("group", name="Stride").get_by_label("columns").blur()
    assert page.evaluate("now.stride") == [2, 8], "no further than is allowed"
    page.get_by_role("group", name="Window").get_by_label("rows").fill("4")
    page.get_by_role("group", name="Window").get_by_label("rows").blur()
    assert page.locator(".trouble").text_content() == "The window is larger than the padded picture, which is 3 high."


@pytest.mark.full
def test_a_digit_is_drawn_and_read(shown):
    page = shown("network", image="digit:7")
    assert page.locator(".shares .best span").text_content() == "7"
    page.get_by_text("Empty the picture").click()
    assert not np.any(page.evaluate("now.image"))
    canvas = page.locator(".given canvas")
    canvas.dispatch_event("pointerdown", {"clientX": 0, "clientY": 0, "buttons": 1})
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 90, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 165, steps=30)
    page.mouse.up()
    assert [row[4] for row in page.evaluate("now.image")] == [16] * 8
    page.locator(".maps").nth(1).locator("canvas").nth(2).hover(position={"x": 30, "y": 30})
    assert page.locator(".sum").text_content().startswith("Map 3, row 5, column 5: 1 × 9 products add up to ")


@pytest.mark.full
def test_axe_finds_nothing(shown):
    for layer in ("conv", "max", "network"):
        page = shown(layer, padding=1, dilation=2)
        assert faults(page) == []
