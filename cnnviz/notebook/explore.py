"""A convolution to explore in a notebook."""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets
from numpy.typing import NDArray

from cnnviz.data.digits import PEAK
from cnnviz.engine import avg_pool2d, conv2d, max_pool2d, relu, softmax
from cnnviz.errors import OptionError
from cnnviz.nn import zoo
from cnnviz.render.explore.hand import given, module, style
from cnnviz.stage.theme import theme as look
from cnnviz.subjects import Convolution

__all__ = ["Explorer", "explore"]

_RENDER = """
export default {
  render({ model, el }) {
    explore(el, { ...model.get("given"), state: model.get("state") }, (state) => {
      model.set("state", state);
      model.save_changes();
    });
  },
};
"""


class Explorer(anywidget.AnyWidget):
    """A layer to point at: `explore` makes one.

    Attributes
    ----------
    image, kernel : ndarray of float64, shape (H, W) and (kh, kw)
        As they are now, with all that was changed by hand.
    output : ndarray of float64
        What the layer makes of them, from the engine: a map (H, W), or the ten shares of the small network.
    """

    _esm = module() + _RENDER
    _css = style()
    given = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    @property
    def image(self) -> NDArray[np.float64]:
        """The picture."""
        return np.array(self.state["image"], dtype=float)

    @property
    def kernel(self) -> NDArray[np.float64]:
        """The weights."""
        return np.array(self.state["kernel"], dtype=float)

    @property
    def output(self) -> NDArray[np.float64]:
        """The map, or the shares."""
        now, layer, x = self.state, self.state["operation"], self.image[None, None]
        if layer == "network":
            digit = _fitted(x).astype(np.float32) / PEAK
            return np.array(softmax(zoo.tiny_cnn(pretrained=True).forward(digit))[0], dtype=float)
        if layer == "relu":
            return np.array(relu(x)[0, 0], dtype=float)
        padding = [tuple(pair) if isinstance(pair, list) else (pair, pair) for pair in now["padding"]]
        sliding = {"stride": now["stride"], "padding": padding, "dilation": now["dilation"]}
        if layer == "conv":
            weight = self.kernel[None, None]
            return np.array(conv2d(x, weight, padding_mode=now["padding_mode"], **sliding)[0, 0], dtype=float)
        pool = max_pool2d if layer == "max" else avg_pool2d
        return np.array(pool(x, now["window"], **sliding)[0, 0], dtype=float)


def explore(
    image: Any = "digit:3",
    kernel: Any = None,
    *,
    layer: str = "conv",
    theme: str = "dark",
    lang: str = "en",
    **options: Any,
) -> Explorer:
    """Explore a layer: point at a cell of the map and see its window, its products and its sum; change what you like.

    Parameters
    ----------
    image
        A built-in name, rows of numbers, a file or an array of one slice; at most 64 x 64 cells.
    kernel
        A name of the gallery, rows as text, a text file or an array; ``"sobel-x"`` if left out.
    layer : {"conv", "max", "mean", "relu", "network"}
        What is computed: a convolution, max or average pooling, ReLU, or the small network that ships with cnnviz.
    theme : {"dark", "light"}
        The look.
    lang : str
        The language of its words.
    **options
        ``size``, ``stride``, ``padding``, ``padding_mode`` and ``dilation``, as in ``cnnviz gif conv``.

    Returns
    -------
    Explorer
        A widget; its ``image``, ``kernel`` and ``output`` are those on screen.

    Raises
    ------
    CnnvizError
        If something is not what it should be.

    Examples
    --------
    >>> explorer = explore("1,2,3;4,5,6;7,8,9", "1,0;0,1", stride=1)
    >>> explorer.output.tolist()
    [[6.0, 8.0], [12.0, 14.0]]
    """
    if "channels" in options or not options.keys() <= Convolution.options.keys():
        raise OptionError(f"explore: expected options of a convolution, got {', '.join(sorted(options))}")
    if kernel is None:
        kernel = "sobel-x" if layer == "conv" else "1"
    if layer in ("max", "mean"):
        options.setdefault("stride", 2)
    subject = Convolution(image=image, kernel=kernel, **options)
    begun = given(subject, layer, look(theme), lang)
    return Explorer(state=begun.pop("state"), given=begun)


def _fitted(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut a picture to 8 x 8, or fill it up with zeros."""
    fitted = np.zeros((1, 1, 8, 8))
    part = x[..., :8, :8]
    fitted[..., : part.shape[2], : part.shape[3]] = part
    return fitted
