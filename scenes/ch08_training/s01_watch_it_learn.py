"""Loss, accuracy and filters, epoch by epoch, from the real run that made the network of chapter 6."""

from cnnviz.stage import TrainingLesson


class WatchItLearn(TrainingLesson):
    """The small network learns to read digits."""
