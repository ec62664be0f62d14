"""Where a cell goes when a stack of maps is flattened."""

import numpy as np

from cnnviz.engine import flatten
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("flatten-index", chapter=6, title="Flatten: in which order")
def flatten_index(draw: Draw) -> Draft:
    """Ask for the place of a cell in the flattened row."""
    channels = draw.by_level(draw.integer(1, 2), draw.integer(2, 4), draw.integer(3, 16))
    height, width = (draw.integer(*draw.by_level((2, 4), (3, 6), (4, 14))) for _ in range(2))
    channel, row, column = draw.integer(0, channels - 1), draw.integer(0, height - 1), draw.integer(0, width - 1)
    marked = np.zeros((1, channels, height, width))
    marked[0, channel, row, column] = 1
    answer = int(flatten(marked, 1)[0].argmax())
    return Draft(
        prompt="A stack of {channels} × {height} × {width} (channels, rows, columns) is flattened, channel by channel "
        "and row by row. Which number in the row has the cell of channel {channel}, row {row}, column {column}? "
        "Everything counts from 0.",
        facts={
            "channels": channels,
            "height": height,
            "width": width,
            "channel": channel,
            "row": row,
            "column": column,
        },
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake("forgot the channels before", row * width + column, "All cells of the channels before come first."),
            Mistake(
                "multiplied by the height",
                (channel * width + column) * height + row,
                "A whole row comes before the next: multiply the row by the width.",
            ),
            Mistake(
                "channels last",
                (row * width + column) * channels + channel,
                "The channels are the slowest: all of channel 0 comes before channel 1.",
            ),
            Mistake("counted from 1", answer + 1, "The first cell is number 0."),
            Mistake("added the coordinates", channel + row + column, "Each row before holds a whole width of cells."),
            Mistake(
                "mistook rows for the width",
                (channel * height + row) * height + column,
                "A row has as many cells as there are columns.",
            ),
            Mistake("forgot the rows before", channel * height * width + column, "Add the rows of its own channel."),
        ],
        solution=[
            say(
                "Channels before: {channel} · {height} · {width} = {before} cells.",
                channel=channel,
                height=height,
                width=width,
                before=channel * height * width,
            ),
            say(
                "Rows before: {row} · {width} = {above}. Cells before in its row: {column}.",
                row=row,
                width=width,
                above=row * width,
                column=column,
            ),
            say(
                "{before} + {above} + {column} = {answer}.",
                before=channel * height * width,
                above=row * width,
                column=column,
                answer=answer,
            ),
        ],
    )
