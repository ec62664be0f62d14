"""Color arithmetic: mixing, contrast and what color-blind eyes see.

Colors are ``"#rrggbb"`` strings everywhere; only this module takes them apart.
"""

from __future__ import annotations

import math

Color = str

READABLE = 4.5
"""The least contrast of text with its ground."""

# Linear-RGB matrices of complete dichromacy: Machado, Oliveira, Fernandes (2009), "A physiologically-based model for
# simulation of color vision deficiency", table 1.
_DICHROMACY = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def rgb(color: Color) -> tuple[int, int, int]:
    """Return the three bytes of a color.

    >>> rgb("#ff8000")
    (255, 128, 0)
    """
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mix(a: Color, b: Color, share: float) -> Color:
    """Return the color that is ``share`` of the way from ``a`` to ``b``, in sRGB as drawing programs mix.

    >>> mix("#000000", "#ff8000", 0.5)
    '#804000'
    """
    channels = (round(x + (y - x) * share) for x, y in zip(rgb(a), rgb(b), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def luminance(color: Color) -> float:
    """Return the relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    r, g, b = (_linear(channel) for channel in rgb(color))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: Color, b: Color) -> float:
    """Return the contrast ratio of two colors, 1 to 21 (WCAG 2.2).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def seen_with(deficiency: str, color: Color) -> Color:
    """Return the color that an eye with ``protanopia``, ``deuteranopia`` or ``tritanopia`` sees."""
    linear = [_linear(channel) for channel in rgb(color)]
    seen = (sum(m * v for m, v in zip(row, linear, strict=True)) for row in _DICHROMACY[deficiency])
    return "#" + "".join(f"{_srgb(channel):02x}" for channel in seen)


def difference(a: Color, b: Color) -> float:
    """Return how far apart two colors look: Euclidean distance in Oklab times 100 (2 is just visible).

    References
    ----------
    Ottosson (2020), "A perceptual color space for image processing".
    """
    return 100 * math.dist(_oklab(a), _oklab(b))


def _oklab(color: Color) -> tuple[float, float, float]:
    r, g, b = (_linear(channel) for channel in rgb(color))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _srgb(value: float) -> int:
    value = min(max(value, 0.0), 1.0)
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))
