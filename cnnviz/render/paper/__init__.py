"""A scene on paper: the pictures that hold still, chosen, and laid out as a sheet or a hand-out."""
