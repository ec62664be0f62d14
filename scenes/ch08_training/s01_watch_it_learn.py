"""Loss, accuracy and filters, epoch by epoch, from the real run that made the network of chapter 6."""

from cnnviz import subjects
from cnnviz.stage import TrainingLesson


class WatchItLearn(
    TrainingLesson,
    subject=subjects.Training,
    takeaway="Learning is many small steps down the loss: filters and answers follow, and nobody tells them how.",
    concepts=("training", "loss", "accuracy", "epoch", "validation"),
    seconds=65,
):
    """The small network learns to read digits."""

    title = "Watch it learn"
    subtitle = "every epoch of a real run"
