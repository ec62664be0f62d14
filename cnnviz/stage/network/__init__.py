"""A whole network on stage: its shapes, one picture's way through it, and how it learned."""
