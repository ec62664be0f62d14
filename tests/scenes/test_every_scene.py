"""What holds for every scene of the catalogue: in one mixture, and in the full run in every frame and theme."""

import pytest

from cnnviz.render.catalog import load_scene, scenes
from tests.scenes.findings import findings
from tests.scenes.mixtures import SETS, its_own, mixtures
from tests.scenes.watch import watch

ENTRIES = {entry.slug: entry for entry in scenes()}


def watched(slug, mixture=None):
    entry = ENTRIES[slug]
    scene_class = load_scene(entry.path, entry.class_name)
    aspect, theme, chosen, lang = mixture or its_own(slug, scene_class)
    spoken = {} if lang == "en" else {"lang": lang}
    return watch(scene_class, aspect, fps=8, drawn=True, theme=theme, **SETS[chosen], **spoken)


@pytest.mark.parametrize("slug", [pytest.param(slug, marks=pytest.mark.xdist_group(slug)) for slug in ENTRIES])
def test_nothing_is_wrong_with_it(slug):
    seen = watched(slug)
    assert not findings(seen)
    captions = seen.rendered.subcaptions
    assert len(captions) >= 3
    assert all(caption.end - caption.start >= len(caption.text) / 17 - 0.3 for caption in captions)
    assert 20 <= seen.rendered.seconds <= 120
    assert abs(seen.rendered.seconds / ENTRIES[slug].seconds - 1) <= 0.25  # at 8 frames a second, short steps round
    assert [still.seconds for still in seen.stills if still.seconds][-1] >= 1.5


@pytest.mark.full
@pytest.mark.parametrize("slug", ENTRIES)
def test_nothing_is_wrong_with_it_in_any_frame_and_theme(slug):
    entry = ENTRIES[slug]
    wrong = {}
    for mixture in mixtures(load_scene(entry.path, entry.class_name)):
        if mixture[2] == "defaults" and (found := findings(watched(slug, mixture))):
            wrong[mixture] = found
    assert not wrong
