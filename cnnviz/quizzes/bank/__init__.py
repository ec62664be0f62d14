"""The bank of topics, in the order of the lecture: one idea a file."""

from cnnviz.quizzes.bank.architecture_order import architecture_order
from cnnviz.quizzes.bank.architecture_parameters import architecture_parameters
from cnnviz.quizzes.bank.architecture_shape import architecture_shape
from cnnviz.quizzes.bank.arg_max import arg_max
from cnnviz.quizzes.bank.augmentation import augmentation
from cnnviz.quizzes.bank.average_pool import average_pool
from cnnviz.quizzes.bank.average_pool_gradient import average_pool_gradient
from cnnviz.quizzes.bank.batch_norm import batch_norm
from cnnviz.quizzes.bank.capsule_squash import capsule_squash
from cnnviz.quizzes.bank.claims import claims
from cnnviz.quizzes.bank.conv1d import conv1d
from cnnviz.quizzes.bank.conv3d import conv3d
from cnnviz.quizzes.bank.conv_parameters import conv_parameters
from cnnviz.quizzes.bank.convolution_map import convolution_map
from cnnviz.quizzes.bank.cross_entropy import cross_entropy
from cnnviz.quizzes.bank.dense_parameters import dense_parameters
from cnnviz.quizzes.bank.dilation import dilation
from cnnviz.quizzes.bank.dropout import dropout
from cnnviz.quizzes.bank.early_stopping import early_stopping
from cnnviz.quizzes.bank.equivariance import equivariance
from cnnviz.quizzes.bank.field_jump import field_jump
from cnnviz.quizzes.bank.filter_depth import filter_depth
from cnnviz.quizzes.bank.filter_gradient import filter_gradient
from cnnviz.quizzes.bank.flatten_count import flatten_count
from cnnviz.quizzes.bank.flatten_index import flatten_index
from cnnviz.quizzes.bank.grad_cam import grad_cam
from cnnviz.quizzes.bank.groups import groups
from cnnviz.quizzes.bank.high_pass_pixel import high_pass_pixel
from cnnviz.quizzes.bank.image_shape import image_shape
from cnnviz.quizzes.bank.image_values import image_values
from cnnviz.quizzes.bank.inception import inception
from cnnviz.quizzes.bank.input_gradient import input_gradient
from cnnviz.quizzes.bank.invariance import invariance
from cnnviz.quizzes.bank.kernel_flip import kernel_flip
from cnnviz.quizzes.bank.layer_order import layer_order
from cnnviz.quizzes.bank.macs import macs
from cnnviz.quizzes.bank.max_pool import max_pool
from cnnviz.quizzes.bank.max_pool_gradient import max_pool_gradient
from cnnviz.quizzes.bank.one_by_one import one_by_one
from cnnviz.quizzes.bank.output_size import output_size
from cnnviz.quizzes.bank.padding_modes import padding_modes
from cnnviz.quizzes.bank.pooled_size import pooled_size
from cnnviz.quizzes.bank.receptive_field import receptive_field
from cnnviz.quizzes.bank.relu import relu
from cnnviz.quizzes.bank.resolution_growth import resolution_growth
from cnnviz.quizzes.bank.rgb_convolution import rgb_convolution
from cnnviz.quizzes.bank.routing import routing
from cnnviz.quizzes.bank.same_padding import same_padding
from cnnviz.quizzes.bank.separable import separable
from cnnviz.quizzes.bank.sgd_step import sgd_step
from cnnviz.quizzes.bank.skip_connection import skip_connection
from cnnviz.quizzes.bank.softmax import softmax
from cnnviz.quizzes.bank.stacked_kernels import stacked_kernels
from cnnviz.quizzes.bank.stride import stride
from cnnviz.quizzes.bank.training_step import training_step
from cnnviz.quizzes.bank.transfer import transfer
from cnnviz.quizzes.bank.transposed_map import transposed_map
from cnnviz.quizzes.bank.transposed_size import transposed_size
from cnnviz.quizzes.bank.volume_shape import volume_shape
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
    relu,
    max_pool,
    average_pool,
    arg_max,
    pooled_size,
    equivariance,
    invariance,
    receptive_field,
    field_jump,
    stacked_kernels,
    volume_shape,
    flatten_count,
    flatten_index,
    softmax,
    cross_entropy,
    layer_order,
    filter_gradient,
    input_gradient,
    max_pool_gradient,
    average_pool_gradient,
    training_step,
    sgd_step,
    batch_norm,
    dropout,
    augmentation,
    early_stopping,
    transfer,
    architecture_shape,
    architecture_parameters,
    architecture_order,
    skip_connection,
    inception,
    grad_cam,
    capsule_squash,
    routing,
    conv1d,
    conv3d,
    claims,
)
