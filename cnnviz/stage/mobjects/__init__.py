"""The things a scene is made of, one idea a file."""
