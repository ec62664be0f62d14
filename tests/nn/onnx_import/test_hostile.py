"""Damaged and hostile files get one line, little memory, and nothing in them is run."""

import resource
import sys
from pathlib import Path

import pytest
from onnx.reference import ReferenceEvaluator

from cnnviz.errors import CnnvizError, InputError
from cnnviz.nn.onnx_import import from_onnx
from tests.nn.onnx_import import hostile

MOST = 2**30 if sys.platform == "linux" else None


@pytest.fixture
def place(tmp_path):
    (tmp_path / "short.bin").write_bytes(b"12345678")
    (tmp_path / "link.bin").symlink_to("/etc/passwd")
    (tmp_path / "null.bin").symlink_to("/dev/zero")
    return tmp_path / "a.onnx"


@pytest.fixture(autouse=True)
def little_memory():
    if MOST is None:
        yield
        return
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size + MOST, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def test_a_sound_file_is_read(place):
    place.write_bytes(hostile.sound().SerializeToString())
    assert len(from_onnx(place).layers) == 5


@pytest.mark.parametrize(
    ("name", "model"), list(hostile.bad()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_means_harm_is_refused(place, name, model):
    place.write_bytes(model.SerializeToString())
    with pytest.raises(InputError) as caught:
        from_onnx(place)
    message = str(caught.value)
    assert message.startswith("from_onnx: ")
    assert message.isprintable()
    assert "allocate" not in message  # refused before the memory was asked for
    assert len(message) < 1500


def test_what_is_only_odd_takes_no_time(place):
    for _, model in hostile.odd():
        place.write_bytes(model.SerializeToString())
        network = from_onnx(place)
        assert network.output_shape((3, 8, 8)) == (3, 8, 8)
        network.summary((3, 8, 8))


def test_spoiled_files_are_refused_or_read(place):
    messages = []
    for _, content in hostile.spoiled(140):
        place.write_bytes(content)
        try:
            from_onnx(place)
        except CnnvizError as error:
            messages.append(str(error))
    assert len(messages) > 60  # in the others, weights alone have changed
    assert all(message.startswith("from_onnx: ") and message.isprintable() for message in messages)


def test_the_count():
    assert len(list(hostile.bad())) + 3 + 140 >= 200
    assert ReferenceEvaluator(hostile.sound()).input_names == ["x"]
