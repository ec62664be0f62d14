"""A training on stage: what was recorded (`run`), curves and filters (`view`), and the story (`lesson`)."""
