"""From data to a tested network: steps of a training, and what a test is worth when some of it was seen."""

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("pipeline", chapter=12, title="From data to a test that is true")
def pipeline(draw: Draw) -> Draft:
    """Count steps of a training, or take out of a test what was seen in training."""
    return _leak(draw) if draw.level == 3 else _count(draw)


def _count(draw: Draw) -> Draft:
    epochs = draw.by_level(1, draw.integer(3, 20))
    total = draw.one(draw.by_level((200, 400, 500, 600, 800, 1000), (1200, 1800, 2400, 5000, 6000)))
    share, size = draw.one((60, 70, 80)), draw.one(draw.by_level((16, 30, 32, 50), (32, 48, 64, 128)))
    learned = total * share // 100
    each, rest = -(-learned // size), learned % size
    answer = each * epochs
    wanted = (
        "How many steps is one epoch?" if epochs == 1 else say("How many steps are {epochs} epochs?", epochs=epochs)
    )
    return Draft(
        prompt="Of {total} labeled pictures, {share} % are for training, the others for validation and test. Training "
        "goes in batches of {size}; a last, smaller batch counts as a step, too. {wanted}",
        facts={"total": total, "share": share, "size": size, "wanted": wanted},
        kind=draw.by_level("choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "trained on everything",
                -(-total // size) * epochs,
                "Pictures for validation and test are not trained on.",
            ),
            Mistake(
                "dropped the last batch",
                learned // size * epochs,
                "What is left makes a last, smaller batch: round up.",
            ),
            Mistake(
                "trained on the others",
                -(-(total - learned) // size) * epochs,
                say("Only {share} % are for training.", share=share),
            ),
            Mistake("counted pictures", learned * epochs, "A step takes a whole batch: divide by its size."),
            Mistake("forgot the epochs", each, "Every epoch goes through all batches again."),
            Mistake(
                "did not round",
                round(learned / size * epochs, 2),
                "Steps are whole: what is left is a batch of its own.",
            ),
            Mistake(
                "was one step too many",
                answer + epochs,
                "Count the full batches, and one more only if something is left.",
            ),
        ],
        solution=[
            say("Training: {total} · {share} / 100 = {learned} pictures.", total=total, share=share, learned=learned),
            say(
                "{learned} / {size}: {full} full batches and {rest} left over, {each} steps.",
                learned=learned,
                size=size,
                full=learned // size,
                rest=rest,
                each=each,
            ),
            *([say("{epochs} epochs: {answer} steps.", epochs=epochs, answer=answer)] if epochs > 1 else []),
        ],
    )


def _leak(draw: Draw) -> Draft:
    asked, seen = draw.one((200, 250, 300, 355, 400)), draw.one((40, 50, 60, 80, 100, 120))
    new = asked - seen
    right = seen + new * draw.integer(70, 95) // 100
    answer = round(100 * (right - seen) / new, 1)
    return Draft(
        prompt="A network reads {right} of {asked} test pictures right. Then somebody notices that {seen} of these "
        "pictures are also in the training data; it knows them by heart and reads all of them right. How many percent "
        "of the pictures that it has never seen does it read right? Round to one decimal.",
        facts={"right": right, "asked": asked, "seen": seen},
        kind="numeric",
        tolerance=0.051,
        answer=answer,
        mistakes=[
            Mistake("left them in", round(100 * right / asked, 1), "That counts pictures that it has seen before."),
            Mistake(
                "took them out below only",
                round(100 * right / new, 1),
                "They are among those read right, too: take them out there as well.",
            ),
            Mistake(
                "took them out above only",
                round(100 * (right - seen) / asked, 1),
                "They are among those asked, too: take them out there as well.",
            ),
            Mistake("counted the wrong ones", round(100 * (asked - right) / new, 1), "That share is read wrong."),
            Mistake("gave the number", right - seen, "That many are right; the question is for a share in percent."),
            Mistake(
                "took half of them",
                round(100 * (right - seen / 2) / (asked - seen / 2), 1),
                "None of them says anything: take all of them out.",
            ),
        ],
        solution=[
            say("Never seen: {asked} − {seen} = {new} pictures.", asked=asked, seen=seen, new=new),
            say("Of these right: {right} − {seen} = {good}.", right=right, seen=seen, good=right - seen),
            say(
                "100 · {good} / {new} = {answer}, where the test claimed {claimed}.",
                good=right - seen,
                new=new,
                answer=answer,
                claimed=round(100 * right / asked, 1),
            ),
        ],
    )
