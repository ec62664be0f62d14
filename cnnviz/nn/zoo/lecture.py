"""The networks that the lecture counts by hand."""

LECTURE = {
    "dense": "784 > dense 128 > relu > dense 64 > relu > dense 10",
    "cnn": (
        "1x28x28 > conv 32 k3 > relu > pool 2 > conv 64 k3 > relu > pool 2 > conv 64 k3 > relu"
        " > flatten > dense 64 > relu > dense 10"
    ),
    "cnn_4x4": "1x28x28 > conv 32 k4 > relu > pool 2 > flatten > dense 16 > relu > dense 8 > relu > dense 10",
    "cnn_130": "3x130x130 > conv 10 k3 > pool 4 > conv 20 k5 p2 > pool 2 > flatten",
    "cnn_200": "1x200x200 > conv 16 k2 s2 > relu > conv 32 k3 p1 > relu",
    "cnn_32": (
        "3x32x32 > conv 16 k3 p1 > relu > pool 2 > conv 32 k3 p1 > relu > pool 2 > conv 64 k3 p1 > relu > pool 2"
        " > flatten"
    ),
    "cnn_224": (
        "3x224x224 > conv 64 k3 p1 > relu > pool 2 > conv 128 k3 p1 > relu > pool 2 > conv 256 k3 p1 > relu > pool 2"
        " > conv 512 k3 p1 > relu > pool 2 > conv 512 k3 p1 > relu > pool 2"
        " > flatten > dense 4096 > relu > dense 4096 > relu > dense 1000"
    ),
}
"""By name, in the notation of `cnnviz.nn.parse_network`."""
