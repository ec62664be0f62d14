"""What a scene says beside the language that it is drawn in: the sentences that it says when drawn in those."""

import pytest

from cnnviz.render.catalog import load_scene, scenes
from cnnviz.render.drawing import draw_scene
from cnnviz.render.look import Look

ENTRIES = {entry.slug: entry for entry in scenes()}


class Nowhere:
    def write(self, frame, frames, box):
        pass


def beats(slug, **options):
    entry = ENTRIES[slug]
    scene = load_scene(entry.path, entry.class_name)
    return draw_scene(scene, options, Nowhere(), Look(160, 90, 4), ended=[]).beats


@pytest.mark.few(1)
@pytest.mark.parametrize("slug", ENTRIES)
def test_it_says_the_same_beside_as_by_itself(slug):
    english, spanish = beats(slug, also=("es",)), beats(slug, lang="es", also=("en",))
    assert [beat.others["es"] for beat in english] == [beat.text for beat in spanish]
    assert [beat.others["en"] for beat in spanish] == [beat.text for beat in english]
    for beat in (*english, *spanish):
        longest = max(map(len, (beat.text, *beat.others.values())))
        assert beat.end - beat.start >= longest / 17 - 0.3, "it lasts until it could be read in either"
