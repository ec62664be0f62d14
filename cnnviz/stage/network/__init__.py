"""One picture's way through a whole network on stage: what it is about (`subject`), its pictures, and the story."""
