"""``python -m cnnviz`` is the program ``cnnviz``."""

from cnnviz.cli import main

if __name__ == "__main__":
    main()
