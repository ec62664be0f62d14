"""The shapes on the way through a network on stage: what they are (`subject`), the boxes (`view`), the story."""
