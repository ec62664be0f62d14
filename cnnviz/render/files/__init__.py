"""Files that appear whole or not at all: a private folder beside the target, and one rename."""
