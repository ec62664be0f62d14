"""The bank of topics, in the order of the lecture: one idea a file."""

from cnnviz.quizzes.bank.conv_parameters import conv_parameters
from cnnviz.quizzes.bank.convolution_map import convolution_map
from cnnviz.quizzes.bank.dense_parameters import dense_parameters
from cnnviz.quizzes.bank.dilation import dilation
from cnnviz.quizzes.bank.filter_depth import filter_depth
from cnnviz.quizzes.bank.groups import groups
from cnnviz.quizzes.bank.high_pass_pixel import high_pass_pixel
from cnnviz.quizzes.bank.image_shape import image_shape
from cnnviz.quizzes.bank.image_values import image_values
from cnnviz.quizzes.bank.kernel_flip import kernel_flip
from cnnviz.quizzes.bank.macs import macs
from cnnviz.quizzes.bank.one_by_one import one_by_one
from cnnviz.quizzes.bank.output_size import output_size
from cnnviz.quizzes.bank.padding_modes import padding_modes
from cnnviz.quizzes.bank.resolution_growth import resolution_growth
from cnnviz.quizzes.bank.rgb_convolution import rgb_convolution
from cnnviz.quizzes.bank.same_padding import same_padding
from cnnviz.quizzes.bank.separable import separable
from cnnviz.quizzes.bank.stride import stride
from cnnviz.quizzes.bank.transposed_map import transposed_map
from cnnviz.quizzes.bank.transposed_size import transposed_size
from cnnviz.quizzes.bank.weight_sharing import weight_sharing
from cnnviz.quizzes.bank.which_kernel import which_kernel
from cnnviz.quizzes.bank.which_picture import which_picture
from cnnviz.quizzes.bank.window_sum import window_sum

TOPICS = (
    image_shape,
    image_values,
    dense_parameters,
    resolution_growth,
    weight_sharing,
    window_sum,
    convolution_map,
    kernel_flip,
    which_kernel,
    which_picture,
    high_pass_pixel,
    rgb_convolution,
    filter_depth,
    one_by_one,
    output_size,
    padding_modes,
    same_padding,
    stride,
    dilation,
    transposed_size,
    transposed_map,
    conv_parameters,
    groups,
    separable,
    macs,
)
