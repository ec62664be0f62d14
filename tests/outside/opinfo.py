"""PyTorch's own list of operations with sample inputs and inputs that must raise."""

import warnings
from collections.abc import Iterator
from copy import copy
from functools import cache

import torch

from tests.outside.torch_adapter import TRANSLATIONS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the list deprecates itself while it is imported
    from torch.testing._internal.common_methods_invocations import op_db

torch.set_num_threads(1)


@cache
def operations() -> dict[str, object]:
    """The entries of the list that are ours, by name; variants of one operation are told apart by a suffix."""
    ours = {}
    for entry in op_db:
        if entry.name in TRANSLATIONS:
            ours[" ".join(filter(None, (entry.name, entry.variant_test_name)))] = entry
    return ours


def samples(entry, *, gradients: bool = False) -> Iterator:
    """Every sample input in float64: the larger reference set, or those meant for gradients."""
    torch.manual_seed(0)
    if gradients:
        return entry.sample_inputs("cpu", torch.float64, requires_grad=True)
    return entry.reference_inputs("cpu", torch.float64)


def errors(entry) -> Iterator:
    """Every input that PyTorch itself refuses.

    One without cells may be refused for that before its real fault is seen. So it comes again with one cell along every
    empty axis, if PyTorch still refuses it.
    """
    torch.manual_seed(0)
    for bad in entry.error_inputs("cpu"):
        sample = bad.sample_input
        yield sample
        if sample.input.numel() == 0:
            filled = replace(sample, torch.ones([max(size, 1) for size in sample.input.shape]))
            if refuses(entry, filled):
                yield filled


def replace(sample, x):
    sample = copy(sample)
    sample.input = x
    return sample


def refuses(entry, sample) -> bool:
    try:
        entry(sample.input, *sample.args, **sample.kwargs)
    except (RuntimeError, ValueError):
        return True
    return False
