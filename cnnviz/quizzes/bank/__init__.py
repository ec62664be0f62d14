"""The bank of topics, in the order of the lecture: one idea a file."""

from cnnviz.quizzes.bank.convolution_map import convolution_map
from cnnviz.quizzes.bank.output_size import output_size

TOPICS = (convolution_map, output_size)
