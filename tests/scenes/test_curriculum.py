"""The numbers that the curriculum promises are on screen: read back from the drawing, scene by scene."""

import re

import pytest

from cnnviz.render.catalog import find, load_scene
from tests.scenes.watch import watch

pytestmark = pytest.mark.full

EDGES = "1,0,-1;1,0,-1;1,0,-1"
POOLED = "1,3,2,1;4,2,6,4;1,8,3,7;5,3,2,1"
INCEPTION = " > ".join(  # the longest way through Inception-v3, of any two factors the one along one axis
    [
        "3x299x299 > conv 32 k3 s2 > conv 32 k3 > conv 64 k3 p1 > pool 3 s2 > conv 80 k1 > conv 192 k3 > pool 3 s2",
        *["conv 96 k3 p1"] * 7,
        "conv 96 k3 s2",
        *["conv 192 k7 p3"] * 9,
        "conv 192 k3 s2",
        *["conv 384 k3 p1"] * 4,
    ]
)

PROMISED = [
    ("ch01-s02-dense-growth", {}, "150,528 1,204,736 4,817,408 19,268,096 77,070,848 1,792 650"),
    ("ch01-s02-dense-growth", {"units": "1000"}, "150,529,000"),
    ("ch01-s04-weight-sharing", {}, "64 16 4 41,887,296 2,238,016 18,496 2,265 109,386 93,322"),
    ("ch01-s05-moving-digits", {}, "94.2 22.6 58.7 95.4"),
    ("ch02-s01-slide", {"image": "blackboard", "kernel": EDGES}, "−6 4 14"),
    ("ch02-s01-slide", {"image": "1,2,3,0;0,1,2,3;3,0,1,2;2,3,0,1", "kernel": "1,0,1;0,1,0;1,0,1"}, "9 6 4"),
    ("ch02-s04-flip", {"kernel": EDGES}, "6 −4 −14"),
    ("ch02-s06-high-pass", {}, "220 140 225 205 250 60"),
    ("ch02-s07-rgb", {}, "27 28"),
    ("ch03-s01-padding-modes", {}, "−9 −4 6 13 −3 −6 4 7 0 14 −1 9"),
    ("ch03-s05-output-size", {}, "16"),
    ("ch03-s05-output-size", {"size": "32", "kernel": "5", "padding": "2"}, "32"),
    ("ch03-s06-parameters", {}, "1,792 27 28"),
    ("ch04-s01-relu", {"image": "blackboard", "kernel": EDGES}, "0 4 14"),
    ("ch04-s02-max-pooling", {}, "6 8 3 9"),
    ("ch04-s02-max-pooling", {"image": POOLED}, "4 6 8 7"),
    ("ch04-s02-max-pooling", {"image": "1,9;5,4"}, "9"),
    ("ch04-s03-average-pooling", {}, "3.75 5.25 2.25 4.25"),
    ("ch04-s03-average-pooling", {"image": POOLED}, "2.5 3.25 4.25"),
    ("ch04-s04-shifts", {}, "32 56"),
    ("ch05-s02-two-for-one", {}, "18 25 5 7"),
    ("ch05-s03-jumps", {}, "212 15 8 7"),
    ("ch05-s03-jumps", {"network": "cnn"}, "3 4 8 10 18"),
    ("ch05-s03-jumps", {"network": "cnn-130"}, "3 6 22 26"),
    ("ch05-s03-jumps", {"network": "alexnet"}, "195"),
    ("ch05-s03-jumps", {"network": "resnet50"}, "483"),
    ("ch05-s03-jumps", {"network": "resnet152"}, "1,507"),
    ("ch05-s03-jumps", {"network": INCEPTION}, "1,311"),
    ("ch06-s01-volumes", {}, "448 4,640 18,496 1,024"),
    ("ch06-s01-volumes", {"network": "cnn"}, "26 13 11 5 3"),
    ("ch06-s01-volumes", {"network": "cnn-4x4"}, "4,608 544 73,744 136 90"),
    ("ch06-s01-volumes", {"network": "cnn-224"}, "25,088"),
    ("ch06-s01-volumes", {"network": "cnn-200"}, "80 4,640"),
    ("ch06-s01-volumes", {"network": "cnn-130"}, "280 5,020 5,120"),
    (
        "ch06-s02-summaries",
        {},
        "100,480 8,256 650 109,386 320 18,496 36,928 93,322 1.17 576 13 11 41,887,296 2,238,016 2,265",
    ),
    ("ch06-s02-summaries", {"networks": "vgg11;vgg16"}, "132,863,336 138,357,544"),
    ("ch06-s02-summaries", {"networks": "vgg16;vgg19"}, "138,357,544 143,667,240"),
    ("ch06-s02-summaries", {"networks": "cnn-4x4;cnn-32"}, "74,514 23,584"),
    ("ch06-s02-summaries", {"networks": "cnn-224;cnn-32"}, "1,792 73,856 295,168 1,180,160 2,359,808 127,553,640"),
    ("ch06-s02-summaries", {"networks": "1x4x4 > flatten > dense 4;1x4x4 > conv 1 k2 s2"}, "68 5"),
    ("ch07-s01-filter-gradient", {"image": "blackboard", "dy": "sum"}, "33 42 41 48 57 46"),
    ("ch07-s02-input-gradient", {"image": "blackboard", "kernel": EDGES, "dy": "sum"}, "1 −1 2 −2 3 −3"),
    ("ch09-s01-timeline", {}, "60,000 60,965,224 138,357,544 6,998,552 60,192,808 5,288,548 25.8 15.3 16.4 3.6"),
    ("ch09-s02-lenet", {}, "60,000 61,706"),
    ("ch09-s03-alexnet", {}, "60,965,224"),
    ("ch09-s03-alexnet", {"network": "alexnet-ungrouped"}, "62,378,344"),
    ("ch09-s03-alexnet", {"network": "alexnet-one-column"}, "61,100,840"),
    ("ch09-s04-vgg", {}, "27 49 7,077,888 12,845,056"),
    ("ch09-s05-inception", {}, "163,696 387,296"),
    ("ch09-s08-all-compared", {}, "60,965,224 138,357,544 6,998,552 25,557,032 60,192,808 5,288,548"),
    ("ch11-s02-squash", {}, "0.2 0.5 0.8 0.9901"),
]


def drawn(slug, options):
    entry = find(slug)
    watched = watch(load_scene(entry.path, entry.class_name), **options)
    texts = {label.text or "" for still in watched.pictures for label in still.labels if not label.caption}
    return texts | {text for still in watched.pictures for text in still.formulas}


def missing(numbers, texts):
    """The numbers that stand in no text as a whole."""
    return [n for n in numbers if not any(re.search(rf"(?<![\d.,−]){re.escape(n)}(?!\d|[.,]\d)", t) for t in texts)]


@pytest.mark.parametrize(("slug", "options", "numbers"), PROMISED)
def test_it_is_on_screen(slug, options, numbers):
    assert missing(numbers.split(), drawn(slug, options)) == []


def test_a_part_of_another_number_does_not_count():
    assert missing(["16", "0.8", "6", "1,792"], ["160", "10.8", "−6", "11,792", "1,792.5"]) == [
        "16",
        "0.8",
        "6",
        "1,792",
    ]
    assert missing(["16", "−6"], ["of 16 cells", "= −6"]) == []
