"""A convolution on a color picture: three slices, three partial sums, one number."""
