"""Where a cell goes when a stack of maps is flattened."""

import numpy as np

from cnnviz.engine import flatten
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("flatten-index", chapter=6, title="Flatten: in which order")
def flatten_index(draw: Draw) -> Draft:
    """Ask for the place of a cell in the flattened row."""
    if draw.level == 3:
        return _backward(draw)
    channels = draw.by_level(draw.integer(1, 2), draw.integer(2, 4))
    height, width = (draw.integer(*draw.by_level((2, 4), (3, 6))) for _ in range(2))
    channel, row, column = draw.integer(0, channels - 1), draw.integer(0, height - 1), draw.integer(0, width - 1)
    marked = np.zeros((1, channels, height, width))
    marked[0, channel, row, column] = 1
    answer = int(flatten(marked, 1)[0].argmax())
    return Draft(
        prompt="A stack of {channels} × {height} × {width} (channels, rows, columns) is flattened, channel by channel "
        "and row by row. Which number in the row does the cell of channel {channel}, row {row}, column {column} get? "
        "Everything counts from 0.",
        facts={
            "channels": channels,
            "height": height,
            "width": width,
            "channel": channel,
            "row": row,
            "column": column,
        },
        kind=draw.by_level("choice", "numeric"),
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


def _backward(draw: Draw) -> Draft:
    """Ask which cell a number of the row comes from."""
    channels, height, width = draw.integer(3, 8), draw.integer(3, 9), draw.integer(3, 9)
    place = draw.integer(0, channels * height * width - 1)
    marked = np.arange(channels * height * width) == place
    answer = channel, row, column = [int(found) for found in np.argwhere(marked.reshape(channels, height, width))[0]]
    area = height * width
    return Draft(
        prompt="A stack of {channels} × {height} × {width} (channels, rows, columns) is flattened, channel by channel "
        "and row by row. Which cell is number {place} of the row: channel, row, column? Everything counts from 0.",
        facts={"channels": channels, "height": height, "width": width, "place": place},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake(
                "counted from 1", [index + 1 for index in answer], "The first channel, row and column are number 0."
            ),
            Mistake(
                "exchanged row and column", [channel, column, row], "The column is what is left over after whole rows."
            ),
            Mistake(
                "divided by the height",
                [channel, place % area // height, place % area % height],
                "A row has as many cells as the stack has columns: divide by the width.",
            ),
            Mistake(
                "channels last",
                [place % channels, place // channels // width, place // channels % width],
                "The channels are the slowest: all of channel 0 comes before channel 1.",
            ),
            Mistake(
                "forgot the channels",
                [0, place // width, place % width],
                "A channel has height × width cells: take whole channels off first.",
            ),
        ],
        solution=[
            say(
                "A channel has {height} × {width} = {area} cells. Whole channels before: {channel}; {place} − "
                "{channel}·{area} = {rest}.",
                height=height,
                width=width,
                area=area,
                channel=channel,
                place=place,
                rest=place % area,
            ),
            say(
                "A row has {width} cells. Whole rows before: {row}; {rest} − {row}·{width} = {column} is the column.",
                width=width,
                row=row,
                rest=place % area,
                column=column,
            ),
        ],
        right=say("Channel {channel}, row {row}, column {column}.", channel=channel, row=row, column=column),
    )
