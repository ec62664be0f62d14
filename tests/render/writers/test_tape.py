import numpy as np

from cnnviz.render.writers.census import Census
from cnnviz.render.writers.tape import Entry, Tape


def entries(count, seed=0):
    rng = np.random.default_rng(seed)
    for at in range(count):
        mask = rng.random((rng.integers(1, 40), rng.integers(1, 40))) < 0.5
        mask[0, 0] = True
        top = 70_000 if at % 3 else 900
        numbers = rng.integers(0, top, np.count_nonzero(mask)).astype(np.uint32)
        yield Entry(at, (at, 2, at + mask.shape[0], 2 + mask.shape[1]), mask, numbers)


def test_a_tape_gives_back_what_it_took_in_memory_and_on_disk(tmp_path, monkeypatch):
    for memory in (1 << 20, 100):
        monkeypatch.setattr("cnnviz.render.writers.tape._MEMORY", memory)
        tape = Tape(tmp_path)
        for entry in entries(20):
            tape.append(entry)
        for _ in range(2):
            for found, true in zip(tape, entries(20), strict=True):
                assert (found.at, found.box) == (true.at, true.box)
                np.testing.assert_array_equal(found.mask, true.mask)
                np.testing.assert_array_equal(found.numbers, true.numbers)
        assert list(tmp_path.iterdir()) == []
        tape.close()


def test_a_census_counts_what_a_slow_count_does():
    rng = np.random.default_rng(1)
    frames = rng.integers(0, 40, (25, 6, 7)).astype(np.uint32)
    frames[10:] = rng.integers(0, 1 << 24, (15, 6, 7))
    census = Census()
    census.enter(frames[0].ravel(), at=0)
    for at in range(1, 25):
        changed = frames[at] != frames[at - 1]
        census.enter(frames[at][changed] | np.uint32(0xFF000000), at=at)
        census.leave(frames[at - 1][changed], at=at)
    colors, counts = np.unique(frames, return_counts=True)
    order = np.argsort(census.colors)
    np.testing.assert_array_equal(census.colors[order], colors)
    np.testing.assert_array_equal(census.weights(until=25)[order], counts)
    assert len(census) == len(colors)
