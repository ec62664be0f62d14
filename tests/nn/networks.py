"""Small networks, and one check of every gradient in them."""

import numpy as np

from cnnviz.engine import gradcheck


def check_gradients(network, shape, *, training=False, seed=3, examples=3):
    """Hold every gradient of a network against the differences of its output, in float64; return the largest error."""
    network.initialize(1, dtype=np.float64)
    random = np.random.default_rng(2)
    parameters = {name: p for name, p in network.parameters().items() if p.learned}
    for parameter in parameters.values():
        parameter.values = parameter.values + 0.1 * random.standard_normal(parameter.shape)
    kept = {name: p.values for name, p in network.parameters().items() if not p.learned}

    def run(values, *, record=False):
        for parameter, value in zip(parameters.values(), values, strict=True):
            parameter.values = value
        for name, value in kept.items():
            network.parameters()[name].values = value
        return lambda x: network.forward(x, record, training=training, seed=seed)

    def f(x, *values):
        return run(values)(x)

    def f_vjp(dy, x, *values):
        gradients = network.backward(dy, run(values, record=True)(x))
        assert list(gradients.parameters()) == [name for name in parameters if name in gradients.parameters()]
        found = gradients.parameters()
        assert set(found) == set(parameters)
        return (gradients.input, *(found[name] for name in parameters))

    x = random.standard_normal((examples, *shape))
    return gradcheck(f, f_vjp, x, *(p.values for p in parameters.values())).error
