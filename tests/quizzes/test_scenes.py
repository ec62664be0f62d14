"""The scene of a question shows the very same numbers: read from what the scene is about, before anything is drawn."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from cnnviz.quizzes import make, topics
from cnnviz.quizzes.value import settle
from cnnviz.stage.activation.subject import ActivationSubject
from cnnviz.stage.backprop.subject import BackpropSubject
from cnnviz.stage.conv.subject import ConvSubject
from cnnviz.stage.dense.growth import DenseGrowth
from cnnviz.stage.output_size import OutputSize
from cnnviz.stage.padding.subject import PaddingSubject
from cnnviz.stage.pooling.gradient import PoolGradientSubject
from cnnviz.stage.pooling.subject import PoolSubject
from cnnviz.stage.receptive_field.subject import FieldSubject
from cnnviz.stage.stride.subject import StrideSubject

SEEDS = range(5)
CATALOG = Path(__file__).parents[2] / "scenes" / "catalog.toml"


def conv(question, options):
    trace = ConvSubject.from_options(**options).trace
    return {"X": trace.input[0], "W": trace.weight[0, 0], "Y": trace.fold()[0]}


def padding_modes(question, options):
    trace = PaddingSubject.from_options(**options).traces[question.facts["mode"]]
    return {"X": trace.input[0], "W": trace.weight[0, 0], "Y": trace.fold()[0, 0]}


def field(question, options):
    levels = FieldSubject.from_options(**options).levels
    assert [(level.kernel, level.stride) for level in levels[1:]] == list(
        zip(question.facts["kernels"], question.facts["strides"], strict=True)
    )
    last = levels[-1]
    assert min(last.shape) == 5
    return {"Y": (last.jump if question.topic == "field-jump" else last.size)[0]}


def stride(question, options):
    (trace,) = StrideSubject.from_options(**options).traces
    return {"X": trace.input[0], "W": trace.weight[0, 0], "Y": trace.fold()[0]}


def relu(question, options):
    subject = ActivationSubject.from_options(**options)
    return {"X": subject.before, "Y": subject.after}


def pool(mode):
    def shown(question, options):
        trace = PoolSubject.from_options(mode=mode, **options).trace
        return {"X": trace.input[0], "Y": trace.fold()[0]}

    return shown


def weight_gradient(question, options):
    trace = BackpropSubject.from_options(**options).trace
    return {"X": trace.input[0], "dY": trace.dy[0], "Y": trace.fold()[1][0, 0]}


def input_gradient(question, options):
    trace = BackpropSubject.from_options(**options).trace
    return {"W": trace.weight[0, 0], "dY": trace.dy[0], "Y": trace.fold()[0][0]}


def pool_gradient(question, options):
    subject = PoolGradientSubject.from_options(**options)
    (trace,) = subject.traces.values()
    return {"X": trace.forward.input[0], "dY": subject.dy, "Y": trace.fold()[0][0]}


def dense(question, options):
    return {"Y": DenseGrowth.from_options("photo:china", **options).rows[-1].dense}


def size(question, options):
    sides = dict(options)
    around = sides.pop("padding", 0)
    return {"Y": OutputSize(**sides, padding=(around, around)).out}


SHOWN = {
    "ch01-s02-dense-growth": dense,
    "ch02-s01-slide": conv,
    "ch02-s02-real-digit": conv,
    "ch03-s01-padding-modes": padding_modes,
    "ch03-s03-stride": stride,
    "ch03-s05-output-size": size,
    "ch04-s01-relu": relu,
    "ch04-s02-max-pooling": pool("max"),
    "ch04-s03-average-pooling": pool("avg"),
    "ch05-s01-growth": field,
    "ch07-s01-filter-gradient": weight_gradient,
    "ch07-s02-input-gradient": input_gradient,
    "ch07-s04-pooling": pool_gradient,
}
# Where the answer is another thing than all that the scene shows: what of it is asked for.
ASKED = {
    "window-sum": lambda y, f: y[f["row"]][f["column"]],
    "which-kernel": None,
    "arg-max": None,
    "same-padding": None,
}


def whole(shown, facts):
    return shown


PAIRS = [
    (topic, difficulty)
    for topic in topics()
    for difficulty in (1, 2, 3)
    if any(make(topic, seed=seed, difficulty=difficulty).scene for seed in SEEDS)
]


@pytest.mark.parametrize(("topic", "difficulty"), PAIRS)
def test_a_scene_shows_what_is_asked(topic, difficulty):
    for seed in SEEDS:
        question = make(topic, seed=seed, difficulty=difficulty)
        if question.scene is None:
            continue
        shown = {
            name: settle(value)
            for name, value in SHOWN[question.scene.slug](question, dict(question.scene.options)).items()
        }
        if topic == "input-gradient" or (topic == "average-pool-gradient"):
            shown.pop("X", None)
        for name in shown.keys() & question.given.keys():
            assert shown[name] == question.given[name], (question, name)
        pick = ASKED.get(topic, whole)
        if pick is not None:
            assert pick(shown["Y"], question.facts) == question.answer


def test_every_scene_is_in_the_catalog():
    slugs = {scene["slug"] for scene in tomllib.loads(CATALOG.read_text())["scene"]}
    assert set(SHOWN) <= slugs


def test_other_numbers_would_be_seen():
    question = make("convolution-map", seed=0, difficulty=3)
    other = conv(question, {**question.scene.options, "image": "checkerboard", "size": 5})
    assert not np.array_equal(other["X"], question.given["X"])


def test_topics_of_most_chapters_have_a_scene():
    assert len({topic for topic, _ in PAIRS}) >= 15
