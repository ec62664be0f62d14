import av
import numpy as np
import pytest

from cnnviz.nn import Conv1d, Flatten, Linear, MaxPool1d, ReLU, Sequential, parse_network
from cnnviz.render.explain import facts, movie_title
from cnnviz.subjects.network import NetworkKind
from cnnviz.subjects.seen import see

LINE = "1x12x12 > conv 4 k3 > relu > pool 2 > flatten > dense 3"
SMALL = ["-q", "draft", "--width", 160, "--fps", 4]


@pytest.fixture
def mine(tmp_path):
    """Save a network with weights, which are all there is in the file."""
    network = parse_network(LINE)[1]
    network.initialize(3)
    np.savez(tmp_path / "mine.npz", **{name: one.values for name, one in network.parameters().items()})
    (tmp_path / "names.txt").write_text("cat\ndog\n\nnewt\n")
    return network


def test_one_movie_with_chapters_captions_and_a_transcript(cnnviz, tmp_path, mine):
    outcome = cnnviz("explain", "mine.npz", "digit:3", "--like", LINE, "--labels", "names.txt", *SMALL, "-o", "a.mp4")
    assert (outcome.code, outcome.out, outcome.err) == (0, "a.mp4\n", "")
    with av.open(str(tmp_path / "a.mp4")) as file:
        marks = [mark["metadata"]["title"] for mark in file.chapters()]
        assert file.metadata["title"] == "What mine makes of a picture"
    assert marks[:3] == ["mine", "Volumes", "Receptive field"]
    assert {path.name for path in tmp_path.iterdir()} == {
        "mine.npz", "names.txt", "a.mp4", "a.srt", "a.vtt", "a.transcript.txt",
    }  # fmt: skip


def test_in_another_language(cnnviz, tmp_path):
    line = "1x12x12 > conv 4 k3 > relu > pool 2 > flatten > dense 3"
    outcome = cnnviz("explain", line, "--lang", "es", "--dry-run")
    assert outcome.code == 0
    assert outcome.out.splitlines()[:3] == ["your network", "Volúmenes", "Campo receptivo"]


def test_what_the_card_says_in_another_language():
    known = NetworkKind().read("network", "tiny-cnn")
    assert facts(see(known, "digit:5"), "es") == [
        "entran 1 × 8 × 8, salen 10",
        "7 capas, 3,818 parámetros",  # the card writes its numbers as the language does
        "Lee digit 5 como 5, con una parte de > 99.9 %",
    ]
    assert movie_title(known, "es") == "Qué hace tiny-cnn con una imagen"


@pytest.mark.full
def test_a_folder_gets_a_movie_of_each_scene(cnnviz, tmp_path, mine):
    outcome = cnnviz("explain", LINE, *SMALL, "--format", "webm", "--captions", "none", "-o", "out")
    assert outcome.code == 0, outcome.err
    made = outcome.out.splitlines()
    assert made[:2] == ["out/ch06-s01-volumes.webm", "out/ch05-s01-growth.webm"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path[4:] for path in made)


def test_a_dry_run_lists_the_scenes_and_says_what_is_left_out(cnnviz, tmp_path):
    line = "3x16x16 > conv 4 k3 p1 > relu > pool 2 > convt 2 k2 s2"
    outcome = cnnviz("explain", line, "--dry-run")
    assert outcome.code == 0
    assert outcome.out.splitlines()[:2] == ["your network", "Volumes"]
    assert (
        "left out Receptive field: receptive-field: expected convolutions and poolings, got convt1; leave it out"
        in outcome.err.splitlines()
    )
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def beats(tmp_path):
    """Save a network for sequences of two channels, and a table of as many columns."""
    network = Sequential(
        {
            "conv": Conv1d(2, 4, 5),
            "relu": ReLU(),
            "pool": MaxPool1d(2),
            "flat": Flatten(),
            "dense": Linear(4 * 14, 3),
        }
    )
    network.initialize(5)
    network.input_shape = 2, 32
    network.save(tmp_path / "beats.safetensors")
    table = np.sin(np.arange(80.0)).reshape(40, 2)
    np.savetxt(tmp_path / "beats.csv", table, delimiter=",", header="left,right", comments="")


def test_a_network_for_sequences_reads_numbers(cnnviz, beats):
    outcome = cnnviz("explain", "beats.safetensors", "beats.csv", "--dry-run")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "beats", "Volumes", "Receptive field", "Filters", "Forward pass", "Activation maps", "Grad-CAM", "Occlusion",
    ]  # fmt: skip
    assert cnnviz("explain", "beats.safetensors", "--dry-run").out == outcome.out


@pytest.mark.full
def test_the_movie_of_a_sequence(cnnviz, tmp_path, beats):
    outcome = cnnviz("explain", "beats.safetensors", "beats.csv", *SMALL, "-o", "a.mp4")
    assert (outcome.code, outcome.out, outcome.err) == (0, "a.mp4\n", "")
    with av.open(str(tmp_path / "a.mp4")) as file:
        assert file.metadata["title"] == "What beats makes of a sequence"
        assert len(file.chapters()) == 8


@pytest.mark.parametrize(
    ("image", "line"),
    [
        (
            "digit:3",
            'load_sequence: expected heartbeat, tone or a file that ends in .npy, .csv, .txt or .wav, got "digit:3"; '
            "the network reads sequences, so save one as numbers",
        ),
        (
            "short.csv",
            'load_sequence: expected a sequence of at least 32 moments, got 2 in "short.csv"; give a longer one',
        ),
    ],
)
def test_a_network_for_sequences_reads_nothing_else(cnnviz, tmp_path, beats, image, line):
    (tmp_path / "short.csv").write_text("1,2\n3,4\n")
    outcome = cnnviz("explain", "beats.safetensors", image, "-o", "a.mp4")
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert not (tmp_path / "a.mp4").exists()


@pytest.mark.parametrize(
    ("typed", "code", "line"),
    [
        (
            ["1x8x8 > conv 2", "-o", "a.gif"],
            2,
            "Invalid value for --output: expected a folder, or a name that ends in .mp4 or .webm, got 'a.gif' (see "
            "'cnnviz explain --help')",
        ),
        (
            ["mine.npz", "digit:3", "--like", LINE, "--labels", "two.txt"],
            2,
            "explain: expected a name for each of 3 outputs, one a line, got 2 in two.txt; write one for each, in "
            "their order",
        ),
        (
            ["3x8x8 > conv 2", "--labels", "two.txt"],
            2,
            "explain: expected a network that gives a score for each name, got one that gives 2x6x6; leave out "
            "--labels",
        ),
        (
            ["tiny-cnn", "--layers", "relu2,relu9"],
            2,
            "layers: expected layers with maps (conv1, conv2, pool1, relu1, relu2, ...), got 'relu9'; cnnviz summary "
            "lists them",
        ),
        (
            ["20 > dense 3"],
            2,
            "network: expected one that reads pictures (CHANNELSxROWSxCOLUMNS, with 1 channel or 3) or sequences "
            "(CHANNELSxLENGTH), got your network, which reads 20: features; its layers are in cnnviz summary",
        ),
        (
            ["5x8x8 > conv 3"],
            2,
            "network: expected one that reads pictures (CHANNELSxROWSxCOLUMNS, with 1 channel or 3) or sequences "
            "(CHANNELSxLENGTH), got your network, which reads 5x8x8: maps of another number of channels; its layers "
            "are in cnnviz summary",
        ),
        (
            ["3x9000x9000 > conv 64"],
            2,
            "network: expected a network that takes at most 2.0 GB for one picture, got 20.7 GB, of which conv1 gives "
            "64x8998x8998 numbers; use a smaller input",
        ),
        (
            ["tiny-cnn", "nothing.jpg"],
            2,
            'load_image: expected a file, got "nothing.jpg", which does not exist; check the path',
        ),
    ],
)
def test_wrong_calls(cnnviz, tmp_path, mine, typed, code, line):
    (tmp_path / "two.txt").write_text("cat\ndog\n")
    before = sorted(tmp_path.iterdir())
    outcome = cnnviz("explain", *typed)
    assert (outcome.code, outcome.out, outcome.err) == (code, "", f"cnnviz: {line}\n")
    assert sorted(tmp_path.iterdir()) == before
