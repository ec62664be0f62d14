"""The bank of topics, in the order of the lecture: one idea a file, which holds a topic of its own name."""

from importlib import import_module

ORDER = """
    image_shape image_values preprocessing dense_parameters resolution_growth weight_sharing window_sum
    convolution_map kernel_flip which_kernel which_picture high_pass_pixel frequency rgb_convolution filter_depth
    one_by_one output_size padding_modes same_padding stride dilation transposed_size transposed_map
    conv_parameters groups separable macs relu max_pool average_pool arg_max pooled_size equivariance
    invariance receptive_field field_jump stacked_kernels volume_shape flatten_count flatten_index softmax
    cross_entropy layer_order filter_gradient input_gradient max_pool_gradient average_pool_gradient
    training_step sgd_step batch_norm dropout augmentation early_stopping transfer architecture_shape
    architecture_parameters architecture_order skip_connection inception
    compound_scaling activation_maximization occlusion grad_cam capsule_squash routing conv1d conv3d
    pipeline claims
"""

TOPICS = tuple(getattr(import_module(f"{__name__}.{name}"), name) for name in ORDER.split())
