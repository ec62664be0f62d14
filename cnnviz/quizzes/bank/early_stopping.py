"""When to stop, and which weights to keep."""

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("early-stopping", chapter=8, title="Overfitting and early stopping")
def early_stopping(draw: Draw) -> Draft:
    """Ask which epoch's weights are kept, or at level 3 after which epoch training stops."""
    length = draw.by_level(6, 8, 10)
    patience = draw.by_level(length, 2, draw.integer(2, 3))
    best = draw.integer(2, length - 3)
    training = sorted((n / 100 for n in draw.some(range(5, 90), length)), reverse=True)
    falling = sorted(draw.some(range(40, 90), best), reverse=True)
    rising = [draw.integer(falling[-1] + 2, 95) for _ in range(length - best)]
    validation = [n / 100 for n in (*falling, *rising)]
    kept, stop = _run(validation, patience)
    asks_stop = draw.level == 3
    answer = stop if asks_stop else kept
    rule = (
        say("it stops when the loss has not improved for {patience} epochs", patience=patience)
        if draw.level > 1
        else "it runs to the end"
    )
    question = "After which epoch does training stop" if asks_stop else "From which epoch are the weights kept"
    return Draft(
        prompt="T holds the training loss and V the validation loss after each epoch, the first being epoch 1. "
        "Training keeps the weights that are best on the validation data; {rule}. {question}?",
        given={"T": training, "V": validation},
        facts={"rule": rule, "question": question},
        kind=draw.by_level("choice", "choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "gave the best epoch" if asks_stop else "gave the epoch of the stop",
                kept if asks_stop else stop,
                "Training goes on for the epochs of patience after the best one; then it stops."
                if asks_stop
                else "At the stop the loss has long risen: the best epoch's weights are kept.",
            ),
            Mistake(
                "watched the training loss",
                min(range(length), key=training.__getitem__) + 1,
                "The training loss goes on falling while the network overfits: watch the validation loss.",
            ),
            Mistake("counted from 0", answer - 1, "The first epoch is number 1."),
            Mistake(
                "took the first rise",
                kept + 1,
                "One worse epoch may be chance, and training goes on: look at all epochs up to the stop.",
            ),
            Mistake("ran to the end", length, "After the best epoch the network overfits."),
            Mistake("took the first epoch", 1, "The validation loss falls for some epochs first."),
            *(
                [
                    Mistake(
                        "was one epoch too patient", stop + 1, "Count the epochs after the best one up to the patience."
                    )
                ]
                if asks_stop
                else []
            ),
            Mistake(
                "took the worst epoch",
                validation.index(max(validation)) + 1,
                "The smallest loss is best, not the largest.",
            ),
        ],
        solution=[
            say(
                "The validation loss is smallest after epoch {kept}: {validation}.",
                kept=kept,
                validation=validation[kept - 1],
            ),
            *(
                [
                    say(
                        "Then it does not improve for {patience} epochs; training stops after epoch {stop}.",
                        patience=patience,
                        stop=stop,
                    )
                ]
                if asks_stop
                else []
            ),
            say("The answer is epoch {answer}.", answer=answer),
        ],
    )


def _run(losses: list[float], patience: int) -> tuple[int, int]:
    """Return the best epoch and the last one, counted from 1."""
    best = 1
    for epoch, loss in enumerate(losses, 1):
        if loss < losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses)
