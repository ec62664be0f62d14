import numpy as np
import pytest

from cnnviz.data import digits
from cnnviz.errors import InputError


def test_the_shipped_digits_are_those_of_scikit_learn():
    from sklearn.datasets import load_digits

    ours, theirs = digits(), load_digits()
    assert ours.images.dtype == np.uint8
    assert ours.labels.dtype == np.int64
    np.testing.assert_array_equal(ours.images, theirs.images)
    np.testing.assert_array_equal(ours.labels, theirs.target)
    assert len(ours) == 1797


def test_the_digits_are_loaded_once_and_cannot_be_changed():
    data = digits()
    assert digits() is data
    with pytest.raises(ValueError, match="read-only"):
        data.images[0, 0, 0] = 9
    with pytest.raises(ValueError, match="read-only"):
        data.labels[0] = 9


def test_the_examples_of_one_digit_keep_their_order():
    counts = [len(digits().of(label)) for label in range(10)]
    assert counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (digits().of(3)[0] == digits().images[3]).all()


def test_another_file_in_their_place_is_refused(monkeypatch, tmp_path):
    np.savez_compressed(tmp_path / "digits.npz", images=np.zeros((2, 8, 8), np.uint8), labels=np.zeros(2, np.uint8))
    monkeypatch.setitem(digits.__wrapped__.__globals__, "_FILE", tmp_path / "digits.npz")
    with pytest.raises(InputError) as caught:
        digits.__wrapped__()
    assert str(caught.value) == (
        "digits: expected the shipped 1,797 digits of 8 × 8, got another file; install cnnviz again"
    )
