"""The scene of a question shows the very same numbers: read from what the scene is about, before anything is drawn."""

import json
import re

import numpy as np
import pytest

from cnnviz.quizzes import make, topics
from cnnviz.quizzes.saying import shape_text
from cnnviz.quizzes.value import settle
from cnnviz.render.catalog import scenes
from cnnviz.subjects import Agreement, BatchNorm, Frequency, Parameters, Preprocessing, Softmax, Squash, Stride
from cnnviz.subjects.activation import Activation
from cnnviz.subjects.backprop import Backprop
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.field import Field
from cnnviz.subjects.growth import DenseGrowth
from cnnviz.subjects.output_size import OutputSize
from cnnviz.subjects.pool_gradient import PoolGradient
from cnnviz.subjects.pooling import Pooling
from cnnviz.subjects.transposed import Transposed
from cnnviz.subjects.volumes import Volumes
from tests.quizzes.recomputed import BACKWARD

SEEDS = range(5)


def conv(question, options):
    trace = Convolution(**options).trace
    return {"X": trace.input[0], "W": trace.weight[0, 0], "Y": trace.fold()[0]}


def series(question, options):
    shown = conv(question, options)
    return {"x": shown["X"][0], "w": shown["W"][0], "Y": shown["Y"][0]}


def padding_modes(question, options):
    shown = conv(question, options)
    return {**shown, "X": shown["X"] if len(shown["X"]) > 1 else shown["X"][0], "Y": shown["Y"][0]}


def transposed(question, options):
    trace = Transposed(**options).trace
    return {"X": trace.input[0], "W": trace.weight[0, 0], "Y": trace.fold()[0]}


def volumes(question, options):
    stations = Volumes(**options).stations
    told = {str(n) for n in stations[0].shape} - {"3"}  # that RGB has three channels may go without saying
    if (question.topic, question.difficulty) == ("flatten-count", 3):  # which asks for it
        told = {str(stations[0].shape[0])} - {"1", "3"}
        assert stations[0].shape[1:] == (question.answer, question.answer)
    assert {int(number) for number in told} <= numbers_of(question.prompt), question
    return {"Y": {key: getattr(stations[-1], key) for key in ("shape", "values", "parameters")}, "all": stations}


def field(question, options):
    levels = Field(**options).sights[0].levels
    kernels, strides = question.facts["kernels"], question.facts["strides"]
    told = [(level.kernel, level.stride) for level in levels[1:]]
    if question.difficulty == 3 and question.topic == "receptive-field":  # which asks for the last kernel
        kernels, strides = [*kernels, question.answer], [*strides, 1]
    assert told == list(zip(kernels, strides, strict=True))
    last = levels[-1]
    assert min(last.shape) == 5
    return {"Y": (last.jump if question.topic == "field-jump" else last.size)[0]}


def stride(question, options):
    (trace,) = Stride(**options).traces
    return {"X": trace.input[0], "W": trace.weight[0, 0], "Y": trace.fold()[0]}


def relu(question, options):
    subject = Activation(**options)
    return {"X": subject.before, "Y": subject.after}


def pool(mode):
    def shown(question, options):
        trace = Pooling(mode=mode, **options).trace
        return {"X": trace.input[0], "Y": trace.fold()[0]}

    return shown


def weight_gradient(question, options):
    trace = Backprop(**options).trace
    return {"X": trace.input[0], "dY": trace.dy[0], "Y": trace.fold()[1][0, 0]}


def input_gradient(question, options):
    trace = Backprop(**options).trace
    return {"W": trace.weight[0, 0], "dY": trace.dy[0], "Y": trace.fold()[0][0]}


def pool_gradient(question, options):
    subject = PoolGradient(**options)
    (trace,) = subject.traces.values()
    return {"X": trace.forward.input[0], "dY": subject.gradient, "Y": trace.fold()[0][0]}


def dense(question, options):
    return {"Y": DenseGrowth("photo:china", **options).rows[-1].dense}


def scores(question, options):
    state = Softmax(**options).state
    return {"s": state.scores, "Y": state.shares}


def channel(question, options):
    subject = BatchNorm(**options)
    return {"x": subject.x, "Y": subject.y}


def vector(question, options):
    subject = Squash(**options)
    return {"s": np.array(subject.s), "y": np.array(subject.v), "Y": np.array(subject.v)}


def routing(question, options):
    subject = Agreement(**options)
    last = subject.routed[-1]
    told = {f"u{part}": predicted for part, predicted in enumerate(subject.u)}
    return {**told, "Y": {2: last.v, 3: last.couplings}[question.difficulty]}


def parameters(question, options):
    subject = Parameters(**options)
    told = numbers_of(question.prompt)
    assert {subject.filters, subject.kernel} <= told
    assert subject.channels == question.answer if question.difficulty == 3 else subject.channels in told
    return {"Y": {"parameters": subject.total}}


def numbers_of(prompt):
    return {int(found) for found in re.findall(r"[0-9]+", prompt.replace(",", ""))}


def waves(question, options):
    subject = Frequency("digit:3", **options)
    return {"W": subject.kernel.values, "Y": subject.filters[0].total}


def size(question, options):
    sides = dict(options)
    around = sides.pop("padding", 0)
    return {"Y": OutputSize(sides.pop("size"), **sides, padding=(around, around)).out}


def network_input(question, options):
    """What is asked for at each level: all that is read, what is read of an empty cell, and the pixels."""
    subject = Preprocessing(**options)
    read = subject.stages[-1].round(4) + 0.0
    asked = {1: read, 2: read[0, 0], 3: subject.stages[0]}
    return {"X": subject.picture.values[0], "Z": read, "Y": np.array(asked[question.difficulty])}


SHOWN = {
    "ch01-s06-before-the-network": network_input,
    "ch01-s02-dense-growth": dense,
    "ch02-s01-slide": conv,
    "ch02-s02-real-digit": conv,
    "ch02-s05-frequency": waves,
    "ch03-s03-stride": stride,
    "ch03-s05-output-size": size,
    "ch03-s06-parameters": parameters,
    "ch03-s07-transposed-convolution": transposed,
    "ch04-s01-relu": relu,
    "ch04-s02-max-pooling": pool("max"),
    "ch04-s03-average-pooling": pool("avg"),
    "ch05-s01-growth": field,
    "ch06-s01-volumes": volumes,
    "ch06-s04-softmax": scores,
    "ch07-s01-filter-gradient": weight_gradient,
    "ch07-s02-input-gradient": input_gradient,
    "ch07-s04-pooling": pool_gradient,
    "ch08-s03-batch-norm": channel,
    "ch11-s02-squash": vector,
    "ch11-s03-routing": routing,
}
# Where a question is about a row, which is a picture of one row in the scene, or about the first row of a map.
ROWS = {"conv1d": series, "padding-modes": padding_modes}
# Where the answer is another thing than all that the scene shows: what of it is asked for.
ASKED = {
    "window-sum": lambda y, f: y[f["row"]][f["column"]],
    "which-kernel": None,
    "arg-max": None,
    "same-padding": None,
    "layer-order": None,
    "kernel-flip": lambda y, _: y[0][0],
    "high-pass-pixel": lambda y, _: y[0][0],
    "frequency": lambda y, f: y * int(re.search(r"[0-9]+", f["area"])[0]) if "area" in f else y,
    "transposed-size": lambda y, _: len(y),
    "filter-depth": lambda y, _: y["shape"],
    "pooled-size": lambda y, _: y["shape"],
    "volume-shape": lambda y, _: y["shape"],
    "architecture-shape": lambda y, _: y["shape"],
    "flatten-count": lambda y, _: y["values"],
    "conv-parameters": lambda y, _: y["parameters"],
    "architecture-parameters": lambda y, _: y["parameters"],
    "weight-sharing": lambda y, _: y["parameters"],
    "dense-parameters": lambda y, _: y["parameters"] if isinstance(y, dict) else y,
    "softmax": lambda y, _: settle(np.round(y, 3)),
    "batch-norm": lambda y, _: settle(np.round(y, 2)),
    "capsule-squash": lambda y, _: settle(np.round(y, 3)),
    "routing": lambda y, _: settle(np.round(y, 2)),
}


def whole(shown, facts):
    return shown


PAIRS = [
    (topic, difficulty)
    for topic in topics()
    for difficulty in (1, 2, 3)
    if any(make(topic, seed=seed, difficulty=difficulty).scene for seed in SEEDS)
]


def shown_by(question):
    """What the scene of a question is about, as plain values by the names that the question uses."""
    read = ROWS.get(question.topic) or SHOWN[question.scene.slug]
    shown = read(question, dict(question.scene.options))
    return {name: value if isinstance(value, dict) else settle(value) for name, value in shown.items() if name != "all"}


def check(question):
    shown = shown_by(question)
    named = shown.keys() & question.given.keys()
    assert named or not question.given
    for name in named:
        assert shown[name] == question.given[name], (question, name)
    pick = ASKED.get(question.topic, whole)
    if question.topic == "capsule-squash":  # level 1 asks for the length, level 3 for the vector before
        y, level = np.array(shown["Y"]), question.difficulty
        shown["Y"] = {1: np.hypot(*y), 2: y, 3: np.array(shown["s"])}[level]
        assert pick(shown["Y"], {}) == settle(np.round(question.answer, 3)), question
        return
    if question.difficulty == 3 and question.topic in BACKWARD:
        check_backward(question, shown["Y"], pick)
    elif pick is not None:
        assert pick(shown["Y"], question.facts) == question.answer, question


def check_backward(question, shown, pick):
    """The scene shows what the question tells, and where a map has a wrong number, the right one."""
    if "M" in question.given:
        pairs = zip(sum(shown, ()), sum(question.given["M"], ()), strict=True)
        assert [right for right, printed in pairs if right != printed] == [question.answer]
    elif pick is not None and "made" not in question.facts:
        assert pick(shown, question.facts) == question.answer, question
    elif pick is not None:
        made = pick(shown, question.facts)
        assert question.facts["made"] in (made, shape_text(made))


@pytest.mark.parametrize("seeds", [SEEDS, pytest.param(range(5, 300), marks=pytest.mark.full)], ids=["few", "many"])
@pytest.mark.parametrize(("topic", "difficulty"), PAIRS)
def test_a_scene_shows_what_is_asked(topic, difficulty, seeds):
    for seed in seeds:
        question = make(topic, seed=seed, difficulty=difficulty)
        if question.scene is not None:
            check(question)


@pytest.mark.parametrize("difficulty", [1, 2, 3])
def test_layers_in_order_are_those_of_the_scene(difficulty):
    for seed in SEEDS:
        question = make("layer-order", seed=seed, difficulty=difficulty)
        shapes = [shape_text(station.shape) for station in volumes(question, dict(question.scene.options))["all"]]
        steps = [question.steps[number - 1].partition(": ")[2].split(" → ") for number in question.answer]
        assert [shapes[0], *(after for before, after in steps if after != before)] == shapes


@pytest.mark.parametrize(("topic", "difficulty"), PAIRS)
def test_options_are_those_of_json(topic, difficulty):
    question = make(topic, seed=0, difficulty=difficulty)
    if question.scene is not None:
        assert json.loads(json.dumps(dict(question.scene.options))) == dict(question.scene.options)


def test_every_scene_is_in_the_catalog():
    slugs = {scene.slug for scene in scenes()}
    assert set(SHOWN) <= slugs


def test_other_numbers_would_be_seen():
    question = make("convolution-map", seed=0, difficulty=3)
    other = conv(question, {**question.scene.options, "image": "checkerboard", "size": 5})
    assert not np.array_equal(other["X"], question.given["X"])


def test_topics_of_most_chapters_have_a_scene():
    assert len({topic for topic, _ in PAIRS}) >= 34
    assert len(PAIRS) >= 95
