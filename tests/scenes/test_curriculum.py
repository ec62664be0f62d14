"""The numbers that the curriculum promises are on screen: read back from the drawing, scene by scene."""

import re

import pytest

from cnnviz.render.catalog import find, load_scene
from tests.scenes.watch import watch

pytestmark = pytest.mark.full

PROMISED = {
    "ch01-s02-dense-growth": ({}, "150,528 1,204,736 4,817,408 19,268,096 77,070,848 1,792 650"),
    "ch01-s04-weight-sharing": ({}, "64 16 4 41,887,296 2,238,016 18,496 2,265 109,386 93,322"),
    "ch01-s05-moving-digits": ({}, "94.2 22.6 58.7 95.4"),
    "ch02-s01-slide": ({"image": "blackboard", "kernel": "1,0,-1;1,0,-1;1,0,-1"}, "−6 4 14"),
    "ch02-s06-high-pass": ({}, "220 140 225 205 250 60"),
    "ch02-s07-rgb": ({}, "27 28"),
    "ch03-s01-padding-modes": ({}, "−9 −4 6 13 −3 −6 4 7 0 14 −1 9"),
    "ch03-s05-output-size": ({}, "16"),
    "ch03-s06-parameters": ({}, "1,792 27 28"),
    "ch04-s02-max-pooling": ({}, "6 8 3 9"),
    "ch04-s03-average-pooling": ({}, "3.75 5.25 2.25 4.25"),
    "ch04-s04-shifts": ({}, "32 56"),
    "ch05-s03-jumps": ({}, "212 15 8 7"),
    "ch06-s01-volumes": ({}, "448 4,640 18,496 1,024"),
    "ch06-s02-summaries": (
        {},
        "100,480 8,256 650 109,386 320 18,496 36,928 93,322 1.17 576 26 13 11 5 3 41,887,296 2,238,016 2,265",
    ),
    "ch07-s01-filter-gradient": ({}, "33 42 41 48 57 46"),
    "ch09-s01-timeline": ({}, "60,000 60,965,224 138,357,544 6,998,552 60,192,808 5,288,548 15.3 16.4 3.6"),
    "ch09-s02-lenet": ({}, "60,000 61,706"),
    "ch09-s03-alexnet": ({}, "60,965,224 62,378,344 61,100,840 195"),
    "ch09-s04-vgg": ({}, "132,863,336 138,357,544 143,667,240 102,764,544 16,781,312 4,097,000 212"),
    "ch09-s05-inception": ({}, "163,696 387,296 6,998,552"),
    "ch09-s08-all-compared": ({}, "60,965,224 138,357,544 6,998,552 25,557,032 60,192,808 5,288,548"),
    "ch11-s02-squash": ({}, "0.2 0.5 0.8 0.9901"),
}


def drawn(slug, options):
    entry = find(slug)
    watched = watch(load_scene(entry.path, entry.class_name), **options)
    texts = {label.text or "" for still in watched.pictures for label in still.labels if not label.caption}
    return texts | {text for still in watched.pictures for text in still.formulas}


def missing(numbers, texts):
    """The numbers that stand in no text as a whole."""
    return [n for n in numbers if not any(re.search(rf"(?<![\d.,−]){re.escape(n)}(?!\d|[.,]\d)", t) for t in texts)]


@pytest.mark.parametrize("slug", PROMISED)
def test_it_is_on_screen(slug):
    options, numbers = PROMISED[slug]
    assert missing(numbers.split(), drawn(slug, options)) == []


def test_a_part_of_another_number_does_not_count():
    assert missing(["16", "0.8", "6", "1,792"], ["160", "10.8", "−6", "11,792", "1,792.5"]) == [
        "16",
        "0.8",
        "6",
        "1,792",
    ]
    assert missing(["16", "−6"], ["of 16 cells", "= −6"]) == []
