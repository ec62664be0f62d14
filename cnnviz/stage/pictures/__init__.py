"""What a scene is made of: drawn things bound to values, one a file."""
