"""The counts and sums of the scenes on dense layers, read back from the picture."""

from cnnviz.render.catalog import find, load_scene
from tests.scenes.watch import watch


def play(slug, **options):
    entry = find(slug)
    return watch(load_scene(entry.path, entry.class_name), **options)


def texts(still):
    return [label.text for label in still.labels]


def test_counts_of_the_dense_layer_are_the_known_ones():
    seen = play("ch01-s02-dense-growth")
    last = texts(seen.stills[-1])
    for count in ("1,204,736", "4,817,408", "19,268,096", "77,070,848", "150,528"):
        assert count in last
    assert last.count("1,792") == 5  # in the sum and under each size
    small = {text for still in seen.stills[:6] for text in texts(still)}
    assert {"65", "650"} <= small
