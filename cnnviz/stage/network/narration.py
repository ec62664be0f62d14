"""What a forward pass says: sentences made from a reading, with every number taken from it."""

from __future__ import annotations

from cnnviz.engine.trace import LinearStep, PoolStep
from cnnviz.subjects.forward import Forward
from cnnviz.subjects.number import cell_text, count_word, share_text
from cnnviz.subjects.reading import Reading, Thread


def opening(subject: Forward) -> str:
    """Ask what the lesson answers."""
    if subject.held_out:
        return "How does a network read a digit it has never seen? Follow its 64 numbers, layer by layer."
    return "How does a network read a picture of 8 × 8 numbers? Follow them, layer by layer."


def ink(subject: Forward) -> str:
    """Say what the network is given."""
    if subject.turned:
        return "Dark ink on light paper is turned around: ink counts from 0 to 16, and the network gets 0 to 1."
    return "Each cell is ink from 0 to 16; the network gets it as a number from 0 to 1."


def first(reading: Reading, thread: Thread) -> str:
    """Explain one number of the first convolution."""
    count = len(reading.maps("relu1"))
    return (
        f"Layer 1: {count_word(count)} filters of 3 × 3 slide over the digit. "
        f"Here filter {thread.first.output_index[0] + 1} meets one window."
    )


def add_up(thread: Thread) -> str:
    """Explain sum, bias and ReLU."""
    value = thread.first.result
    if value > 0:
        return f"Nine products add up, the bias joins in, and the ReLU lets {cell_text(value)} pass: it is positive."
    return f"Nine products add up, the bias joins in, and the ReLU makes the negative {cell_text(value)} a 0."


def lit(reading: Reading) -> str:
    """Say what a whole layer shows."""
    count = len(reading.maps("relu1"))
    return (
        f"{count_word(count).capitalize()} filters, {count_word(count)} maps: each is strong where its own pattern is."
    )


def second(reading: Reading) -> str:
    """Explain one number of the second convolution."""
    before, count = len(reading.maps("relu1")), len(reading.maps("relu2"))
    return (
        f"Layer 2: each of its {count} filters looks at all {count_word(before)} maps at once. "
        f"{count_word(before).capitalize()} windows, one number."
    )


def parts(reading: Reading) -> str:
    """Say what the second layer finds."""
    count = len(reading.maps("relu2"))
    return f"So {count} new maps light up: patterns of patterns, such as corners and ends of strokes."


def pooled(step: PoolStep) -> str:
    """Explain one number of the pooling."""
    return f"Max pooling keeps the largest of four, {cell_text(step.result)}, and forgets where exactly it was."


def flattened(reading: Reading, thread: Thread) -> str:
    """Explain the order of the flattened numbers."""
    size = reading.maps("pool1")[0].size
    return (
        f"Flatten: map after map, row after row, into one line. "
        f"Our number gets index {thread.place}: {count_maps(thread, size)}."
    )


def count_maps(thread: Thread, size: int) -> str:
    """Write the index of a flattened number as a sum.

    A channel of 16 cells, the row of 4 cells and the column: ``13 · 16 + 2 · 4 + 1``.
    """
    channel, row, column = thread.pooled.output_index
    wide = thread.pooling.shape[-1]
    return f"{channel} · {size} + {row} · {wide} + {column}"


def dense(step: LinearStep) -> str:
    """Explain one score."""
    count, digit = step.values.size, step.output_index[0]
    return f"Dense: one weight for each of the {count} numbers. Products and bias add up to the score of {digit}."


def scores() -> str:
    """Explain the softmax."""
    return "Ten scores. The softmax makes them shares: exp of each, divided by the sum of all ten."


def verdict(subject: Forward) -> str:
    """Say what the network reads, and whether that is right."""
    reading = subject.reading
    share = share_text(reading.shares.max().item()).replace("> ", "more than ")
    if reading.label is None:
        return f"The network says {reading.answer}, with a share of {share}. It knows only digits, so it must name one."
    if reading.right:
        return f"The network says {reading.answer}, with a share of {share}, and that is right."
    return f"The network says {reading.answer}, with a share of {share}, but somebody wrote {reading.label}."


def failing(subject: Forward) -> str:
    """Introduce the digit that it gets wrong."""
    right = subject.asked - subject.misread
    return f"It reads {right} of {subject.asked} held-out digits right. Here is one of the {subject.misread} others."


def mistaken(reading: Reading) -> str:
    """Say what it makes of that one."""
    share, label = share_text(reading.shares.max().item()), reading.label
    return f"Written as {label}. Same layers, same weights, and it is read as {reading.answer}, with {share}."


def plausible(subject: Forward) -> str:
    """Say why the mistake can be understood, or that it cannot be from this."""
    assert subject.mistake is not None
    count, answer = len(subject.alike), subject.mistake.answer
    same = int((subject.alike.labels == answer).sum())
    kind = f"{count_word(count)} training digits most like it"
    if same == count:
        return f"All {kind} are {answer}s: it looks like one of them."
    if same > 1:
        return f"{count_word(same).capitalize()} of the {kind} are {answer}s: it looks like one of them."
    if same:
        return f"One of the {kind} is labeled {answer} too: such a mistake can happen."
    return f"None of the {kind} is labeled {answer}: the maps saw it otherwise."


def takeaway() -> str:
    """Close with the answer."""
    return "Windows, sums and maxima, layer by layer: 64 pixels become ten shares, and the largest is the answer."
