"""The same photo under eight kernels, and what each of them is for."""

from cnnviz.stage import GalleryLesson


class KernelGallery(GalleryLesson):
    """Two blurs, sharpen, emboss and four edge finders on a portrait."""
