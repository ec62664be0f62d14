"""What is said while the network learns: sentences made from a recorded run."""

from __future__ import annotations

from cnnviz.data.split import digits_split
from cnnviz.subjects.number import cell_text, share_text
from cnnviz.subjects.run import Run


def opening() -> str:
    """Ask what the lesson answers."""
    return "How does a network learn? Watch its loss, its filters and its answers, from the first weights on."


def chance(run: Run) -> str:
    """Describe the network before the training."""
    loss, accuracy = cell_text(run.loss[0, 1].item()), share_text(run.accuracy[0, 1].item())
    return f"Before training the weights are drawn by chance, and so are the answers: loss {loss}, {accuracy} right."


def early(run: Run, epoch: int) -> str:
    """Tell one of the first epochs."""
    if epoch == 1:
        count = len(digits_split().train)
        return f"Epoch 1: once through {count:,} training digits. Step by step, every weight goes against its gradient."
    before, after = run.loss[epoch - 1, 1].item(), run.loss[epoch, 1].item()
    way = "falls" if after < before else "rises"
    right = share_text(run.accuracy[epoch, 1].item())
    return f"Epoch {epoch}: the loss on validation digits {way} to {cell_text(after)}; {right} of them are read right."


def filters() -> str:
    """Say where the filters come from."""
    return "Nobody draws the filters: they become whatever lowers the loss. Large steps first, then fine ones."


def learned(run: Run, digit: int, epoch: int, *, another: bool = False) -> str:
    """Say that a digit is read right from now on, or that another one is."""
    if another:
        return f"Epoch {epoch}: from now on this {run.labels[digit]} is read right, too."
    return (
        f"Epoch {epoch}: from now on this {run.labels[digit]} is read right. Some digits take much longer than others."
    )


def gap(run: Run, epoch: int) -> str:
    """Compare the two losses, without their numbers, which go on changing."""
    if run.loss[epoch, 0] < run.loss[epoch, 1]:
        return "The loss is lower on its training digits than on others: it knows best what it has learned from."
    return "The steps become smaller and smaller: the weights settle."


def best(run: Run) -> str:
    """Say which weights are kept."""
    loss = cell_text(run.loss[run.best, 1].item())
    if run.best == run.epochs:
        return f"The validation loss is lowest in the last epoch, {loss}: its weights are kept."
    return f"The validation loss is lowest in epoch {run.best}, {loss}: the weights of that epoch are kept."


def result(run: Run) -> str:
    """Say how good it became."""
    asked = len(digits_split().test)
    right = run.right[run.best].item()
    return f"Of {asked} held-out digits it now reads {right} right; before training it was {run.right[0].item()}."


def takeaway() -> str:
    """Close with the answer."""
    return "Learning is many small steps down the loss: filters and answers follow, and nobody tells them how."
