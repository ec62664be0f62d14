"""The same photo under eight kernels, and what each of them is for."""

from cnnviz import subjects
from cnnviz.stage import GalleryLesson


class KernelGallery(
    GalleryLesson,
    subject=subjects.Gallery,
    gif="kernels",
    takeaway="The operation is always the same; what a kernel does is decided by its weights.",
    concepts=("kernel", "edge detection", "blur", "sharpening"),
    seconds=64,
):
    """Hang one photo under several kernels, one after the other and then all together.

    cnnviz gif kernels
    cnnviz gif kernels photo.jpg --theme light -o gallery.gif
    cnnviz gif kernels photo:china --kernels "sobel-x|sobel-y|0,-1,0;-1,5,-1;0,-1,0"
    """

    title = "Kernel gallery"
    subtitle = "one photo, other weights"
