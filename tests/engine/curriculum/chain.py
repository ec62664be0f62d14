"""Sizes and receptive fields through a row of layers."""

from cnnviz.engine import output_shape, receptive_field


def sizes(*layers):
    """Spatial size after each (size before, kernel, options)."""
    return [output_shape(size, kernel, **options)[0] for size, kernel, options in layers]


def fields(*layers):
    return [layer.size for layer in receptive_field([{"kernel_size": k, "stride": s} for k, s in layers])]
